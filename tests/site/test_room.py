"""What stands below a widget stays where it is when the widget starts; a thumb can use each."""

import re

import pytest

from tests.pause import pause
from tests.site.conftest import WIDGETS
from tests.site.test_moving import STARTED

PLACES = WIDGETS | {"recheck": "report/"}
LITTLE = 10  # pixels: less than half a line, by which one machine's letters may be taller than another's
SMALL = 24  # pixels: the least that a target may measure
# A token is as wide as its text: where it can be chosen, two buttons that choose its neighbors stand by.
NARROW = """(widget, least) => [...widget.querySelectorAll(
    "a[href], button, summary, input, select, textarea, [role=option], [role=gridcell], [data-at]")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length)
  .filter((one) => !one.matches("[data-at]") || !one.closest(".pane, .widget-body").querySelector(".neighbors"))
  .filter((one) => Math.min(one.getBoundingClientRect().width, one.getBoundingClientRect().height) < least - 0.5)
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("width", [1280, 500, 360, 320])
@pytest.mark.parametrize("name", PLACES)
def test_a_widget_takes_the_room_that_was_kept_for_it(page, address, name, width):
    page.set_viewport_size({"width": width, "height": 800})
    widget = page.locator(f'[data-widget="{name}"]').first
    tall = "el => el.getBoundingClientRect().height"
    page.route("**/widgets/main.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(address + PLACES[name])
    kept = widget.evaluate(tall)
    page.unroute("**/widgets/main.js")
    page.goto(address + PLACES[name] + "?again")
    widget.scroll_into_view_if_needed()
    widget.locator(".widget-body :is(button, input)").first.wait_for()
    widget.locator(STARTED.get(name, ".widget-body")).first.wait_for()
    pause(page, 300)
    assert widget.evaluate(tall) == pytest.approx(kept, abs=LITTLE)
    assert widget.evaluate("el => { el.style.minHeight = 0; return el.getBoundingClientRect().height }") > kept - LITTLE


@pytest.fixture
def thumb(browser):
    """A phone that is touched."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def size(found):
    """The box of what is in sight; asked again where it was drawn anew in between."""
    found.wait_for()
    return found.bounding_box() or size(found)


def tap(widget, name: str):
    """Touch a button, after looking whether a thumb can."""
    found = widget.get_by_role("button", name=re.compile(name)).first
    box = size(found)
    assert box["height"] >= SMALL and box["width"] >= SMALL, name
    found.tap()


@pytest.mark.parametrize("name, asks, touched, shown", [
    ("live", "Fetch the model", ".written [role=option] >> nth=3", "text=token 4 of its text"),
    ("pages", "Leaf through", "button:text-is('next page')", "text=2 of "),
    ("tokenizer", "Fetch cl100k", ".pane.other [role=option] >> nth=2", ".pane.other details li:visible >> nth=0"),
    ("network", "Fetch the base", ".cell >> nth=9", ".cell.is-paired[data-cell='3.3']"),
    ("sampler", "Fetch the base", "button:text-is('Draw one token')", ".tokens .drawn"),
    ("lives", "Fetch 2 models", ".suggestion >> nth=1", "text=in common with base"),
])  # fmt: skip
def test_a_thumb_can_use_it(thumb, address, name, asks, touched, shown):
    thumb.goto(address + PLACES[name])
    widget = thumb.locator(f'[data-widget="{name}"]').first
    widget.scroll_into_view_if_needed()
    tap(widget, asks)
    widget.locator(touched).wait_for()
    assert not widget.evaluate(NARROW, SMALL)
    widget.locator(touched).tap()
    if name == "tokenizer":
        widget.locator(".pane.other summary").tap()
    widget.locator(shown).first.wait_for()
    assert thumb.evaluate("document.documentElement.scrollWidth <= innerWidth")
