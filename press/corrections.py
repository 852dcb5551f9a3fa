"""corrections.yaml: what is often said and what the sources say, and what this guide itself had wrong."""

import html
import re
from dataclasses import dataclass, field

from press import source_code, strict
from press.book import relative
from press.claims import ID
from press.fault import Fault, nearest

FILE = "corrections.yaml"
KEYS = ("topic", "said", "leaves_out", "by", "instead", "note")
ERRATUM_KEYS = ("date", "where", "said", "now")


@dataclass(frozen=True)
class Correction:
    """A statement found in popular accounts, and the claims that say what a source says."""

    id: str
    line: int
    topic: str
    said: str
    leaves_out: str
    by: str
    instead: tuple
    note: str = ""


@dataclass(frozen=True)
class Erratum:
    """What this guide said, what it says now, and since when."""

    id: str
    line: int
    date: str
    where: str
    said: str
    now: str


@dataclass
class Corrections:
    """Both lists of the file; empty where a project has none."""

    said: list = field(default_factory=list)
    errata: list = field(default_factory=list)


def read(root, ledger):
    """The file of a project, checked against its ledger."""
    if not (root / FILE).exists():
        return Corrections()
    document = strict.read(root / FILE, FILE)
    for key in document:
        if key not in ("corrections", "errata"):
            raise Fault(FILE, key.line, f'the file has the key "{key}"', "use corrections or errata")
    said = [_correction(id, body, ledger, root) for id, body in _entries(document, "corrections")]
    errata = [_erratum(id, body) for id, body in _entries(document, "errata")]
    return Corrections(said, sorted(errata, key=lambda one: one.date, reverse=True))


def _entries(document, key):
    for id, body in (document.get(key) or {}).items():
        if not ID.fullmatch(id) or not isinstance(body, dict):
            raise Fault(FILE, id.line, f'"{id}" is not an entry', "write lower-case words joined by hyphens, then keys")
        yield id, body


def _known(id, body, keys, needed):
    for key in body:
        if key not in keys:
            raise Fault(
                FILE, key.line, f'"{id}" has the key "{key}"', f"use one of {', '.join(keys)}", nearest(key, keys)
            )
    for key in needed:
        if not body.get(key):
            raise Fault(FILE, id.line, f'"{id}" has no {key}', f"add a line {key}: …")


def _correction(id, body, ledger, root):
    _known(id, body, KEYS, ("topic", "by", "instead"))
    if ("said" in body) == ("leaves_out" in body):
        raise Fault(FILE, id.line, f'"{id}" has not exactly one of said and leaves_out', "keep the one that is true")
    if not isinstance(body["instead"], list):
        raise Fault(FILE, body.line_of("instead"), f'instead of "{id}" is not a list', "write instead: [one, another]")
    for one in body["instead"]:
        if ":" in one:
            source_code.find(root, one)
        else:
            ledger.claim(str(one), FILE, body.line_of("instead"))
    texts = {key: str(body.get(key, "")) for key in ("topic", "said", "leaves_out", "by", "note")}
    return Correction(id=id, line=id.line, instead=tuple(map(str, body["instead"])), **texts)


def _erratum(id, body):
    _known(id, body, ERRATUM_KEYS, ERRATUM_KEYS)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", body["date"]):
        raise Fault(FILE, body.line_of("date"), f'"{id}" is dated "{body["date"]}"', "write a day such as 2026-11-24")
    return Erratum(id=id, line=id.line, **{key: str(body[key]) for key in ERRATUM_KEYS})


def since(claims):
    """When the earliest source of some claims said so; empty where none has a source.

    A paper says so from its date on; code and documents are told as of the day they speak of.
    """
    dated = sorted((claim.as_of or claim.source.date, claim.source.kind) for claim in claims if claim.source)
    if not dated:
        return ""
    date, kind = dated[0]
    return f"{'since' if kind in ('paper', 'lecture', 'blog') else 'as of'} {date}"


class View:
    """The words `corrections` and `errata` of a page: topics in the order of the stages, then others."""

    def __init__(self, made, book, words):
        self.made, self.book, self.words = made, book, words

    def __len__(self):
        return len(self.made.said)

    def __call__(self):
        """Every topic's heading as Markdown, and its entries as HTML."""
        stages = {stage.slug: stage for stage in self.book.stages}
        parts = []
        for topic in dict.fromkeys([*stages, *(one.topic for one in self.made.said)]):
            entries = [self.entry(one) for one in self.made.said if one.topic == topic]
            if entries:
                stage = stages.get(topic)
                name = f"[{stage.nav}]({relative(f'guide/{topic}/', self.words.url)})" if stage else topic
                parts += [f"## {name} {{: #{topic} }}", *entries]
        return "\n\n".join(parts)

    def entry(self, one):
        """One correction: who says what, what the sources say, since when."""
        claims = [self.book.ledger.claims[id] for id in one.instead if ":" not in id]
        said = f"“{html.escape(one.said)}”" if one.said else f"Left out: {html.escape(one.leaves_out)}"
        instead = "".join(f"<li>{self.says(id)}</li>" for id in one.instead)
        note = f'<p class="correction-note">{html.escape(one.note)}</p>' if one.note else ""
        when = f'<p class="correction-since">{since(claims)}</p>' if since(claims) else ""
        made = (
            f'<div class="correction-said"><p>{said}</p><p class="correction-by">{html.escape(one.by)}</p>'
            f'</div><div class="correction-instead"><ul>{instead}</ul>{note}{when}</div>'
        )
        return f'<article class="correction" id="{one.id}">{made}</article>'

    def says(self, id):
        """A claim's own sentence with its marker, or the first line of cited code."""
        if ":" in id:
            text = source_code.find(self.book.root, id).docstring
        else:
            text = self.book.ledger.claims[id].says
        return html.escape(text) + self.words.cite(id)

    def errata(self):
        """Our own errors, latest first, as HTML."""
        return "\n\n".join(
            f'<article class="correction" id="{one.id}"><div class="correction-said"><p>{html.escape(one.said)}</p>'
            f'<p class="correction-by">{html.escape(one.where)}</p></div><div class="correction-instead">'
            f'<p>{html.escape(one.now)}</p><p class="correction-since">mended {one.date}</p></div></article>'
            for one in self.made.errata
        )
