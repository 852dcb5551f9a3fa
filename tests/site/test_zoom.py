"""Pages enlarged: at 400 percent a desk is 320 pixels wide and 256 high, at 200 percent 640 by 450; nothing is lost."""

import pytest

from tests.site.conftest import WIDGETS, start

pytestmark = pytest.mark.browser
ZOOMED = {"four times": {"width": 320, "height": 256}, "twice": {"width": 640, "height": 450}}
CUT = """() => [...document.querySelectorAll("main :is(h1, h2, h3, p, li, figcaption, summary, button)")]
  .filter((one) => one.checkVisibility() && one.getClientRects().length
    && !one.closest(".table-scroll, .heat-scroll, .md-typeset__scrollwrap, pre, .unseen, [aria-hidden=true]"))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("size", ZOOMED)
def test_a_page_reads_in_one_column_when_enlarged(browser, address, url, size):
    context = browser.new_context(viewport=ZOOMED[size], reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + url)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert not page.evaluate(CUT)
    context.close()


def test_in_a_low_window_a_scene_gives_each_frame_to_its_step(browser, address):
    context = browser.new_context(viewport=ZOOMED["four times"])
    page = context.new_page()
    page.goto(address + "contribute/style/")
    frames = page.locator(".scene .frame")
    assert frames.count() > 1 and all(one.is_visible() for one in frames.all())
    context.close()


@pytest.fixture
def enlarged(browser):
    """A narrow phone whose reader has set the browser's letters to 24 pixels instead of 16."""
    context = browser.new_context(viewport={"width": 320, "height": 568}, reduced_motion="reduce")
    page = context.new_page()
    context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 24, "fixed": 20}})
    yield page
    context.close()


def test_on_a_phone_with_large_letters_no_page_is_wider_than_the_window(enlarged, address, url):
    enlarged.goto(address + url)
    assert enlarged.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") > 24
    assert enlarged.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert not enlarged.evaluate(CUT)


@pytest.mark.parametrize("name", ["live", "network", "sampler", "chat"])
def test_on_a_phone_with_large_letters_a_widget_that_runs_stays_within_the_window(enlarged, address, name):
    enlarged.goto(address + WIDGETS[name])
    widget = enlarged.locator(f'[data-widget="{name}"]').first
    start(widget)
    assert enlarged.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert all(one.bounding_box()["width"] > 40 for one in widget.locator(".bar-track:visible").all())


SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; } math, math * { letter-spacing: 0 !important; }"""
CLIPPED = """() => [...document.querySelectorAll("main :is(h1, h2, h3, p, li, dt, dd, td, th, button, figcaption)")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && getComputedStyle(one).overflowY === "hidden"
    && getComputedStyle(one).textOverflow !== "ellipsis" && !one.closest(".unseen, .sources") && one.offsetHeight > 1
    && one.scrollHeight > one.clientHeight + 3)
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("size", [{"width": 360, "height": 740}, {"width": 1280, "height": 800}], ids=["phone", "desk"])
def test_a_reader_may_space_the_text_out(browser, address, url, size):
    """WCAG 1.4.12: lines, letters, words and paragraphs as far apart as a reader may set them."""
    context = browser.new_context(viewport=size, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + url)
    page.add_style_tag(content=SPACED)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert not page.evaluate(CUT) + page.evaluate(CLIPPED)
    context.close()


def test_in_the_systems_own_colors_bars_and_chips_are_still_told_apart(browser, address):
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(address)  # the fact's trip shows both
    drawn = "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).outlineStyle]"
    bar, bare = page.locator(".bar-fill:visible").first.evaluate(drawn), page.locator("body").evaluate(drawn)
    assert bar[0] != bare[0] and page.locator(".token:visible").first.evaluate(drawn)[1] == "solid"
    context.close()


def test_in_the_systems_own_colors_the_rail_marks_the_stage_that_is_read(browser, address):
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(address + "guide/pretrain/")
    line = "one => getComputedStyle(one).textDecorationLine"
    lines = {one.get_attribute("aria-current"): one.evaluate(line) for one in page.locator(".rail-stages a").all()}
    assert lines == {"page": "underline", None: "none"}
    context.close()
