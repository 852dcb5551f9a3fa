"""A reader comes and goes on the pages of the site: reload, back, forward, away in the middle; and nothing jumps."""

import re

import pytest

from tests.pause import pause
from tests.widgets.desk import alone

FIELDS = {  # widget → (state of an address, the element that shows it, what it shows)
    "tokenizer": ("text=a+lamp", "textarea", "a lamp"),
    "chat": ("ask=Where+is+it%3F&temperature=0.5&life=early", ".ask input", "Where is it?"),
    "sampler": ("prompt=a+lamp&seed=7", "input[type=text], textarea", "a lamp"),
    "live": ("prompt=a+lamp", ".ask input", "a lamp"),
    "network": ("prompt=a+lamp", "input[type=text]", "a lamp"),
    "lives": ("prompt=a+lamp", ".ask input", "a lamp"),
    "checkpoints": ("step=0&prompt=a+lamp", ".ask input", "a lamp"),
    "train": ("text=a+lamp", "textarea", "a lamp"),
    "threshold": ("rule=english", "select", "english"),
}
TAG = "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"
HOSTILE = [
    f"__proto__=1&prompt={TAG}&text={TAG}&ask={TAG}&step=1e309&seed=1e309&rule=__proto__",
    "%E0%A4%A&&=",
    "prompt=" + "b" * 99_999,
]
STARTED = {  # what stands in a widget that has all it fetches unasked
    "checkpoints": ".chart svg",
    "recheck": "button.filled",
    "threshold": ".threshold-bar",
    "tokenizer": ".pane .token",
}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 780}


def places(site):
    """Widget → the address of the first page that has it."""
    pages = [site / "index.html", *sorted(site.glob("guide/*/index.html")), site / "report" / "index.html"]
    found = {}
    for page in pages:
        for name in re.findall(r'data-widget="([a-z]+)"', page.read_text(encoding="utf-8")):
            url = page.parent.relative_to(site).as_posix()
            found.setdefault(name, "" if url == "." else f"{url}/")
    return found


@pytest.fixture
def quiet(page):
    """A page; whatever it complains of fails the test."""
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: said.type == "error" and faults.append(said.text))
    yield page
    assert not faults


def shows(page, name):
    """Wait until the widget shows the state that its address holds."""
    _, where, value = FIELDS[name]
    field = page.locator(f'[data-widget="{name}"]').locator(where).first
    field.wait_for()
    assert field.input_value() == value
    if name == "chat":
        assert page.locator('[data-widget="chat"] select').input_value() == "early"


def test_every_widget_with_a_state_is_tried(site):
    stateless = {"pages", "recheck"}  # the state of one is a page that must be fetched first, the other has none
    assert set(places(site)) - set(FIELDS) == stateless


@pytest.mark.parametrize("name", FIELDS)
def test_a_state_in_the_address_outlives_reload_back_and_forward(quiet, address, site, name):
    here = f"{address}{places(site)[name]}"
    linked = f"{here}#w={name}&{FIELDS[name][0]}"
    quiet.goto(linked)
    shows(quiet, name)
    quiet.reload()
    shows(quiet, name)
    quiet.goto(f"{address}about/")
    quiet.go_back()
    shows(quiet, name)
    assert quiet.url == linked
    quiet.go_forward()
    assert quiet.url == f"{address}about/"
    quiet.go_back()
    shows(quiet, name)


@pytest.mark.parametrize("name", [*FIELDS, "pages"])
def test_a_hostile_address_leaves_a_whole_widget_and_a_quiet_page(quiet, address, site, name):
    for given in HOSTILE:
        quiet.goto("about:blank")
        quiet.goto(f"{address}{places(site)[name]}#w={name}&{given}")
        widget = quiet.locator(f'[data-widget="{name}"]')
        widget.locator(".widget-body").first.wait_for()
        assert widget.locator(".stand-in").is_hidden() and not widget.locator("img").count()


def test_leaving_in_the_middle_of_a_reply_ends_the_worker_and_back_begins_anew(quiet, address):
    quiet.goto(f"{address}guide/chat/#w=chat&ask=Where&temperature=1.5")
    quiet.get_by_label("your question").press("Enter")
    quiet.locator(".turn.assistant").wait_for()
    assert any("widgets/worker" in worker.url for worker in quiet.workers)
    quiet.goto(f"{address}about/")
    alone(quiet)
    quiet.go_back()
    quiet.get_by_role("button", name="Fetch the finetuned model").wait_for()


def test_leaving_while_a_tiny_model_trains_ends_its_worker(quiet, address):
    quiet.goto(f"{address}guide/pretrain/#w=train&text={'the+boat+is+here+' * 200}")
    quiet.get_by_role("button", name="Train", exact=True).click()
    quiet.locator(".samples .token").first.wait_for()
    assert quiet.workers
    quiet.goto(f"{address}about/")
    alone(quiet)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_widget_that_starts_moves_nothing_below_it(quiet, address, site, size):
    quiet.set_viewport_size(size)
    moved, held = {}, []
    for name, url in places(site).items():
        quiet.route(f"**/widgets/{name}.js", lambda route: held.append(route))
        quiet.goto("about:blank")  # two widgets of one page would otherwise be one visit
        quiet.goto(f"{address}{url}#w={name}")
        widget = quiet.locator(f'[data-widget="{name}"]').first
        for _ in range(1200):
            held or quiet.wait_for_timeout(50)
        assert held, f"{name} was never asked for"
        before = widget.evaluate("el => el.offsetHeight")
        held.pop().continue_()
        widget.locator(STARTED.get(name, ".widget-body")).first.wait_for()
        pause(quiet, 300)
        after = widget.evaluate("el => el.offsetHeight")
        quiet.unroute(f"**/widgets/{name}.js")
        if abs(after - before) > 1:
            moved[name] = (before, after)
    assert not moved


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_bars_of_home_stand_there_before_the_model_which_takes_over_without_a_jump(quiet, address, size):
    quiet.set_viewport_size(size)
    quiet.goto(address)
    widget = quiet.locator('[data-widget="live"]')
    bars, values = widget.locator(".widget-body .token-bars"), widget.locator(".widget-body .bar-value")
    bars.scroll_into_view_if_needed()
    assert "“Mira Tolland keeps the light at”" in widget.locator(".widget-body .unit").text_content()
    widget.get_by_role("button", name="Fetch the model").scroll_into_view_if_needed()
    seen, box = values.all_text_contents(), bars.bounding_box()
    widget.get_by_role("button", name="Fetch the model").click()
    widget.locator(".written [role=option]").nth(9).wait_for()
    assert values.all_text_contents() == seen
    assert bars.bounding_box() == pytest.approx(box, abs=1)
