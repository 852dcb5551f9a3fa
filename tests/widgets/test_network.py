"""What the network shows of one prediction is what Python computes."""

import re

import numpy as np
import pytest

from minigpt import gpt, sample, weights
from tests.widgets.desk import PROMPT, fetch_model, mount, share, until, visible

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
        last = site.locator(".attention-place .facts dd").last.text_content()
        assert float(last.split("=")[1]) == pytest.approx(p, abs=6e-4)
        label = site.locator(f'[data-cell="{asks}.{to}"]').get_attribute("aria-label")
        assert label.endswith(f": {share(p)}")
    products = site.locator(".attention-place td:nth-child(4)").all_text_contents()
    total = float(site.locator(".attention-place .facts dd").first.text_content().split("=")[1].replace("−", "-"))
    assert sum(float(one.replace("−", "-")) for one in products) == pytest.approx(total, abs=0.02)


def test_a_head_switched_off_changes_the_prediction_and_on_again_restores_it(site):
    mount(site, "network", {"prompt": PROMPT})
    fetch_model(site)
    bars = site.locator(".token-bar .bar-value")
    bars.first.wait_for()
    before = bars.all_text_contents()
    site.get_by_role("button", name="switch head 1 of layer 1 off").click()
    site.get_by_text("without head 1.1").wait_for()
    pairs = [value.split(" → ") for value in bars.all_text_contents()]
    assert [pair[0] for pair in pairs][: len(before)] == before and any(old != new for old, new in pairs)
    site.get_by_role("button", name="switch head 1 of layer 1 on").click()
    until(site, "!document.querySelector('.pairs')")
    assert bars.all_text_contents() == before


def test_the_layer_that_the_guess_needs_most_is_found_and_what_was_chosen_stays_so(site, patient):
    mount(site, "network", {"prompt": PROMPT, "layer": 2, "head": 3})
    fetch_model(site)
    followed = site.locator("table.draws th .token").last.text_content()
    site.get_by_role("button", name="switch the most needed layer off").click()
    loaded, config, tokenizer, ids = prompted(patient)
    whole, *less = (sample.distribution(gpt.forward(held, config, [ids])[0, -1])
                    for held in (loaded, *(silenced(loaded, config, layer, None) for layer in range(config.layers))))
    most = int(np.argmax([np.abs(whole - one).sum() for one in less])) + 1
    site.get_by_text(f"→ without layer {most}").wait_for()
    assert site.locator(".map[aria-checked=true]").get_attribute("aria-label").startswith("layer 2, head 3")
    assert site.locator("table.draws th .token").last.text_content() == followed


def prompted(patient: bytes):
    """The model's parts and the prompt as the widget reads it."""
    loaded, config, tokenizer, _ = weights.load(patient)
    return loaded, config, tokenizer, [tokenizer.specials["<|document|>"], *tokenizer.encode(PROMPT)][-24:]


def silenced(loaded: dict, config, layer: int, head: int | None) -> dict:
    """Weights in which a head, or with None a whole layer, adds nothing to the stream."""
    size = config.width // config.heads
    out = loaded[f"layers.{layer}.attention.out"].copy()
    out[:, slice(None) if head is None else slice(head * size, (head + 1) * size)] = 0
    changed = loaded | {f"layers.{layer}.attention.out": out}
    if head is None:
        changed[f"layers.{layer}.mlp.down"] = np.zeros_like(loaded[f"layers.{layer}.mlp.down"])
    return changed


@pytest.mark.parametrize("place, said", [((1, 2), "head 3 of layer 2"), ((1, None), "layer 2")])
def test_what_is_switched_off_adds_nothing_as_in_python(site, patient, place, said):
    mount(site, "network", {"prompt": PROMPT, "layer": 2, "head": 3})
    fetch_model(site)
    site.get_by_role("button", name=f"switch {said} off").click()
    site.locator(".pairs").wait_for()
    loaded, config, tokenizer, ids = prompted(patient)
    before, after = (sample.distribution(gpt.forward(held, config, [ids])[0, -1])
                     for held in (loaded, silenced(loaded, config, *place)))
    best = np.argsort(-before, kind="stable")[:6]
    shown = [value.split(" → ") for value in site.locator(".token-bar .bar-value").all_text_contents()[:6]]
    told = [[f"{p[i]:.3f}" for p in (before, after)] for i in best]
    assert [pair for pair in shown if "·" not in "".join(pair)] == [
        pair for pair, real in zip(told, shown) if "·" not in "".join(real)]
    told = site.locator(".moved").text_content()
    way, by, went = re.search(r" (rose|fell) by ([\d.]+); ([\d.]+) of all", told).groups()
    assert float(went) == pytest.approx(np.abs(before - after).sum() / 2, abs=6e-4)
    change = after[best[0]] - before[best[0]]
    assert (way == "rose") == (change > 0) and float(by) == pytest.approx(abs(change), abs=6e-4)
    site.get_by_role("button", name="all on").click()
    until(site, "!document.querySelector('.pairs')")


