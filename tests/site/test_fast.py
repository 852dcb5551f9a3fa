"""A page is light, nothing on it jumps, and nothing keeps a reader waiting: by the browser's own measurements."""

import pytest

from bench import pages
from tests.site.conftest import urls

pytestmark = pytest.mark.browser
READ = [url for url in urls() if url in ("", "whole/") or (url.startswith("guide/") and "ledger" not in url)]
BUDGET_BYTES = {"whole/": 200_000}  # every stage on one page, to print or keep
MOST_SHIFT = 0.01
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}
SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) {
      shifts.push({ value: one.value, moved: one.sources.map(({ node }) => node?.className || node?.nodeName) });
    }
  }).observe({ type: "layout-shift", buffered: true });
}"""
SENT = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .map(({ name, transferSize }) => [name, transferSize])"""


@pytest.fixture(scope="module")
def zipped(site):
    """The site as a host sends it: zipped."""
    server, address = pages.serve(site)
    yield address
    server.shutdown()


@pytest.fixture
def opened(browser, zipped, request):
    """A function that opens a page in a fresh window of one size."""
    contexts = []

    def open_at(url, size="phone"):
        contexts.append(browser.new_context(viewport=SIZES[size]))
        page = contexts[-1].new_page()
        page.goto(zipped + url)
        page.evaluate(SHIFTS)
        page.wait_for_timeout(800)
        return page

    yield open_at
    for context in contexts:
        context.close()


@pytest.mark.parametrize("read", READ, ids=lambda read: read.strip("/") or "home")
def test_what_a_page_sends_unasked_is_within_its_budget(opened, read):
    sent = dict(opened(read).evaluate(SENT))
    assert len(sent) > 3 and list(sent.values())[0] > 3000, sent  # the page itself, zipped
    assert sum(sent.values()) <= BUDGET_BYTES.get(read, 120_000), sent


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("read", READ, ids=lambda read: read.strip("/") or "home")
def test_nothing_jumps_while_a_page_loads_and_is_read(opened, read, size):
    page = opened(read, size)
    for _ in range(min(90, page.evaluate("document.documentElement.scrollHeight / 300 | 0"))):
        page.evaluate("scrollBy(0, 300)")
        page.wait_for_timeout(90)
    page.wait_for_timeout(400)
    shifts = page.evaluate("shifts")
    assert sum(one["value"] for one in shifts) <= MOST_SHIFT, shifts


def test_a_page_waits_for_two_style_sheets_and_no_script(opened):
    page = opened("guide/tokenize/")
    waits = "performance.getEntriesByType('resource').filter((one) => one.renderBlockingStatus === 'blocking')"
    assert [name.split("/")[-1].split(".")[0] for name in page.evaluate(f"{waits}.map(({{ name }}) => name)")] == [
        "theme",
        "guide",
    ]


def test_far_stages_of_the_whole_guide_are_not_laid_out_until_they_come_near(opened):
    page = opened("whole/")
    far = page.locator("main .scene").last
    laid = "one => one.checkVisibility({ contentVisibilityAuto: true })"
    inside = far.locator(".step").first
    assert not inside.evaluate(laid) and "is-live" not in far.get_attribute("class")
    far.scroll_into_view_if_needed()
    page.wait_for_timeout(400)
    assert inside.evaluate(laid) and "is-live" in far.get_attribute("class")


@pytest.mark.parametrize("size", SIZES)
def test_the_contents_of_the_whole_guide_lead_to_the_right_place(opened, size):
    page = opened("whole/", size)
    links = page.locator(".whole-contents a")
    rail = page.locator(".rail").bounding_box()["height"]
    for place in range(links.count() - 1, -1, -1):
        page.evaluate("scrollTo(0, 0)")
        links.nth(place).click()
        page.wait_for_timeout(300)
        top = page.locator(":target").bounding_box()["y"]
        assert rail <= top < rail + 160, links.nth(place).inner_text()


def test_the_whole_guide_is_printed_whole(opened):
    page = opened("whole/")
    page.emulate_media(media="print")
    assert page.locator("main .sources li").last.evaluate("one => one.checkVisibility({ contentVisibilityAuto: true })")
