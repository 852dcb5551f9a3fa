"""Every source opened again: which are there, moved or gone, and whether a value still stands in them as printed.

Hosts are asked side by side, each of them one request at a time. Nothing here stops a build.
"""

import datetime
import html
import json
import re
import socket
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from press import locate

FILE = "online.json"
AGENT = "how-llms-actually-work source check"
TIMEOUT_SECONDS = 20  # for the connection and for each piece of an answer
LONGEST_SECONDS = 60  # for one answer in all
LARGEST_BYTES = 3_000_000
PAUSE_SECONDS = 1.0  # between two requests to one host
HOSTS_AT_ONCE = 8
READABLE = re.compile(r"text/|html|xml|json|csv|markdown|javascript", re.I)
PERMANENT = (301, 308)
GONE = (404, 410)


@dataclass
class Limits:
    """How patient and how polite the check is."""

    timeout: float = TIMEOUT_SECONDS
    longest: float = LONGEST_SECONDS
    largest: int = LARGEST_BYTES
    pause: float = PAUSE_SECONDS


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects and remembers the permanent ones."""

    def __init__(self):
        self.permanent = []

    def redirect_request(self, request, answer, code, message, headers, to):
        if code in PERMANENT:
            self.permanent.append(to)
        return super().redirect_request(request, answer, code, message, headers, to)


def addresses(ledger):
    """Each address to open with the claims whose printed form is looked for there: sources first, then raw files."""
    asked = {source.url: [] for source in ledger.sources.values()}
    for claim in ledger.claims.values():
        if claim.source and claim.as_written:
            asked.setdefault(locate.text_url(claim.source.url, claim.at), []).append(claim)
    return asked


def check(ledger, limits=None, say=lambda text: None):
    """Open every address; a list of records, one an address, in the order of the ledger."""
    limits, asked = limits or Limits(), addresses(ledger)
    hosts = {}
    for url in asked:
        hosts.setdefault(urlsplit(url).netloc, []).append(url)
    found = {}

    def visit(urls):
        for turn, url in enumerate(urls):
            if turn:
                time.sleep(limits.pause)
            found[url] = look(url, asked[url], limits)
            say(f"{found[url]['state']:12} {url}")

    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        list(pool.map(visit, hosts.values()))
    return [found[url] for url in asked]


def look(url, claims, limits):
    """What one address answers: state, where it moved to, and for each claim whether its printed form stands there."""
    made = {"url": url, "day": datetime.date.today().isoformat(), "state": "there"}
    try:
        kind, body, whole, moved = fetch(url, limits)
    except urllib.error.HTTPError as error:
        error.close()
        state = "gone" if error.code in GONE else "not checked"
        return made | {"state": state, "why": f"the server answers {error.code}"}
    except (OSError, ValueError, urllib.error.URLError) as error:
        return made | {"state": "not checked", "why": _why(error)}
    if moved:
        made |= {"state": "moved", "to": moved}
    printed = {claim.id: printed_in(claim.as_written, kind, body, whole) for claim in claims}
    if printed:
        made["printed"] = printed
    if made["state"] == "there" and "no" in printed.values():
        made["state"] = "changed"
    return made


def fetch(url, limits):
    """(content type, bytes up to the cap, whether that is all, where it permanently moved to or "")."""
    redirects, until = _Redirects(), time.monotonic() + limits.longest
    request = urllib.request.Request(url, headers={"User-Agent": AGENT, "Accept": "*/*"})
    with urllib.request.build_opener(redirects).open(request, timeout=limits.timeout) as answer:
        kind, parts, size = answer.headers.get("Content-Type", ""), [], 0
        while size <= limits.largest:
            if time.monotonic() > until:
                raise TimeoutError
            part = answer.read1(65536)
            if not part:
                break
            parts.append(part)
            size += len(part)
        body = b"".join(parts)[: limits.largest]
        return kind, body, size <= limits.largest, redirects.permanent[-1] if redirects.permanent else ""


def printed_in(text, kind, body, whole):
    """Whether a printed form stands in an answer: "yes", "no", or why that cannot be told.

    >>> printed_in("1,000", "text/html", b"<p>only <b>1,000</b> examples", True)
    'yes'
    >>> printed_in("1,000", "application/pdf", b"%PDF", True)
    'not readable: application/pdf'
    """
    if not READABLE.search(kind):
        return f"not readable: {kind.split(';')[0] or 'no content type'}"
    charset = re.search(r"charset=([\w-]+)", kind)
    try:
        told = body.decode(charset[1] if charset else "utf-8", "replace")
    except LookupError:
        told = body.decode("utf-8", "replace")
    told = told if "html" not in kind else re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", "", told, flags=re.S | re.I)
    if re.search(rf"(?<![\d.,]){re.escape(_plain(text))}(?![\d]|[.,]\d)", _plain(html.unescape(told))):
        return "yes"
    return "no" if whole else "not in the part that was read"


def _plain(text):
    return re.sub(r"\s+", " ", text)


def _why(error):
    reason = getattr(error, "reason", error)
    if isinstance(reason, (TimeoutError, socket.timeout)):
        return "no answer in time"
    return " ".join(str(reason).split())[:160] or type(reason).__name__


def write(root, records):
    """Keep the records beside sources.yaml, where the report reads them."""
    (root / FILE).write_text(json.dumps(records, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(root):
    """The records of the last check, empty where there was none or the file is broken."""
    try:
        records = json.loads((root / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [one for one in records if isinstance(one, dict) and "state" in one] if isinstance(records, list) else []
