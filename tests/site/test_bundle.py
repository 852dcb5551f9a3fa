"""Material's script waits until a reader reaches for it, and then nothing of what they did is lost."""

import gzip

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
BUDGET_BYTES = 120_000
GATHERED_BYTES = {"whole/": 200_000}  # every stage on one page, with their pictures, to print or keep
COUNTED = ("text/html", "text/css", "javascript", "json")


@pytest.fixture
def opened(page, address):
    """A stage page with everything that it fetched, by address."""
    page.got = {}
    page.on("response", lambda answer: answer.request.method == "GET" and page.got.update({answer.url: answer}))
    return page


def first_stage():
    from tests.site.conftest import STAGES

    return STAGES[0]


def test_a_page_fetches_no_more_than_its_budget_unasked(opened, address, url):
    opened.goto(address + url)
    opened.wait_for_timeout(1200)
    sizes = {
        one.removeprefix(address): len(gzip.compress(answer.body()))
        for one, answer in list(opened.got.items())
        if any(kind in answer.headers.get("content-type", "") for kind in COUNTED)
    }
    assert sum(sizes.values()) <= GATHERED_BYTES.get(url, BUDGET_BYTES), sizes
    assert not [one for one in sizes if "assets/javascripts/" in one or "search_index" in one]


def test_the_first_click_on_the_light_switch_counts(opened, address):
    opened.emulate_media(color_scheme="light")
    opened.goto(address + first_stage())
    opened.locator("[data-palette]:visible").click()
    expect(opened.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    opened.reload()
    expect(opened.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    opened.locator("[data-palette]:visible").click()
    expect(opened.locator("body")).to_have_attribute("data-md-color-scheme", "default")


@pytest.mark.parametrize("way", ["button", "key"])
def test_the_search_finds_a_page_from_the_first_key_on(opened, address, way):
    opened.goto(address + first_stage())
    if way == "button":
        opened.locator("[data-search-open]").click()
    else:
        opened.locator("[data-search-open]").press("Enter")
    expect(opened.locator(".md-search__input")).to_be_focused()
    opened.keyboard.type("token", delay=20)
    opened.locator(".md-search-result__link").first.wait_for()
