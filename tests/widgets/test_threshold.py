"""A threshold of the recipe is moved, and what it drops is counted again."""

import pytest

from tests.widgets.desk import mount

pytestmark = pytest.mark.browser


def told(page):
    """The widget's three groups as text."""
    page.locator(".threshold-group").first.wait_for()
    return [" ".join(text.split()) for text in page.locator(".threshold-group").all_inner_texts()]


def test_the_slider_begins_at_the_value_of_fineweb_and_counts_anew_by_key(site):
    mount(site, "threshold")
    good, dirt, copies = told(site)
    assert "0 dropped, 100 kept" in good and "8 dropped, 5 kept" in dirt and "0 dropped, 5 kept" in copies
    assert "keyword spam 8" in dirt
    site.locator("input[type=range]").press("ArrowRight")
    good, dirt, _ = told(site)
    assert "2 dropped, 98 kept" in good and "9 dropped, 4 kept" in dirt and "code 1" in dirt
    site.locator("input[type=range]").press("Home")
    assert all("none dropped" in group for group in told(site))


def test_the_other_rule_has_its_own_slider_and_an_address_restores_both(site):
    mount(site, "threshold", hash="#w=threshold&rule=english&cut=0.9")
    good, dirt, copies = told(site)
    assert "3 dropped, 97 kept" in good and "7 dropped, 1 kept" in dirt and "0 dropped, 0 kept" in copies
    assert site.locator("input[type=range]").get_attribute("aria-valuetext") == "0.90"
    assert site.locator(".slider-note").first.text_content() == "FineWeb’s setting: 0.65"
    site.locator("select").select_option("words")
    assert site.locator(".slider-value").text_content() == "2"  # as long as any other: the slider stays
    assert site.locator("input[type=range]").get_attribute("aria-valuetext") == "2, FineWeb’s setting"


def test_an_address_that_asks_for_nonsense_is_clamped_and_told(site):
    mount(site, "threshold", hash="#w=threshold&rule=magic&cut=99")
    assert told(site)
    assert "there is no such rule" in site.locator(".widget-words").text_content()


def test_scores_that_do_not_come_are_a_sentence(site):
    mount(site, "threshold", {"source": "data/none.json"})
    site.get_by_text("the recorded scores did not come").wait_for()
    site.faults[:] = [fault for fault in site.faults if "404" not in fault]
