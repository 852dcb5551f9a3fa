"""The widgets where they stand: on the pages of the built site, under its policy, with the committed weights."""

import pytest
from playwright.sync_api import expect

from minigpt import chat, gpt, sample, weights
from tests.site.conftest import start

QUESTION = "Which light does Mira Tolland keep?"


@pytest.fixture
def sheet(page, address):
    """A phone in the dark; whatever the browser complains of fails the test."""
    page.set_viewport_size({"width": 360, "height": 780})
    page.emulate_media(color_scheme="dark")
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: said.type == "error" and faults.append(said.text))
    yield page
    assert not faults


def test_every_widget_of_every_page_starts_and_fits_a_phone(sheet, address, url):
    sheet.goto(address + url)
    for widget in sheet.locator("[data-widget]").all():
        start(widget)
        assert widget.locator(".stand-in").is_hidden()
        assert not widget.locator(".fault").count()
    assert sheet.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_chat_of_the_site_says_what_python_says(sheet, address, root):
    loaded, config, tokenizer, _ = weights.load((root / "stages/finetune/frozen/chat.safetensors").read_bytes())
    stop = [tokenizer.specials[name] for name in ("<|end|>", "<|document|>", "<|user|>")]
    prompt = chat.prompt(tokenizer, [("user", QUESTION)])
    ids = sample.generate(gpt.Model(loaded, config), prompt, sample.Random(1), 64, stop, temperature=0)
    sheet.goto(address + "guide/chat/")
    widget = sheet.locator('[data-widget="chat"]')
    widget.scroll_into_view_if_needed()
    widget.locator(".ask input").fill(QUESTION)
    widget.locator(".ask input").press("Enter")
    widget.get_by_text(f"finetuned weights, {len(ids) + 1} tokens").wait_for()  # the one that ends it too
    assert widget.locator(".turn.assistant .said").text_content() == tokenizer.decode(ids)


def test_a_copied_link_opens_its_widget_in_its_state(sheet, address):
    sheet.goto(address + "guide/tokenize/#w=tokenizer&text=a+lamp+for+everyone")
    field = sheet.locator('[data-widget="tokenizer"] textarea')
    field.wait_for()
    assert field.input_value() == "a lamp for everyone"
    assert sheet.locator('[data-widget="tokenizer"]').evaluate("el => el.getBoundingClientRect().top < innerHeight")


def test_a_copied_link_brings_its_widget_where_the_browser_does_not_say_how_the_page_was_reached(sheet, address):
    sheet.add_init_script("performance.getEntriesByType = () => []")
    sheet.goto(address + "guide/tokenize/#w=tokenizer&text=a+lamp+for+everyone")
    expect(sheet.locator('[data-widget="tokenizer"] textarea')).to_be_in_viewport()
