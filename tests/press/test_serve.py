"""The site served on this machine: zipped, and rebuilt when something changes."""

import gzip
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import pytest

from tests.press.project import ROOT, change, make


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def served(tmp_path):
    """A small project under make serve's command, and its address."""
    shutil.copy(ROOT / "build_site.py", make(tmp_path) / "build_site.py")
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "build_site.py", "--serve", "--port", str(port)],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    yield tmp_path, f"http://127.0.0.1:{port}/", process
    process.send_signal(signal.SIGINT)
    assert process.wait(300) == 0


def fetch(address, seconds=600):
    """The headers and text of an address, waited for while the server starts."""
    asked = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    until = time.time() + seconds
    while True:
        try:
            with urllib.request.urlopen(asked, timeout=120) as answer:
                data = answer.read()
                zipped = answer.headers.get("Content-Encoding") == "gzip"
                return answer.headers, (gzip.decompress(data) if zipped else data).decode()
        except urllib.error.HTTPError:
            raise
        except OSError:
            if time.time() > until:
                raise
            time.sleep(0.3)


def test_pages_come_zipped_and_the_reload_script_as_a_file(served):
    _, address, _ = served
    headers, text = fetch(address + "guide/count/")
    assert headers["Content-Encoding"] == "gzip" and '<script src="/livereload.js"></script></body>' in text
    asked = urllib.request.Request(address + "assets/count/words.json", method="HEAD")
    with urllib.request.urlopen(asked, timeout=120) as answer:
        assert answer.headers["Content-Length"] == "14" and answer.read() == b""
    assert "livereload(" in fetch(address + "livereload.js")[1]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetch(address + "nowhere/")


def hear(process, words):
    """Read what a process says up to a line of these words."""
    said = threading.Event()

    def read():
        for line in process.stdout:
            if line == words:
                return said.set()

    threading.Thread(target=read, daemon=True).start()
    assert said.wait(600), f"never said: {words}"


def test_a_change_is_built_and_a_mistake_keeps_the_previous_site(served):
    folder, address, process = served
    fetch(address)
    change(folder, "docs/index.md", "title: Home", "title: Another home")
    until = time.time() + 600
    while "Another home" not in fetch(address)[1]:
        assert time.time() < until
        time.sleep(2)
        os.utime(folder / "docs" / "index.md")  # a change before the first look is none to who watches
    change(folder, "docs/index.md", "{% for stage", "There are 99.\n{% for stage")
    hear(process, "the previous site stays until this is mended\n")
    assert "Another home" in (folder / "site" / "index.html").read_text()
