"""A tiny model learns a text in the page: its tokens are those of Python, its guessers counted right, and it stops."""

import math
import re
from collections import Counter

import pytest

from minigpt import bpe
from tests.pause import pause
from tests.widgets.desk import alone, mount, until
from tests.widgets.shelf import LINES

pytestmark = pytest.mark.browser

SPACELESS = "".join(chr(0x4E00 + place * place % 97) for place in range(2000))  # a word a line
TEXT = LINES * 10 + "Wires, nets: 12 of 345 were \u00e9t\u00e9. " * 8
STEP = "Number((document.querySelector('.cost')?.textContent.match(/Step ([0-9,]+)/) ?? [0, '0'])[1].replace(',', ''))"


@pytest.mark.parametrize("many", [0, 40, 2000])
@pytest.mark.parametrize("text", [TEXT, f"aaa aaaa ababab aabaa {SPACELESS}\n{SPACELESS[7:]}\n"])
def test_merges_and_tokens_of_a_readers_text_are_pythons(sheet, text, many):
    made = sheet.evaluate("""async ([text, many]) => {
      const { prepare } = await import("../widgets/lesson.js");
      const { learn_merges } = await import("../widgets/merges.js");
      const { pieces, ids, held } = prepare(text, many);
      const merges = learn_merges(text, many), bytes = pieces.map((piece) => [...piece]);
      return { merges, pieces: bytes, ids: [...ids], held: [...held] };
    }""", [text, many])
    tokenizer = bpe.train([text], 256 + many, ())
    assert [tuple(pair) for pair in made["merges"]] == tokenizer.merges
    whole = made["ids"] + made["held"]
    assert b"".join(bytes(made["pieces"][i]) for i in whole) == text.encode()
    assert [bytes(made["pieces"][i]) for i in whole] == [tokenizer.pieces[i] for i in tokenizer.encode(text)]
    assert len(made["held"]) == pytest.approx(len(whole) / 10, abs=1)


def test_counted_pairs_are_a_distribution_and_score_as_written_down_again(sheet):
    ids, held = [0, 1, 2, 0, 1, 1, 2, 0, 1, 2, 2, 3], [0, 1, 3, 3, 0]
    made = sheet.evaluate("""async ([ids, held]) => {
      const { pairs, baselines } = await import("../widgets/lesson.js"), guess = pairs(ids, 4);
      const all = [0, 1, 2, 3].map((last) => [0, 1, 2, 3].map((next) => guess(last, next)));
      return { all, ...baselines({ pieces: [1, 2, 3, 4], ids, held }) };
    }""", [ids, held])
    single, both, last = Counter(ids), Counter(zip(ids, ids[1:])), Counter(ids[:-1])
    common = [(single[i] + 1) / (len(ids) + 4) for i in range(4)]

    def p(a, b):
        if not last[a]:
            return common[b]
        kinds = sum(pair[0] == a for pair in both)
        return (max(both[a, b] - 0.75, 0) + 0.75 * kinds * common[b]) / last[a]

    assert made["all"] == [[pytest.approx(p(a, b)) for b in range(4)] for a in range(4)]
    assert [sum(row) for row in made["all"]] == pytest.approx([1] * 4)
    assert made["bigram"] == pytest.approx(-sum(math.log(p(a, b)) for a, b in zip(held, held[1:])) / 4)
    assert made["uniform"] == pytest.approx(math.log(4))


def test_words_that_stand_in_the_text_are_counted_whole_and_without_the_marks_around_them(sheet):
    assert sheet.evaluate("""async () => {
      const { prepare, recognized, words } = await import("../widgets/lesson.js");
      const lesson = prepare("The boat, the light. A boat's keeper.", 0), letter = (c) => c.charCodeAt(0);
      const ids = [..."ght boat tha \\'light? boat\\'s Keeper. bo"].map((c) => {
        const at = lesson.pieces.findIndex(([byte]) => byte === letter(c));
        return at < 0 ? lesson.pieces.push(Uint8Array.of(letter(c))) - 1 : at;
      });
      return [words("\u201cSo, so!\u201d 12 -"), recognized(lesson, ids)];
    }""") == [["So", "so", "12"], [3, 5]]  # boat, light and boat's; neither tha nor Keeper; the ends are left out


def begin(site, **options) -> None:
    """Train until the first sample is there."""
    mount(site, "train", {"text": TEXT, "merges": 64} | options)
    site.get_by_role("button", name="Train", exact=True).click()
    site.locator(".samples .token").first.wait_for()


