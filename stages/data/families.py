"""Kinds of page that fare alike, in one row of the page's table: the kinds themselves stand in the table's data."""

from .rules import RULES

FAMILIES = {
    "good pages": ("good", "contact", "long", "press"),
    "good lists": ("listed",),
    "lessons with code": ("lesson",),
    "exact copies": ("copy",),
    "near-copies": ("near",),
    "blocked hosts": ("adult",),
    "script only": ("shell",),
    "other languages": ("es", "fr", "de", "nl"),
    "two languages": ("mixed",),
    "bad translations": ("translated",),
    "filler, gibberish": ("gibberish", "lorem", "halfdone"),
    "code": ("code",),
    "spam": ("links", "spam", "pitch"),
    "well-made adverts": ("advert",),
    "empty sentences": ("padding",),
    "lists and figures": ("prices", "endless", "sitemap", "teasers", "figures"),
    "menus, scraps": ("boilerplate", "oneline"),
    "walls and terms": ("login", "consent", "policy"),
    "comments, shouting": ("comments", "shouting", "hashtags"),
}


def gathered(truths: dict) -> list[dict]:
    """The counts of all kinds, added up by family; a kind in no family is an error that names it.

    >>> from stages.data.words import TRUTHS
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
