"""Lighthouse, mobile, on home, every stage page and the whole guide of site/: medians of five runs, ten minutes.

Serves site/ gzipped from here; installs Lighthouse from npm beside this file; needs node and a Chrome.
"""

import functools
import gzip
import http.server
import json
import os
import subprocess
import threading
from pathlib import Path

SITE = Path(__file__).parents[1] / "site"
SCRIPT = Path(__file__).with_name("lighthouse.mjs")
PACKAGES = Path(__file__).parent / ".npm" / "pages"
WANTED = ("lighthouse@13", "chrome-launcher@1")
ZIPPED = ("text/", "application/json", "application/javascript", "image/svg+xml", "application/wasm")
SCORES = {"performance": "perf", "accessibility": "a11y", "best-practices": "best", "seo": "seo"}


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files of the site as a host sends them: zipped where that helps, kept by the browser."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        kind, data = self.guess_type(str(path)), path.read_bytes()
        zipped = kind.startswith(ZIPPED)
        data = gzip.compress(data, 6) if zipped else data
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600")
        if zipped:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        """Quiet."""


def serve(folder):
    """A server on a free port; returns it with its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}/"


def compare(runs=5):
    """Measure every page and print a row for each as it is done."""
    if not (SITE / "index.html").is_file():
        print("There is no built site here. Mend: python build_site.py")
        return
    if not (PACKAGES / "node_modules" / "lighthouse").exists():
        npm = ["npm", "install", "--silent", "--no-save", "--ignore-scripts", "--prefix", str(PACKAGES), *WANTED]
        subprocess.run(npm, check=True)
    server, address = serve(SITE)
    environ = dict(os.environ)
    if environ.get("BROWSER_PATH"):
        environ["CHROME_PATH"] = environ["BROWSER_PATH"]
    print(f"{'page':24s}" + "".join(f"{name:>6s}" for name in SCORES.values()) + "   LCP ms  blocking ms     CLS")
    command = ["node", str(SCRIPT), address, str(runs)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ) as running:
        for line in running.stdout:
            tell(json.loads(line), address)
    server.shutdown()
    if running.returncode:
        raise SystemExit(running.returncode)


def tell(found, address):
    """One page's medians."""
    median, page = found["median"], found["address"].removeprefix(address) or "home"
    scores = "".join(f"{median[name]:6.0f}" for name in SCORES)
    times = f"{median['lcp_ms']:9.0f}{median['blocking_ms']:13.0f}{median['layout_shift']:8.3f}"
    print(f"{page:24s}{scores}{times}", flush=True)
