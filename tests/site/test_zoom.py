"""Pages enlarged: at 400 percent a desk is 320 pixels wide and 256 high, at 200 percent 640 by 450; nothing is lost."""

import pytest

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
