"""A copied link brings back what was drawn, touched, chosen and switched, not the settings alone."""

import pytest

from tests.widgets.desk import PROMPT, fetch_model, mount, until

pytestmark = pytest.mark.browser


def linked(page, name: str, options: dict) -> None:
    """Copy the widget's link, take the widget away, and open it again by that link."""
    page.get_by_role("button", name="copy link").click()
    until(page, f"location.hash.startsWith('#w={name}&')")
    hashed = page.evaluate("location.hash")
    page.evaluate("undo()")
    mount(page, name, options, hashed)


def test_the_tokens_that_were_drawn_come_back_and_the_die_goes_on_from_there(site):
    mount(site, "sampler", {"prompt": PROMPT, "top_k": 40})
    fetch_model(site)
    for made in (1, 2, 3):
        site.get_by_role("button", name="Draw one token").click()
        until(site, f"document.querySelectorAll('.tokens .drawn').length === {made}")
    site.get_by_text("The whole vocabulary").click()
    site.get_by_label("the bars below begin at place").fill("500")
    drawn, bars = site.locator(".tokens .drawn").all_text_contents(), site.locator(".token-bar").all_inner_texts()
    site.get_by_role("button", name="draw 1,000 times").click()
    counted = site.locator(".draws").inner_text()
    linked(site, "sampler", {})
    fetch_model(site)
    site.locator(".draws").wait_for(state="attached")
    assert site.locator(".tokens .drawn").all_text_contents() == drawn
    assert site.locator(".token-bar").all_inner_texts() == bars and site.locator(".draws").inner_text() == counted
    site.get_by_role("button", name="Draw one token").click()
    until(site, "document.querySelectorAll('.tokens .drawn').length === 4")
    fourth = site.locator(".tokens .drawn").last.text_content()
    site.evaluate("undo()")
    mount(site, "sampler", {"prompt": PROMPT, "top_k": 40}, "#")
    fetch_model(site)
    site.get_by_role("button", name="draw 16").click()
    until(site, "document.querySelectorAll('.tokens .drawn').length === 16")
    assert site.locator(".tokens .drawn").all_text_contents()[:4] == [*drawn, fourth]


def test_drawn_tokens_that_do_not_exist_are_left_out_with_a_word(site):
    mount(site, "sampler", {"prompt": PROMPT}, "#w=sampler&drawn=5+6+99999")
    fetch_model(site)
    site.get_by_text("The drawn tokens of the link were left out").wait_for()
    assert site.locator(".tokens .drawn").count() == 0


def test_the_cell_the_token_and_what_is_off_come_back(site):
    mount(site, "network", {"prompt": PROMPT})
    fetch_model(site)
    site.locator('[data-cell="6.2"]').click()
    site.get_by_label("another token").fill("q")
    until(site, "document.querySelector('.touch[aria-pressed=true]').textContent === 'q'")
    site.get_by_role("button", name="switch layer 1 off").click()
    site.locator(".pairs").wait_for()
    linked(site, "network", {})
    fetch_model(site)
    site.locator(".pairs").wait_for()
    assert site.locator(".cell.is-paired").get_attribute("data-cell") == "6.2"
    assert site.locator(".touch[aria-pressed=true]").text_content() == "q"


def test_all_four_lives_come_back(site):
    mount(site, "lives", {"lives": ["base", "chat"], "limit": 4})
    site.get_by_role("button", name="compare all four").click()
    site.get_by_label("your question").fill("Where is the boat?")
    linked(site, "lives", {"lives": ["base", "chat"], "limit": 4})
    site.get_by_role("button", name="Fetch 4 models").wait_for()
    assert site.get_by_label("your question").input_value() == "Where is the boat?"


def test_the_chosen_token_and_the_other_tokenizer_come_back(site, cl100k):
    mount(site, "tokenizer", {"text": "the boat and the light"})
    site.get_by_role("button", name="Fetch cl100k_base").click()
    site.locator(".pane.other [role=option]").nth(3).click()
    told = site.locator(".pane.other .pane-about").text_content()
    linked(site, "tokenizer", {})
    site.locator(".pane.other .is-paired").first.wait_for()
    assert site.locator(".pane.other .pane-about").text_content() == told
    assert site.locator(".pane").count() == 2


def test_the_step_that_was_touched_comes_back(site):
    mount(site, "live", {"prompt": PROMPT, "length": 6})
    site.get_by_role("button", name="Fetch the").click()
    site.locator(".written [role=option]").nth(3).click()
    shown = site.locator(".token-bar").all_inner_texts()
    linked(site, "live", {"length": 6})
    site.get_by_role("button", name="Fetch the").click()
    site.get_by_text("token 4 of its text").wait_for()
    assert site.locator(".token-bar").all_inner_texts() == shown
