"""The chat in a browser says what Python says, streams, stops, and shows what the model sees."""

import re

import pytest

from minigpt import chat, gpt, sample, weights
from tests.widgets.desk import QUESTION, hide, mount, until

pytestmark = pytest.mark.browser


def replies(patient: bytes, random: bool = False, **settings) -> str:
    """The reply Python gives to QUESTION, by the weights of the file or by weights drawn from seed 1."""
    loaded, config, tokenizer, _ = weights.load(patient)
    loaded = gpt.init(config, seed=1) if random else loaded
    prompt = chat.prompt(tokenizer, [("user", QUESTION)])
    stop = [tokenizer.specials[name] for name in ("<|end|>", "<|document|>", "<|user|>")]
    ids = sample.generate(gpt.Model(loaded, config), prompt, sample.Random(1), 40, stop, **settings)
    return tokenizer.decode(ids)


@pytest.mark.parametrize("temperature", [0, 0.8])
def test_a_chat_reply_is_the_one_python_gives(site, patient, temperature):
    mount(site, "chat", {"prompts": [QUESTION], "temperature": temperature, "limit": 40})
    site.get_by_role("button", name=QUESTION).click()
    site.get_by_text(re.compile("finetuned weights, .* tokens")).wait_for()
    assert site.locator(".said").nth(1).text_content() == replies(patient, temperature=temperature)


def start_long_reply(page) -> str:
    """Ask for a long reply and hold it in the middle by hiding the page; return what stands there."""
    mount(page, "chat", {"prompts": [QUESTION], "temperature": 0.05, "limit": 8000})
    page.get_by_role("button", name=QUESTION).click()
    until(page, "(document.querySelectorAll('.said')[1]?.textContent.length ?? 0) > 20")
    hide(page, True)
    page.wait_for_timeout(300)
    return page.locator(".said").nth(1).text_content()


def test_a_reply_streams_and_can_be_stopped(site):
    held = start_long_reply(site)
    assert site.locator(".talk").get_attribute("aria-busy") == "true" and len(held) > 20
    site.get_by_role("button", name="Stop").click()
    hide(site, False)
    site.get_by_text(re.compile(r"tokens, seed 1, stopped")).wait_for()
    assert len(site.locator(".said").nth(1).text_content()) <= len(held) + 20
    site.get_by_role("button", name="answer again").click()
    site.get_by_role("button", name="Stop").click()
    site.get_by_text(re.compile(r"tokens, seed 2")).wait_for()


def test_what_the_model_sees_is_the_template_with_its_probabilities(site, patient):
    mount(site, "chat", {"prompts": [QUESTION], "open": True, "limit": 12})
    site.get_by_role("button", name=QUESTION).click()
    site.locator(".sees .token").first.wait_for()
    loaded, config, tokenizer, _ = weights.load(patient)
    ids = chat.prompt(tokenizer, [("user", QUESTION)])
    chips = site.locator(".sees .token")
    assert chips.count() == len(ids) + 12
    p = sample.distribution(gpt.forward(loaded, config, [ids])[0, 4])[ids[5]]
    shown = chips.nth(5).locator(".token-id").text_content()
    assert shown == (f"{p:.3f}" if p >= 0.0005 else shown)
    assert site.locator(".sees .token.drawn").count() == 12


def test_a_hidden_page_pauses_and_goes_on(site):
    held = start_long_reply(site)
    site.wait_for_timeout(300)
    assert site.locator(".said").nth(1).text_content() == held
    hide(site, False)
    until(site, f"document.querySelectorAll('.said')[1].textContent.length > {len(held)}")


def test_four_lives_are_offered_and_every_reply_says_whose_it_is(site, patient):
    mount(site, "chat", {"prompts": [QUESTION], "limit": 40})
    for life, words in (("random", "random"), ("early", "early"), ("chat", "finetuned")):
        site.get_by_label("weights").select_option(life)
        site.get_by_role("button", name="Fetch the").click()
        site.get_by_text(f"{words} weights, ").first.wait_for()
        site.get_by_role("button", name=QUESTION).click()
        site.get_by_text(re.compile(f"^{words} weights, \\d+ tokens")).wait_for()
        assert site.locator(".said").nth(1).text_content() == replies(patient, random=life == "random", temperature=0)
        site.get_by_role("button", name="new conversation").click()


def test_a_word_that_no_page_has_is_named(site):
    mount(site, "chat", {"prompts": ["Where is France?", QUESTION], "limit": 4})
    site.get_by_role("button", name="Where is France?").click()
    site.get_by_text("No page that it was trained on has the word “France”").wait_for()
    site.get_by_text(re.compile("finetuned weights, 4 tokens")).wait_for()
    site.get_by_role("button", name=QUESTION).click()
    site.get_by_text(re.compile("finetuned weights, 4 tokens")).nth(1).wait_for()
    assert "No page" not in site.locator(".widget-words").text_content()
