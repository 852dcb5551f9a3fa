"""A page is light, nothing on it jumps, and nothing keeps a reader waiting: by the browser's own measurements."""

import json

import pytest

from bench import pages
from tests.pause import pause
from tests.site.conftest import urls

pytestmark = pytest.mark.browser
READ = [url for url in urls() if url in ("", "whole/") or (url.startswith("guide/") and "ledger" not in url)]
BUDGET_BYTES = 120_000
MOST_SHIFT = 0.01
STEPS = {"whole/": 700}  # pixels at a time, almost a window; elsewhere fewer
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}
SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) {
      shifts.push({ value: one.value, moved: one.sources.map(({ node }) => node?.className || node?.nodeName) });
    }
  }).observe({ type: "layout-shift", buffered: true });
}"""
PUT = """() => {
  document.querySelector("main .step, main p:last-of-type").append(document.createElement("span"));
  return document.body.offsetHeight;
}"""
SENT = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .filter(({ name }) => !/\\.(svg|png)$/.test(name)).map(({ name, encodedBodySize }) => [name, encodedBodySize])"""


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
        pause(page, 800)
        return page

    yield open_at
    for context in contexts:
        context.close()


def test_what_a_page_is_sent_unasked_is_within_its_budget(opened, url):
    """HTML, CSS, JavaScript and JSON as they are sent, zipped; Material's script and the search's index wait."""
    sent = dict(opened(url).evaluate(SENT))
    assert len(sent) > 3 and list(sent.values())[0] > 3000, sent  # the page itself, zipped
    assert sum(sent.values()) <= BUDGET_BYTES, sent
    assert not [one for one in sent if "assets/javascripts/" in one or "search_index" in one]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("read", READ, ids=lambda read: read.strip("/") or "home")
def test_nothing_jumps_while_a_page_loads_and_is_read(opened, read, size):
    page = opened(read, size)
    step = STEPS.get(read, 300)
    for _ in range(200):  # heights grow as what was far comes near
        page.evaluate(f"scrollBy(0, {step})")
        pause(page, 90)
        if page.evaluate("scrollY + innerHeight > document.documentElement.scrollHeight - 2"):
            break
    else:
        raise AssertionError("the end was not reached")
    pause(page, 400)
    shifts = page.evaluate("shifts")
    assert sum(one["value"] for one in shifts) <= MOST_SHIFT, shifts


@pytest.mark.parametrize("read, sheets", [("guide/tokenize/", ["theme", "guide", "widgets"]),
                                          ("whole/", ["theme", "guide"])])  # fmt: skip
def test_a_page_waits_for_two_style_sheets_for_a_third_with_a_widget_and_for_no_script(opened, read, sheets):
    page = opened(read)
    waits = "performance.getEntriesByType('resource').filter((one) => one.renderBlockingStatus === 'blocking')"
    found = [name.split("/")[-1].split(".")[0] for name in page.evaluate(f"{waits}.map(({{ name }}) => name)")]
    assert sorted(found) == sorted(sheets)  # they are listed as they were answered


@pytest.mark.parametrize("read", READ, ids=lambda read: read.strip("/") or "home")
def test_a_word_that_comes_has_the_browser_style_its_surroundings_and_not_the_page(opened, browser, read):
    """A rule like `article:has(> .a) > :not(.b)` would ask for all of it, a thousand elements, again and again."""
    page = opened(read)
    browser.start_tracing(page=page, categories=["devtools.timeline"])
    page.evaluate(PUT)
    told = json.loads(browser.stop_tracing())["traceEvents"]
    styled = [one["args"].get("elementCount", 0) for one in told if one["name"] == "UpdateLayoutTree"]
    assert 0 < max(styled) < 200


def test_far_stages_of_the_whole_guide_are_not_laid_out_until_they_come_near(opened):
    page = opened("whole/")
    far = page.locator("main .scene").last
    laid = "one => one.checkVisibility({ contentVisibilityAuto: true })"
    inside = far.locator(".step").first
    assert not inside.evaluate(laid) and "is-live" not in far.get_attribute("class")
    far.scroll_into_view_if_needed()
    pause(page, 400)
    assert inside.evaluate(laid) and "is-live" in far.get_attribute("class")


@pytest.mark.parametrize("size", SIZES)
def test_the_contents_of_the_whole_guide_lead_to_the_right_place(opened, size):
    page = opened("whole/", size)
    links = page.locator(".whole-contents a")
    rail = page.locator(".rail").bounding_box()["height"]
    for place in range(links.count() - 1, -1, -1):
        page.evaluate("scrollTo(0, 0)")
        links.nth(place).click()
        pause(page, 300)
        top = page.locator(":target").bounding_box()["y"]
        assert rail <= top < rail + 160, links.nth(place).inner_text()


def test_the_whole_guide_is_printed_whole(opened):
    page = opened("whole/")
    page.emulate_media(media="print")
    assert page.locator("main .sources li").last.evaluate("one => one.checkVisibility({ contentVisibilityAuto: true })")
