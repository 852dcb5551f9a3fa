"""A sub-path server with docs/widgets and tiny assets, and a real Chromium to open it in."""

import functools
import http.server
import os
import shutil
import threading
from pathlib import Path

import pytest

WIDGETS = Path(__file__).parents[2] / "docs" / "widgets"
PREFIX = "/some/where/"
POLICY = ("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
          "img-src 'self' data:; worker-src 'self'")
PAGE = f"""<!doctype html><html lang="en" data-md-color-scheme="default"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>widgets</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="../widgets/widgets.css">
<main><section class="widget"><h3>name</h3><div class="stand-in">stand-in</div></section></main></html>"""


def find_chromium() -> str | None:
    """The browser to test in: $BROWSER_PATH, else a Chromium or Chrome on the path, else Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Launch the Chromium at hand; root needs --no-sandbox."""
    return {**browser_type_launch_args, "executable_path": find_chromium(), "args": ["--no-sandbox"]}


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves PREFIX as a site: page/ is PAGE, widgets/ is docs/widgets, assets/ the test's own folder."""

    def __init__(self, *args, assets: Path, **kwargs):
        self.assets = assets
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        path = path.split("?")[0]
        for name, folder in (("widgets/", WIDGETS), ("assets/", self.assets)):
            if path.startswith(PREFIX + name):
                return str(folder / path[len(PREFIX + name):])
        return str(self.assets / "nothing here")

    def do_GET(self):
        if self.path.split("?")[0] != PREFIX + "page/":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *_):
        """Quiet."""


@pytest.fixture(scope="session")
def assets(tmp_path_factory) -> Path:
    """The folder served as assets/."""
    return tmp_path_factory.mktemp("assets")


@pytest.fixture(scope="session")
def address(assets: Path):
    """Where the page is served, under a sub-path."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, assets=assets))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}{PREFIX}page/"
    server.shutdown()


@pytest.fixture
def sheet(page, address):
    """A page of the sub-path site; a console error, a failed policy or an uncaught error fails the test."""
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: said.type == "error" and faults.append(said.text))
    page.faults = faults
    page.goto(address)
    yield page
    assert not page.faults
