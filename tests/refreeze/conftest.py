"""Crawl files for the tests of the recipe: clean pages of the corpus in plain HTML, with planted dirt."""

import gzip
import io
import json
import os
import stat
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

CORPUS = Path(__file__).parents[2] / "stages" / "data" / "frozen" / "corpus.jsonl.gz"
SHORT = "The shop by the harbor is closed on Monday and opens again when the first boat has come in next morning."
DUTCH = "De vuurtoren staat al meer dan honderd jaar op de rots en elke avond gaat het licht weer aan. " * 6


def html(text):
    """A page with a menu around its paragraphs."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n"))
    return f"<html><head><title>A page</title></head><body><nav>home, news</nav><main>{body}</main></body></html>"


def write_warc(path, pages):
    """Write (address, HTML) pairs as a gzip WARC."""
    with open(path, "wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, page in pages:
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            payload = io.BytesIO(page.encode())
            dated = {"WARC-Date": "2031-03-01T00:00:00Z", "WARC-Record-ID": f"<urn:test:{url.split('/', 2)[2]}>"}
            writer.write_record(
                writer.create_warc_record(url, "response", payload=payload, http_headers=http, warc_headers_dict=dated)
            )


@pytest.fixture(scope="session")
def texts():
    """A few clean pages that came through the recipe once."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        return [json.loads(line)["text"] for line, _ in zip(file, range(400), strict=False)][::10]


@pytest.fixture(scope="session")
def crawl(texts, tmp_path_factory):
    """Three files: every page once, four copies elsewhere, one page in Dutch, one that is empty, one too short."""
    folder = tmp_path_factory.mktemp("crawl")
    pages = [(f"http://first.example/{place}", html(text)) for place, text in enumerate(texts)]
    pages += [(f"http://second.example/{place}", html(text)) for place, text in enumerate(texts[:4])]
    pages += [("http://third.example/nl", html(DUTCH)), ("http://third.example/empty", "<html><body></body></html>")]
    pages += [("http://third.example/short", html(SHORT))]
    for place in range(3):
        write_warc(folder / f"{place}.warc.gz", pages[place::3])
    return folder


STAND_INS = {
    "sbatch": """for script; do :; done
cp "$script" "$SEEN/$(ls "$SEEN" | wc -l).slurm"
echo "$@" >> "$SEEN.calls"
last=$(sed -n 's/^#SBATCH --array=0-\\([0-9]*\\).*/\\1/p' "$script")
for task in $(seq 0 "$last"); do SLURM_ARRAY_TASK_ID=$task SLURM_NODELIST=here bash "$script" >> "$SEEN.out" 2>&1; done
echo "Submitted batch job $(ls "$SEEN" | wc -l)"
""",
    "srun": 'while [ "${1#-}" != "$1" ] || [ "$1" -ge 0 ] 2>/dev/null; do shift; done\n"$@"\n',
    "scontrol": 'echo "$3"\n',
}


@pytest.fixture
def slurm(tmp_path, monkeypatch):
    """A cluster of one machine: stand-ins for Slurm's commands that run each job at once."""
    tools, seen = tmp_path / "tools", tmp_path / "seen"
    tools.mkdir(), seen.mkdir()
    for name, lines in STAND_INS.items():
        (tools / name).write_text("#!/bin/bash\n" + lines)
        (tools / name).chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    monkeypatch.setenv("SEEN", str(seen))
    return seen
