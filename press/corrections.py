"""corrections.yaml: what is often said and what the sources say, and what this guide itself had wrong."""

import re
from dataclasses import dataclass, field

from press import source_code, strict
from press.claims import Source
from press.entry import ID
from press.fault import Fault, nearest, one_of
from press.skeleton import NUMBER

FILE = "corrections.yaml"
KEYS = ("topic", "said", "leaves_out", "verdict", "by", "source", "at", "answer", "instead")
VERDICTS = ("wrong", "outdated", "unsupported", "imprecise", "left out")  # the plainest first
PLACE = re.compile(r"\{(?P<key>[a-z][\w.:-]*)(?: (?P<spec>[^{}]*))?\}")
ERRATUM_KEYS = ("date", "where", "said", "now")


@dataclass(frozen=True)
class Correction:
    """A statement found somewhere, a verdict on it, and an answer that rests on claims."""

    id: str
    line: int
    topic: str
    said: str
    leaves_out: str
    verdict: str
    by: str
    source: Source | None
    at: str
    answer: str
    instead: tuple


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
        one_of(keys, key, FILE, key.line, f'"{id}" has the key "{key}"')
    for key in needed:
        if not body.get(key):
            raise Fault(FILE, id.line, f'"{id}" has no {key}', f"add a line {key}: …")


def _correction(id, body, ledger, root):
    _known(id, body, KEYS, ("topic", "answer", "instead"))
    if ("said" in body) == ("leaves_out" in body):
        raise Fault(FILE, id.line, f'"{id}" has not exactly one of said and leaves_out', "keep the one that is true")
    if not isinstance(body["instead"], list):
        raise Fault(FILE, body.line_of("instead"), f'instead of "{id}" is not a list', "write instead: [one, another]")
    for one in body["instead"]:
        if ":" in one:
            source_code.find(root, one)
        else:
            ledger.claim(str(one), FILE, body.line_of("instead"))
    texts = {key: str(body.get(key, "")) for key in ("topic", "said", "leaves_out", "by", "at", "answer")}
    _answered(id, body, ledger)
    return Correction(
        id=id,
        line=id.line,
        verdict=_verdict(id, body),
        source=_found_in(id, body, ledger),
        instead=tuple(map(str, body["instead"])),
        **texts,
    )


def _verdict(id, body):
    """One of VERDICTS; what is left out needs none, so it may have none."""
    if "leaves_out" in body:
        if "verdict" in body:
            raise Fault(FILE, body.line_of("verdict"), f'"{id}" leaves out and has a verdict', "remove the verdict")
        return "left out"
    known, verdict = [word for word in VERDICTS if word != "left out"], body.get("verdict", "")
    one_of(known, verdict, FILE, body.line_of("verdict") or id.line, f'the verdict on "{id}" is "{verdict}"')
    return verdict


def _found_in(id, body, ledger):
    """The source that a statement stands in, if one is named; then its place is named too."""
    if "source" not in body and not body.get("by"):
        raise Fault(FILE, id.line, f'"{id}" says neither by nor source', "say where the statement was found")
    if "source" not in body:
        return None
    if body["source"] not in ledger.sources:
        raise Fault(
            FILE,
            body.line_of("source"),
            f'"{id}" was found in the source "{body["source"]}", which sources.yaml does not have',
            "mend the id",
            nearest(str(body["source"]), ledger.sources),
        )
    if not body.get("at"):
        raise Fault(FILE, id.line, f'"{id}" names a source and no place in it', "add a line at: …")
    return ledger.sources[body["source"]]


def _answered(id, body, ledger):
    """What the answer places is among its claims, or a result; what is left of it has no number of its own."""
    answer, line = str(body["answer"]), body.line_of("answer")
    for match in PLACE.finditer(answer):
        if match["key"] not in body["instead"] and ("." not in match["key"] or ":" in match["key"]):
            raise Fault(
                FILE,
                line,
                f'the answer of "{id}" places "{match["key"]}", which its instead does not list',
                "add it there, or mend the name",
                nearest(match["key"], body["instead"]),
            )
    left = PLACE.sub(" ", answer)
    for name in ledger.names:
        left = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", left)
    if found := NUMBER.search(left):
        raise Fault(
            FILE,
            line,
            f'the naked number "{found.group()}" stands in the answer of "{id}"',
            "place a claim, such as {gpt2-vocabulary}",
        )


def _erratum(id, body):
    _known(id, body, ERRATUM_KEYS, ERRATUM_KEYS)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", body["date"]):
        raise Fault(FILE, body.line_of("date"), f'"{id}" is dated "{body["date"]}"', "write a day such as 2026-11-24")
    return Erratum(id=id, line=id.line, **{key: str(body[key]) for key in ERRATUM_KEYS})
