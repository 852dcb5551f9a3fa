"""Four lives answer side by side as Python says."""

import pytest

from minigpt import chat, gpt, sample, weights
from tests.widgets.desk import QUESTION, loads, mount, until

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
        length = len(tokenizer.decode(ids))
        until(site, f"document.querySelectorAll('.lives .said')[{place}].textContent.length >= {length}")
        assert shown.text_content() == tokenizer.decode(ids)
    assert loads(site) == 3 and "100% in common with base" in site.locator(".lives").text_content()
