"""What moves on a page: scenes, markers, the rail; each by pointer, by keyboard and without script."""

import functools
import http.server
import threading
from pathlib import Path

import pytest

from tests.pause import pause
from tests.viz import desk

DOCS = Path(__file__).parents[2] / "docs"
NOW = """() => [document.querySelector(".step.is-current").dataset.step,
  document.querySelector(".frame.is-current").dataset.frame, location.hash]"""
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}


class Handler(http.server.SimpleHTTPRequestHandler):
    """docs/ as it is served, with the test's page at /."""

    def do_GET(self):
        own = {"/": ("text/html; charset=utf-8", desk.page()),
               "/js.js": ("text/javascript", desk.beginning())}
        if self.path not in own:
            return super().do_GET()
        kind, text = own[self.path]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        """Quiet."""


@pytest.fixture(scope="session")
def address():
    """Where the test's page is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(DOCS)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


@pytest.fixture
def open_page(browser, address):
    """Opens the page at a size; an error in the console fails the test."""
    faults, contexts = [], []

    def opener(size=WIDE, fragment="", **options):
        contexts.append(browser.new_context(viewport=size, **options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: said.type == "error" and faults.append(said.text))
        page.goto(address + fragment)
        if options.get("java_script_enabled", True):
            if not fragment:  # a scene starts when it is near
                page.locator(".scene").scroll_into_view_if_needed()
            page.wait_for_selector(".scene.is-live")
            if not fragment:
                page.evaluate("scrollTo(0, 0)")
        return page

    yield opener
    for context in contexts:
        context.close()
    assert not faults


SECONDS = "getComputedStyle(document.querySelector('.frame.is-current')).transitionDuration.split(',')[0]"


def at(page, name: str):
    """Scroll until a step stands where steps are read, and wait for its frame."""
    page.evaluate("""name => { const step = document.querySelector(`[data-step=${name}]`);
      const picture = document.querySelector(".scene-figure").getBoundingClientRect();
      const middle = (picture.width > 0.8 * innerWidth ? picture.height + 48 + innerHeight : innerHeight) / 2;
      scrollTo(0, scrollY + step.getBoundingClientRect().top + 40 - middle); }""", name)
    page.wait_for_function("name => document.querySelector('.step.is-current').dataset.step === name", arg=name)
    pause(page, 500)  # the first step is current before anybody scrolls: let the page follow


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_scrolling_up_shows_what_scrolling_down_showed(open_page, size):
    page = open_page(size)
    down, up = [], []
    for name in desk.STEPS:
        at(page, name)
        down.append(page.evaluate(NOW))
    for name in reversed(desk.STEPS):
        at(page, name)
        up.append(page.evaluate(NOW))
    assert down == up[::-1] == [[name, name, f"#merges-{name}"] for name in desk.STEPS]


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_a_link_to_a_step_and_a_reload_land_on_it(open_page, size):
    page = open_page(size, "#merges-ten")
    page.wait_for_function("() => document.querySelector('.step.is-current').dataset.step === 'ten'")
    covered = page.evaluate("""() => document.querySelector("[data-step=ten]").getBoundingClientRect().top
      - (innerWidth > 980 ? 0 : document.querySelector(".scene-figure").getBoundingClientRect().bottom)""")
    assert covered > 0
    page.reload()
    page.wait_for_function("() => document.querySelector('.step.is-current')?.dataset.step === 'ten'")


def test_buttons_and_arrow_keys_walk_the_same_steps(open_page):
    page = open_page()
    at(page, "zero")
    assert page.is_disabled("[data-previous]")
    page.click("[data-next]")
    assert page.evaluate(NOW)[:2] == ["one", "one"]
    page.keyboard.press("ArrowRight")
    assert page.evaluate(NOW)[:2] == ["ten", "ten"]
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(NOW) == ["one", "one", "#merges-one"]
    assert page.inner_text(".scene-count") == "frame 2 of 4"


def test_a_widget_state_in_the_address_is_not_overwritten_by_scrolling(open_page):
    page = open_page(fragment="#w=tokenizer&text=light")
    at(page, "ten")
    assert page.evaluate("location.hash") == "#w=tokenizer&text=light"


def test_frames_do_not_fade_when_the_reader_wants_no_motion(open_page):
    def duration(page):
        page.locator(".scene-figure").scroll_into_view_if_needed()
        page.wait_for_selector(".scene.is-live.is-seen")
        return page.evaluate(SECONDS)

    assert duration(open_page()) == "0.2s"
    assert duration(open_page(reduced_motion="reduce")) == "0s"
    page = open_page()
    page.click("[data-switch=still]")
    assert duration(page) == "0s"
    page.reload()
    assert duration(page) == "0s"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_without_script_every_frame_stands_with_its_step(open_page, size):
    page = open_page(size, java_script_enabled=False)
    for name in desk.STEPS:
        picture = page.locator(f"[data-frame={name}]")
        step = page.locator(f"[data-step={name}]")
        assert picture.is_visible() and step.is_visible()
        apart = abs((picture.bounding_box()["y"] + picture.bounding_box()["height"] / 2)
                    - (step.bounding_box()["y"] + step.bounding_box()["height"] / 2))
        assert apart < (60 if size is WIDE else 330)
    assert not page.locator("[data-next]").is_visible()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_nothing_is_wider_than_the_window(open_page, size):
    assert open_page(size).evaluate("document.documentElement.scrollWidth") == size["width"]


def test_a_marker_opens_its_source_on_hover_and_closes_when_left(open_page):
    page = open_page()
    page.hover("a.claim")
    page.wait_for_selector(".popover:not([hidden])")
    assert "GPT-2's vocabulary has 50,257 entries." in " ".join(page.inner_text(".popover").split())
    page.mouse.move(900, 700)
    page.wait_for_selector(".popover", state="hidden")


def test_a_marker_works_by_keyboard_and_gives_the_focus_back(open_page):
    page = open_page()
    page.focus("summary")
    page.keyboard.press("Tab")
    page.wait_for_selector(".popover:not([hidden])")
    assert page.get_attribute("a.claim", "aria-expanded") == "true"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "popover"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Radford"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className").split()[0] == "claim"
    assert not page.is_visible(".popover")
    page.keyboard.press("Tab")
    page.wait_for_selector(".popover:not([hidden])")
    assert "Entries in our vocabulary" in page.inner_text(".popover")


def test_a_tap_opens_a_marker_beside_it_and_inside_the_window(open_page):
    page = open_page(PHONE, has_touch=True)
    page.tap("a.measured")
    page.wait_for_selector(".popover:not([hidden])")
    box, marker = page.locator(".popover").bounding_box(), page.locator("a.measured").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    assert 0 < box["y"] - marker["y"] < 60
    assert page.evaluate("document.activeElement.className") == "popover"
    page.tap("a.measured")
    page.wait_for_selector(".popover", state="hidden")
    assert page.get_attribute("a.measured", "aria-expanded") == "false"
    page.tap("a.measured")
    page.wait_for_selector(".popover:not([hidden])")
    page.tap("h2")
    page.wait_for_selector(".popover", state="hidden")


def test_the_line_under_the_stage_grows_with_reading(open_page):
    page = open_page()
    progress = "parseFloat(getComputedStyle(document.querySelector('.rail-progress')).getPropertyValue('--progress'))"
    page.wait_for_function(f"() => {progress} === 0")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_function(f"() => {progress} === 1")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_every_button_and_link_of_the_rail_is_a_target_of_24_pixels(open_page, size):
    page = open_page(size)
    page.click(".rail-contents summary")
    small = page.evaluate("""() => [...document.querySelectorAll(".rail :is(a, button, summary)")]
      .filter((one) => one.offsetWidth && Math.min(one.offsetHeight, one.offsetWidth) < 24)
      .map((one) => one.outerHTML)""")
    assert not small
    page.keyboard.press("Escape")
    assert not page.locator(".rail-sheet").is_visible()
