"""What a widget shows is told, once and when it is done, to a reader who listens; and nothing else is."""

import pytest

from tests.pause import pause
from tests.widgets.desk import PROMPT, QUESTION, WIDGETS, fetch_model, mount, until
from tests.widgets.shelf import READING, SPECIMENS

pytestmark = pytest.mark.browser

LISTEN = """() => {
  window.heard = [];
  new MutationObserver((all) => all.forEach(({ target }) => {
    const place = (target.closest ? target : target.parentElement)?.closest(".unseen[role=status]");
    if (place?.textContent) heard.push(place.textContent);
  })).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
QUIET = ":not(.widget-note, .widget-words, .unseen, .links *)"
LIVE = f"[role=status]{QUIET}, [aria-live=polite], [role=log]:not([aria-live=off])"


# Changes within the page: from outside, one may come too late to be told with the one before.
CHANGE = """async (field, [values, apart]) => {
  for (const value of values) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (apart) await new Promise((done) => setTimeout(done, apart));
  }
}"""


def told(page, least=1) -> list[str]:
    """What was told, one text for each telling, after so many have come and everything is at rest."""
    until(page, f"heard.length >= {least}")
    pause(page, 700)
    return page.evaluate("heard")


@pytest.fixture
def heard(site):
    """The page with an ear in it; at the end nothing speaks by itself."""
    site.evaluate(LISTEN)
    yield site
    assert site.locator(LIVE).count() == 0


def test_what_the_live_box_wrote_is_told_once(heard):
    mount(heard, "live", {"prompt": PROMPT, "length": 6})
    fetch_model(heard)
    until(heard, "document.querySelectorAll('.written [role=option]').length === 6")
    [words] = told(heard)
    assert words.startswith("It wrote: ") and len(words) > 12


def test_a_token_that_a_button_chose_is_told_with_what_was_considered_for_it(heard):
    mount(heard, "live", {"prompt": PROMPT, "length": 6})
    fetch_model(heard)
    until(heard, "document.querySelectorAll('.written [role=option]').length === 6")
    heard.get_by_role("button", name="next token").click()
    heard.get_by_role("button", name="next token").click()
    chances = heard.locator(".token-bar:not(.is-tail) .bar-value").all_text_contents()
    said = told(heard)[-1]
    assert said.startswith("token 3 of its text considered: ")
    assert [one.split()[-1] for one in said.split(", ")] == chances


def test_what_the_lives_say_is_told_once_and_the_keyboard_goes_on_there(heard):
    mount(heard, "lives", {"lives": ["base", "chat"], "prompts": [QUESTION], "limit": 6})
    heard.get_by_role("button", name="Fetch 2 models").focus()
    heard.keyboard.press("Enter")
    heard.get_by_text("in common with base").wait_for()
    [words] = told(heard)
    assert words.startswith("base: ") and "finetuned: " in words
    assert heard.evaluate("document.activeElement.getAttribute('aria-label')") == "what each of them says"


def test_a_draw_a_run_and_a_setting_are_told(heard):
    mount(heard, "sampler", {"prompt": PROMPT})
    fetch_model(heard)
    heard.get_by_role("button", name="Draw one").click()
    heard.locator(".sampled .drawn").wait_for()
    first = heard.locator(".sampled .drawn").evaluate("one => one.ariaLabel ?? one.textContent")
    assert told(heard) == [f"Drawn: {first}"]
    heard.get_by_role("button", name="draw 16").click()
    until(heard, "document.querySelectorAll('.sampled .drawn').length === 17")
    assert told(heard, 2)[-1].startswith("Drawn: ")
    heard.get_by_role("slider", name="top-p", exact=True).evaluate(CHANGE, [[0.9, 0.89, 0.88], 20])
    assert [words.split()[0] for words in told(heard, 3)[2:]] == ["Now"]  # not one for each change
    heard.get_by_role("button", name="apply earlier: min-p").click()
    assert [words.split(" of ")[0] for words in told(heard, 4)[3:]] == ["min-p works at place 3"]


def test_what_another_prompt_makes_likely_and_where_the_bars_begin_are_told_once_each(heard):
    mount(heard, "sampler", {"prompt": PROMPT})
    fetch_model(heard)
    heard.locator(".token-bar").first.wait_for()
    heard.locator("textarea").evaluate(CHANGE, [["the b", "the bo", "the boat"], 20])
    [words] = told(heard)
    assert words == f"The likeliest next token: {bars(heard)[0]}."
    heard.get_by_text("The whole vocabulary").click()
    heard.get_by_label("the bars below begin at place").evaluate(CHANGE, [[500, 505, 510], 20])
    [_, words] = told(heard, 2)
    assert words == f"The bars go from {bars(heard)[0]} to {bars(heard)[-1]}."


def bars(page) -> list[str]:
    """The tokens of the bars as they are spoken, with their chances."""
    return page.locator(".token-bar").evaluate_all("""all => all.map((one) => {
      const chip = one.querySelector(".token, .rest");
      return `${chip.ariaLabel ?? chip.textContent} ${one.querySelector(".bar-value").textContent}`;
    })""")


def test_a_step_of_the_training_is_told_when_the_slider_rests(heard):
    mount(heard, "checkpoints")
    slider = heard.get_by_role("slider", name="kept steps of the training", exact=True)
    slider.evaluate(CHANGE, [[0, 1], 20])
    [words] = told(heard)
    assert words.startswith("Step ") and "loss " in words and "It wrote: " in words
    names = heard.locator(".chart svg").evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
    assert names[0].startswith("loss at step ") and "nats a token" in names[0] and "probability" in names[1]


def test_a_training_is_told_from_its_begin_to_its_end_and_no_button_loses_the_focus(heard):
    mount(heard, "train", {"enough": 10})
    heard.locator("textarea").fill(READING)
    train = heard.get_by_role("button", name="Train", exact=True)
    train.focus()
    heard.keyboard.press("Enter")
    heard.get_by_role("button", name="go on").wait_for()
    assert heard.evaluate("document.activeElement.textContent") == "Begin anew"
    words = told(heard)
    assert words[0] == "It is learning." and "on what it reads" in words[-1]
    heard.get_by_role("button", name="reset").focus()
    heard.keyboard.press("Enter")
    assert heard.evaluate("document.activeElement.textContent") == "reset" and told(heard)[-1] == "The model is gone."
    heard.keyboard.press("Enter")  # at rest it does nothing
    assert len(told(heard)) == len(words) + 1


def test_a_text_that_a_button_puts_into_the_box_is_told_by_its_length(heard):
    mount(heard, "train")
    heard.get_by_role("button", name="take pages of the isles").click()
    until(heard, "document.querySelector('textarea').value")
    assert told(heard) == [f"{len(READING):,} characters of the isles’ pages are in the box."]


def test_who_listens_hears_now_and_then_how_far_a_training_is(heard):
    mount(heard, "train", {"text": READING})
    heard.get_by_role("button", name="Train", exact=True).click()
    until(heard, "heard.some((words) => /^Step [0-9,]+: loss [0-9.]+$/.test(words))")
    assert heard.evaluate("heard[0]") == "It is learning."


def test_a_text_s_tokens_are_counted_when_typing_stops_and_each_has_a_spoken_name(heard):
    mount(heard, "tokenizer", {"text": "", "other": False})
    heard.locator(".pane").wait_for()
    heard.locator("textarea").evaluate(CHANGE, [["a", "a ", "a \n", "a \nφ"], 0])
    [words] = told(heard)
    assert words.startswith("ours: ") and "tokens, 5 bytes" in words
    names = heard.get_by_role("option").evaluate_all("all => all.map((one) => one.ariaLabel)")
    assert "- paragraph: 97" not in heard.locator(".pane").aria_snapshot()  # the row of numbers, which the names have
    assert names[1:3] == ["space, number 32", "line break, number 10"] and names[3].startswith("bytes ")
    assert heard.locator("textarea").get_attribute("lang") == "el"
    heard.get_by_role("option").first.focus()
    assert told(heard)[-1].startswith("Token number 97")


def test_a_prediction_and_a_chosen_score_are_told_in_a_line_and_the_keyboard_is_at_the_chosen_head(heard):
    mount(heard, "network", {"prompt": PROMPT, "layer": 3, "head": 2})
    heard.get_by_role("button", name="Fetch the").focus()
    heard.keyboard.press("Enter")
    heard.locator(".cell").first.wait_for()
    until(heard, "document.activeElement.ariaChecked === 'true'")
    assert heard.evaluate("document.activeElement.ariaLabel") == "layer 3, head 2"
    [words] = told(heard)
    assert words.startswith("The likeliest next token: ")
    heard.keyboard.press("ArrowUp")  # the head's own name says which it is
    most = heard.locator(".attention-row:not(.looked-row)").last.get_by_role("gridcell").evaluate_all("""all => {
      const share = (one) => parseFloat(one.style.getPropertyValue("--p"));
      return all.reduce((best, one) => (share(one) > share(best) ? one : best)).ariaLabel.split(": ").at(-1);
    }""")
    words = told(heard, 2)[-1]
    assert words.startswith(f"{PROMPT[-1]} looks most at ") and words.endswith(f": {most}")
    heard.get_by_role("button", name="switch layer 2 off").click()
    assert told(heard, 3)[-1].startswith("The chance of ")
    heard.locator("[data-id]").last.click()
    assert told(heard, 4)[-1].startswith("The score of ") and len(told(heard)) == 4


def test_a_threshold_is_told_once_when_it_rests(heard):
    mount(heard, "threshold")
    slider = heard.get_by_role("slider", name="how many of eight little words a text must hold", exact=True)
    slider.evaluate(CHANGE, [[0, 1, 2], 20])
    [words] = told(heard)
    assert words.startswith("good pages: ") and words.count(" dropped") == 3 and len(words) < 120
    heard.get_by_label("rule").select_option("english")
    assert told(heard)[1].startswith("good pages: ") and told(heard)[1] != words and len(told(heard)) == 2


def test_a_page_is_told_by_its_address_and_fate_and_the_last_keeps_the_focus(heard):
    mount(heard, "pages")
    heard.get_by_role("button", name="Leaf through").click()
    heard.get_by_role("button", name="next page").focus()
    pages = len(SPECIMENS)
    for place in range(2, pages + 2):
        heard.keyboard.press("Enter")
        place = min(place, pages)
        assert told(heard)[-1].startswith(f"{place} of {pages}: {SPECIMENS[place - 1]['url']}, ")
        assert heard.evaluate("document.activeElement.textContent") == "next page"
    assert len(told(heard)) == pages - 1  # at its end the button rests
    assert heard.locator("del.cut").count() > 0


def test_a_reply_is_told_once_and_so_is_a_model_that_is_not_here(heard):
    mount(heard, "chat", {"prompts": [QUESTION], "limit": 8})
    heard.get_by_role("button", name=QUESTION).click()
    heard.locator(".sees .token").first.wait_for(state="attached")
    replies = [words for words in told(heard) if words.startswith("model: ")]
    assert len(replies) == 1
    assert replies[0].split("\n")[0] == f"model: {heard.locator('.turn.assistant .said').text_content()}"
    heard.get_by_label("weights").select_option("base")
    assert "base model is not here yet" in told(heard)[-1]


def test_tokens_that_can_be_chosen_have_room_and_a_ring_of_their_own(heard):
    mount(heard, "tokenizer", {"text": "i am", "other": False})
    options = heard.get_by_role("option")
    options.first.wait_for()
    assert min(one.bounding_box()["height"] for one in options.all()) >= 24
    heard.locator("textarea").focus()
    for _ in range(9):
        heard.keyboard.press("Tab")
        if heard.evaluate("document.activeElement.role === 'option'"):
            break
    ring = "one => { const made = getComputedStyle(one); return `${made.outlineWidth} ${made.outlineOffset}`; }"
    assert options.first.evaluate(ring) == "2px 3px"


def test_in_the_system_s_colors_tokens_differ_and_squares_keep_their_shade(heard):
    heard.emulate_media(forced_colors="active")
    mount(heard, "live", {"prompt": PROMPT, "length": 6})
    fetch_model(heard)
    until(heard, "document.querySelectorAll('.written [role=option]').length === 6")
    look = "one => { const made = getComputedStyle(one); return made.outlineStyle + ' ' + made.textDecorationLine; }"
    kinds = [heard.locator(f".written .token{kind}").first.evaluate(look)
             for kind in (".special", ":not(.special, .drawn)", ".drawn:not(.special)")]
    assert kinds == ["dashed none", "solid none", "solid underline"]
    heard.evaluate("undo()")
    mount(heard, "network", {"prompt": PROMPT})
    fetch_model(heard)
    heard.locator(".cell").first.wait_for()
    shades = heard.locator(".cell").evaluate_all("all => all.map((one) => getComputedStyle(one).backgroundColor)")
    assert len(set(shades)) > 3


def test_a_token_chosen_of_what_the_model_sees_is_told_with_what_was_expected_there(heard):
    mount(heard, "chat", {"prompts": [QUESTION], "limit": 8, "open": True})
    heard.get_by_role("button", name=QUESTION).click()
    heard.locator(".sees .token").first.wait_for(state="attached")
    assert not [words for words in told(heard) if words.startswith("expected ")]  # not unasked
    heard.locator(".seen [tabindex='0']").focus()
    heard.keyboard.press("ArrowLeft")
    heard.keyboard.press("ArrowLeft")
    said = told(heard)[-1]
    assert said.startswith("expected where this token was put: ")
    chances = heard.locator(".expected .token-bar:not(.is-tail) .bar-value").all_text_contents()
    assert [one.split()[-1] for one in said.split(": ", 1)[1].split(", ")] == chances
    heard.keyboard.press("Home")
    assert told(heard)[-1].startswith("the first token is always the same")


@pytest.mark.parametrize("name", WIDGETS)
def test_the_name_of_a_field_is_in_sight(site, name):
    mount(site, name, {"open": True})
    pause(site, 400)
    bare = site.locator(".widget-body").evaluate_all("""all => [...all[0].querySelectorAll("input, select, textarea")]
      .filter((one) => !one.labels[0]?.querySelector(".slider-name").textContent || one.ariaLabel)
      .map((one) => one.outerHTML)""")
    assert not bare


def test_an_empty_question_is_asked_for_beside_its_field(heard):
    mount(heard, "chat", {"prompts": [QUESTION], "limit": 8})
    heard.get_by_role("button", name="Ask").click()
    assert told(heard) == ["Type a question first, or choose one below."]
    assert heard.get_by_text("type one first").is_visible()
    heard.keyboard.type("Where")  # the field has the focus
    assert heard.get_by_label("your question").input_value() == "Where"
    assert not heard.get_by_text("type one first").count()


@pytest.mark.parametrize("name", WIDGETS)
def test_a_widget_that_comes_near_says_nothing_until_it_is_used(site, name):
    site.evaluate("""() => {
      window.spoken = [];
      new MutationObserver(() => document.querySelectorAll("[role=status], [role=alert], [aria-live=polite]")
        .forEach(({ textContent }) => textContent && spoken.push(textContent)))
        .observe(document.body, { subtree: true, childList: true, characterData: true });
    }""")
    mount(site, name)
    pause(site, 800)
    assert not site.evaluate("spoken")
