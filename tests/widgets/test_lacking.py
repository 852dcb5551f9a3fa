"""A browser may lack workers, WebAssembly or SIMD: every widget that runs a model runs it all the same."""

import re

import pytest

from minigpt import gpt, sample, weights
from tests.widgets import shelf
from tests.widgets.desk import PROMPT, QUESTION, mount
from tests.widgets.test_chat import replies
from tests.widgets.test_files import NEEDS

pytestmark = pytest.mark.browser
MODELS = [need for need in NEEDS if need.file.endswith(".safetensors")]
LACKS = {"SIMD": "--js-flags=--no-enable-sse4-1", "WebAssembly": "--js-flags=--jitless"}
HAS_SIMD = """() => typeof WebAssembly !== "undefined" && WebAssembly.validate(new Uint8Array(
  [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]))"""
WITHOUT_WORKERS = {
    "no workers": "delete window.Worker",
    "workers that throw": "void (window.Worker = function () { throw new DOMException('no', 'SecurityError'); })",
    "blocked workers": """(() => { const Before = Worker;
      window.Worker = function (url, kind) { return new Before(new URL("nothing.js", url), kind); }; })()""",
}


@pytest.fixture(scope="module", params=LACKS)
def poor(request, browser_type, browser_type_launch_args):
    """A browser that was started without something."""
    options = browser_type_launch_args | {"args": [*browser_type_launch_args["args"], LACKS[request.param]]}
    browser = browser_type.launch(**options)
    yield browser
    browser.close()


@pytest.fixture
def bare(poor, address, assets, patient, cl100k):
    """The widgets' page in that browser; whatever it complains of fails the test."""
    shelf.fill(assets, patient)
    page, faults = poor.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: said.type == "error" and faults.append(said.text))
    page.goto(address)
    yield page
    page.close()
    assert not faults


def ask_for(page, need):
    """Mount the widget, fetch its model, and wait for what it shows."""
    mount(page, need.widget, need.options)
    page.get_by_role("button", name=need.ask).click()
    page.locator(need.there).first.wait_for()


@pytest.mark.parametrize("need", MODELS, ids=lambda need: need.widget)
def test_every_widget_runs_in_a_browser_that_lacks_it(bare, need):
    assert not bare.evaluate(HAS_SIMD)
    ask_for(bare, need)


def test_the_plain_twin_gives_pythons_numbers_there(bare, patient):
    mount(bare, "lives", {"lives": ["base"], "prompt": PROMPT, "chat": False, "limit": 4})
    bare.get_by_role("button", name="Fetch the model").click()
    bare.locator(".bar-value").nth(3).wait_for()
    loaded, config, tokenizer, _ = weights.load(patient)
    ids = [tokenizer.specials["<|document|>"], *tokenizer.encode(PROMPT)]
    p = sample.distribution(gpt.forward(loaded, config, [ids])[0, -1])
    shown = [float(one) for one in bare.locator(".bar-value").all_text_contents()]
    assert shown == pytest.approx(sorted(p, reverse=True)[:4], abs=6e-4)


def test_a_tiny_model_trains_there(bare):
    learns(bare)


def learns(page):
    """A model of the reader's own begins to learn."""
    mount(page, "train", {"text": shelf.READING})
    page.locator("textarea").fill(shelf.READING)
    page.get_by_role("button", name="Train", exact=True).click()
    page.locator(".samples .token").first.wait_for()
    page.evaluate("undo()")


@pytest.mark.parametrize("without", WITHOUT_WORKERS)
@pytest.mark.parametrize("need", MODELS, ids=lambda need: need.widget)
def test_without_workers_the_page_does_the_work(site, without, need):
    site.evaluate(WITHOUT_WORKERS[without])
    ask_for(site, need)
    assert not site.locator(".widget .fault:visible").count()
    site.faults[:] = [fault for fault in site.faults if "404" not in fault]


@pytest.mark.parametrize("without", WITHOUT_WORKERS)
def test_without_workers_the_reply_is_pythons_too(site, patient, without):
    site.evaluate(WITHOUT_WORKERS[without])
    mount(site, "chat", {"prompts": [QUESTION], "limit": 40})
    site.get_by_role("button", name=QUESTION).click()
    site.get_by_text(re.compile("finetuned weights, 40 tokens")).wait_for()
    assert site.locator(".said").nth(1).text_content() == replies(patient, temperature=0)
    site.faults[:] = [fault for fault in site.faults if "404" not in fault]


@pytest.mark.parametrize("without", WITHOUT_WORKERS)
def test_without_workers_a_tiny_model_trains_in_the_page(site, without):
    site.evaluate(WITHOUT_WORKERS[without])
    learns(site)
    site.faults[:] = [fault for fault in site.faults if "404" not in fault]
