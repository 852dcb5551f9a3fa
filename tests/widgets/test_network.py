"""What the network shows of one prediction is what Python computes."""

import pytest

from minigpt import gpt, weights
from tests.widgets.desk import PROMPT, fetch_model, mount, until

pytestmark = pytest.mark.browser


def test_a_cell_of_the_network_shows_pythons_attention_and_its_sum(site, patient):
    mount(site, "network", {"prompt": PROMPT, "layer": 2, "head": 3})
    fetch_model(site)
    site.locator(".cell").first.wait_for()
    loaded, config, tokenizer, _ = weights.load(patient)
    ids = [tokenizer.specials["<|document|>"], *tokenizer.encode(PROMPT)][-24:]
    looks = gpt.attention_weights(loaded, config, [ids])[1, 0, 2]
    for asks, to in ((5, 0), (len(ids) - 1, 3)):
        site.locator(f'[data-cell="{asks}.{to}"]').click()
        p = looks[asks, to]
        last = site.locator(".arithmetic .facts dd").last.text_content()
        assert float(last.split("=")[1]) == pytest.approx(p, abs=6e-4)
        label = site.locator(f'[data-cell="{asks}.{to}"]').get_attribute("aria-label")
        assert label.endswith(f": {p:.3f}") or p < 0.0005
    products = site.locator(".arithmetic td:nth-child(4)").all_text_contents()
    total = float(site.locator(".arithmetic .facts dd").first.text_content().split("=")[1].replace("−", "-"))
    assert sum(float(one.replace("−", "-")) for one in products) == pytest.approx(total, abs=0.02)


def test_a_head_switched_off_changes_the_prediction_and_on_again_restores_it(site):
    mount(site, "network", {"prompt": PROMPT})
    fetch_model(site)
    bars = site.locator(".token-bar .bar-value")
    bars.first.wait_for()
    before = bars.all_text_contents()
    site.get_by_role("button", name="switch head 1 of layer 1 off").click()
    site.get_by_text("without layer 1, head 1").wait_for()
    pairs = [value.split(" → ") for value in bars.all_text_contents()]
    assert [pair[0] for pair in pairs] == before and any(old != new for old, new in pairs)
    site.get_by_role("button", name="switch head 1 of layer 1 on").click()
    until(site, "!document.querySelector('.pairs')")
    assert bars.all_text_contents() == before
