"""Two tokenizers side by side show what Python and tiktoken give."""

import pytest

from minigpt import weights
from tests.widgets.desk import mount, visible

pytestmark = pytest.mark.browser


def test_the_tokenizer_shows_both_and_pairs_them(site, patient, cl100k):
    text = "Farrow Head 漢 é"
    mount(site, "tokenizer", {"text": text})
    site.get_by_role("button", name="Fetch cl100k_base").click()
    site.locator(".pane .token").nth(0).wait_for()
    site.locator(".ids").nth(1).wait_for()
    ours = weights.load(patient)[2].encode(text)
    shown = [[int(n) for n in site.locator(".ids").nth(i).text_content().split()] for i in (0, 1)]
    assert shown == [ours, cl100k.encode_ordinary(text)]
    assert site.locator(".token.broken").first.text_content() == "230"
    site.locator(".pane").nth(1).locator(".token").nth(0).hover()
    assert site.locator(".pane").nth(0).locator(".token.is-paired").count() >= 1
    assert site.locator(".pane").nth(1).locator(".ids .is-paired").text_content() == str(shown[1][0])
    site.locator(".pane").nth(0).locator(".token").nth(0).focus()
    site.keyboard.press("ArrowRight")
    assert site.locator(".pane").nth(0).locator(".token").nth(1).get_attribute("aria-selected") == "true"


def test_a_word_is_merged_before_the_readers_eyes(site, patient):
    mount(site, "tokenizer", {"text": "the keeper", "other": False})
    site.locator(".pane .tokens .token").last.click()
    site.get_by_text("How this word was merged").click()
    rows = site.locator(".pane details li .tokens")
    tokenizer = weights.load(patient)[2]
    assert rows.first.locator(".token").all_text_contents() == list(" keeper")
    assert rows.last.locator(".token").count() == len(tokenizer.encode(" keeper"))
    counts = [rows.nth(i).locator(".token").count() for i in range(rows.count())]
    assert counts == sorted(counts, reverse=True) and len(counts) > 2


def test_the_word_under_the_cursor_is_shown_in_both_tokenizers(site, patient):
    text, tokenizer = "日 the keeper", weights.load(patient)[2]
    mount(site, "tokenizer", {"text": text, "other": False})
    site.locator(".ids").wait_for()
    site.locator("textarea").press("End")
    last = visible(tokenizer.pieces[tokenizer.encode(text)[-1]])
    assert site.locator(".pane .tokens .is-paired").text_content() == last
    site.locator("textarea").press("Home")
    assert site.locator(".pane .tokens .is-paired").first.text_content() == "230"
    assert site.get_by_text("only a part of a letter").is_visible()
    site.locator("textarea").fill("the keeper")
    site.get_by_text("only a part of a letter").wait_for(state="hidden")


def test_a_chip_is_as_wide_as_its_text_and_a_finger_that_slides_chooses(site):
    mount(site, "tokenizer", {"text": "a 1 b", "other": False})
    chips = site.locator(".pane [role=option]")
    chips.last.wait_for()
    letters = [len(chips.nth(i).text_content()) for i in range(chips.count())]
    boxes = [chips.nth(i).bounding_box() for i in range(chips.count())]
    letter = sum(box["width"] for box in boxes) / sum(letters)
    assert all(abs(box["width"] - many * letter) < 1 for box, many in zip(boxes, letters))
    assert all(box["height"] >= 24 for box in boxes)
    slide = """(chip, [x, y]) => chip.dispatchEvent(new PointerEvent("pointermove",
      { bubbles: true, pointerType: "touch", clientX: x, clientY: y }))"""
    last = boxes[-1]
    chips.first.evaluate(slide, [last["x"] + last["width"] / 2, last["y"] + last["height"] / 2])
    assert chips.last.get_attribute("aria-selected") == "true"


def test_buttons_of_a_thumb_s_size_choose_the_token_before_and_the_one_after(site):
    mount(site, "tokenizer", {"text": "a 1 b " * 60, "other": False})
    chips = site.locator(".pane [role=option]")
    chips.last.wait_for()
    before, after = (site.get_by_role("button", name=f"{which} token") for which in ("previous", "next"))
    assert all(min(one.bounding_box()["width"], one.bounding_box()["height"]) >= 24 for one in (before, after))
    chosen = "all => all.findIndex((one) => one.ariaSelected === 'true')"
    steps = [(after, 0), (after, 1), (after, 2), (before, 1), (before, 0), (before, 0)]
    for button, place in steps:
        button.click()
        assert chips.evaluate_all(chosen) == place
    assert chips.evaluate_all("all => all.findIndex((one) => one.tabIndex === 0)") == 0
    for _ in range(90):
        after.click()
    row, box = site.get_by_role("listbox").bounding_box(), chips.nth(90).bounding_box()
    assert row["y"] <= box["y"] and box["y"] + box["height"] <= row["y"] + row["height"] + 1
    row, box = site.locator(".ids").bounding_box(), site.locator(".ids [data-at='90']").bounding_box()
    assert row["y"] <= box["y"] and box["y"] + box["height"] <= row["y"] + row["height"] + 1
    site.locator(".ids [data-at='7']").click()
    assert chips.evaluate_all("all => all.findIndex((one) => one.tabIndex === 0)") == 7
    site.locator("textarea").fill("")
    before.wait_for(state="hidden")
    after.wait_for(state="hidden")
