"""Every widget in a real browser: what it shows is what Python computes, and no fault leaves it blank."""

import json
import re

import numpy as np
import pytest
from axe_core_python.sync_playwright import Axe

from minigpt import chat, gpt, sample, weights

pytestmark = pytest.mark.browser

QUESTION = "Where is the light?"
PROMPT = "Mira Tolland keeps the light at"
WIDGETS = ("tokenizer", "chat", "sampler", "live", "pages", "network", "lives")
LIVES = ("finetune/chat", "pretrain/base", "pretrain/early")


@pytest.fixture
def site(sheet, assets, patient, cl100k):
    """The page with every asset in place, whole again before each test."""
    for life in LIVES:
        path = assets / f"{life}.safetensors"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(patient)
    tokenizer = weights.load(patient)[2]
    (assets / "tokenize" / "tokenizer.json").write_text(
        json.dumps({"merges": tokenizer.merges, "specials": tokenizer.specials}))
    (assets / "data").mkdir(exist_ok=True)
    (assets / "data" / "specimens.json").write_text(json.dumps(SPECIMENS))
    sheet.asked = []
    sheet.on("request", lambda request: sheet.asked.append((request.method, request.url.split("/where/")[1])))
    return sheet


HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
SPECIMENS = [
    {"id": "p1", "url": "https://a.example/1", "host": "a.example", "truth": "good", "fate": "kept", "rule": None,
     "reason": None, "html": f"<p>{HOSTILE}Mira</p>", "text": "Mira"},
    {"id": "p2", "url": "https://b.example/2", "host": "b.example", "truth": "spam", "fate": "dropped",
     "rule": "repetition", "reason": "one line fills the page", "html": "<p>buy buy</p>", "text": "buy buy"},
]


def mount(page, name: str, options: dict | None = None, hash: str = "") -> None:
    """Mount a widget on the page's section, as main.js does."""
    page.evaluate("""async ([name, options, hash]) => {
      if (hash) history.replaceState(null, "", hash);
      const { mount } = await import(`../widgets/${name}.js`);
      window.undo = mount(document.querySelector(".widget"), options);
    }""", [name, options or {}, hash])


def fetch_model(page) -> None:
    """Ask for the model and wait until the widget names its weights."""
    page.get_by_role("button", name="Fetch the").click()
    page.get_by_text("weights, ").first.wait_for()


def visible(piece: bytes) -> str:
    """What a chip shows of a token: its text, or its bytes where they are no text."""
    try:
        words = piece.decode().replace("\n", "⏎").replace("\r", "␍").replace("\t", "⇥")
    except UnicodeDecodeError:
        return piece.hex(" ")
    return re.sub("[\\x00-\\x1f\\x7f]", lambda sign: f"0x{ord(sign[0]):02x}", words)


def until(page, test: str) -> None:
    """Wait until a JavaScript expression holds (the page's policy forbids Playwright's own way of waiting)."""
    for _ in range(600):
        if page.evaluate(test):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {test}")


def alone(page) -> None:
    """Wait until no worker is left."""
    for _ in range(100):
        if not page.workers:
            return
        page.wait_for_timeout(50)
    raise AssertionError("a worker was left behind")


def loads(page, life: str = "") -> int:
    """How often weights were fetched whole."""
    return sum(method == "GET" and url.endswith(f"{life}.safetensors") for method, url in page.asked)


def replies(patient: bytes, **settings) -> str:
    """The reply Python gives to QUESTION."""
    loaded, config, tokenizer, _ = weights.load(patient)
    prompt = chat.prompt(tokenizer, [("user", QUESTION)])
    stop = [tokenizer.specials[name] for name in ("<|end|>", "<|document|>", "<|user|>")]
    ids = sample.generate(gpt.Model(loaded, config), prompt, sample.Random(1), 40, stop, **settings)
    return tokenizer.decode(ids)


