"""Whatever goes wrong, the reader gets a word, another try, and never a blank widget."""

import re

import pytest

from tests.widgets.desk import PROMPT, WIDGETS, alone, fetch_model, loads, mount, until

pytestmark = pytest.mark.browser


SMALL = {"assets/pretrain/checkpoints.json"}  # fetched with the widget that shows it


def test_nothing_is_fetched_before_it_is_asked_for_and_the_size_is_told(site, patient):
    for name in WIDGETS[2:-1]:  # merges and recorded scores come at once; nothing is needed to train
        mount(site, name)
        asks = site.locator("button.filled", has_text=re.compile(r"\d\s(kB|MB)"))
        asks.wait_for()
        got = {url for method, url in site.asked if method == "GET" and url.startswith("assets/")}
        assert got <= SMALL, name
        site.evaluate("undo()")


def test_a_wrong_digest_is_refused(site):
    mount(site, "sampler", {"sha256": "0" * 64})
    site.get_by_role("button", name="Fetch the").click()
    site.get_by_text("its sha256 is not the one promised").wait_for()


def test_widgets_of_a_page_share_one_model(site):
    site.evaluate("""async () => {
      const one = document.querySelector(".widget");
      one.after(one.cloneNode(true));
      const [first, second] = document.querySelectorAll(".widget");
      const [live, sampler] = await Promise.all(["live", "sampler"].map(name => import(`../widgets/${name}.js`)));
      window.undos = [live.mount(first, {}), sampler.mount(second, {})];
    }""")
    first, second = site.locator(".widget").nth(0), site.locator(".widget").nth(1)
    first.get_by_role("button", name="Fetch the").click()
    first.get_by_text("base weights").wait_for()
    second.get_by_role("button", name="Fetch the").click()
    second.get_by_text("base weights").wait_for()
    assert loads(site) == 1 and len(site.workers) == 1
    site.evaluate("undos[0]()")
    assert len(site.workers) == 1
    site.evaluate("undos[1]()")
    alone(site)


def test_a_prompt_longer_than_the_context_is_told(site, assets, small):
    for life in ("pretrain/base", "finetune/chat"):
        (assets / f"{life}.safetensors").write_bytes(small)
    mount(site, "sampler", {"prompt": "xq" * 900})
    fetch_model(site)
    told = re.compile(r"sees 96 tokens at most: the first [\d,]+ tokens of this prompt are left out")
    site.get_by_text(told).wait_for()
    site.evaluate("undo()")
    mount(site, "chat", {"limit": 4})
    site.get_by_label("your question").fill("xq" * 900)
    site.get_by_role("button", name="Ask").click()
    cut = re.compile(r"does not see the first \d+ tokens of this question")
    site.locator(".talk .widget-note").filter(has_text=cut).wait_for()
    for _ in range(2):
        site.get_by_label("your question").fill("xq" * 15)
        site.get_by_role("button", name="Ask").click()
        site.locator(".said").nth(-1).wait_for()
    site.get_by_text("The model no longer sees this").first.wait_for()


def test_a_program_that_did_not_come_is_fetched_anew_when_the_line_is_back(site):
    site.route("**/worker.js", lambda route: route.abort())
    mount(site, "live", {"prompt": PROMPT, "length": 4})
    site.get_by_role("button", name="Fetch the").click()
    site.locator(".fault").wait_for()
    assert "the program that runs the model could not be fetched" in site.locator(".fault").inner_text()
    site.unroute("**/worker.js")
    site.get_by_role("button", name="Try again").click()
    until(site, "document.querySelectorAll('.written [role=option]').length === 4")
    site.faults[:] = [fault for fault in site.faults if "ERR_FAILED" not in fault]
