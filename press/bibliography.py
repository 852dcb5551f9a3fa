"""The sources for a reference manager: as BibTeX and as CSL-JSON."""

import json
import re

from press.locate import ARXIV

TYPES = {
    "paper": ("article", "article"),
    "model-card": ("misc", "document"),
    "docs": ("misc", "webpage"),
    "code": ("software", "software"),
    "dataset": ("misc", "dataset"),
    "lecture": ("misc", "speech"),
    "blog": ("misc", "post-weblog"),
}
SPECIAL = {"&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$"}


def names(source):
    """(family, given, whole) of each author, and whether others are left unnamed.

    A paper's authors stand by their family names; a lecturer has a given name too; all else is one whole name.

    >>> from types import SimpleNamespace
    >>> names(SimpleNamespace(kind="paper", by=("Gao et al.",)))
    ([('Gao', '', '')], True)
    >>> names(SimpleNamespace(kind="lecture", by=("Andrej Karpathy",)))
    ([('Karpathy', 'Andrej', '')], False)
    """
    made, others = [], False
    for name in source.by:
        short = re.sub(r"( et al\.| and contributors)$", "", name)
        others = others or short != name
        if source.kind == "paper" and not re.search(r"AI\b|\bTeam\b", short):
            made.append((short, "", ""))
        elif source.kind == "lecture" and short.count(" ") == 1:
            given, family = short.split()
            made.append((family, given, ""))
        else:
            made.append(("", "", short))
    return made, others


def bibtex(sources):
    """All sources as one .bib file.

    A name of several words, or of an institution, is braced, so that no program takes it apart.
    """
    return "\n".join(map(_entry, sources))


def _entry(source):
    authors, others = names(source)
    told = [f"{{{family}}}, {given}" if given else f"{{{family or whole}}}" for family, given, whole in authors]
    year, month = (source.date.split("-") + ["", ""])[:2]
    paper = ARXIV.fullmatch(source.url)
    fields = {
        "title": f"{{{_escaped(source.title)}}}",
        "author": " and ".join(map(_escaped, told + ["others"] * others)),
        "year": year,
        "month": str(int(month)) if month else "",
        "url": source.url,
        "urldate": source.read,
        "eprint": paper[1] if paper else "",
        "eprinttype": "arxiv" if paper else "",
        "journal": f"arXiv:{paper[1]}" if paper else "",
        "note": source.kind,
    }
    lines = ",\n".join(f"  {key} = {{{value}}}" for key, value in fields.items() if value)
    kind = TYPES[source.kind][0]
    kind = "misc" if kind == "software" or (kind == "article" and not paper) else kind  # classic BibTeX knows neither
    return f"@{kind}{{{source.id},\n{lines}\n}}\n"


def _escaped(text):
    return "".join(SPECIAL.get(char, char) for char in text)


def csl(sources):
    """All sources as CSL-JSON."""
    return (json.dumps([_item(source) for source in sources], ensure_ascii=False, indent=1) + "\n").encode()


def _item(source):
    authors, others = names(source)
    told = [
        {"literal": whole} if whole else {"family": family} | ({"given": given} if given else {})
        for family, given, whole in authors
    ]
    return {
        "id": source.id,
        "type": TYPES[source.kind][1],
        "title": source.title,
        "author": told + [{"literal": "others"}] * others,
        "issued": _date(source.date),
        "accessed": _date(source.read),
        "URL": source.url,
    }


def _date(text):
    return {"date-parts": [[int(part) for part in text.split("-")]]}