def test_a_text_is_learned_paused_gone_on_with_and_forgotten(site):
    begin(site)
    assert re.search(r"Step [0-9,]+: \d\.\d\d on what it reads", site.locator(".cost").text_content())
    told = site.locator(".samples .widget-note").first.text_content()
    assert re.fullmatch(r"step [0-9,]+( · \d+ of its \d+ whole words stand in the text)?", told)
    site.get_by_role("button", name="pause").click()
    site.get_by_role("button", name="go on").wait_for()
    pause(site, 300)
    held = site.evaluate(STEP)
    pause(site, 500)
    assert held > 0 and site.evaluate(STEP) == held
    site.get_by_role("button", name="go on").click()
    until(site, f"{STEP} > {held}")
    site.get_by_role("button", name="reset").click()
    alone(site)
    assert site.locator(".chart").count() == 0 and site.get_by_role("button", name="pause").is_disabled()


def test_after_many_steps_it_asks_and_going_on_means_as_many_again(site):
    begin(site, enough=25)
    site.get_by_text(re.compile(r"It has taken \d+ steps; go on if you like")).wait_for()
    held = site.evaluate(STEP)
    site.get_by_role("button", name="go on").click()
    until(site, f"{STEP} >= {held} + 25")


def test_a_short_text_learned_by_heart_is_told(site):
    begin(site, text=LINES * 3 + "Wires, nets: 12 of 345 were grown. Quartz judges vow. " * 2, merges=0)
    site.get_by_text("It was better there before: it now learns what it reads by heart.").wait_for()


def test_a_long_text_is_cut_off_the_page_s_thread_which_says_so_and_can_end_it(site):
    mount(site, "train", {"text": SPACELESS * 60})
    site.get_by_role("button", name="Train", exact=True).click()
    site.get_by_text("Cutting your text into tokens").wait_for()
    assert site.locator(".samples").count() == 0 and site.get_by_role("button", name="pause").is_disabled()
    site.get_by_role("button", name="reset").click()
    alone(site)
    assert not site.get_by_text("Cutting").count()


def test_both_curves_and_both_levels_are_named_and_no_name_covers_another(site):
    begin(site)
    names = site.locator(".chart text").evaluate_all("""all =>
      all.map((one) => [one.textContent, one.getAttribute("class"), Number(one.getAttribute("y"))])""")
    beside = {words: (kind, y) for words, kind, y in names if words != "steps" and not words[0].isdigit()}
    assert {words: kind for words, (kind, _) in beside.items()} == {
        "knows nothing": "", "pairs": "", "what it reads": "ours", "never reads": "second"}
    heights = sorted(y for _, y in beside.values())
    assert min(below - above for above, below in zip(heights, heights[1:])) > 12.9


def test_a_full_box_says_so_until_there_is_room(site):
    mount(site, "train", {"text": "a" * 200_000})
    site.locator("textarea").dispatch_event("input")
    site.get_by_text("This box holds 200,000 characters.").wait_for()
    site.locator("textarea").fill("a boat")
    assert not site.get_by_text("This box holds").count()


def test_it_learns_below_knowing_nothing(site):
    begin(site)
    until(site, f"{STEP} > 60 && Number(document.querySelector('.key.ours').textContent.split(' ')[0]) < 3")


def test_a_loss_that_is_no_number_ends_with_a_word_and_another_beginning(site):
    begin(site)
    site.get_by_label("step size").evaluate("""(input) => {
      Object.defineProperty(input, "value", { get: () => "NaN", configurable: true });
      input.dispatchEvent(new Event("input"));
      delete input.value;
    }""")
    site.get_by_text("This ended: ").wait_for()
    assert site.get_by_role("button", name="go on").is_disabled()
    site.get_by_label("step size").dispatch_event("input")  # a number again
    site.get_by_role("button", name="Begin anew").click()
    site.locator(".samples .token").first.wait_for()
    site.evaluate("undo()")
    alone(site)


def test_too_little_text_gets_a_word_and_no_text_takes_the_example(site):
    mount(site, "train", {"text": "a boat"})
    site.get_by_role("button", name="Train", exact=True).click()
    site.get_by_text("too few to learn from").wait_for()
    alone(site)
    site.locator("textarea").fill("")
    site.get_by_role("button", name="Train", exact=True).click()
    until(site, f"{STEP} > 0")
    assert len(site.locator("textarea").input_value()) > 3000


def test_the_settings_are_folded_away_until_a_link_has_chosen_one(site):
    mount(site, "train", {"text": TEXT})
    assert not site.get_by_label("step size").is_visible()
    site.get_by_text("Settings").click()
    assert site.get_by_label("step size").is_visible()
    site.evaluate("undo()")
    mount(site, "train", {"text": TEXT}, "#w=train&seed=7")
    assert site.get_by_label("seed").is_visible() and site.get_by_label("seed").input_value() == "7"


def test_an_example_that_is_not_there_is_told(site, assets):
    (assets / "pretrain" / "reading.json").unlink()
    mount(site, "train")
    site.get_by_role("button", name="Train", exact=True).click()
    site.get_by_text("the server says 404").wait_for()
    site.faults[:] = [fault for fault in site.faults if "404" not in fault]
