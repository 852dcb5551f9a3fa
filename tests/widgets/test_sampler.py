"""The sampler draws what Python draws, and counts what it draws."""

import itertools

import numpy as np
import pytest

from minigpt import gpt, sample, weights
from tests.pause import pause
from tests.widgets.desk import PROMPT, fetch_model, mount, until

pytestmark = pytest.mark.browser


def test_the_sampler_draws_what_python_draws(site, patient):
    mount(site, "sampler", {"prompt": PROMPT, "temperature": 0.8, "top_k": 40, "seed": 9})
    fetch_model(site)
    site.get_by_role("button", name="draw 16").click()
    until(site, "document.querySelectorAll('.tokens .drawn').length === 16")
    loaded, config, tokenizer, _ = weights.load(patient)
    prompt = [tokenizer.specials["<|document|>"], *tokenizer.encode(PROMPT)]
    ids = sample.generate(gpt.Model(loaded, config), prompt, sample.Random(9), 16, temperature=0.8, top_k=40)
    losses = gpt.token_losses(loaded, config, np.array([(prompt + ids)[:-1]]),
                              np.array([(prompt + ids)[1:]]))
    assert f"−{losses.sum():.3f} nats over {losses.size} tokens" in site.locator(".cost").text_content()


DRAWN = "document.querySelectorAll('.tokens .drawn').length"
# Presses within the page, one behind the other: from outside, a score may come in between.
PRESS = """async ([names, during]) => {
  const all = (what) => [...document.querySelectorAll(what)];
  const press = (name) => all(".widget button").find((one) => one.textContent === name).click();
  const [first, ...others] = names;
  press(first);
  while (during && all(".tokens .drawn").length <= during) await new Promise(requestAnimationFrame);
  others.forEach(press);
}"""


def press(site, *names, during=0):
    """Press buttons at once; all but the first while a run goes on, when so many tokens were drawn."""
    site.evaluate(PRESS, [names, during])


def stopped(site):
    """Wait until a run is over and its last token scored; how many were drawn."""
    site.get_by_role("button", name="draw 16", exact=True).wait_for()
    return site.locator(".tokens .drawn").count()


def test_draws_asked_for_faster_than_they_are_scored_are_those_of_python(site, patient):
    """A second press, or a stop, while chances are on their way: no token is drawn from those of the place before."""
    mount(site, "sampler", {"prompt": PROMPT, "temperature": 0.8, "top_k": 40, "seed": 9})
    fetch_model(site)
    site.locator(".token-bar").first.wait_for()  # the prompt is scored: neither press waits for it
    press(site, "Draw one token", "Draw one token")
    until(site, f"{DRAWN} === 2")
    press(site, "draw 16", "stop", during=3)
    loaded, config, tokenizer, _ = weights.load(patient)
    prompt = [tokenizer.specials["<|document|>"], *tokenizer.encode(PROMPT)]
    ids = sample.generate(gpt.Model(loaded, config), prompt, sample.Random(9), 40, temperature=0.8, top_k=40)
    text = (prompt + ids)[:len(prompt) + stopped(site)]
    losses = gpt.token_losses(loaded, config, np.array([text[:-1]]), np.array([text[1:]]))
    cost = f"−{losses.sum():.3f} nats over {losses.size} tok"
    until(site, f"document.querySelector('.cost').textContent.includes('{cost}')")


def test_a_stop_that_is_pressed_twice_stops(site):
    mount(site, "sampler", {"prompt": PROMPT})
    fetch_model(site)
    press(site, "draw 16", "stop", "stop", during=3)
    assert stopped(site) < 16
    pause(site, 300)
    assert stopped(site) < 16


def test_a_thousand_draws_of_the_place_before_are_gone_with_it(site):
    mount(site, "sampler", {"prompt": PROMPT})
    fetch_model(site)
    press(site, "Draw one token", "draw 1,000 times")
    until(site, f"{DRAWN} === 1")
    assert not site.locator(".draws").count()
    press(site, "draw 1,000 times")
    assert site.locator(".draws").count() == 1


def test_a_token_drawn_at_once_from_the_prompt_is_told(site):
    mount(site, "sampler", {"prompt": PROMPT})
    fetch_model(site)
    for many in (1, 2):
        press(site, "Draw one token")
        until(site, f"{DRAWN} === {many}")
    told = site.locator(".unseen[role=status]")
    told.filter(has_text="Drawn: ").wait_for(state="attached")
    told.evaluate("one => { one.textContent = ''; }")
    press(site, "start over", "Draw one token")
    until(site, f"{DRAWN} === 1")
    told.filter(has_text="Drawn: ").wait_for(state="attached")


def test_after_a_fault_the_same_button_draws(site):
    mount(site, "sampler", {"prompt": PROMPT})
    fetch_model(site)
    site.evaluate("""() => {
      const { postMessage } = Worker.prototype;
      window.mend = () => { Worker.prototype.postMessage = postMessage; };
      Worker.prototype.postMessage = function (message) {
        postMessage.call(this, message.ask === "score" ? { ...message, url: "gone" } : message);
      };
    }""")
    press(site, "start over", "draw 16")
    site.get_by_text("This did not work: ").wait_for()
    site.evaluate("mend()")
    press(site, "draw 16")
    until(site, f"{DRAWN} === 16")


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


