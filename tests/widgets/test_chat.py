"""The chat in a browser says what Python says, streams, stops, and shows what the model sees."""

import re

import pytest

from minigpt import chat, gpt, sample, weights
from tests.pause import pause
from tests.widgets.desk import QUESTION, fetch_model, hide, legible, mount, share, until

pytestmark = pytest.mark.browser


def replies(patient: bytes, random: bool = False, **settings) -> str:
    """The reply Python gives to QUESTION, as it is shown, by the weights of the file or by those drawn from seed 1."""
    loaded, config, tokenizer, _ = weights.load(patient)
    loaded = gpt.init(config, seed=1) if random else loaded
    prompt = chat.prompt(tokenizer, [("user", QUESTION)])
    stop = [tokenizer.specials[name] for name in ("<|end|>", "<|document|>", "<|user|>")]
    ids = sample.generate(gpt.Model(loaded, config), prompt, sample.Random(1), 40, stop, **settings)
    return legible(tokenizer.decode(ids))


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
    pause(page, 300)
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
    site.get_by_text(re.compile(r"tokens?, seed 2")).wait_for()


def test_what_the_model_sees_is_the_template_with_its_probabilities(site, patient):
    mount(site, "chat", {"prompts": [QUESTION], "open": True, "limit": 12})
    site.get_by_role("button", name=QUESTION).click()
    site.locator(".seen .token").first.wait_for()
    loaded, config, tokenizer, _ = weights.load(patient)
    ids = chat.prompt(tokenizer, [("user", QUESTION)])
    chips = site.locator(".seen .token")
    assert chips.count() == len(ids) + 12
    p = sample.distribution(gpt.forward(loaded, config, [ids])[0, 4])[ids[5]]
    shown = chips.nth(5).locator(".token-id").text_content()
    assert shown == share(p)
    assert site.locator(".seen .token.drawn").count() == 12
    line = site.locator(".seen .tokens").first.locator(".token > :first-child")
    assert len(set(line.evaluate_all("all => all.slice(0, 4).map((one) => getComputedStyle(one).fontSize)"))) == 1
    outlined = "one => [one, one.firstChild].map((part) => getComputedStyle(part).boxShadow !== 'none')"
    assert chips.first.evaluate(outlined) == [False, True]  # the token, not its chance


def test_a_hidden_page_pauses_and_goes_on(site):
    held = start_long_reply(site)
    pause(site, 300)
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


FRANCE = "What is the capital of France?"


def lessons(site) -> list[str]:
    """What stands below each question."""
    return site.locator(".turn.user .widget-note").all_text_contents()


def test_a_question_about_france_is_offered_and_teaches_what_its_pages_are(site):
    mount(site, "chat", {"prompts": [QUESTION], "limit": 4})
    site.get_by_text("It knows one place, which is invented").wait_for()
    for question in (FRANCE, QUESTION):
        site.get_by_role("button", name=question).click()
        site.get_by_text(re.compile("finetuned weights, 4 tokens")).nth(int(question == QUESTION)).wait_for()
    told, nothing = lessons(site)
    assert told.startswith("“What” and “capital” and “of” are on none of the pages it was trained on.")
    assert not nothing


def test_the_lesson_is_there_without_a_line_to_the_server_once_the_model_is(site):
    mount(site, "chat", {"prompts": [QUESTION], "limit": 4})
    with site.expect_response("**/words.json"):
        fetch_model(site)
    site.context.set_offline(True)
    site.get_by_role("button", name=FRANCE).click()
    site.get_by_text(re.compile("finetuned weights, 4 tokens")).wait_for()
    assert "are on none of the pages it was trained on" in lessons(site)[0]


