"""A state travels in an address: copied, restored, and clamped when it is hostile."""

import re

import pytest

from tests.widgets.desk import PROMPT, WIDGETS, fetch_model, mount

pytestmark = pytest.mark.browser


WILD = ["#w={w}&temperature=1e309&seed=-5&top_k=NaN&top_p=&min_p=9&life=__proto__&rule=constructor&id=%00",
        "#w={w}&__proto__=1&constructor=2&prompt=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&text=%3Cb%3E&ask=%3Cscript%3E",
        "#w={w}&%E0%A4%A=%&&&==&prompt=%ff%fe&text=%ff&ask=%ff", "#w={w}&prompt=" + "a" * 200_000]


@pytest.mark.parametrize("name", WIDGETS)
def test_a_hostile_address_is_clamped_with_a_word(site, name):
    for wild in WILD:
        mount(site, name, {}, wild.replace("{w}", name))
        assert site.locator(".widget-body").first.is_visible()
        assert site.locator(".widget img, .widget script, .widget b").count() == 0
        site.evaluate("undo()")
    mount(site, name, {}, WILD[3].replace("{w}", name))
    assert "too long" in site.locator(".widget-words").text_content()
    site.evaluate("undo()")
    if name in ("chat", "sampler"):
        mount(site, name, {}, WILD[0].replace("{w}", name))
        assert "temperature was set to 2" in site.locator(".widget-words").text_content()


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
