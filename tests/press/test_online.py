"""The online check against a server of our own: good, changed, moved, missing, slow, endless and broken answers."""

import http.server
import json
import threading
import time
from types import SimpleNamespace

import pytest

from press import online, report
from tests.press.project import guide, make, write

LIMITS = online.Limits(timeout=10, longest=30, largest=20_000, pause=0.0)
SHORT = online.Limits(timeout=0.5, longest=1.5, largest=20_000, pause=0.0)
PAGES = {
    "/good": ("text/html; charset=utf-8", b"<p>The tale has <b>50,257</b> entries.</p>"),
    "/latin": ("text/html; charset=latin-1", "naïve 50,257".encode("latin-1")),
    "/changed": ("text/html", b"<p>The tale has 150,257 entries and 50,257,000 more.</p>"),
    "/paper.pdf": ("application/pdf", b"%PDF-1.7 50,257"),
    "/script": ("text/html", b"<script>let size = '50,257'</script><p>nothing</p>"),
}
MOVES = {"/moved": (301, "/good"), "/lent": (302, "/good"), "/round": (302, "/round")}


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers by path; counts how many requests it answers at once."""

    now, most, asked, lock = 0, 0, [], threading.Lock()

    def do_GET(self):
        with Handler.lock:
            Handler.now += 1
            Handler.most = max(Handler.most, Handler.now)
            Handler.asked.append((self.path, self.headers["User-Agent"]))
        time.sleep(0.05)  # two that are asked at once meet here; after an answer the next may come at any time
        with Handler.lock:
            Handler.now -= 1
        try:
            self.answer()
        except OSError:
            pass  # the check hung up, as it should on an endless answer

    def answer(self):
        if self.path in MOVES:
            status, to = MOVES[self.path]
            self.send_response(status)
            self.send_header("Location", to)
            self.send_header("Content-Length", "0")
            return self.end_headers()
        if self.path == "/slow":
            time.sleep(5.0)
        if self.path in ("/missing", "/gone", "/broken", "/forbidden"):
            return self.send_error({"/missing": 404, "/gone": 410, "/broken": 500, "/forbidden": 403}[self.path])
        if self.path in ("/endless", "/dripping"):
            return self.pour(0.0 if self.path == "/endless" else 0.1)
        kind, body = PAGES.get(self.path, PAGES["/good"])
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def pour(self, pause):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(200):
            self.wfile.write(b"x" * 1000 if not pause else b"x")
            time.sleep(pause)

    def log_message(self, *_):
        """Quiet."""


@pytest.fixture(scope="module")
def address():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def ledger(address, *paths):
    """A ledger with one source and one printed form for each path."""
    sources = {path: SimpleNamespace(id=path, url=address + path) for path in paths}
    claims = {
        path: SimpleNamespace(id=f"c{path}", source=source, as_written="50,257", at="page 1")
        for path, source in sources.items()
    }
    return SimpleNamespace(sources=sources, claims=claims)


def look(address, path):
    return online.check(ledger(address, path), SHORT if path in ("/slow", "/dripping") else LIMITS)[0]


@pytest.mark.parametrize(
    "path, state, printed",
    [
        ("/good", "there", "yes"),
        ("/latin", "there", "yes"),
        ("/changed", "changed", "no"),
        ("/script", "changed", "no"),
        ("/paper.pdf", "there", "not readable: application/pdf"),
        ("/moved", "moved", "yes"),
        ("/lent", "there", "yes"),
        ("/endless", "there", "not in the part that was read"),
        ("/missing", "gone", None),
        ("/gone", "gone", None),
        ("/broken", "not checked", None),
        ("/forbidden", "not checked", None),
        ("/slow", "not checked", None),
        ("/dripping", "not checked", None),
        ("/round", "not checked", None),
    ],
)
def test_an_answer_is_told_for_what_it_is(address, path, state, printed):
    found = look(address, path)
    assert (found["state"], found.get("printed", {}).get(f"c{path}")) == (state, printed), found
    assert found["state"] in report.STATES


def test_a_move_names_the_new_address_and_a_failure_its_reason(address):
    assert look(address, "/moved")["to"] == f"{address}/good"
    assert look(address, "/missing")["why"] == "the server answers 404"
    assert look(address, "/slow")["why"] == "no answer in time"
    assert online.check(ledger("http://127.0.0.1:1", "/x"), LIMITS)[0]["state"] == "not checked"


def test_an_endless_answer_is_read_to_the_cap_and_a_slow_one_is_left(address):
    started = time.monotonic()
    kind, body, whole, _ = online.fetch(f"{address}/endless", LIMITS)
    assert (len(body), whole) == (LIMITS.largest, False)
    look(address, "/dripping")
    assert time.monotonic() - started < 20


def test_a_host_is_asked_one_thing_at_a_time_under_our_name(address):
    Handler.most, Handler.asked = 0, []
    online.check(ledger(address, "/good", "/changed", "/latin", "/moved", "/missing"), LIMITS)
    assert Handler.most == 1
    assert {agent for _, agent in Handler.asked} == {online.AGENT}


def test_hosts_are_asked_side_by_side(address):
    other = address.replace("127.0.0.1", "localhost")
    both = ledger(address, "/slow")
    more = ledger(other, "/slow")
    both.sources |= {"other": more.sources["/slow"]}
    both.claims |= {"other": more.claims["/slow"]}
    said = []
    assert len(online.check(both, SHORT, said.append)) == 2 and len(said) == 2


def test_a_claim_about_a_file_is_looked_up_in_the_file_and_its_source_opened_too():
    source = SimpleNamespace(id="a", url="https://github.com/a/b")
    claim = SimpleNamespace(id="c", source=source, as_written="1024", at="src/model.py")
    asked = online.addresses(SimpleNamespace(sources={"a": source}, claims={"c": claim}))
    assert asked == {"https://github.com/a/b": [], "https://raw.githubusercontent.com/a/b/HEAD/src/model.py": [claim]}


def test_the_report_tells_what_was_found(tmp_path, address):
    records = online.check(ledger(address, "/good", "/changed", "/moved", "/missing"), LIMITS)
    records.append(look(address, "/slow"))
    online.write(tmp_path, records)
    told = report.of_online(tmp_path)
    for part in ("addresses: there", "addresses: moved", "addresses: gone", "addresses: changed"):
        assert part in told
    assert f"{address}/good</a>" not in told and "not found: c/changed" in told and "the server answers 404" in told
    assert "no answer in time" in told and f"moved, {address}/good" in told


@pytest.mark.parametrize("text", ["", "{", "3", '{"a": 1}', '[1, {"url": "x"}]'])
def test_a_broken_record_is_as_good_as_none(tmp_path, text):
    write(tmp_path, online.FILE, text)
    assert "not opened" in report.of_online(tmp_path)


def test_a_source_that_is_gone_stops_nothing(tmp_path, address, monkeypatch):
    make(tmp_path)
    text = (tmp_path / "sources.yaml").read_text(encoding="utf-8")
    write(tmp_path, "sources.yaml", text.replace("https://example.org/tale.pdf", f"{address}/missing"))
    rows = guide(tmp_path).online()
    assert [(row.what, row.count) for row in rows] == [("addresses: gone", 1)]
    assert json.loads((tmp_path / online.FILE).read_text(encoding="utf-8"))[0]["state"] == "gone"
