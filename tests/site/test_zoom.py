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
