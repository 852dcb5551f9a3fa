"""Every widget alone: in a frame on a stranger's page, under its own policy, and read without script."""

import http.server
import threading

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
FRAME = """<!doctype html><html lang="en"><title>a stranger's page</title>
<iframe src="{url}" title="a widget" width="340" height="720"></iframe></html>"""


def names(site):
    """The widgets that have a page of their own."""
    return sorted(path.parent.name for path in site.glob("embed/*/index.html"))


@pytest.fixture
def stranger(address, site):
    """Serves a page of another origin that frames /<name>/."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(FRAME.format(url=f"{address}embed{self.path}").encode())

        def log_message(self, *_):
            """Quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


def test_every_widget_of_the_pages_starts_in_a_frame_and_fits_it(page, stranger, site):
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: said.type == "error" and "favicon" not in said.text and faults.append(said.text))
    for name in names(site):
        page.goto(f"{stranger}{name}/")
        frame = page.frames[1]
        frame.locator(".widget-body").first.wait_for()
        assert frame.locator(".stand-in").is_hidden(), name
        assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert not faults


def test_an_embed_page_without_script_shows_what_was_computed(browser, address, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for name in names(site):
        page.goto(f"{address}embed/{name}/")
        assert len(page.locator(".stand-in").inner_text()) > 40, name
    context.close()


def test_a_frames_state_comes_from_its_address(page, stranger, address):
    page.goto(f"{address}embed/tokenizer/#w=tokenizer&text=a+lamp")
    assert page.locator("textarea").input_value() == "a lamp"
    page.goto(f"{address}embed/chat/")
    page.go_back()
    page.locator("textarea").wait_for()
    assert page.locator("textarea").input_value() == "a lamp"


@pytest.mark.parametrize("place", ["guide/tokenize/", "embed/tokenizer/"])
def test_a_widget_that_does_not_come_says_so_and_leaves_what_was_computed(page, address, place):
    page.route("**/tokenizer.js", lambda route: route.abort())
    page.goto(address + place)
    widget = page.locator("[data-widget=tokenizer]")
    widget.scroll_into_view_if_needed()
    expect(widget.get_by_role("alert")).to_contain_text("The interactive part could not start")
    assert widget.locator(".stand-in").is_visible()
