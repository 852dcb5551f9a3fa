"""A state travels in an address: copied, restored, and clamped when it is hostile."""

import re

import pytest

from tests.widgets import shelf
from tests.widgets.desk import PROMPT, WIDGETS, fetch_model, mount

pytestmark = pytest.mark.browser


NUMBERS = "temperature seed top_k top_p min_p step rate byte layer head row token cut".split()
CHOICES = "life lives rule merges order other many".split()
TEXTS = "prompt text ask off drawn id".split()
ALL = NUMBERS + CHOICES + TEXTS
TAGS = "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%3Cscript%3Ealert(2)%3C/script%3E"
WILD = {
    "wild numbers": "&".join(f"{name}={value}" for name, value in zip(NUMBERS, ["1e309", "-5", "NaN", "", "9"] * 3)),
    "names of every object": "&".join(f"{name}=__proto__" for name in ALL) + "&__proto__=1&constructor=2",
    "tags": "&".join(f"{name}={TAGS}" for name in ALL),
    "no text at all": "%E0%A4%A=%&&&==&" + "&".join(f"{name}=%ff%00%fe" for name in ALL),
    "long": "prompt=" + "a" * 15_000 + "&" + "ask=&text=",
    "huge": "prompt=" + "a" * 200_000,
}
SAYS = {  # what a widget has to say about an address of that kind; where it has no such field, nothing
    "wild numbers": {"chat", "sampler", "checkpoints", "train", "network", "threshold", "tokenizer", "live"},
    "names of every object": {"chat", "sampler", "checkpoints", "train", "network", "threshold", "tokenizer", "lives"},
    "long": {"sampler", "live", "network", "lives", "checkpoints"},
    "huge": set(WIDGETS),
}


@pytest.mark.parametrize("name", WIDGETS)
def test_a_hostile_address_is_clamped_with_a_word(site, name):
    for wild, given in WILD.items():
        mount(site, name, {}, f"#w={name}&{given}")
        assert site.locator(".widget-body").first.is_visible(), wild
        assert site.locator(".widget :is(img, script)").count() == 0, wild
        said = site.locator(".widget-words").text_content()
        assert bool(said) or name not in SAYS.get(wild, ()), wild
        assert wild != "huge" or "too long" in said
        assert len(site.locator(".widget").inner_text()) > 40, wild
        site.evaluate("undo()")


def test_a_clamped_number_is_named_with_what_it_became(site):
    mount(site, "chat", {}, "#w=chat&temperature=1e309&seed=-5&life=__proto__")
    said = site.locator(".widget-words").text_content()
    assert said == "From the link: there is no such life; seed was set to 0; temperature was set to 2."


def test_ten_megabytes_in_an_address_are_left_aside(site):
    word = site.evaluate("""async () => {
      const { kinds, readState } = await import("../widgets/state.js"), hash = `#w=chat&ask=${"a".repeat(1e7)}`;
      const { values, word } = readState("chat", { ask: kinds.text(2000) }, hash);
      return word + Object.keys(values).length;
    }""")
    assert word == "The link is too long to be one of ours; it was left aside.0"


FIELDS = ["chat", "live", "sampler", "network", "lives", "checkpoints"]


@pytest.mark.parametrize("name", FIELDS)
def test_ten_megabytes_pasted_into_a_field_are_cut_to_what_it_holds(site, name):
    mount(site, name, {"prompt": ""})
    place = site.locator(".widget :is(input[type=text], textarea)").first
    place.focus()
    site.keyboard.insert_text("a" * 10_000_000)
    assert 0 < len(place.input_value()) == int(place.get_attribute("maxlength")) <= 5000


SEES = re.compile("The model sees \\d+ tokens at most|the last \\d+ tokens|see the first \\d+ tokens")


@pytest.mark.parametrize("name", FIELDS)
def test_a_prompt_longer_than_the_context_is_told_wherever_one_can_be_typed(site, assets, small, name):
    shelf.fill(assets, small)
    mount(site, name, {"prompt": PROMPT, "limit": 4, "length": 4, "lives": ["base", "chat"]})
    field = site.locator(".widget :is(input[type=text], textarea)").first
    field.fill("xq" * 2000)
    if name in ("sampler", "network"):
        fetch_model(site)
    else:
        field.press("Enter")
    site.get_by_text(SEES).first.wait_for()


def field(site, name):
    """The input with this label; buttons beside it may have the label's word in their names."""
    return site.locator("input").and_(site.get_by_label(name))


def test_a_copied_link_restores_the_state(site):
    mount(site, "sampler", {"prompt": PROMPT})
    fetch_model(site)
    site.locator("textarea").fill("the boat & the é#light")
    field(site, "temperature").fill("0.55")
    field(site, "top-k").fill("7")
    field(site, "seed").fill("42")
    site.get_by_role("button", name="copy link").click()
    site.get_by_text(re.compile("link is")).wait_for()
    copied = site.evaluate("location.hash")
    site.evaluate("undo()")
    mount(site, "sampler", {"prompt": PROMPT}, copied)
    assert site.locator("textarea").input_value() == "the boat & the é#light"
    fetch_model(site)
    values = [field(site, name).input_value() for name in ("temperature", "top-k", "top-p", "seed")]
    assert values == ["0.55", "7", "1", "42"]
