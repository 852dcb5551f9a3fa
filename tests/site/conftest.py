"""The built site, served under a sub-path by a plain server, as a host of static files would."""

import functools
import http.server
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PREFIX = "/some/where/"


@pytest.fixture(scope="session")
def site():
    """The folder of the built site; building it costs a second when nothing changed."""
    made = subprocess.run([sys.executable, "build_site.py"], cwd=ROOT, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    return ROOT / "site"


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the folder under PREFIX and nothing else."""

    def translate_path(self, path):
        if not path.startswith(PREFIX):
            return str(Path(self.directory) / "nothing-here")
        return super().translate_path("/" + path[len(PREFIX) :])

    def log_message(self, *_):
        """Quiet."""


@pytest.fixture(scope="session")
def address(site):
    """Where the site is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}{PREFIX}"
    server.shutdown()


WIDGETS = {"live": "", "pages": "guide/data/", "threshold": "guide/data/", "tokenizer": "guide/tokenize/",
           "network": "guide/pretrain/", "checkpoints": "guide/pretrain/", "train": "guide/pretrain/",
           "sampler": "guide/sample/", "lives": "guide/finetune/", "chat": "guide/chat/"}  # fmt: skip
AT_ONCE = {"threshold"}  # it asks for nothing first: its scores are small
READY = (
    ".widget-note:has-text('running in this page'), .specimen pre, .pane:nth-child(2) .ids, .samples .token, "
    ".recheck-list li, .threshold-bar"
)


def start(widget):
    """Bring a widget into view, press what it is for, and wait until it has done that."""
    widget.scroll_into_view_if_needed()
    if widget.get_attribute("data-widget") not in AT_ONCE:
        widget.locator(".widget-body button.filled:visible").first.click()
    widget.locator(READY).first.wait_for()


STAGES = [f"guide/{path.parent.name}/" for path in sorted((ROOT / "stages").glob("*/page.md"))]


def urls():
    """Addresses of all pages under the site's own, known without building: hand-written pages, stages, the ledger."""
    found = [path.relative_to(ROOT / "docs") for path in sorted((ROOT / "docs").rglob("*.md"))]
    docs = [path.with_suffix("").as_posix() for path in found if path.parts[0] not in ("guide", "widgets", "assets")]
    return ["" if name == "index" else f"{name}/" for name in [*docs, "whole", "short", "guide/ledger"]] + STAGES


def pytest_generate_tests(metafunc):
    """A test that asks for `url` runs for every page."""
    if "url" in metafunc.fixturenames:
        metafunc.parametrize("url", urls(), ids=lambda url: url.strip("/") or "home")
