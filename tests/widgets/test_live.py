"""The box that goes on by itself says what Python says."""

import pytest

from minigpt import gpt, sample, weights
from tests.widgets.desk import PROMPT, mount, until, visible

pytestmark = pytest.mark.browser


def test_the_live_box_goes_on_greedily_and_shows_what_each_token_was_chosen_from(site, patient):
    mount(site, "live", {"prompt": PROMPT, "length": 10})
    site.get_by_role("button", name="Fetch the").click()
    until(site, "document.querySelectorAll('.written [role=option]').length === 10")
    loaded, config, tokenizer, _ = weights.load(patient)
    prompt = [tokenizer.specials["<|document|>"], *tokenizer.encode(PROMPT)]
    ids = sample.generate(gpt.Model(loaded, config), prompt, sample.Random(1), 10, temperature=0)
    shown = site.locator(".written [role=option]").all_text_contents()
    assert shown == [visible(tokenizer.pieces[number]) for number in ids]
    site.locator(".written [role=option]").nth(3).click()
    assert site.locator(".token-bar .token").first.text_content() == shown[3]
    site.keyboard.press("ArrowRight")
    assert site.locator(".token-bar .token").first.text_content() == shown[4]
    assert site.locator(".written [aria-selected=true]").all_text_contents() == [shown[4]]
    site.get_by_role("button", name="previous token").click()
    assert site.locator(".written [aria-selected=true]").all_text_contents() == [shown[3]]


def test_a_prompt_altered_while_it_writes_is_begun_by_enter_and_stop_only_stops(site, patient):
    """Both presses come in one turn of the page, before a small model can be done."""
    mount(site, "live", {"prompt": PROMPT, "length": 40})
    site.get_by_role("button", name="Fetch the").click()
    site.get_by_role("button", name="Go on").wait_for()
    press = """(last) => {
      const form = document.querySelector("form.ask"), [field] = form.elements, button = form.querySelector("button");
      field.value = "The light";
      form.requestSubmit(button);
      field.value = "The boat";
      if (last === "Stop") button.click(); else form.requestSubmit();
      return button.textContent;
    }"""
    given = "document.querySelector('.written > span').textContent"
    site.evaluate(press, "Stop")
    site.get_by_role("button", name="Go on").wait_for()
    assert "light" in site.evaluate(given)
    assert site.evaluate(press, "Enter") == "Stop"
    until(site, f"{given}.includes('boat')")
    site.get_by_role("button", name="Go on").wait_for()


def test_go_on_goes_on_behind_what_was_written_as_python_would(site, patient):
    mount(site, "live", {"prompt": PROMPT, "length": 6})
    site.get_by_role("button", name="Fetch the").click()
    loaded, config, tokenizer, _ = weights.load(patient)
    prompt = [tokenizer.specials["<|document|>"], *tokenizer.encode(PROMPT)]
    ids = sample.generate(gpt.Model(loaded, config), prompt, sample.Random(1), 12, temperature=0)
    for made in (6, 12):
        until(site, f"document.querySelectorAll('.written [role=option]').length === {made}")
        site.get_by_role("button", name="Go on").click()
    until(site, "document.querySelectorAll('.written [role=option]').length === 18")
    shown = site.locator(".written [role=option]").all_text_contents()
    assert shown[:12] == [visible(tokenizer.pieces[number]) for number in ids]
    site.locator("input").fill("The light")
    site.get_by_role("button", name="Go on").click()
    until(site, "document.querySelectorAll('.written [role=option]').length === 6")