@pytest.mark.parametrize("temperature", [0, 0.8])
def test_a_chat_reply_is_the_one_python_gives(site, patient, temperature):
    mount(site, "chat", {"prompts": [QUESTION], "temperature": temperature, "limit": 40})
    site.get_by_role("button", name=QUESTION).click()
    site.get_by_text(re.compile("finetuned weights, .* tokens")).wait_for()
    assert site.locator(".said").nth(1).text_content() == replies(patient, temperature=temperature)


def test_nothing_is_fetched_before_it_is_asked_for_and_the_size_is_told(site, patient):
    for name in WIDGETS[1:]:
        mount(site, name)
        asks = site.locator("button.filled", has_text=re.compile(r"\d (kB|MB)"))
        asks.wait_for()
        assert not [url for method, url in site.asked if method == "GET" and url.startswith("assets/")], name
        site.evaluate("undo()")


def hide(page, hidden: bool) -> None:
    """Tell the page that it went to the background or came back."""
    page.evaluate("""hidden => {
      Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
      document.dispatchEvent(new Event("visibilitychange"));
    }""", hidden)


def start_long_reply(page) -> str:
    """Ask for a long reply and hold it in the middle by hiding the page; return what stands there."""
    mount(page, "chat", {"prompts": [QUESTION], "temperature": 0.05, "limit": 8000})
    page.get_by_role("button", name=QUESTION).click()
    until(page, "(document.querySelectorAll('.said')[1]?.textContent.length ?? 0) > 20")
    hide(page, True)
    page.wait_for_timeout(300)
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
    site.get_by_text(re.compile(r"tokens, seed 2")).wait_for()


def test_what_the_model_sees_is_the_template_with_its_probabilities(site, patient):
    mount(site, "chat", {"prompts": [QUESTION], "open": True, "limit": 12})
    site.get_by_role("button", name=QUESTION).click()
    site.locator(".sees .token").first.wait_for()
    loaded, config, tokenizer, _ = weights.load(patient)
    ids = chat.prompt(tokenizer, [("user", QUESTION)])
    chips = site.locator(".sees .token")
    assert chips.count() == len(ids) + 12
    p = sample.distribution(gpt.forward(loaded, config, [ids])[0, 4])[ids[5]]
    shown = chips.nth(5).locator(".token-id").text_content()
    assert shown == (f"{p:.3f}" if p >= 0.0005 else shown)
    assert site.locator(".sees .token.drawn").count() == 12


