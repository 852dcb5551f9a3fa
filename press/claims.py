"""sources.yaml, read: each source and claim checked key by key; whatever is wrong is told with its line."""

import math
import re
from dataclasses import dataclass, field

from press import formula, guard, number
from press.entry import FILE, known_keys, text
from press.fault import Fault, nearest, one_of

SOURCE_KEYS = ("title", "by", "date", "kind", "url", "read", "archived")
KINDS = ("paper", "model-card", "docs", "code", "dataset", "lecture", "blog")
STATUSES = ("verified-primary", "verified-secondary", "disputed", "superseded", "lecture-only")
COMMON = ("says", "show", "expect", "caveat", "recompute")
CITED = ("source", "at", "value", "unit", "as_written", "as_of", "status")
CLAIM_KEYS = COMMON + CITED + ("measured", "derived")


@dataclass(frozen=True)
class Source:
    """Where claims come from."""

    id: str
    line: int
    title: str
    by: tuple
    date: str
    kind: str
    url: str
    read: str
    archived: str = ""


@dataclass(frozen=True)
class Claim:
    """One sentence that could be false, and its evidence."""

    id: str
    line: int
    says: str
    kind: str
    value: object = None
    unit: str = ""
    show: str = ""
    as_written: str = ""
    source: Source | None = None
    at: str = ""
    as_of: str = ""
    caveat: str = ""
    status: str = "verified-primary"
    path: str = ""
    expect: dict = field(default_factory=dict)
    recompute: str = ""


def read_source(id, body):
    """One entry under sources:."""
    known_keys(body, SOURCE_KEYS, f'the source "{id}"')
    made = {key: text(body, key, id, id.line, needed=key != "archived") for key in SOURCE_KEYS if key != "by"}
    by = body.get("by", "")
    by = tuple(by) if isinstance(by, list) else tuple(name for name in [by] if isinstance(name, str))
    if not by or not all(isinstance(name, str) and name.strip() for name in by):
        raise Fault(
            FILE,
            body.line_of("by") if "by" in body else id.line,
            f'"{id}" does not say who it is by',
            "add by: [name, name]",
        )
    one_of(KINDS, made["kind"], FILE, body.line_of("kind"), f'the kind of "{id}" is "{made["kind"]}"')
    if not re.fullmatch(r"https?://[^\s\"'<>]+", made["url"]):
        raise Fault(
            FILE, body.line_of("url"), f'the url of "{id}" is "{made["url"]}"', "write an http or https address"
        )
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", made["read"]):
        raise Fault(
            FILE, body.line_of("read"), f'"{id}" was read on "{made["read"]}"', "write a day such as 2026-11-24"
        )
    return Source(id=id, line=id.line, by=by, **made)


def read_claim(id, body, sources):
    """One entry under claims:."""
    known_keys(body, CLAIM_KEYS, f'the claim "{id}"')
    kinds = [key for key in ("value", "measured", "derived") if key in body]
    if len(kinds) > 1:
        raise Fault(FILE, body.line_of(kinds[1]), f'"{id}" has both {kinds[0]} and {kinds[1]}', "keep one of them")
    kind = kinds[0] if kinds and kinds[0] != "value" else "cited"
    allowed = COMMON + (CITED if kind == "cited" else (kind,))
    for key in body:
        if key not in allowed:
            raise Fault(
                FILE,
                key.line,
                f'the claim "{id}" is {kind} and has the key "{key}"',
                f"remove it; a {kind} claim may have {', '.join(allowed)}",
                nearest(key, allowed),
            )
    made = {
        "says": text(body, "says", id, id.line),
        "caveat": text(body, "caveat", id, id.line, False),
        "show": text(body, "show", id, id.line, False),
        "recompute": _recompute(id, body),
        "expect": guard.parse(body["expect"], FILE) if "expect" in body else {},
    }
    more = _cited(id, body, sources) if kind == "cited" else {"path": text(body, kind, id, id.line)}
    return _checked(Claim(id=id, line=id.line, kind=kind, **made, **more), body)


