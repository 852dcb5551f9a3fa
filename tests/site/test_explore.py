"""A figure made live says what its marks are worth, under a mouse and under a thumb, in the form of its axis."""

import json

import pytest

pytestmark = pytest.mark.browser
BAR = ".live .bars .point path >> nth=0"


def explore(page, address: str):
    """The bars of the chat page, live and in view; the middle of the first bar."""
    page.goto(address + "guide/chat/")
    figure = page.locator("#fig-two_memories")
    figure.locator("[data-explore]").click()
    figure.locator(".live .main-svg").first.wait_for()
    figure.locator(".live").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
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
    assert "drag to zoom" in figure.locator("[role=status]").inner_text()
    figure.get_by_text("back to the picture").click()
    assert figure.locator("[role=status]").count() == 0


def test_a_thumb_reads_it_too(browser, address):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    figure, middle = explore(page, address)
    page.touchscreen.tap(*middle)
    assert told(figure).endswith("%")
    assert figure.locator("[role=status]").inner_text() == "Tap the marks for their values."
    context.close()