DAMAGE = {"altered": lambda data: data[:-4] + bytes(4 - len(data[-4:])) + b"\x55\x55\x55\x55",
          "cut short": lambda data: data[: len(data) // 2]}


@pytest.mark.parametrize("word", DAMAGE)
def test_a_damaged_file_is_told_and_can_be_tried_again(site, assets, patient, word):
    path = assets / "finetune" / "chat.safetensors"
    path.write_bytes(DAMAGE[word](patient))
    mount(site, "chat")
    site.get_by_role("button", name="Fetch the").click()
    site.get_by_text(f"This did not work: the weights file is {word}").wait_for()
    path.write_bytes(patient)
    site.get_by_role("button", name="Try again").click()
    site.get_by_text("finetuned weights, ").wait_for()


def test_a_missing_file_is_told(site, assets):
    (assets / "pretrain" / "base.safetensors").unlink()
    mount(site, "live")
    site.get_by_role("button", name="Fetch the").click()
    site.get_by_text("the weights file is not there (the server says 404)").wait_for()
    site.faults[:] = [fault for fault in site.faults if "404" not in fault]


def test_a_slow_download_shows_its_progress_and_can_be_canceled(site, slow_line):
    mount(site, "chat")
    site.get_by_role("button", name="Fetch the").click()
    until(site, "(document.querySelector('progress')?.value ?? 0) > 0.1")
    assert re.search(r"\d+ kB of \d+ kB", site.locator(".loading").text_content())
    site.get_by_role("button", name="cancel").click()
    site.get_by_role("button", name="Fetch the").wait_for()
    slow_line.pace = 0.0
    fetch_model(site)


def test_a_wrong_digest_is_refused(site):
    mount(site, "sampler", {"sha256": "0" * 64})
    site.get_by_role("button", name="Fetch the").click()
    site.get_by_text("its sha256 is not the one promised").wait_for()


@pytest.mark.parametrize("without", ["no workers", "blocked workers"])
def test_without_workers_the_page_does_the_work(site, patient, without):
    if without == "no workers":
        site.evaluate("delete window.Worker")
    else:
        site.evaluate("""() => { const Before = Worker;
          window.Worker = function (url, kind) { return new Before(new URL("nothing.js", url), kind); }; }""")
    mount(site, "chat", {"prompts": [QUESTION], "limit": 40})
    site.get_by_role("button", name=QUESTION).click()
    site.get_by_text("finetuned weights, 40 tokens").wait_for()
    assert site.locator(".said").nth(1).text_content() == replies(patient, temperature=0)
    site.faults[:] = [fault for fault in site.faults if "404" not in fault]


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


def test_fifty_mounts_leave_the_page_as_it_was(site):
    before = site.evaluate("document.querySelector('main').innerHTML")
    for name in WIDGETS:
        for _ in range(8):
            mount(site, name)
            site.evaluate("undo()")
        assert site.evaluate("document.querySelector('main').innerHTML") == before
    alone(site)


def test_a_hidden_page_pauses_and_goes_on(site):
    held = start_long_reply(site)
    site.wait_for_timeout(300)
    assert site.locator(".said").nth(1).text_content() == held
    hide(site, False)
    until(site, f"document.querySelectorAll('.said')[1].textContent.length > {len(held)}")


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


def test_a_copied_link_restores_the_state(site):
    mount(site, "sampler", {"prompt": PROMPT})
    fetch_model(site)
    site.locator("textarea").fill("the boat & the é#light")
    site.get_by_label("temperature").fill("0.55")
    site.get_by_label("top-k").fill("7")
    site.get_by_label("seed").fill("42")
    site.get_by_role("button", name="copy link").click()
    site.get_by_text(re.compile("link is")).wait_for()
    copied = site.evaluate("location.hash")
    site.evaluate("undo()")
    mount(site, "sampler", {"prompt": PROMPT}, copied)
    assert site.locator("textarea").input_value() == "the boat & the é#light"
    fetch_model(site)
    values = [site.get_by_label(name).input_value() for name in ("temperature", "top-k", "top-p", "seed")]
    assert values == ["0.55", "7", "1", "42"]


def test_the_sampler_draws_what_python_draws(site, patient):
    mount(site, "sampler", {"prompt": PROMPT, "temperature": 0.8, "top_k": 40, "seed": 9})
    fetch_model(site)
    site.get_by_role("button", name="draw 16").click()
    until(site, "document.querySelectorAll('.tokens > .drawn').length === 16")
    loaded, config, tokenizer, _ = weights.load(patient)
    prompt = [tokenizer.specials["<|document|>"], *tokenizer.encode(PROMPT)]
    ids = sample.generate(gpt.Model(loaded, config), prompt, sample.Random(9), 16, temperature=0.8, top_k=40)
    losses = gpt.token_losses(loaded, config, np.array([(prompt + ids)[:-1]]),
                              np.array([(prompt + ids)[1:]]))
    assert f"−{losses.sum():.3f} nats over {losses.size} tokens" in site.locator(".cost").text_content()


def test_a_thousand_draws_are_counted_against_theory(site):
    mount(site, "sampler", {"prompt": PROMPT, "top_k": 30})
    fetch_model(site)
    site.locator(".token-bar").first.wait_for()
    assert "30 left" in site.locator(".slider-note").nth(1).text_content()
    site.get_by_role("button", name="draw 1,000 times").click()
    drawn = [int(cell.replace(",", "")) for cell in site.locator(".draws tbody td:nth-child(3)").all_text_contents()]
    expected = [float(cell.split()[0]) for cell in site.locator(".draws tbody td:nth-child(2)").all_text_contents()]
    assert sum(drawn) == 1000
    assert sum(expected) == pytest.approx(1000, abs=1)


def test_a_prompt_longer_than_the_context_is_told(site, assets, small):
    for life in ("pretrain/base", "finetune/chat"):
        (assets / f"{life}.safetensors").write_bytes(small)
    mount(site, "sampler", {"prompt": "xq" * 900})
    fetch_model(site)
    site.get_by_text(re.compile(r"sees 96 tokens at most: the first [\d,]+ of this prompt are left out")).wait_for()
    site.evaluate("undo()")
    mount(site, "chat", {"limit": 4})
    site.get_by_label("your question").fill("xq" * 900)
    site.get_by_role("button", name="Ask").click()
    site.get_by_text(re.compile(r"it does not see the first \d+ of this question")).wait_for()
    for _ in range(2):
        site.get_by_label("your question").fill("xq" * 15)
        site.get_by_role("button", name="Ask").click()
        site.locator(".said").nth(-1).wait_for()
    site.get_by_text(re.compile(r"it no longer sees the first \d+ turns")).wait_for()


def test_the_live_box_goes_on_greedily_and_shows_what_each_token_was_chosen_from(site, patient):
    mount(site, "live", {"prompt": PROMPT, "length": 10})
    site.get_by_role("button", name="Fetch the").click()
    until(site, "document.querySelectorAll('.written [role=option]').length === 10")
    loaded, config, tokenizer, _ = weights.load(patient)
    prompt = [tokenizer.specials["<|document|>"], *tokenizer.encode(PROMPT)]
    ids = sample.generate(gpt.Model(loaded, config), prompt, sample.Random(1), 10, temperature=0)
    shown = site.locator(".written [role=option]").all_text_contents()
    assert shown == [visible(tokenizer.pieces[number]) for number in ids]
    site.locator(".written [role=option]").nth(3).click()
    assert site.locator(".token-bar .token").first.text_content() == shown[3]
    site.keyboard.press("ArrowRight")
    assert site.locator(".token-bar .token").first.text_content() == shown[4]


def test_the_tokenizer_shows_both_and_pairs_them(site, patient, cl100k):
    text = "Farrow Head 漢 é"
    mount(site, "tokenizer", {"text": text})
    site.get_by_role("button", name="Fetch cl100k_base").click()
    site.locator(".pane .token").nth(0).wait_for()
    site.locator(".ids").nth(1).wait_for()
    ours = weights.load(patient)[2].encode(text)
    shown = [[int(n) for n in site.locator(".ids").nth(i).text_content().split()] for i in (0, 1)]
    assert shown == [ours, cl100k.encode_ordinary(text)]
    assert site.locator(".token.broken").first.text_content() == "e6"
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


def test_a_page_of_the_crawl_is_text_and_never_html(site):
    mount(site, "pages")
    site.get_by_role("button", name="Leaf through").click()
    site.locator("pre").first.wait_for()
    assert site.locator("pre").first.text_content() == SPECIMENS[0]["html"]
    assert site.locator(".widget img, .widget script").count() == 0
    site.get_by_role("button", name="next page").click()
    assert "dropped by repetition" in site.locator(".facts").text_content()
    site.locator("select").select_option("kept")
    assert site.locator(".place").text_content() == "1 of 1"


def test_a_cell_of_the_network_shows_pythons_attention_and_its_sum(site, patient):
    mount(site, "network", {"prompt": PROMPT, "layer": 2, "head": 3})
    fetch_model(site)
    site.locator(".cell").first.wait_for()
    loaded, config, tokenizer, _ = weights.load(patient)
    ids = [tokenizer.specials["<|document|>"], *tokenizer.encode(PROMPT)][-24:]
    looks = gpt.attention_weights(loaded, config, [ids])[1, 0, 2]
    for asks, to in ((5, 0), (len(ids) - 1, 3)):
        site.locator(f'[data-cell="{asks}.{to}"]').click()
        p = looks[asks, to]
        last = site.locator(".arithmetic .facts dd").last.text_content()
        assert float(last.split("=")[1]) == pytest.approx(p, abs=6e-4)
        label = site.locator(f'[data-cell="{asks}.{to}"]').get_attribute("aria-label")
        assert label.endswith(f": {p:.3f}") or p < 0.0005
    products = site.locator(".arithmetic td:nth-child(4)").all_text_contents()
    total = float(site.locator(".arithmetic .facts dd").first.text_content().split("=")[1].replace("−", "-"))
    assert sum(float(one.replace("−", "-")) for one in products) == pytest.approx(total, abs=0.02)


def test_a_head_switched_off_changes_the_prediction_and_on_again_restores_it(site):
    mount(site, "network", {"prompt": PROMPT})
    fetch_model(site)
    bars = site.locator(".token-bar .bar-value")
    bars.first.wait_for()
    before = bars.all_text_contents()
    site.get_by_role("button", name="switch head 1 of layer 1 off").click()
    site.get_by_text("without layer 1, head 1").wait_for()
    pairs = [value.split(" → ") for value in bars.all_text_contents()]
    assert [pair[0] for pair in pairs] == before and any(old != new for old, new in pairs)
    site.get_by_role("button", name="switch head 1 of layer 1 on").click()
    until(site, "!document.querySelector('.pairs')")
    assert bars.all_text_contents() == before


def test_every_life_answers_as_python_says_the_random_one_included(site, patient):
    mount(site, "lives", {"prompt": QUESTION, "limit": 8})
    site.get_by_role("button", name="Fetch 3 models").click()
    site.get_by_text("nats from base").wait_for()
    loaded, config, tokenizer, _ = weights.load(patient)
    stop = [tokenizer.specials[name] for name in ("<|end|>", "<|document|>", "<|user|>")]
    prompt = chat.prompt(tokenizer, [("user", QUESTION)])
    for place, held in ((0, gpt.init(config, seed=1)), (3, loaded)):
        ids = sample.generate(gpt.Model(held, config), prompt, sample.Random(1), 8, stop, temperature=0)
        shown = site.locator(".lives .said").nth(place)
        length = len(tokenizer.decode(ids))
        until(site, f"document.querySelectorAll('.lives .said')[{place}].textContent.length >= {length}")
        assert shown.text_content() == tokenizer.decode(ids)
    assert loads(site) == 3 and "0.00 nats from base" in site.locator(".lives").text_content()


def busy(page, name: str) -> None:
    """Bring a widget into the state a reader sees it in."""
    if name == "chat":
        page.get_by_role("button", name=QUESTION).click()
        page.locator(".sees .token").first.wait_for()
    elif name == "tokenizer":
        page.get_by_role("button", name="Fetch cl100k_base").click()
        page.locator(".ids").nth(1).wait_for()
        page.locator(".pane .tokens .token").first.click()
        page.get_by_text("How this word was merged").first.click()
    elif name == "pages":
        page.get_by_role("button", name="Leaf through").click()
        page.locator("pre").first.wait_for()
    elif name == "lives":
        page.get_by_role("button", name="Fetch 3 models").click()
        page.get_by_text("nats from base").wait_for()
    else:
        fetch_model(page)
        page.locator(".token-bar").first.wait_for()
        if name == "sampler":
            page.get_by_role("button", name="draw 1,000 times").click()


@pytest.mark.parametrize("name", WIDGETS)
def test_axe_finds_nothing_in_a_widget_idle_or_busy(site, name):
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
             "rules": {"page-has-heading-one": {"enabled": False}, "heading-order": {"enabled": False}}}
    mount(site, name, {"text": PROMPT, "prompts": [QUESTION], "open": True, "limit": 8, "length": 6})
    for _ in range(2):
        found = Axe().run(site, options=json.dumps(rules))["violations"]
        assert not found, [(fault["id"], [node["html"] for node in fault["nodes"]][:3]) for fault in found]
        if _ == 0:
            busy(site, name)
