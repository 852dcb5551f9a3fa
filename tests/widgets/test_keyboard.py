"""Each widget is used from its first button to its last detail with keys alone."""

import pytest

from tests.widgets.desk import PROMPT, QUESTION, mount, until
from tests.widgets.shelf import SPECIMENS

pytestmark = pytest.mark.browser

NAME = """() => { const one = document.activeElement, label = one.labels?.[0]?.querySelector(".slider-name");
  return one.getAttribute("aria-label") || label?.textContent || (one.matches("input") ? "" : one.textContent); }"""
RING = """() => { const one = document.activeElement, style = getComputedStyle(one), knob = one.matches("[type=range]");
  return knob || style.outlineStyle !== "none" || style.boxShadow !== "none"; }"""


def tab_to(page, name: str, back: bool = False) -> None:
    """Press the tab key until something whose name begins so has the focus, and see that it shows."""
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate(NAME).strip().startswith(name):
            assert page.evaluate(RING), f"{name} does not show that it has the focus"
            return
    raise AssertionError(f"the tab key never reaches {name}")


def press(page, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


def test_pages_are_fetched_filtered_and_turned(site):
    mount(site, "pages")
    tab_to(site, "Leaf through")
    press(site, "Enter")
    until(site, "document.activeElement.matches('select')")
    tab_to(site, "next page")
    press(site, "Enter")
    assert site.locator("pre").first.text_content() == SPECIMENS[1]["html"]
    assert site.evaluate("document.activeElement.textContent") == "next page"  # at its end, where it rests
    press(site, "ArrowLeft")
    assert site.locator("pre").first.text_content() == SPECIMENS[0]["html"]
    tab_to(site, "pages", back=True)
    press(site, "ArrowDown", "ArrowDown")
    assert site.locator(".place").text_content() == "1 of 1" and "repetition" in site.locator(".facts").text_content()
    tab_to(site, "as it was fetched")
    tab_to(site, "what was extracted")
    tab_to(site, "copy link")


def test_a_threshold_is_moved_and_its_rule_changed(site):
    mount(site, "threshold")
    site.locator(".threshold-group").first.wait_for()
    tab_to(site, "rule")
    press(site, "ArrowDown")
    assert "score between zero and one" in site.locator(".threshold-rule").text_content()
    tab_to(site, "score for English")
    press(site, "End")
    assert "3 dropped, 97 kept" in site.locator(".threshold-group").first.text_content()
    press(site, "Home")
    assert "0 dropped, 100 kept" in site.locator(".threshold-group").first.text_content()
    tab_to(site, "copy link")


def test_a_stand_in_that_goes_hands_the_focus_to_the_widget_s_name(site):
    site.evaluate("document.querySelector('.stand-in').innerHTML = '<a href=\"#\">more</a>'")
    site.locator(".stand-in a").focus()
    mount(site, "threshold")
    site.locator(".threshold-group").first.wait_for()
    assert site.evaluate("document.activeElement.textContent") == "name"
    press(site, "Tab")
    assert site.evaluate("document.activeElement.matches('.widget select')")


def test_lives_are_asked_and_made_four(site):
    mount(site, "lives", {"lives": ["base", "chat"], "prompts": [QUESTION], "limit": 6})
    tab_to(site, "your question")
    press(site, "Control+a")
    site.keyboard.type("Where is the boat?")
    tab_to(site, "Fetch 2 models")
    press(site, "Enter")
    site.get_by_text("in common with base").wait_for()
    tab_to(site, "compare all four")
    press(site, "Enter")
    site.get_by_text("in common with random").wait_for()
    assert site.locator(".lives .pane").count() == 4
    assert site.get_by_label("your question").input_value() == "Where is the boat?"
    assert site.evaluate("document.activeElement.textContent").startswith("only the base and the finetuned")
    press(site, "Enter")
    until(site, "document.querySelectorAll('.lives .pane').length === 2")
    tab_to(site, QUESTION, back=True)
    press(site, "Enter")
    assert site.get_by_label("your question").input_value() == QUESTION


def test_the_live_box_is_asked_and_its_tokens_are_read(site):
    mount(site, "live", {"prompt": PROMPT, "length": 6})
    tab_to(site, "beginning")
    press(site, "Enter")
    until(site, "document.querySelectorAll('.written [role=option]').length === 6")
    chosen = site.locator(".written [role=option]").first.evaluate("one => one.ariaLabel ?? one.textContent")
    tab_to(site, chosen.strip())
    press(site, "ArrowRight", "ArrowRight")
    assert site.get_by_text("token 3 of its text").count() == 1
    press(site, "End")
    assert site.get_by_text("token 6 of its text").count() == 1
    tab_to(site, "copy link")


def test_tokens_are_typed_walked_and_their_merges_opened(site, cl100k):
    mount(site, "tokenizer", {"text": "the boat", "examples": [["digits", "12 34"]]})
    site.locator(".ids").wait_for()
    tab_to(site, "text to cut")
    press(site, "Control+a")
    site.keyboard.type("the light")
    tab_to(site, "digits")
    press(site, "Enter")
    tab_to(site, "1")
    press(site, "End")
    assert site.locator(".pane").first.get_by_role("option").last.get_attribute("aria-selected") == "true"
    tab_to(site, "How this word")
    press(site, "Enter")
    assert site.locator(".pane").first.locator("details li").first.is_visible()
    tab_to(site, "Fetch cl100k_base")
    press(site, "Enter")
    until(site, "document.activeElement.closest('.other')?.querySelector('.ids')")
    press(site, "ArrowRight")
    assert site.locator(".pane.other .pane-about").text_content().startswith("Token number ")


def test_a_draw_is_made_and_its_settings_moved_and_reordered(site):
    mount(site, "sampler", {"prompt": PROMPT})
    tab_to(site, "Fetch the base model")
    press(site, "Enter")
    site.locator(".token-bar").first.wait_for()
    until(site, "document.activeElement.textContent === 'Draw one token'")
    press(site, "Enter")
    until(site, "document.querySelectorAll('.tokens .drawn').length === 1")
    tab_to(site, "seed")
    press(site, "ArrowUp")
    until(site, "!document.querySelector('.tokens .drawn')")
    tab_to(site, "top-k")
    press(site, "Home")
    assert site.get_by_text("Now 1 of 320 tokens can be drawn").count() == 1
    tab_to(site, "apply earlier: top-k")
    press(site, "Enter")
    assert site.locator(".sliders .slider-name").first.text_content() == "top-k"
    assert site.evaluate("document.activeElement.getAttribute('aria-label')") == "apply earlier: top-k"
    tab_to(site, "The whole vocabulary, out to the tail")
    press(site, "Enter")
    tab_to(site, "the bars below begin at place")
    press(site, "End")
    assert site.locator(".token-bar.is-cut").count() == 12
    tab_to(site, "draw 1,000 times", back=True)
    press(site, "Space")
    assert site.locator(".draws tbody tr").count() == 1


def test_heads_looks_and_scores_of_the_network_are_walked(site):
    mount(site, "network", {"prompt": PROMPT, "layer": 1, "head": 1})
    tab_to(site, "Fetch the base model")
    press(site, "Enter")
    site.locator(".cell").first.wait_for()
    until(site, "document.activeElement.matches('.map')")
    press(site, "ArrowDown", "ArrowRight")
    assert site.evaluate(NAME) == "layer 2, head 2"
    press(site, "Tab", "ArrowUp")
    assert site.evaluate("document.activeElement.matches('.cell')")
    place, scrolled = "document.activeElement.dataset.cell.split('.').map(Number)", site.evaluate("scrollY")
    asks, _ = site.evaluate(place)
    for key, to in (("Home", 0), ("End", asks), ("Space", asks)):
        press(site, key)
        assert site.evaluate(place) == [asks, to]
    assert site.evaluate("scrollY") == scrolled
    looks = site.evaluate(NAME).split(": ")[1]
    assert looks in site.locator(".attention-place p").first.text_content()
    tab_to(site, "The arithmetic, with its 16 products")
    press(site, "Enter")
    tab_to(site, "The 16 products")  # the box of the products, which scrolls by key
    tab_to(site, "switch head 2 of layer 2 off")
    press(site, "Enter")
    site.get_by_text("without head 2.2").wait_for()
    tab_to(site, "another token")
    site.keyboard.type("boat")
    site.locator(".arithmetic").last.get_by_text("The score of").wait_for()
    until(site, "document.querySelector('.touch[aria-pressed=true]').textContent.startsWith('b')")
    tab_to(site, "copy link")
