"""The scrubber tells what was recorded, and what the reader's own prompt gives on each life."""

import json

import pytest

from minigpt import gpt, sample, weights
from tests.widgets.desk import PROMPT, loads, mount, until

pytestmark = pytest.mark.browser


def record(assets) -> dict:
    """What the training recorded, as the widget gets it."""
    return json.loads((assets / "pretrain" / "checkpoints.json").read_text())


def test_the_scrubber_tells_each_kept_step_as_it_was_recorded(site, assets):
    mount(site, "checkpoints", {"fact": "Farrow Head"})
    scrubber = site.get_by_label("kept steps")
    for place, kept in reversed(list(enumerate(record(assets)["checkpoints"]))):
        scrubber.fill(str(place))
        assert scrubber.get_attribute("aria-valuetext") == f"step {kept['step']}"
        assert f"{kept['nats']:.2f} nats a token" in site.locator(".facts").text_content()
        shown = [float(value) for value in site.locator(".token-bar .bar-value").all_text_contents()]
        assert shown == pytest.approx([*kept["top_p"], 1 - sum(kept["top_p"])], abs=6e-4)
        drawn = site.locator(".told .token.drawn").all_text_contents()
        assert drawn == kept["sample"]
    assert site.locator(".told .token.fact").all_text_contents() == [" Farrow", " Head"]
    assert site.locator(".chart svg").count() == 2


def test_the_readers_own_prompt_is_run_on_four_lives_one_of_them_drawn(site, patient):
    mount(site, "checkpoints", {"prompt": PROMPT, "limit": 6})
    site.get_by_role("button", name="Fetch 4 models").click()
    site.locator(".lives .bar-value").nth(12).wait_for()
    names = site.locator(".lives .pane-name").all_text_contents()
    assert names == ["untrained", "early", "trained", "after the stage on conversations"]  # and nothing in common
    for name in names:
        site.get_by_role("region", name=f"weights: {name}", exact=True).wait_for()
    assert loads(site) == 3
    loaded, config, tokenizer, _ = weights.load(patient)
    prompt = [tokenizer.specials["<|document|>"], *tokenizer.encode(PROMPT)]
    for place, held in ((0, gpt.init(config, seed=1)), (2, loaded)):
        p = sample.distribution(gpt.forward(held, config, [prompt])[0, -1])
        until(site, f"document.querySelectorAll('.lives .pane')[{place}].querySelectorAll('.bar-value').length === 4")
        shown = site.locator(".lives .pane").nth(place).locator(".bar-value").all_text_contents()
        assert [float(one) for one in shown] == pytest.approx(sorted(p, reverse=True)[:4], abs=6e-4)


def test_a_link_leads_to_a_step_and_a_prompt(site):
    mount(site, "checkpoints", {}, "#w=checkpoints&step=25&prompt=the+boat")
    scrubber = site.get_by_label("kept steps")
    assert scrubber.get_attribute("aria-valuetext") == "step 0"
    scrubber.press("ArrowRight")
    assert scrubber.get_attribute("aria-valuetext") == "step 40"
    site.get_by_role("button", name="copy link").click()
    until(site, "location.hash === '#w=checkpoints&step=40&prompt=the+boat'")


@pytest.mark.parametrize("broken", ["", "{", "{}", None])
def test_a_record_that_is_cut_short_is_told_and_fetched_again(site, assets, broken):
    path, whole = assets / "pretrain" / "checkpoints.json", record(assets)
    path.unlink() if broken is None else path.write_text(broken)
    mount(site, "checkpoints")
    words = "did not come: the server says 404" if broken is None else "came cut short or altered"
    site.get_by_text(f"the recorded steps {words}").wait_for()
    path.write_text(json.dumps(whole))
    site.get_by_role("button", name="Try again").click()
    site.locator(".chart svg").first.wait_for()
    site.faults[:] = [fault for fault in site.faults if "404" not in fault]


def test_the_scrubber_and_the_readers_prompt_go_by_keyboard_alone(site):
    mount(site, "checkpoints", {"limit": 3})
    site.locator(".chart svg").first.wait_for()
    here = "document.activeElement"
    site.keyboard.press("Tab")
    assert site.evaluate(f"{here}.getAttribute('aria-valuetext')") == "step 40"
    site.keyboard.press("Home")
    assert "5.77 nats a token" in site.locator(".facts").text_content()
    site.keyboard.press("Tab")
    site.keyboard.press("Control+A")
    site.keyboard.type("the boat")
    site.keyboard.press("Enter")  # fetches the four lives
    site.locator(".lives .bar-value").nth(12).wait_for()
    until(site, f"{here}.matches('button, input') && !!{here}.closest('.widget')")
    for _ in range(4):
        if site.evaluate(f"{here}.textContent") == "copy link":
            break
        site.keyboard.press("Tab")
    site.keyboard.press("Enter")
    until(site, "location.hash === '#w=checkpoints&step=0&prompt=the+boat'")
    site.get_by_text("The link is").wait_for()
