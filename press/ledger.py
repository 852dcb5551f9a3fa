"""sources.yaml and the stages' results as one ledger of claims."""

from dataclasses import dataclass
from types import SimpleNamespace

from press import claims as reader
from press import formula, strict
from press.entry import FILE, entries, known_keys
from press.fault import Fault, nearest


@dataclass
class Ledger:
    """All sources, claims and proper names of sources.yaml."""

    sources: dict
    claims: dict
    names: tuple

    def claim(self, id, file=None, line=None):
        """The claim of that id, or a Fault that names the nearest."""
        if id not in self.claims:
            raise Fault(
                file,
                line,
                f'there is no claim "{id}" in {FILE}',
                f"add it to {FILE}, or mend the id",
                nearest(id, self.claims),
            )
        return self.claims[id]

    def resting(self, id):
        """Derived claims that rest on a claim."""
        return [one for one in self.claims.values() if one.kind == "derived" and id in formula.names(one.path)]

    def unused(self, used):
        """Claims that no page, figure or formula asks for."""
        reached, waiting = set(), [id for id in used if id in self.claims]
        while waiting:
            id = waiting.pop()
            if id not in reached:
                reached.add(id)
                claim = self.claims[id]
                waiting.extend(
                    name
                    for name in (formula.names(claim.path) if claim.kind == "derived" else ())
                    if name in self.claims
                )
        return [claim for id, claim in self.claims.items() if id not in reached]


def read(root):
    """The ledger of a project, its shape checked; numbers of results are looked up later by `value`."""
    return of_document(strict.read(root / FILE, FILE)) if (root / FILE).exists() else Ledger({}, {}, ())


def of_document(document):
    """The ledger of a parsed sources.yaml."""
    if not isinstance(document, dict):
        raise Fault(
            FILE, getattr(document, "line", 1), "the file is not a map", "begin it with sources:, claims: and names:"
        )
    known_keys(document, ("sources", "claims", "names"), "the file")
    sources = {id: reader.read_source(id, body) for id, body in entries(document, "sources")}
    claims = {id: reader.read_claim(id, body, sources) for id, body in entries(document, "claims")}
    for claim in claims.values():
        reader.check_formula(claim, claims)
    reader.check_cited(sources, claims)
    return Ledger(sources, claims, reader.read_names(document))


def value(claim, ledger, look_up, seen=()):
    """A claim's number: given, measured by a stage, or derived; `look_up` finds stage.field."""
    if claim.id in seen:
        raise Fault(FILE, claim.line, f'"{claim.id}" derives from itself', "mend the formula")
    if claim.kind == "cited":
        return claim.value
    if claim.kind == "measured":
        return look_up(claim.path, FILE, claim.line)

    def part(name):
        found = (
            look_up(name, FILE, claim.line)
            if "." in name
            else value(ledger.claims[name], ledger, look_up, (*seen, claim.id))
        )
        if isinstance(found, bool) or not isinstance(found, (int, float)):
            raise Fault(
                FILE, claim.line, f'"{claim.id}" derives from "{name}", which is not a number', "mend the formula"
            )
        return found

    return formula.evaluate(claim.path, part, FILE, claim.line)


def look_up(results, path, file=None, line=None):
    """The value at stage.field[.key|.index], or a Fault that names the nearest field.

    >>> look_up({"data": SimpleNamespace(pages={"kept": [3, 4]})}, "data.pages.kept.1")
    4
    """
    slug, *parts = path.split(".")
    if slug not in results:
        raise Fault(
            file,
            line,
            f'"{path}" asks for the stage "{slug}", which computes nothing here',
            "mend the name; a result is written stage.field",
            nearest(slug, results),
        )
    found, walked = results[slug], slug
    for part in parts:
        known = _parts(found)
        if part not in known:
            raise Fault(
                file,
                line,
                f'"{walked}" has nothing called "{part}"',
                "name a field that is there" + (f" ({', '.join(list(known)[:12])})" if len(known) < 40 else ""),
                nearest(part, known),
            )
        found, walked = known[part], f"{walked}.{part}"
    return found.item() if hasattr(found, "item") and getattr(found, "shape", None) == () else found


def _parts(found):
    if isinstance(found, dict):
        return found
    if isinstance(found, (list, tuple)) or hasattr(found, "shape"):
        return {str(index): item for index, item in enumerate(found)}
    return vars(found) if isinstance(found, SimpleNamespace) or hasattr(found, "__dataclass_fields__") else {}