def _cited(id, body, sources):
    made = {key: text(body, key, id, id.line, False) for key in ("unit", "as_written", "as_of", "status")}
    source, at = text(body, "source", id, id.line), text(body, "at", id, id.line)
    if source not in sources:
        raise Fault(
            FILE,
            body.line_of("source"),
            f'"{id}" cites the source "{source}", which is not under sources:',
            "add the source, or mend its id",
            nearest(source, sources),
        )
    made["status"] = made["status"] or "verified-primary"
    one_of(STATUSES, made["status"], FILE, body.line_of("status"), f'the status of "{id}" is "{made["status"]}"')
    value = guard.number(body["value"], FILE, body.line_of("value")) if "value" in body else None
    return made | {"source": sources[source], "at": at, "value": value}


def _recompute(id, body):
    named = text(body, "recompute", id, id.line, False)
    if named and not re.fullmatch(r"[a-z_][a-z0-9_.]*:[a-z_][a-z0-9_]*", named):
        raise Fault(FILE, body.line_of("recompute"), f'recompute of "{id}" is "{named}"', "write module:function")
    return named


def _checked(claim, body):
    if claim.value is None and claim.kind == "cited" and ("show" in body or "expect" in body or "unit" in body):
        key = next(key for key in ("show", "expect", "unit") if key in body)
        raise Fault(FILE, body.line_of(key), f'"{claim.id}" has {key} but no value', f"add value:, or remove {key}:")
    if claim.show:
        number.shown(claim.value if claim.value is not None else 1, claim.show, FILE, body.line_of("show"))
    if claim.value is not None:
        _agrees(claim, body)
    if claim.expect and claim.kind == "cited":
        guard.check(claim.value, claim.expect, f'the claim "{claim.id}"', FILE, body.line_of("expect"))
    return claim


def _agrees(claim, body):
    """The value is the one that the claim's own sentence tells, and the one that the source prints."""
    show = claim.show or "{value:,}"
    if not number.tells(claim.says, claim.value, show):
        raise Fault(
            FILE,
            body.line_of("value"),
            f'the value of "{claim.id}" prints as {number.shown(claim.value, show)}, which its sentence does not tell',
            "look into the source and mend the value or the sentence",
        )
    if claim.as_written and not any(math.isclose(claim.value, told) for told in number.in_text(claim.as_written)):
        raise Fault(
            FILE,
            body.line_of("as_written"),
            f'the value of "{claim.id}" is {claim.value}, and as_written is "{claim.as_written}"',
            "look into the source and mend the one that differs",
        )


def check_formula(claim, claims):
    """What a derived or measured claim asks for has the form of a name."""
    if claim.kind == "derived":
        for name in formula.names(claim.path, FILE, claim.line):
            if "." not in name and name not in claims:
                raise Fault(
                    FILE,
                    claim.line,
                    f'"{claim.id}" derives from "{name}", which is no claim',
                    "mend the id; a result is written stage.field",
                    nearest(name, claims),
                )
    elif claim.kind == "measured" and not re.fullmatch(r"[a-z][a-z0-9_]*(\.[A-Za-z0-9_-]+)+", claim.path):
        raise Fault(FILE, claim.line, f'"{claim.id}" is measured by "{claim.path}"', "write stage.field")


def check_cited(sources, claims):
    """Every source is cited."""
    cited = {claim.source.id for claim in claims.values() if claim.source}
    for source in sources.values():
        if source.id not in cited:
            raise Fault(
                FILE,
                source.line,
                f'no claim cites the source "{source.id}"',
                "remove the source, or add the claim that needs it",
            )


def read_names(document):
    """Proper names, longest first."""
    names = document.get("names", [])
    names = [] if isinstance(names, str) and not names.strip() else names
    if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
        raise Fault(
            FILE, document.line_of("names"), "names is not a list of proper names", "write names: [GPT-2, UTF-8]"
        )
    return tuple(sorted(names, key=len, reverse=True))
