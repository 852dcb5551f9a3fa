"""What the page on model and data offers: the lines run, the files are there, the checksums are theirs."""

import hashlib
import re
import subprocess
import sys

import pytest

LINES = 10


@pytest.fixture(scope="module")
def code(root):
    text = (root / "docs" / "model.md").read_text(encoding="utf-8")
    return re.search(r"```python\n(.*?)```", text, re.S)[1]


def test_the_lines_of_python_are_no_more_than_the_heading_says(code):
    assert len([line for line in code.splitlines() if line.strip()]) <= LINES


def test_the_lines_of_python_load_the_model_and_let_it_write(site, root, code):
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=site / "assets" / "pretrain",
        env={"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    assert "Mira Tolland keeps the light at" in ran.stdout
    assert len(ran.stdout.split("light at", 1)[1].split()) > 5


def test_every_download_is_there_and_has_the_checksum_that_the_page_prints(site):
    page = site / "model" / "index.html"
    found = re.findall(r'href="([^"]+)" download>.*?<code>([0-9a-f]{64})</code>', page.read_text(encoding="utf-8"))
    assert len(found) >= 5
    for link, digest in found:
        assert hashlib.sha256((page.parent / link).read_bytes()).hexdigest() == digest, link
