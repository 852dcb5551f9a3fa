"""The command for anybody's crawl: every record has a fate, and a file that is damaged is told in a sentence."""

import gzip
import io
import json

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from stages.data import crawl, progress, records, summary
from stages.data.warc import Fault, survey

PAGE = "<html><head><title>Café</title></head><body><p>Prose about a café by the sea.</p></body></html>"
XHTML = '<?xml version="1.0" encoding="iso-8859-2"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><p>Łódź</p></html>'


def response(writer, url, body, content="text/html", status="200 OK", payload_type=None, **headers):
    """Write a response; WARC-Identified-Payload-Type only where it is given, as older crawlers left it out."""
    more = [(name.replace("_", "-"), value) for name, value in headers.items()]
    http = StatusAndHeaders(status, [*([("Content-Type", content)] if content else []), *more], protocol="HTTP/1.1")
    held = {"WARC-Identified-Payload-Type": payload_type} if payload_type else {}
    payload = io.BytesIO(body.encode() if isinstance(body, str) else body)
    writer.write_record(
        writer.create_warc_record(url, "response", payload=payload, http_headers=http, warc_headers_dict=held)
    )


def plain(writer, url, kind, body=b"x: y\r\n\r\n"):
    """Write a record of another kind."""
    writer.write_record(writer.create_warc_record(url, kind, payload=io.BytesIO(body), warc_content_type="text/plain"))


def bare(writer, url, block):
    """Write a response whose HTTP part is not checked."""
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Length: {len(block)}\r\n\r\n"
    writer.out.write(gzip.compress(head.encode() + block + b"\r\n\r\n"))


def warc(path, *writes, packed=True):
    """A WARC file of what each function writes."""
    with open(path, "wb") as file:
        writer = WARCWriter(file, gzip=packed)
        for write in writes:
            write(writer)
    return path


def one(tmp_path, body, **options):
    """The record that a single response becomes."""
    path = warc(tmp_path / "one.warc.gz", lambda to: response(to, "http://a.example/", body, **options))
    (found,) = records.read(path, largest=options.pop("largest", 10_000))
    return found


@pytest.fixture
def sound(tmp_path):
    """Three pages, packed as crawlers pack."""
    return warc(
        tmp_path / "sound.warc.gz", *(lambda to, n=n: response(to, f"http://a.example/{n}", PAGE) for n in range(3))
    )


def test_a_sound_file_is_counted_to_its_end(sound):
    assert survey(sound) == 3
    assert [found.reason for found in records.read(sound)] == [None] * 3
    assert [found.place for found in records.read(sound)] == [0, 1, 2]


def test_a_file_that_is_not_packed_or_packed_in_one_piece_is_read_too(sound, tmp_path):
    whole = gzip.decompress(sound.read_bytes())
    (tmp_path / "plain.warc").write_bytes(whole)
    (tmp_path / "single.warc.gz").write_bytes(gzip.compress(whole))
    assert survey(tmp_path / "plain.warc") == survey(tmp_path / "single.warc.gz") == 3


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda whole: whole[:-40], "ends in the middle of a member"),
        (lambda whole: whole[: len(whole) // 2], "ends in the middle of a member"),
        (lambda whole: whole[:200] + bytes(40) + whole[240:], "is damaged"),
        (lambda whole: whole + b"left over", "is damaged"),
        (lambda whole: b"", "the file is empty"),
        (lambda whole: gzip.compress(b""), "the file is empty once unpacked"),
        (lambda whole: b"%PDF-1.7 and more", "it begins with b'%PDF-'"),
        (lambda whole: gzip.compress(b"<html>"), "it begins with b'<html'"),
        (lambda whole: b"\x28\xb5\x2f\xfd....", "unpack it with unzstd"),
        (lambda whole: b"filedesc://old.arc 0.0.0.0", "convert it with warcio recompress"),
        (lambda whole: gzip.decompress(whole)[:-60], "shorter than the length in its header"),
        (lambda whole: gzip.decompress(whole) + b"\r\nnot a record\r\n", "a WARC record was expected"),
    ],
)
def test_a_damaged_file_is_told_in_one_sentence(damage, told, sound):
    sound.write_bytes(damage(sound.read_bytes()))
    with pytest.raises(Fault) as fault:
        survey(sound)
    message = str(fault.value)
    assert told in message and message.startswith(str(sound)) and "\n" not in message
    assert "expected" in message and len(message.split("; ")) >= 2, "what was found, what was expected, how to mend it"


