"""Four lives answer side by side as Python says."""

import pytest

from minigpt import chat, gpt, sample, weights
from tests.widgets.desk import QUESTION, legible, loads, mount, until

pytestmark = pytest.mark.browser


def test_every_life_answers_as_python_says_the_random_one_included(site, patient):
    mount(site, "lives", {"prompt": QUESTION, "limit": 8})
    site.get_by_role("button", name="Fetch 4 models").click()
    site.get_by_text("in common with base").wait_for()
    loaded, config, tokenizer, _ = weights.load(patient)
    stop = [tokenizer.specials[name] for name in ("<|end|>", "<|document|>", "<|user|>")]
    prompt = chat.prompt(tokenizer, [("user", QUESTION)])
    for place, held in ((0, gpt.init(config, seed=1)), (3, loaded)):
        ids = sample.generate(gpt.Model(held, config), prompt, sample.Random(1), 8, stop, temperature=0)
        shown = site.locator(".lives .said").nth(place)
        words = legible(tokenizer.decode(ids).lstrip()) + (" …" if len(ids) == 8 else "")
        until(site, f"document.querySelectorAll('.lives .said')[{place}].textContent.length >= {len(words)}")
        assert shown.text_content() == words
    assert loads(site) == 3 and "100% in common with base" in site.locator(".lives").text_content()


TOPS = """(name) => [...document.querySelectorAll(`.lives .${name}`)].map((one) => one.getBoundingClientRect().top)"""


def test_what_stands_side_by_side_stands_in_line(site):
    mount(site, "lives", {"lives": ["base", "chat"], "prompt": QUESTION, "limit": 8})
    site.get_by_role("button", name="Fetch 2 models").click()
    site.get_by_text("in common with base").wait_for()
    until(site, "document.querySelectorAll('.lives .token-bars').length === 2")
    for name in ("said", "token-bars"):
        left, right = site.evaluate(TOPS, name)
        assert left == pytest.approx(right, abs=0.5)


def test_on_a_phone_the_question_has_the_whole_line_and_no_line_is_empty(site):
    site.set_viewport_size({"width": 360, "height": 740})
    mount(site, "lives", {"lives": ["base", "chat"], "limit": 8})
    site.get_by_role("button", name="Fetch 2 models").click()
    site.get_by_text("in common with base").wait_for()
    field = site.get_by_label("your question")
    assert field.input_value() and field.evaluate("one => one.scrollWidth <= one.clientWidth")
    name, compared = (one.bounding_box()["height"] for one in site.locator(".lives .pane-name").all())
    assert compared == pytest.approx(2 * name, abs=1)
