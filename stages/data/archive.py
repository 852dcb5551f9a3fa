"""Pages into a gzip WARC, as a crawler would have stored them, with the truth of each in a header of ours."""

import codecs
import io
import random
import uuid

from stages.data.hosts import HOSTS
from stages.data.markup import render
from stages.data.web import Page

DATE = "2031-03-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}Z"
XHTML = "application/xhtml+xml"


def encoded(html: str, encoding: str) -> bytes:
    """The bytes of a page, letters that its encoding lacks as numbers: encoded("é", "cp1252") == b"\\xe9"."""
    if encoding == "utf-16":
        return codecs.BOM_UTF16_LE + html.encode("utf-16-le")
    return html.encode(encoding, "xmlcharrefreplace")


def page_html(rng: random.Random, page: Page) -> tuple[bytes, str]:
    """The page's HTML in its host's template and encoding, and its content type (old hosts keep theirs quiet)."""
    site, template, encoding = HOSTS[page.host]
    html = render(rng, template, site, page.title, page.blocks)
    charset = "; charset=utf-8" if encoding == "utf-8" else ""
    return encoded(html, encoding), (XHTML if template == "xhtml" else "text/html") + charset


def headers(rng: random.Random, page: Page, content_type: str) -> dict[str, str]:
    """WARC headers of a page: a record id and a date from the seed, the payload's type, and the truth."""
    clock = DATE.format(
        day=1 + page.number // 86400,
        hour=page.number // 3600 % 24,
        minute=page.number // 60 % 60,
        second=page.number % 60,
    )
    found = {
        "WARC-Record-ID": f"<urn:uuid:{uuid.UUID(int=rng.getrandbits(128), version=4)}>",
        "WARC-Date": clock,
        "WARC-Identified-Payload-Type": content_type.split(";")[0],
        "X-Truth": page.truth,
        "X-Genre": page.genre,
        "X-Encoding": HOSTS[page.host][2],
    }
    if page.copy_of:
        found |= {"X-Copy-Of": page.copy_of, "X-Edited": f"{page.edited:.2f}"}
    return found


def write_warc(seed: int, pages: list[Page]) -> bytes:
    """The pages as one gzip WARC file, one member a record, byte-identical by seed."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    rng, file = random.Random(seed), io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    for page in pages:
        html, content_type = page_html(rng, page)
        http = StatusAndHeaders(
            "200 OK", [("Content-Type", content_type), ("Content-Length", str(len(html)))], protocol="HTTP/1.1"
        )
        record = writer.create_warc_record(
            page.url,
            "response",
            payload=io.BytesIO(html),
            http_headers=http,
            warc_headers_dict=headers(rng, page, content_type),
        )
        writer.write_record(record)
    return file.getvalue()
