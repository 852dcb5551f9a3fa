"""What the guide tells is worked out again in the page, and what differs is told."""

import json

import pytest

from tests.widgets.desk import alone, mount, until

pytestmark = pytest.mark.browser

STAGES = {"stages": ["pretrain"]}


def test_numbers_of_python_are_found_again_and_counted(site):
    mount(site, "recheck", STAGES)
    fetch = site.get_by_role("button", name="Fetch the base model and work out these again")
    until(site, r"/again,\u00a0[\d.]+\u00a0[kM]B$/.test(document.querySelector('button')?.textContent)")
    fetch.click()
    site.get_by_text("3 of 3 matched").wait_for()
    assert site.locator(".recheck-list .matched").count() == 3
    assert not site.locator("[role=status]:has(li)").count()  # which would tell all lines again with each new one
    alone(site)


def test_a_number_that_is_not_the_models_is_told_with_its_distance(site, assets):
    path = assets / "pretrain" / "recheck.json"
    told = json.loads(path.read_text())
    told["checks"][1]["expected"][0] += 0.25
    path.write_text(json.dumps(told))
    mount(site, "recheck", STAGES)
    site.get_by_role("button", name="Fetch the base model").click()
    site.get_by_text("2 of 3 matched").wait_for()
    differs = site.locator(".recheck-list li", has=site.locator(".differs"))
    assert "the loss" in differs.text_content() and "apart by 0.250" in differs.text_content().replace("\u00a0", " ")


def test_the_keyboard_fetches_and_then_stands_on_what_was_found(site):
    mount(site, "recheck", STAGES)
    site.get_by_role("button", name="Fetch the base model").wait_for()
    site.keyboard.press("Tab")
    site.keyboard.press("Enter")
    site.get_by_text("3 of 3 matched").wait_for()
    until(site, "document.activeElement.role === 'log' && document.activeElement.textContent.includes('matched')")


def test_a_widget_that_goes_while_it_works_leaves_no_worker(site):
    mount(site, "recheck", STAGES)
    site.get_by_role("button", name="Fetch the base model").click()
    site.evaluate("undo()")
    alone(site)
