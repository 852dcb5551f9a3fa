"""What the browser gets: pages to leaf through, and what became of every page."""

from .thresholds import knobs
from .words import NAMES, TRUTHS


def specimens(data) -> dict:
    """Pages of every kind and fate: raw HTML, extracted text, the rule that dropped it and why, in readers' words."""
    return {"pages": [_told(page) for page in data.specimens]}


def _told(page: dict) -> dict:
    """A page with the names of its kind and its rule, and the library's reason without its underscores."""
    rule, reason = page["rule"], page["reason"]
    named = {"rule": rule and NAMES[rule], "reason": reason and reason.replace("_", " ")}
    return page | {"truth": TRUTHS[page["truth"]]} | named


def fates(data) -> dict:
    """The fate of every page of the crawl, in columns: kind, rule (none for kept), reason, and the recorded scores."""
    columns = ("url", "truth", "rule", "reason", "chars", "stop_words", "language_score", "similarity", "edited")
    return {column: [fate[column] for fate in data.fates] for column in columns}


def thresholds(data) -> dict:
    """Recorded scores as counts between one threshold and the next, by kind of page: all that a slider needs."""
    return {"knobs": knobs(data.fates)}
