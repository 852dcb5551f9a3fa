"""The records of anybody's crawl file: each is a page with its HTML, or has a reason why it is none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stages.data.warc import Fault, walk

HTML = ("text/html", "application/xhtml+xml")
UNSURE = ("", "application/octet-stream", "application/xml", "text/xml", "unknown/unknown")  # look at the first bytes
LOOKS_HTML = re.compile(rb"<(!doctype\s+html|html|head|body)\b|http://www\.w3\.org/1999/xhtml", re.I)
META = re.compile(rb"""(?:charset|<\?xml[^>]*?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
BROWSERS_READ = dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"), "cp1252")
LARGEST = 5 * 2**20  # bytes of a page; the largest that Common Crawl keeps whole


@dataclass(frozen=True)
class Record:
    """A record of a crawl file: a page with its HTML, or the reason why it is none."""

    place: int  # of the record in its file, from 0
    id: str  # what the crawler calls it
    url: str
    reason: str | None  # why it is no page, None for a page
    html: str = ""
    told: str = ""  # what said that it is HTML: payload type, content type, first bytes
    kind: str = ""  # text/html or application/xhtml+xml
    encoding: str = ""


def read(path: Path, largest: int = LARGEST) -> Iterator[Record]:
    """Every record of a WARC file as a page or as a reason, in order."""
    for place, record in enumerate(walk(path)):
        held = record.rec_headers
        known = place, held.get_header("WARC-Record-ID") or "", held.get_header("WARC-Target-URI") or ""
        yield Record(*known, **answer(record, known[2], largest))


def answer(record, url: str, largest: int) -> dict:
    """What a record holds: {"reason": why it is no page}, or the HTML with how it was told and decoded."""
    if record.rec_type != "response":
        return {"reason": f"{record.rec_type or 'untyped'} record"}
    if not url.lower().startswith(("http://", "https://")):
        return {"reason": "not fetched by HTTP"}
    http = http_headers(record)
    if http is None:
        return {"reason": "no HTTP answer"}
    if http.get_statuscode() != "200":
        return {"reason": f"HTTP status {http.get_statuscode()}"}
    kind, told = content_type(record, http)
    if told and kind not in HTML:
        return {"reason": f"content type {kind}"}
    body, reason = payload(record, http, largest)
    if reason:
        return {"reason": reason}
    if not told:
        if not LOOKS_HTML.search(body[:1024]):
            return {"reason": f"content type {kind or 'missing'}, and not HTML by its first bytes"}
        kind, told = HTML[b"1999/xhtml" in body[:1024]], "first bytes"
    html, encoding = decode(body, http.get_header("Content-Type") or "")
    if html is None:
        return {"reason": "bytes that no encoding fits"}
    return {"reason": None, "html": html, "told": told, "kind": kind, "encoding": encoding}


def http_headers(record):
    """The status and headers at the beginning of a response, None where there are none."""
    from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

    try:
        record.http_headers = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"], verify=False).parse(record.raw_stream)
    except (EOFError, StatusAndHeadersParserException):
        return None
    return record.http_headers if record.http_headers.get_statuscode().isdigit() else None


def content_type(record, http) -> tuple[str, str]:
    """The kind of content and what told it; ("", "") or an unsure kind with "" when only its bytes can say."""
    named = {
        "payload type": record.rec_headers.get_header("WARC-Identified-Payload-Type"),
        "content type": http.get_header("Content-Type"),
    }
    kinds = {told: (kind or "").split(";")[0].strip().lower() for told, kind in named.items()}
    for told, kind in kinds.items():
        if kind not in UNSURE:
            return kind, told
    return kinds["content type"], ""


def payload(record, http, largest: int) -> tuple[bytes, str | None]:
    """The unpacked body, or the reason why there is none; what is too large is never held as a whole."""
    from warcio.bufferedreaders import BufferedReader

    packed = (http.get_header("Content-Encoding") or "identity").strip().lower()
    http.replace_header("Content-Encoding", packed.removeprefix("x-"))
    if packed.removeprefix("x-") not in ("identity", *BufferedReader.get_supported_decompressors()):
        return b"", f"body packed with {packed}"
    body, stream = b"", record.content_stream()
    try:
        while len(body) <= largest and (more := stream.read(2**16)):
            body += more
    except Fault:
        raise
    except Exception:  # whatever the unpackers raise about a damaged body
        return b"", "body that does not unpack"
    if body.startswith(b"\x1f\x8b"):  # the unpacker gives what it cannot unpack as it is
        return b"", "body that does not unpack"
    if len(body) > largest:
        return b"", f"larger than {largest:,} bytes"
    return body, None if body.strip() else "empty body"


def decode(body: bytes, declared: str) -> tuple[str | None, str]:
    """The text and its encoding: a byte order mark, UTF-8, what was declared, what looks likely: ("é", "utf-8")."""
    said = [found.decode("ascii", "replace").lower() for found in META.findall(declared.encode() + b" " + body[:2048])]
    marks = [name for mark, name in MARKS if body.startswith(mark)]
    shifting = [name for name in said if name.startswith("iso-2022")]  # its bytes are valid UTF-8, and wrong
    for name in (*marks, *shifting, "utf-8", *said, None):
        name = guess(body) if name is None else name
        name = BROWSERS_READ.get(name.lower(), name.lower())
        try:
            return body.decode(name), name
        except (UnicodeDecodeError, LookupError):
            continue
    return None, ""


def guess(body: bytes) -> str:
    """An encoding that nothing declares: Western where most bytes are ASCII, as browsers do, else what looks likely."""
    if len(re.sub(rb"[\x00-\x7f]", b"", body)) < 0.05 * len(body):
        return "cp1252"  # a few curly quotes are too little for a detector
    from cchardet import detect

    return detect(body)["encoding"] or ""