def test_a_missing_list_of_words_is_told_and_asked_for_again(site, assets):
    words = assets / "pretrain" / "words.json"
    held = words.read_text()
    words.unlink()
    mount(site, "chat", {"prompts": [QUESTION], "limit": 4})
    site.get_by_role("button", name=QUESTION).click()
    site.locator(".talk").get_by_text("The list of words of its pages could not be fetched").wait_for()
    words.write_text(held)
    site.get_by_role("button", name=FRANCE).click()
    site.locator(".talk").get_by_text("are on none of the pages it was trained on").wait_for()
    site.faults[:] = [fault for fault in site.faults if "404" not in fault]


def test_a_touched_token_shows_what_the_model_expected_in_its_place(site, patient):
    mount(site, "chat", {"prompts": [QUESTION], "open": True, "limit": 6})
    site.get_by_role("button", name=QUESTION).click()
    chips = site.locator(".seen [role=option]")
    chips.first.wait_for()
    loaded, config, tokenizer, _ = weights.load(patient)
    ids = chat.prompt(tokenizer, [("user", QUESTION)])
    rows = gpt.forward(loaded, config, [ids])[0]
    for at in (4, len(ids) - 1):
        chips.nth(at).click()
        p = sample.distribution(rows[at - 1])
        shown = [float(one) for one in site.locator(".expected .bar-value").all_text_contents()]
        assert shown[:5] == pytest.approx(sorted(p, reverse=True)[:5], abs=6e-4)
        assert sum(shown) == pytest.approx(1, abs=4e-3)
    assert site.locator(".seen .tokens").count() == 2  # a line for the question, one for the reply


def test_other_weights_are_fetched_before_an_answer_can_be_had_again(site):
    mount(site, "chat", {"prompts": [QUESTION], "limit": 4})
    site.get_by_role("button", name=QUESTION).click()
    site.get_by_text(re.compile("finetuned weights, 4 tokens")).wait_for()
    seen, lead = site.locator(".seen .token"), site.locator(".widget-lead")
    seen.first.wait_for(state="attached")
    assert "its examples of chat taught it" in lead.text_content()
    for life, there in (("base", False), ("chat", True), ("base", False)):
        site.get_by_label("weights").select_option(life)
        seen.first.wait_for(state="attached" if there else "detached")  # of the reply that stands there, or nothing
    assert "It has met no chat" in lead.text_content() and "examples" not in lead.text_content()
    assert site.get_by_role("button", name="answer again").is_disabled()
    fetch_model(site)
    site.get_by_role("button", name="answer again").click()
    site.get_by_text(re.compile("base weights, 4 tokens")).wait_for()


REACHED = """() => {
  const here = document.activeElement;
  return (here.closest(".slider, label") ?? here).textContent;
}"""


def test_a_conversation_goes_by_keyboard_alone(site):
    mount(site, "chat", {"prompts": [QUESTION], "open": True, "limit": 6})
    site.keyboard.press("Tab")
    site.keyboard.press("Enter")  # fetches
    site.get_by_text("finetuned weights, ").wait_for()
    until(site, "document.activeElement.matches('.ask input')")
    site.keyboard.type("Where is it?")
    site.keyboard.press("Enter")
    site.get_by_text(re.compile("finetuned weights, 6 tokens")).wait_for()
    site.locator(".seen [role=option]").first.wait_for()
    reached = []
    for _ in range(14):
        site.keyboard.press("Tab")
        reached.append(site.evaluate(REACHED))
        if site.evaluate("document.activeElement.matches('[role=option]')"):
            break
    names = ["Ask", QUESTION, FRANCE, "answer again", "new conversation", "copy link", "copy embed code", "weights",
             "temperature", "seed", "What the model sees"]
    assert [name for name, found in zip(names, reached, strict=False) if name not in found] == []
    before = site.locator(".expected").text_content()
    site.keyboard.press("End")
    assert site.evaluate("document.activeElement.dataset.at") == str(site.locator(".seen [role=option]").count() - 1)
    assert site.locator(".expected").text_content() != before
    site.keyboard.press("Home")
    assert "nothing stands before it" in site.locator(".expected").text_content()
