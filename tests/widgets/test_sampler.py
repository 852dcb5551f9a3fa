"""The sampler draws what Python draws, and counts what it draws."""

import numpy as np
import pytest

from minigpt import gpt, sample, weights
from tests.widgets.desk import PROMPT, fetch_model, mount, until

pytestmark = pytest.mark.browser


def test_the_sampler_draws_what_python_draws(site, patient):
    mount(site, "sampler", {"prompt": PROMPT, "temperature": 0.8, "top_k": 40, "seed": 9})
    fetch_model(site)
    site.get_by_role("button", name="draw 16").click()
    until(site, "document.querySelectorAll('.tokens > .drawn').length === 16")
    loaded, config, tokenizer, _ = weights.load(patient)
    prompt = [tokenizer.specials["<|document|>"], *tokenizer.encode(PROMPT)]
    ids = sample.generate(gpt.Model(loaded, config), prompt, sample.Random(9), 16, temperature=0.8, top_k=40)
    losses = gpt.token_losses(loaded, config, np.array([(prompt + ids)[:-1]]),
                              np.array([(prompt + ids)[1:]]))
    assert f"−{losses.sum():.3f} nats over {losses.size} tokens" in site.locator(".cost").text_content()


def test_a_thousand_draws_are_counted_against_theory(site):
    mount(site, "sampler", {"prompt": PROMPT, "top_k": 30})
    fetch_model(site)
    site.locator(".token-bar").first.wait_for()
    assert "30 left" in site.locator(".slider-note").nth(1).text_content()
    site.get_by_role("button", name="draw 1,000 times").click()
    drawn = [int(cell.replace(",", "")) for cell in site.locator(".draws tbody td:nth-child(3)").all_text_contents()]
    expected = [float(cell.split()[0]) for cell in site.locator(".draws tbody td:nth-child(2)").all_text_contents()]
    assert sum(drawn) == 1000
    assert sum(expected) == pytest.approx(1000, abs=1)
