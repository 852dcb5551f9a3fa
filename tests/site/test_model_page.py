"""What the page on model and data offers: the lines run, the files are there, the checksums are theirs."""

import hashlib
import re
import shlex
import shutil
import subprocess
import sys

import pytest

LINES = 10


@pytest.fixture(scope="module")
def code(root):
    text = (root / "docs" / "model.md").read_text(encoding="utf-8")
    return re.search(r"```python\n(.*?)```", text, re.S)[1]


@pytest.fixture(scope="module")
def command(root):
    text = (root / "docs" / "model.md").read_text(encoding="utf-8")
    return re.search(r"```sh\n(.*?)\n```", text, re.S)[1]


def test_the_lines_of_python_are_no_more_than_the_heading_says(code):
    assert len([line for line in code.splitlines() if line.strip()]) <= LINES


def test_the_command_runs_the_lines_which_load_the_model_and_let_it_write(site, root, code, command, tmp_path):
    (tmp_path / "load.py").write_text(code, encoding="utf-8")
    shutil.copy(site / "assets" / "pretrain" / "base.safetensors", tmp_path)
    told = command.replace("/path/to/the/copy", shlex.quote(str(root))).replace(" python ", f" {sys.executable} ")
    ran = subprocess.run(["sh", "-c", told], cwd=tmp_path, env={}, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "Mira Tolland keeps the light at" in ran.stdout
    assert len(ran.stdout.split("light at", 1)[1].split()) > 5


def test_every_download_is_there_and_has_the_checksum_that_the_page_prints(site):
    page = site / "model" / "index.html"
    found = re.findall(r'href="([^"]+)" download>.*?<code>([0-9a-f]{64})</code>', page.read_text(encoding="utf-8"))
    assert len(found) >= 5
    for link, digest in found:
        assert hashlib.sha256((page.parent / link).read_bytes()).hexdigest() == digest, link
