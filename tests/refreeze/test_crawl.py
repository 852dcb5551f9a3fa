"""The command from end to end on a mixed crawl: counts, sentences, and nothing left behind."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from .conftest import DUTCH, SHORT, html

ROOT = Path(__file__).parents[2]


def run(*words):
    """The command as a reader runs it."""
    command = [sys.executable, "-m", "stages.data.crawl", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def record(writer, url, body, content="text/html; charset=utf-8", status="200 OK"):
    """A response without a payload type, as older crawls have them."""
    http = StatusAndHeaders(status, [("Content-Type", content)], protocol="HTTP/1.1")
    body = body.encode() if isinstance(body, str) else body
    writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=http))


@pytest.fixture(scope="module")
def mixed(texts, tmp_path_factory):
    """Two files: ten pages, one of them XHTML, one in latin-1, one undeclared; a copy, Dutch, short; and no pages."""
    folder = tmp_path_factory.mktemp("mixed")
    names = [folder / "a.warc.gz", folder / "b.warc.gz"]
    with open(names[0], "wb") as file:
        writer = WARCWriter(file, gzip=True)
        writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "a test"}))
        for place, text in enumerate(texts[:7]):
            record(writer, f"http://first.example/{place}", html(text))
        record(writer, "http://first.example/gone", "gone", status="404 Not Found")
        record(writer, "http://first.example/paper", b"%PDF-1.7", content="application/pdf")
    with open(names[1], "wb") as file:
        writer = WARCWriter(file, gzip=True)
        more = "\nA café stands at the end of the pier."
        old = '<?xml version="1.0" encoding="iso-8859-1"?>\n' + html(texts[7] + more)
        record(writer, "http://second.example/xhtml", old.encode("latin-1"), content="application/xhtml+xml")
        latin = html(texts[8] + more).encode("latin-1")
        record(writer, "http://second.example/latin", latin, content="text/html; charset=iso-8859-1")
        undeclared = html(texts[9] + "\n“Naïve,” she said.").encode("cp1252")
        record(writer, "http://second.example/undeclared", undeclared, content="text/html")
        record(writer, "http://second.example/copy", html(texts[0]))
        record(writer, "http://second.example/nl", html(DUTCH))
        record(writer, "http://second.example/short", html(SHORT))
        record(writer, "http://second.example/blank", " ")
    return names


@pytest.fixture(scope="module")
def done(mixed, tmp_path_factory):
    out = tmp_path_factory.mktemp("done") / "out"
    return out, run(*mixed, "--out", out)


def test_the_command_tells_what_became_of_every_record(done):
    out, ran = done
    assert ran.returncode == 0, ran.stderr
    found = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert (found["records"], found["pages"], found["clean_pages"]) == (17, 13, 10)
    assert found["skipped"] == {
        "HTTP status 404": 1,
        "content type application/pdf": 1,
        "empty body": 1,
        "warcinfo record": 1,
    }
    assert found["rules"]["language"] == {"nl": 1} and found["rules"]["duplicate"] == {"near_copy": 1}
    assert found["rules"]["quality"] == {"gopher_short_doc": 1}
    assert found["how"]["kind"] == {"text/html": 12, "application/xhtml+xml": 1}
    assert "records read" in ran.stdout and "10 clean pages, 76.9% of the pages" in ran.stdout
    assert "reading" in ran.stderr and "17/17" in ran.stderr, "the bar reaches its end"
    assert "INFO" not in ran.stderr and "Warning" not in ran.stderr, "nothing but the bar"


def test_old_encodings_come_out_as_they_were_written(done):
    out, _ = done
    texts = {}
    for path in (out / "clean").glob("*.jsonl"):
        found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        texts |= {one["metadata"]["url"].split("/")[-1]: one["text"] for one in found}
    assert "A café stands" in texts["xhtml"] and "A café stands" in texts["latin"]
    assert "“Naïve,” she said." in texts["undeclared"]


def test_only_what_was_promised_is_left(done):
    out, _ = done
    assert sorted(path.name for path in out.iterdir()) == ["clean", "dropped", "summary.json"]
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_ray_gives_the_same_summary(done, mixed, tmp_path):
    ran = run(*mixed, "--out", tmp_path / "out", "--executor", "ray", "--memory", "0.5")
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "out" / "summary.json").read_bytes() == (done[0] / "summary.json").read_bytes()


def test_slurm_jobs_are_collected_when_they_are_done(done, mixed, tmp_path, slurm):
    out = tmp_path / "out"
    ran = run(*mixed, "--out", out, "--executor", "slurm", "--partition", "small")
    assert ran.returncode == 0 and "--collect" in ran.stdout, ran.stderr
    completions = out / "logs" / "unique" / "completions"
    completions.rename(completions.with_name("hidden"))
    early = run("--out", out, "--collect")
    assert early.returncode == 2 and '2 of 2 tasks of "unique" did not complete' in early.stderr
    completions.with_name("hidden").rename(completions)
    assert run("--out", out, "--collect").returncode == 0
    assert (out / "summary.json").read_bytes() == (done[0] / "summary.json").read_bytes()
    assert sorted(path.name for path in out.iterdir()) == ["clean", "dropped", "summary.json"]


@pytest.mark.parametrize("damage", [lambda whole: whole[:-30], lambda whole: b"", lambda whole: b"<html>"])
def test_a_damaged_file_is_one_sentence_and_leaves_nothing(damage, mixed, tmp_path):
    bad = tmp_path / "bad.warc.gz"
    bad.write_bytes(damage(mixed[0].read_bytes()))
    ran = run(mixed[1], bad, "--out", tmp_path / "out")
    assert ran.returncode == 2 and ran.stdout == ""
    last = ran.stderr.strip().splitlines()[-1]
    assert last.startswith(str(bad)) and "Traceback" not in ran.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["bad.warc.gz"]


def test_a_crawl_without_a_page_ends_in_order(tmp_path):
    path = tmp_path / "none.warc.gz"
    with open(path, "wb") as file:
        writer = WARCWriter(file, gzip=True)
        writer.write_record(writer.create_warcinfo_record("none", {"software": "a test"}))
    ran = run(path, "--out", tmp_path / "out")
    assert ran.returncode == 0, ran.stderr
    assert "warcinfo record 1" in ran.stdout and "0 clean pages" in ran.stdout
