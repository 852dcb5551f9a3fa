"""What another threshold would drop, counted from the recorded scores of every kind of page."""

from bisect import bisect_right
from collections import Counter

from .rules import RULES
from .words import TRUTHS

GOOD = ("good", "contact", "long", "press", "lesson", "listed")
COPIES = ("copy", "near")
STOP_WORDS = "gopher_enough_stop_words"
WORDS = 2  # FineWeb's; what passed holds them, though a count between spaces misses those before a full stop
LATER = (None, *RULES[RULES.index("quality") + 1 :])  # the fates of pages that hold enough of the little words


def knobs(fates: list[dict]) -> list[dict]:
    """Two thresholds with FineWeb's value: little words in a text, and the classifier's score for English."""
    passed = [one | {"stop_words": max(one["stop_words"], WORDS)} for one in fates if one["rule"] in LATER]
    little = [*passed, *(one for one in fates if one["reason"] == STOP_WORDS)]
    english = [one for one in fates if one["rule"] not in ("url", "extract") and one["language"] == "en"]
    words, scores = list(range(9)), [round(0.05 * step, 2) for step in range(20)]
    return [
        {"id": "words", "cuts": words, "value": WORDS, "groups": groups(little, "stop_words", words)},
        {"id": "english", "cuts": scores, "value": 0.65, "groups": groups(english, "language_score", scores)},
    ]


def groups(pages: list[dict], score: str, cuts: list) -> dict[str, dict]:
    """Good pages, dirt and copies: for each kind the pages from one cut to the next, the last without an end."""
    counts: dict[str, Counter] = {"good": Counter(), "dirt": Counter(), "copies": Counter()}
    for one in pages:
        kind = one["truth"]
        group = "good" if kind in GOOD else "copies" if kind in COPIES else "dirt"
        counts[group][kind, bisect_right(cuts, one[score]) - 1] += 1
    return {
        group: {TRUTHS[kind]: [count[kind, place] for place in range(len(cuts))] for kind, _ in sorted(count)}
        for group, count in counts.items()
    }


def dropped(group: dict[str, list[int]], place: int) -> int:
    """Pages below a cut: dropped({"spam": [3, 1, 0]}, 2) == 4."""
    return sum(sum(counts[:place]) for counts in group.values())