def cut(p: np.ndarray, key: str, value: float) -> np.ndarray:
    """One setting at work on probabilities, written down a second time."""
    order = np.argsort(-p, kind="stable")
    if key == "temperature":
        p = np.where(p > 0, p, 0) ** (1 / value)
    elif key == "top_k":
        p = np.where(np.isin(np.arange(len(p)), order[:value]), p, 0)
    elif key == "top_p":
        before = np.cumsum(p[order]) - p[order]
        p = np.where(np.isin(np.arange(len(p)), order[(before < value) | (order == order[0])]), p, 0)
    else:
        p = np.where(p < value * p.max(), 0, p)
    return p / p.sum()


SETTINGS = {"temperature": 0.7, "top_k": 9, "top_p": 0.8, "min_p": 0.1}


def test_settings_work_in_any_order(site):
    logits = np.random.default_rng(4).normal(size=40) * 2
    p = np.exp(logits - logits.max())
    chained = site.evaluate("""async ([logits, settings, orders]) => {
      const { chain } = await import("../widgets/chain.js");
      return orders.map((order) => chain(Float32Array.from(logits), order, settings).map((p) => [...p]));
    }""", [logits.tolist(), SETTINGS, [list(order) for order in itertools.permutations(SETTINGS)]])
    for order, states in zip(itertools.permutations(SETTINGS), chained):
        made = [p / p.sum()]
        for key in order:
            made.append(cut(made[-1], key, SETTINGS[key]))
        assert np.allclose(states, made, atol=1e-6), order
    assert np.allclose(chained[0][-1], sample.distribution(logits.astype(np.float32), **SETTINGS), atol=1e-12)


def test_a_sum_of_all_chances_is_one_and_a_chance_close_to_it_is_not(site):
    told = site.evaluate("""async (all) => {
      const { share } = await import("../widgets/element.js");
      return all.map(share);
    }""", [1, 1 - 2e-16, 0.9997, 0.9994])
    assert told == ["1.000", "1.000", "≈\u00a01", "0.999"]


def test_a_fact_that_is_begun_is_red_in_the_text_as_its_bar_was(site):
    mount(site, "sampler", {"prompt": "the light is at Far", "fact": "Far away"})
    fetch_model(site)
    red = site.locator(".sampled .fact")
    red.first.wait_for()
    assert "".join(red.all_text_contents()) == " Far"
    site.get_by_label("prompt").fill("the light is at Fan")
    until(site, "!document.querySelector('.sampled .fact')")


def test_among_many_draws_the_token_of_the_fact_is_red_in_the_line_and_in_the_table(site):
    red = site.evaluate("""async () => {
      const { drawMany } = await import("../widgets/draws.js");
      const pieces = [" F", " a"].map((words) => new TextEncoder().encode(words));
      const made = drawMany({ pieces }, { p: Float64Array.of(0.5, 0.5), next: 0 }, 100, 1, true);
      return made.map((part) => [...part.querySelectorAll(".fact")].map((one) => one.textContent));
    }""")
    assert red == [[" F"], [" F"]]


def test_the_order_is_switched_and_travels_in_the_link(site):
    mount(site, "sampler", {"prompt": PROMPT, "top_k": 3, "temperature": 2.0})
    fetch_model(site)
    site.locator(".token-bar").first.wait_for()
    for _ in range(2):
        site.get_by_role("button", name="apply earlier: top-p").click()
    names = site.locator(".sliders .slider-name")
    assert names.all_text_contents() == ["top-p", "temperature", "top-k", "min-p"]
    site.get_by_role("button", name="copy link").click()
    until(site, "location.hash.includes('order=top_p+temperature+top_k+min_p')")
    copied = site.evaluate("location.hash")
    site.evaluate("undo()")
    mount(site, "sampler", {}, copied)
    assert names.all_text_contents() == ["top-p", "temperature", "top-k", "min-p"]
    site.evaluate("undo()")
    mount(site, "sampler", {}, "#w=sampler&order=top_p+top_p+top_k+min_p")
    assert "order was no order of" in site.locator(".widget-words").text_content()


def test_the_others_that_can_be_drawn_are_counted_not_those_that_were_cut(site):
    mount(site, "sampler", {"prompt": PROMPT, "top_k": 30})
    fetch_model(site)
    site.locator(".token-bar").first.wait_for()
    assert site.locator(".token-bar .rest").text_content() == "18 others"


def test_the_tail_is_reached_and_the_kept_and_the_cut_make_one(site):
    mount(site, "sampler", {"prompt": PROMPT, "top_k": 30})
    fetch_model(site)
    site.get_by_text("The whole vocabulary").click()
    site.get_by_label("the bars below begin at place").fill("1000")
    assert site.get_by_label("the bars below begin at place").get_attribute("aria-valuetext") == "place 309 of 320"
    assert site.locator(".token-bar").count() == 12
    assert all(value.startswith("cut") for value in site.locator(".token-bar .bar-value").all_text_contents())
    note = site.locator(".slider-note").nth(1).text_content()
    kept, gone = (float(part.split()[0]) for part in note.split(", ")[1:])
    assert kept + gone == pytest.approx(1, abs=2e-3) and note.startswith("30 left")