def test_a_cut_file_gives_its_whole_records_and_then_the_fault(sound):
    sound.write_bytes(sound.read_bytes()[:-40])
    read = records.read(sound)
    assert [next(read).reason, next(read).reason] == [None, None]
    with pytest.raises(Fault):
        list(read)


def test_every_record_is_a_page_or_has_a_reason(tmp_path):
    at = "http://a.example/"
    path = warc(
        tmp_path / "mixed.warc.gz",
        lambda to: plain(to, "urn:info", "warcinfo"),
        lambda to: plain(to, at, "request", b"GET / HTTP/1.1\r\n\r\n"),
        lambda to: response(to, at, PAGE),
        lambda to: plain(to, at, "metadata"),
        lambda to: response(to, at, "gone", status="404 Not Found"),
        lambda to: response(to, at, b"%PDF", content="application/pdf"),
        lambda to: response(to, at, "{}", content="text/html", payload_type="application/json"),
        lambda to: response(to, at, " \n"),
        lambda to: response(to, at, "x" * 20_001),
        lambda to: bare(to, at, b"no headers at all"),
        lambda to: bare(to, at, b""),
        lambda to: plain(to, "dns:a.example", "response", b"1.2.3.4"),
        lambda to: response(to, at, PAGE, content=None),
        lambda to: response(to, at, "just words", content=None),
        lambda to: response(to, at, PAGE, Content_Encoding="zz"),
        lambda to: response(to, at, gzip.compress(b"")[:10] + b"\x07" * 30, Content_Encoding="gzip"),
    )
    assert [found.reason for found in records.read(path, largest=20_000)] == [
        "warcinfo record",
        "request record",
        None,
        "metadata record",
        "HTTP status 404",
        "content type application/pdf",
        "content type application/json",
        "empty body",
        "larger than 20,000 bytes",
        "no HTTP answer",
        "no HTTP answer",
        "not fetched by HTTP",
        None,
        "content type missing, and not HTML by its first bytes",
        "body packed with zz",
        "body that does not unpack",
    ]
    assert survey(path) == 16


def test_xhtml_is_a_page_whoever_names_it(tmp_path):
    body, named = XHTML.encode("iso-8859-2"), "application/xhtml+xml"
    for options, told in (
        ({"content": "text/plain", "payload_type": named}, "payload type"),
        ({"content": f"{named}; charset=iso-8859-2"}, "content type"),
        ({"content": "application/xml"}, "first bytes"),
        ({"content": None}, "first bytes"),
    ):
        found = one(tmp_path, body, **options)
        assert (found.reason, found.kind, found.told, found.encoding) == (None, named, told, "iso-8859-2")
        assert "Łódź" in found.html


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", ""), ("iso-8859-1", "iso-8859-1"), ("cp1252", "ISO-8859-1"), ("utf-8", "iso-8859-1"), ("utf-16", "")],
)
def test_words_come_out_right_in_legacy_encodings_and_under_wrong_names(encoding, declared, tmp_path):
    charset = f"; charset={declared}" if declared else ""
    assert one(tmp_path, PAGE.encode(encoding), content=f"text/html{charset}").html == PAGE


def test_a_meta_tag_names_the_encoding_where_the_server_does_not(tmp_path):
    body = '<html><head><meta charset="koi8-r"></head><p>Маяк на мысе</p></html>'
    found = one(tmp_path, body.encode("koi8-r"))
    assert (found.html, found.encoding) == (body, "koi8-r")


def test_english_that_declares_nothing_is_read_as_browsers_read_it(tmp_path):
    body = f"<html><p>{'Plain words and no more. ' * 9}“Don’t”</p></html>"
    found = one(tmp_path, body.encode("cp1252"))
    assert (found.html, found.encoding) == (body, "cp1252")


def test_an_encoding_that_shifts_is_not_taken_for_utf_8(tmp_path):
    body = "<html><p>灯台の光</p></html>"
    found = one(tmp_path, body.encode("iso-2022-jp"), content="text/html; charset=iso-2022-jp")
    assert found.html == body


