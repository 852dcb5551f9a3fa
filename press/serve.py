"""The site on 127.0.0.1, gzipped, rebuilt and reloaded on every change."""

import gzip
import logging
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from mkdocs import livereload

from press.fault import Fault
from press.unchanged import INPUTS

ZIPPED = {
    "text/html",
    "text/css",
    "application/javascript",
    "application/json",
    "image/svg+xml",
    "text/csv",
    "text/plain",
    "application/wasm",
}


class Server(livereload.LiveReloadServer):
    """MkDocs' live-reload server; its script comes as a file, since the pages' policy forbids a new inline one."""

    def serve_request(self, environ, start_response):
        """Answer a request, the body zipped where the browser takes it."""
        if environ["PATH_INFO"] == "/livereload.js":
            text = livereload._SCRIPT_TEMPLATE.substitute(epoch=self._visible_epoch, request_id=livereload._timestamp())
            start_response("200 OK", [("Content-Type", "application/javascript"), ("Cache-Control", "no-store")])
            return [text.encode()]
        told = {}

        def hear(status, headers, *_):
            told.update(status=status, headers=dict(headers))

        body = super().serve_request(environ, hear)
        headers, kind = told["headers"], told["headers"].get("Content-Type", "").split(";")[0]
        if (
            told["status"].startswith("200")
            and kind in ZIPPED
            and not environ["PATH_INFO"].startswith("/livereload/")
            and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
        ):
            data = zipped(b"".join(body))
            headers |= {"Content-Encoding": "gzip", "Content-Length": str(len(data)), "Vary": "Accept-Encoding"}
            body = [data]
        if kind in ("text/html", "application/javascript"):
            headers["Content-Type"] = f"{kind}; charset=utf-8"
        start_response(told["status"], list(headers.items()) + [("Cache-Control", "no-cache")])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else body

    def _inject_js_into_html(self, content, epoch):
        return content.replace(b"</body>", b'<script src="/livereload.js"></script></body>')


@lru_cache(maxsize=200)
def zipped(data):
    """gzip of a response, remembered."""
    return gzip.compress(data, 6)


def serve(root, port, say):
    """Serve site/ and rebuild it in a fresh process on every change, so that changed code counts too."""
    logging.getLogger("mkdocs").setLevel(logging.ERROR)

    def rebuild():
        again = subprocess.run([sys.executable, "build_site.py"], cwd=root, check=False)
        if again.returncode:
            say("the previous site stays until this is mended")

    server = Server(rebuild, "127.0.0.1", port, str(root / "site"))
    server.error_handler = lambda code: (Path(root) / "site" / "404.html").read_bytes() if code == 404 else None
    for name in INPUTS:
        if (root / name).exists():
            server.watch(str(root / name))
    say(f"serving on http://127.0.0.1:{port}/ (Ctrl-C stops)")
    try:
        server.serve()
    except KeyboardInterrupt:
        say("stopped")
    except OSError as error:
        raise Fault(None, None, f"port {port} cannot be used: {error.strerror}", "choose another with --port") from None
    finally:
        server.shutdown()
