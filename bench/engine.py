"""The browser's engine, its plain twin and ONNX Runtime Web on the same weights, in one Chromium, in turns."""

import functools
import http.server
import os
import subprocess
import threading
from pathlib import Path
from statistics import median

from bench import onnx_twin
from minigpt import weights

ROOT = Path(__file__).parents[1]
BASE = ROOT / "stages" / "pretrain" / "frozen" / "base.safetensors"
RUNTIME = "onnxruntime-web@1.30.0"
PACKAGES = Path(__file__).parent / ".npm" / "engine"
PAGE = b'<!doctype html><html lang="en"><meta charset="utf-8"><title>bench</title><link rel="icon" href="data:,">'
PROMPT = "Mira Tolland keeps the light at Farrow Head. When the ferry stopped, she kept it anyway."
SLOWER = 4
FOLDERS = {
    "bench": Path(__file__).parent,
    "widgets": ROOT / "docs" / "widgets",
    "onnx": PACKAGES / "node_modules" / "onnxruntime-web" / "dist",
}


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the widgets, this folder's script, the runtime, the weights and the exported graph."""

    def __init__(self, *args, made, **kwargs):
        self.made = made
        super().__init__(*args, **kwargs)

    def do_GET(self):
        name = self.path.split("?")[0].rsplit("/", 1)[-1]
        data = PAGE if not name else self.made.get(name) or self.find(name)
        self.send_response(200 if data else 404)
        kinds = {"js": "text/javascript", "mjs": "text/javascript", "wasm": "application/wasm", "": "text/html"}
        self.send_header("Content-Type", kinds.get(name.rpartition(".")[2], "application/octet-stream"))
        self.send_header("Content-Length", str(len(data or b"")))
        self.end_headers()
        self.wfile.write(data or b"")

    def find(self, name):
        """Bytes of a file of the widgets, of this folder or of the runtime."""
        folder, _, rest = self.path.split("?")[0].strip("/").partition("/")
        path = FOLDERS.get(folder, ROOT / "nowhere") / rest
        return path.read_bytes() if path.is_file() else None

    def log_message(self, *_):
        """Quiet."""


def serve(made):
    """A server on a free port; returns it with its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, made=made))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}/bench/"


def compare(rounds=9, count=200):
    """Measure in a Chromium and print a table."""
    from playwright.sync_api import sync_playwright

    if not (PACKAGES / "node_modules" / "onnxruntime-web").exists():
        npm = ["npm", "install", "--silent", "--no-save", "--ignore-scripts", "--prefix", str(PACKAGES), RUNTIME]
        subprocess.run(npm, check=True)
    data = BASE.read_bytes()
    server, address = serve({"base.safetensors": data, "model.onnx": onnx_twin.export(*weights.load(data)[:2])})
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ.get("BROWSER_PATH"), args=root)
        page = browser.new_page()
        page.set_default_timeout(0)
        page.goto(address)
        found = page.evaluate("counts => import('./engine.js').then(m => m.compare(...counts))", [rounds, count])
        print(f"Chromium {browser.version}, {RUNTIME}, one thread each, {found['parameters']:,} parameters, "
              f"{count} tokens a round, {rounds} rounds")
        tell(found)
        print(f"first token, processor slowed {SLOWER} times, all on one thread: {first(browser, address)}")
        browser.close()
    server.shutdown()


def tell(found):
    """Tokens a second and the ratios of rounds, ours to each."""
    words = {"ours": "our engine, WebAssembly", "plain": "our engine, plain JavaScript", "onnx": "ONNX Runtime Web"}
    ours = found["speeds"]["ours"]
    for name, speeds in found["speeds"].items():
        ratios = [mine / theirs for mine, theirs in zip(ours, speeds)]
        print(f"{words[name]:32s} {median(speeds):8,.0f} tokens/s   ours / this: median {median(ratios):.2f}, "
              f"from {min(ratios):.2f} to {max(ratios):.2f}")
    print("the same text from all three:", "yes" if found["same"] else "no")


def first(browser, address, tries=5):
    """How long a first token takes after the weights have arrived, in a new page each time."""
    told = []
    for _ in range(tries):
        page = browser.new_page()
        page.goto(address)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        told.append(page.evaluate("prompt => import('./engine.js').then(m => m.first(prompt))", PROMPT))
        page.close()
    loaded, token = (median(one[key] for one in told) for key in ("loaded", "token"))
    behind = f"behind a prompt of {told[0]['read']} tokens"
    return f"model ready after {loaded:.0f} ms, first token after {token:.0f} ms, {behind}"
