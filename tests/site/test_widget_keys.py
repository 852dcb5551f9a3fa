"""A widget by keyboard alone: it is entered, used and left, and the focus is seen at every stop."""

import pytest

from tests.pause import pause
from tests.site.conftest import AT_ONCE, READY, WIDGETS
from tests.site.keys import SIZES, focused, settled, standing

pytestmark = pytest.mark.browser
BEFORE = """(widget) => {
  const all = [...document.querySelectorAll("a[href], button, summary")].filter((one) => one.checkVisibility());
  all.filter((one) => one.compareDocumentPosition(widget) & Node.DOCUMENT_POSITION_FOLLOWING).at(-1).focus();
}"""


@pytest.fixture
def entered(browser, address):
    """A page of a widget, which the Tab key has just entered from what stands before it."""
    contexts = []

    def enter(name):
        contexts.append(browser.new_context(viewport=SIZES["desk"], reduced_motion="reduce"))
        page = contexts[-1].new_page()
        page.goto(address + WIDGETS[name])
        widget = page.locator(f'[data-widget="{name}"]').first
        widget.evaluate("one => { const fold = one.closest('details'); if (fold) fold.open = true; }")
        widget.scroll_into_view_if_needed()
        wanted = ".widget-body" if name in AT_ONCE else ".widget-body button.filled:visible"
        page.locator(f'[data-widget="{name}"].is-live {wanted}').first.wait_for()
        widget.evaluate(BEFORE)
        page.keyboard.press("Tab")
        assert focused(page, f'[data-widget="{name}"] *'), "the Tab key passes the widget by"
        return page, widget

    yield enter
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", sorted(set(WIDGETS) - {"train"}))  # which has a test of its own
def test_a_widget_is_entered_used_and_left_by_keyboard(entered, name):
    page, widget = entered(name)
    pressed = name in AT_ONCE  # what a widget is for
    for _ in range(150):
        here = standing(page)
        assert here["seen"] and here["ring"], here["told"]
        if not pressed and focused(page, "button.filled"):
            pressed = True
            page.keyboard.press("Enter")
            widget.locator(READY).first.wait_for()
            settled(widget)
        page.keyboard.press("Tab")
        pause(page, 25)
        if not focused(page, f'[data-widget="{name}"] *'):
            break
    assert pressed and focused(page, "main *"), "the widget holds the focus, or its button is out of reach"


def test_a_tiny_model_is_trained_paused_and_dropped_by_keyboard(entered):
    page, widget = entered("train")

    def tab_to(name):
        for _ in range(20):
            if page.evaluate("document.activeElement.textContent.trim()") == name:
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{name} is out of reach")

    assert focused(page, "textarea")
    page.keyboard.insert_text("the boat is here and the light is on. " * 150)
    tab_to("Train")
    page.keyboard.press("Enter")
    widget.locator(".samples .token").first.wait_for()
    assert not focused(page, "body"), "the focus is lost where the button goes"
    tab_to("pause")
    page.keyboard.press("Enter")
    widget.get_by_role("button", name="go on").wait_for()
    tab_to("reset")
    page.keyboard.press("Enter")
    widget.locator(".samples").wait_for(state="hidden")
    assert focused(page, '[data-widget="train"] *')
