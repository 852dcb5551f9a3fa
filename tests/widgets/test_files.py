"""A file that a widget needs may be missing, cut short, altered or blocked: that is told, and another try mends it."""

import re
from dataclasses import dataclass, field

import pytest

from tests.widgets.desk import QUESTION, mount, until

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Need:
    """A file that a widget needs: what makes the widget ask for it, and what stands there once it has come."""

    widget: str
    file: str
    ask: str  # the name of a button, or nothing where it is fetched with the widget
    there: str
    options: dict = field(default_factory=dict)
    again: str = "Try again"


BASE = "pretrain/base.safetensors"
RUNS = ".widget-note:has-text('running in this page')"
NEEDS = [
    Need("chat", "finetune/chat.safetensors", "Fetch the", RUNS, {"prompts": [QUESTION]}),
    Need("live", BASE, "Fetch the", RUNS),
    Need("sampler", BASE, "Fetch the", RUNS),
    Need("network", BASE, "Fetch the", RUNS),
    Need("recheck", BASE, "Fetch the base", ".matched", {"stages": ["pretrain"]}),
    Need("lives", "pretrain/early.safetensors", "Fetch 4 models", ".pane .token-bar"),
    Need("checkpoints", "pretrain/random.json", "Fetch 4 models", ".lives .token-bar"),
    Need("checkpoints", "pretrain/checkpoints.json", "", ".chart svg"),
    Need("recheck", "pretrain/recheck.json", "", "button.filled", {"stages": ["pretrain"]}),
    Need("threshold", "data/thresholds.json", "", ".threshold-bar"),
    Need("tokenizer", "tokenize/tokenizer.json", "", ".pane:not(.other) .token", {"text": "a boat"}),
    Need("tokenizer", "tokenize/cl100k.bin", "Fetch cl100k_base", ".pane.other .token", {"text": "a boat"}),
    Need("pages", "data/specimens.json", "Leaf through", ".specimen pre"),
    Need("train", "pretrain/reading.json", "take pages", "button:text-is('Train'):enabled", again="take pages"),
]
DAMAGE = {
    "missing": None,
    "cut short": lambda data: data[: len(data) // 2],
    "altered": lambda data: data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 0x55]) + data[len(data) // 2 + 1 :],
}
STATES = [*DAMAGE, "blocked"]
CASES = [(need, word) for need in NEEDS for word in STATES if word != "altered" or not need.file.endswith(".json")]


@pytest.fixture
def shelf(site, assets):
    """The shelf with all that any widget needs; the page's complaints about what is missing are expected."""
    yield assets
    site.faults[:] = [fault for fault in site.faults if "404" not in fault and "ERR_FAILED" not in fault]


def ask_for(site, need):
    """Mount the widget and do what makes it ask for the file."""
    mount(site, need.widget, need.options)
    if need.ask:
        site.get_by_role("button", name=need.ask).click()


def told(site) -> str:
    """The fault that the widget tells, once it does."""
    until(site, "[...document.querySelectorAll('.widget .fault')].some(one => one.textContent)")
    return site.locator(".widget .fault").first.text_content()


@pytest.mark.parametrize("need, word", CASES, ids=lambda case: getattr(case, "widget", case))
def test_a_file_in_that_state_is_told_and_another_try_mends_it(site, shelf, need, word):
    path = shelf / need.file
    whole = path.read_bytes()
    try:
        if word == "missing":
            path.unlink()
        elif word == "blocked":
            site.route(f"**/{need.file}", lambda route: route.abort())
        else:
            path.write_bytes(DAMAGE[word](whole))
        ask_for(site, need)
        assert re.match("This did not work: .{12,}", told(site))
        assert site.locator(".widget-body").first.is_visible() and site.locator(".stand-in").is_hidden()
    finally:
        path.write_bytes(whole)
    site.unroute(f"**/{need.file}")
    site.get_by_role("button", name=need.again).click()
    site.locator(need.there).first.wait_for()
    until(site, "![...document.querySelectorAll('.widget .fault')].some(one => one.textContent)")


SLOW = [need for need in NEEDS if need.file.endswith(".safetensors")]


@pytest.mark.parametrize("need", SLOW, ids=lambda need: need.widget)
def test_a_slow_file_shows_how_far_it_is_and_can_be_canceled_by_key(site, slow_line, need):
    ask_for(site, need)
    until(site, "(document.querySelector('progress')?.value ?? 0) > 0.05")
    assert re.search(r"\d+\skB of \d+\skB", site.locator(".loading").text_content())
    site.get_by_role("button", name="cancel").press("Enter")
    site.get_by_role("button", name=need.ask).wait_for()
    assert not site.locator(".fault:visible").count()
    slow_line.pace = 0.0
    site.get_by_role("button", name=need.ask).click()
    site.locator(need.there).first.wait_for()


def test_a_suggestion_fetches_again_after_a_cancel_and_once_while_it_is_under_way(site, slow_line):
    mount(site, "chat", {"prompts": [QUESTION], "limit": 4})
    asked = site.get_by_role("button", name=QUESTION)
    asked.click()
    site.get_by_role("button", name="cancel").press("Enter")
    site.get_by_role("button", name="Fetch the").wait_for()
    slow_line.pace = 0.5
    asked.click()
    site.get_by_role("button", name="cancel").wait_for()
    bar = site.get_by_role("progressbar").element_handle()
    asked.click()
    assert bar.evaluate("(one) => one.isConnected"), "the second press began the fetch anew"
    assert site.get_by_role("progressbar").count() == 1
    slow_line.pace = 0.0
    site.locator(".turn.assistant .widget-note", has_text="token").wait_for()
    assert site.locator(".turn.assistant").count() == 1