@pytest.mark.parametrize("headers", [{"Content_Encoding": "gzip"}, {"Content_Encoding": "x-gzip"}])
def test_a_packed_body_is_unpacked_and_a_bomb_is_not(headers, tmp_path):
    assert one(tmp_path, gzip.compress(PAGE.encode()), **headers).html == PAGE
    assert one(tmp_path, gzip.compress(b" " * 10_000_000), **headers).reason == "larger than 10,000 bytes"


def test_names_that_cannot_be_right_are_told_before_anything_is_read(sound, tmp_path, capsys, monkeypatch):
    full, missing = tmp_path / "full", tmp_path / "missing.warc.gz"
    full.mkdir()
    (full / "mine.txt").write_text("keep me")
    monkeypatch.setattr(crawl, "find_spec", lambda name: None if name == "ray" else name)
    for words, told in (
        (["--out", str(tmp_path / "new")], "no crawl file was named"),
        ([str(sound), "--out", str(full)], "is a folder with something in it"),
        ([str(sound), "--out", str(sound)], "is a file"),
        ([str(sound), "--out", str(tmp_path / "no" / "new")], "does not exist; --out is made inside it"),
        ([str(sound), str(sound), "--out", str(tmp_path / "new")], "named twice"),
        ([str(missing), "--out", str(tmp_path / "new")], "does not exist; a WARC file was expected"),
        ([str(sound), "--out", str(tmp_path / "new"), "--executor", "slurm"], "add --partition"),
        ([str(sound), "--out", str(tmp_path / "new"), "--executor", "ray"], "the package ray is missing"),
        ([str(sound), "--out", str(tmp_path / "new"), "--blocklist", str(missing)], "a list of hosts was expected"),
        (["--out", str(tmp_path), "--collect"], "holds no plan.json"),
    ):
        assert crawl.main(words) == 2
        message = capsys.readouterr().err.strip().splitlines()[-1]
        assert told in message, message
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full", "sound.warc.gz"], "nothing is left behind"
    assert (full / "mine.txt").read_text() == "keep me"


def test_a_missing_library_is_named_with_the_lock_that_brings_it(sound, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(crawl, "find_spec", lambda name: None)
    assert crawl.main([str(sound), "--out", str(tmp_path / "new")]) == 2
    assert "datatrove is missing" in (told := capsys.readouterr().err) and "requirements-refreeze.lock" in told


def written(out, drops, clean):
    """Files as the recipe writes them."""
    for rule, reasons in drops.items():
        (out / "dropped" / rule).mkdir(parents=True)
        lines = [json.dumps({"text": "t", "metadata": {"filter_reason": reason}}) for reason in reasons]
        (out / "dropped" / rule / "00000.jsonl").write_text("\n".join(lines) + "\n")
    (out / "clean").mkdir()
    kept = [json.dumps({"text": text, "metadata": {"kind": "text/html", "encoding": "utf-8"}}) for text in clean]
    (out / "clean" / "00000.jsonl").write_text("\n".join(kept) + "\n")


def test_the_summary_accounts_for_every_record(tmp_path):
    written(tmp_path, {"record": ["empty body"] * 2, "language": ["nl", "es", "nl"]}, ["four", "sixsix"])
    found = summary.summarize(tmp_path, {"a.warc.gz": 4, "b.warc.gz": 3})
    assert (found["records"], found["pages"], found["clean_pages"], found["clean_characters"]) == (7, 5, 2, 10)
    assert found["skipped"] == {"empty body": 2} and found["rules"]["language"] == {"nl": 2, "es": 1}
    told = summary.tell(found)
    assert "empty body 2" in told and "nl 2, es 1" in told and "40.0% of the pages" in told


def test_a_record_without_a_trace_is_a_fault(tmp_path):
    written(tmp_path, {"record": ["empty body"]}, ["four"])
    with pytest.raises(Fault, match="3 records were read, 2 left a trace"):
        summary.summarize(tmp_path, {"a.warc.gz": 3})


def test_rare_reasons_are_told_together():
    assert summary.listed({"es": 3, "nl": 2, "fr": 1}, 2) == "es 3, nl 2, 1 more of 1 kind"
    assert summary.listed({}, 2) == "none"


def test_the_bar_counts_each_line_once(tmp_path):
    path, seen = tmp_path / "a.jsonl", {}
    path.write_text("{}\n{}\n{")
    assert progress.count_lines(path, seen) == 2
    path.write_text("{}\n{}\n{}\n")
    assert progress.count_lines(path, seen) == 1
