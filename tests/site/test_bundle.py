"""Material's script waits until a reader reaches for it, and then nothing of what they did is lost."""

import pytest
from playwright.sync_api import expect

from tests.site.conftest import STAGES

pytestmark = pytest.mark.browser


def test_the_first_click_on_the_light_switch_counts(page, address):
    page.emulate_media(color_scheme="light")
    page.goto(address + STAGES[0])
    page.locator("[data-palette]:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator("[data-palette]:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


def test_colors_that_could_not_be_changed_can_be_once_the_line_is_back(page, address):
    page.emulate_media(color_scheme="light")
    page.goto(address + STAGES[0])
    page.route("**/bundle.*.js", lambda route: route.abort())
    switch = page.locator("[data-palette]:visible")
    switch.click()
    expect(switch).to_have_text("could not load; try again")
    expect(switch).to_have_attribute("aria-label", "could not load; try again: Switch to dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.unroute("**/bundle.*.js")
    switch.click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    switch.click()
    expect(switch).to_have_text("dark")
    expect(switch).to_have_attribute("aria-label", "Switch to dark")


@pytest.mark.parametrize("way", ["button", "key"])
def test_the_search_finds_a_page_from_the_first_key_on(page, address, way):
    page.goto(address + STAGES[0])
    if way == "button":
        page.locator("[data-search-open]").click()
    else:
        page.locator("[data-search-open]").press("Enter")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.type("token", delay=20)
    page.locator(".md-search-result__link").first.wait_for()


def test_a_search_that_did_not_come_says_so_is_left_by_escape_and_comes_at_the_next_try(page, address):
    page.goto(address + STAGES[0])
    page.route("**/bundle.*.js", lambda route: route.abort())
    page.locator("[data-search-open]").click()
    told = page.locator(".md-search-result__meta")
    expect(told).to_have_text("The search could not be loaded. Close it and try again.")
    page.keyboard.press("Escape")
    expect(page.locator(".md-search__input")).to_be_hidden()
    expect(page.locator("[data-search-open]")).to_be_focused()
    page.unroute("**/bundle.*.js")
    page.keyboard.press("Enter")
    page.keyboard.type("token", delay=20)
    page.locator(".md-search-result__link").first.wait_for()
