"""A figure made live says what its marks are worth, under a mouse and under a thumb, in the form of its axis."""

import json

import pytest

from tests.pause import pause

pytestmark = pytest.mark.browser
BAR = ".live .bars .point path >> nth=0"


def explore(page, address: str):
    """The bars of the chat page, live and in view; the middle of the first bar."""
    page.goto(address + "guide/chat/")
    figure = page.locator("#fig-two_memories")
    page.locator("details.predict", has=figure).locator("summary").first.click()
    figure.locator("[data-explore]").click()
    figure.locator(".live .main-svg").first.wait_for()
    figure.locator(".live").scroll_into_view_if_needed()
    pause(page, 300)
    box = figure.locator(BAR).bounding_box()
    return figure, (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def told(figure) -> str:
    """What the label says, once it is there."""
    label = figure.locator(".hoverlayer .hovertext")
    label.wait_for()
    return label.locator("text").first.evaluate("one => one.dataset.unformatted")


def test_a_mark_says_its_group_its_name_and_its_value(page, address, site):
    figure, middle = explore(page, address)
    page.mouse.move(*middle)
    bar = json.loads((site / "assets/chat/two_memories.json").read_text(encoding="utf-8"))["wide"]["data"][0]
    assert told(figure) == f"{bar['customdata'][0]}<br>{bar['name']}: {bar['x'][0]:.0%}"
    label = figure.locator(".hovertext path").first.evaluate("one => getComputedStyle(one).fill")
    assert label == "rgb(255, 255, 255)"  # paper, not the color of the bar
    assert figure.locator("[role=status] > [aria-hidden]").inner_text() == "Move over the marks for their values."
    assert "table of this figure" in figure.locator("[role=status]").aria_snapshot()
    figure.get_by_text("stop exploring").click()
    assert figure.locator("[role=status]").count() == 0


@pytest.mark.parametrize("width", [1280, 360])
def test_what_stands_below_a_figure_does_not_move_when_it_comes_to_life(page, address, width):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(address + "guide/data/")
    figure = page.locator("#fig-judged")
    figure.locator("[data-explore]").scroll_into_view_if_needed()
    below = "one => one.getBoundingClientRect().bottom + scrollY"
    before = figure.evaluate(below)
    figure.locator("[data-explore]").click()
    figure.locator(".live .main-svg").first.wait_for()
    figure.get_by_text("stop exploring").wait_for()
    assert figure.evaluate(below) == pytest.approx(before, abs=0.5)
    said = figure.locator("[role=status]").bounding_box()
    own, after = (one.bounding_box() for one in (figure, page.locator("#fig-judged + *")))
    assert own["y"] + own["height"] <= said["y"] and said["y"] + said["height"] <= after["y"]
    figure.get_by_text("stop exploring").click()
    assert figure.evaluate(below) == pytest.approx(before, abs=0.5)


def test_nothing_is_zoomed_by_a_drag_that_no_key_could_do(page, address):
    figure, (x, y) = explore(page, address)
    axes = "one => ['xaxis', 'yaxis'].map((name) => [...one._fullLayout[name].range])"
    before = figure.locator(".live").evaluate(axes)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 80, y + 60, steps=5)
    page.mouse.up()
    pause(page, 300)
    assert figure.locator(".live").evaluate(axes) == before
    assert not page.locator(".plotly-notifier").count()


def test_a_thumb_reads_it_too(browser, address):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    figure, middle = explore(page, address)
    page.touchscreen.tap(*middle)
    assert told(figure).endswith("%")
    assert figure.locator("[role=status] > [aria-hidden]").inner_text() == "Tap the marks for their values."
    context.close()


def test_in_a_narrower_window_the_picture_of_that_width_is_back(page, address):
    figure, _ = explore(page, address)
    page.set_viewport_size({"width": 360, "height": 740})
    figure.locator(".live").wait_for(state="detached")
    assert figure.locator(".poster.narrow").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert figure.locator("[data-explore]").inner_text().startswith("explore")