def test_the_stream_is_read_and_measured_at_every_layer(site, patient):
    mount(site, "network", {"prompt": PROMPT})
    fetch_model(site)
    rows = site.locator("table.draws").last.locator("tbody tr")
    rows.first.wait_for()
    loaded, config, tokenizer, ids = prompted(patient)
    x = loaded["embedding"][ids[-1]]
    assert rows.count() == site.locator(".lens-part").get_by_role("rowheader").count() == config.layers + 1
    assert float(rows.first.locator("td").first.text_content()) == pytest.approx(np.linalg.norm(x), abs=0.06)
    for layer in range(config.layers + 1):
        held = loaded
        for above in range(layer, config.layers):
            held = silenced(held, config, above, None)
        p = sample.distribution(gpt.forward(held, config, [ids])[0, -1])
        assert rows.nth(layer).locator(".token").text_content() == visible(tokenizer.pieces[int(p.argmax())])
        shown = rows.nth(layer).locator("td").nth(2).text_content()
        assert shown == share(p.max())


def test_a_score_is_the_sum_of_its_products_and_makes_the_probability(site, patient):
    mount(site, "network", {"prompt": PROMPT})
    fetch_model(site)
    site.locator(".touch").nth(2).click()
    site.get_by_text("with its 48 products").last.click()
    loaded, config, tokenizer, ids = prompted(patient)
    logits = gpt.forward(loaded, config, [ids])[0, -1]
    chosen = int(np.argsort(-logits, kind="stable")[2])
    facts = site.locator(".arithmetic dl").last.locator("dd").all_text_contents()
    read = [float(fact.split("=")[1].replace("−", "-")) for fact in facts]
    assert read[0] == pytest.approx(logits[chosen], abs=1e-3)
    assert read[2] == pytest.approx(sample.distribution(logits)[chosen], abs=6e-4)
    products = site.locator(".arithmetic").last.locator("td:nth-child(4)").all_text_contents()
    assert sum(float(one.replace("−", "-")) for one in products) == pytest.approx(logits[chosen], abs=0.03)


def test_words_of_the_fact_are_red_in_the_grid_and_in_what_it_says_whole_or_begun(site):
    mount(site, "network", {"prompt": "the light is at Far away", "fact": "Far away"})
    fetch_model(site)
    site.locator(".cell").first.wait_for()
    red = site.locator(".asks .token.fact")
    assert "".join(red.all_text_contents()) == " Far away"
    assert site.locator(".looked .token.fact").count() == red.count()
    site.locator(".cell").last.click()
    assert site.locator(".attention-place .arithmetic > p > .token.fact").count() == 2
    site.get_by_label("prompt").fill("the light is at Far")
    until(site, "[...document.querySelectorAll('.asks .token.fact')].map(one => one.textContent).join('') === ' Far'")
    site.get_by_label("prompt").fill("the light is at Fan")
    until(site, "!document.querySelector('.asks .token.fact')")


def test_the_token_that_carries_the_fact_on_is_red_in_its_arithmetic_as_it_is_beside_its_bar(site):
    mount(site, "network", {"prompt": "the light is at Far", "fact": "Far away"})
    fetch_model(site)
    site.get_by_label("another token").fill(" away")
    until(site, "document.querySelector('.look-up + .arithmetic > p > .token.fact')")
    site.get_by_label("another token").fill(" boat")
    until(site, "!document.querySelector('.look-up + .arithmetic > p > .token.fact')")


def test_a_link_restores_what_is_off_and_leaves_out_what_does_not_exist(site):
    mount(site, "network", {"prompt": PROMPT}, "#w=network&layer=2&head=3&off=1+2.3+9.9+0.1+__proto__+1e309")
    fetch_model(site)
    site.get_by_text("without layer 1, head 2.3").wait_for()
    site.get_by_role("button", name="copy link").click()
    until(site, "location.hash.endsWith('&off=1+2.3')")
    assert site.locator(".map[aria-checked=true]").get_attribute("aria-label") == "layer 2, head 3, off"
