"""Who asked for stillness sees nothing move: no widget, no figure made live, no sheet fades or slides."""

import pytest
from playwright.sync_api import Error

from tests.pause import pause
from tests.site.conftest import WIDGETS
from tests.site.test_explore import explore

pytestmark = pytest.mark.browser
MOST = 12  # presses a widget
SOON = 10_000  # milliseconds
WATCH = """() => {
  window.moved = [];
  const named = (one) => one.className || one.nodeName;
  const told = ({ type, target, propertyName: what }) => moved.push([type, named(target), what].join());
  for (const kind of ["transitionrun", "animationstart"]) addEventListener(kind, told, true);
  const look = () => {
    for (const one of document.getAnimations()) {
      if (one.timeline === document.timeline) moved.push(`animation,${named(one.effect.target)}`);
    }
    requestAnimationFrame(look);
  };
  look();
}"""


@pytest.fixture(params=["asked of the system", "asked of the page"])
def quiet(browser, request):
    """A page of a reader who wants nothing to move, and whether it watches."""
    system = request.param == "asked of the system"
    context = browser.new_context(reduced_motion="reduce" if system else "no-preference")
    context.add_init_script("" if system else "localStorage.setItem('reading', 'still')")
    yield context.new_page()
    context.close()


def pressed(page, widget) -> int:
    """Press what a reader may press, open what is folded, move what slides; how much of it there was."""
    done = 0
    for _ in range(2):  # what the first presses bring can be pressed too
        found = widget.locator("button:visible, summary:visible, input[type=range]:visible").element_handles()
        for one in found[:MOST]:
            try:
                if one.is_visible() and one.is_enabled():
                    one.hover(timeout=SOON)
                    slides = one.get_attribute("type") == "range"
                    one.press("ArrowRight", timeout=SOON) if slides else one.click(timeout=SOON)
                    done += 1
            except Error:  # a widget that runs took it away
                continue
        pause(page, 300)
    return done


@pytest.mark.parametrize("quiet", ["asked of the system"], indirect=True)  # what the page asks is one rule for all
@pytest.mark.parametrize("name", WIDGETS)
def test_nothing_in_a_widget_moves_by_itself(quiet, address, name):
    quiet.goto(address + WIDGETS[name])
    widget = quiet.locator(f'[data-widget="{name}"]').first
    widget.evaluate("one => { const fold = one.closest('details'); if (fold) fold.open = true; }")
    widget.scroll_into_view_if_needed()
    quiet.locator(f'[data-widget="{name}"].is-live').first.wait_for()
    quiet.evaluate(WATCH)
    assert pressed(quiet, widget) > 1
    assert not set(quiet.evaluate("moved"))


def test_a_figure_made_live_and_a_sheet_beside_a_number_do_not_move(quiet, address):
    quiet.add_init_script(f"document.addEventListener('DOMContentLoaded', {WATCH})")
    figure, middle = explore(quiet, address)
    quiet.mouse.move(*middle)
    figure.locator(".hovertext").wait_for()
    quiet.locator("a.measured:visible").first.hover()
    quiet.locator(".popover:visible").wait_for()
    assert not set(quiet.evaluate("moved"))
