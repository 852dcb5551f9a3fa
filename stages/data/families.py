"""Kinds of page that fare alike, in one row of the page's table: the kinds themselves stand in the table's data.

A row of one kind has that kind's name; a row of several is named in words of theirs.
"""

from .rules import RULES
from .words import TRUTHS

FAMILIES = {
    "good pages": ("good", "contact", "long", "press"),
    TRUTHS["listed"]: ("listed",),
    TRUTHS["lesson"]: ("lesson",),
    TRUTHS["copy"]: ("copy",),
    TRUTHS["near"]: ("near",),
    TRUTHS["adult"]: ("adult",),
    TRUTHS["shell"]: ("shell",),
    "other languages": ("es", "fr", "de", "nl"),
    TRUTHS["mixed"]: ("mixed",),
    TRUTHS["translated"]: ("translated",),
    "filler, gibberish": ("gibberish", "lorem", "halfdone"),
    TRUTHS["code"]: ("code",),
    "spam": ("links", "spam", "pitch"),
    TRUTHS["advert"]: ("advert",),
    TRUTHS["padding"]: ("padding",),
    "lists and tables": ("prices", "endless", "sitemap", "teasers", "figures"),
    "menus, single lines": ("boilerplate", "oneline"),
    "login walls, legal terms": ("login", "consent", "policy"),
    "only comments, all capitals": ("comments", "shouting", "hashtags"),
}


def gathered(truths: dict) -> list[dict]:
    """The counts of all kinds, added up by family; a kind in no family is an error that names it.

    >>> sorted(set(TRUTHS) - {kind for kinds in FAMILIES.values() for kind in kinds})
    []
    """
    lost = sorted(set(truths) - {kind for kinds in FAMILIES.values() for kind in kinds})
    if lost:
        raise ValueError(f"stages/data/families.py: no family holds the kind {lost[0]!r}; add it to FAMILIES")
    return [_added(name, [truths[kind] for kind in kinds if kind in truths]) for name, kinds in FAMILIES.items()]


def _added(name: str, rows: list[dict]) -> dict:
    """One family: its name and kinds, and pages planted, kept, and dropped by each rule."""
    dropped = {rule: sum(row["dropped"][rule] for row in rows) for rule in RULES}
    return {"name": name, "truths": [row["truth"] for row in rows], "pages": sum(row["pages"] for row in rows),
            "kept": sum(row["kept"] for row in rows), "dropped": dropped}
