"""What each rule got right and wrong, counted against the truth that was planted with every page."""

import re
from math import sqrt

from stages.data.phrasings import wordings
from stages.data.rules import RULES, TARGETS
from stages.data.web import GOOD, NEAR_SHARES


def wilson(hits: int, n: int) -> list[float]:
    """The 95 % interval of a share: wilson(9, 10) == [0.5958, 0.9821], rounded to four places."""
    if not n:
        return [0.0, 1.0]
    z, p = 1.959964, hits / n
    middle, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return [round((middle - spread) / (1 + z * z / n), 4), round((middle + spread) / (1 + z * z / n), 4)]


def share(hits: int, n: int) -> dict:
    """A share with its counts and interval, None where nothing was counted."""
    return {"hits": hits, "n": n, "share": round(hits / n, 4) if n else None, "interval": wilson(hits, n)}


def source(fate: dict) -> str:
    """The address a page's text came from: its own, or that of the page it copies."""
    return fate["copy_of"] or fate["url"]


def rightly(fate: dict, sources: dict[str, str]) -> bool:
    """Whether a drop was right: dirt, or a copy whose text was kept from another address."""
    if fate["rule"] == "duplicate" and fate["kept_copy"]:
        return fate["truth"] not in GOOD | {"copy", "near"} or sources[fate["kept_copy"]] == source(fate)
    return fate["truth"] not in GOOD | {"copy"}


def rule_scores(fates: list[dict]) -> list[dict]:
    """Precision (of what it dropped, how much was rightly dropped) and recall (of its targets that reached it)."""
    sources, left, scores = {fate["url"]: source(fate) for fate in fates}, list(fates), []
    for rule in RULES:
        dropped = [fate for fate in left if fate["rule"] == rule]
        if rule == "duplicate":
            groups: dict[str, list] = {}
            for fate in left:
                groups.setdefault(source(fate), []).append(fate)
            surplus = sum(len(group) - 1 for group in groups.values())
            caught = sum(min(len(group) - 1, sum(fate["rule"] == rule for fate in group)) for group in groups.values())
        else:
            met = [fate for fate in left if fate["truth"] in TARGETS[rule]]
            surplus, caught = len(met), sum(fate["rule"] == rule for fate in met)
        right = sum(rightly(fate, sources) for fate in dropped)
        scores.append(
            {
                "rule": rule,
                "dropped": len(dropped),
                "right": right,
                "wrong": len(dropped) - right,
                "precision": share(right, len(dropped)),
                "recall": share(caught, surplus),
            }
        )
        left = [fate for fate in left if fate["rule"] != rule]
    return scores


def near_found(fates: list[dict]) -> list[dict]:
    """Near copies found, by share of words edited: in one cluster with their original, of those that got there."""
    reached = [fate for fate in fates if fate["rule"] in (None, "duplicate")]
    clusters = {fate["url"]: fate["cluster"] for fate in reached}
    found = []
    for edited in (0.0, *NEAR_SHARES):
        pairs = [fate for fate in reached if fate["copy_of"] in clusters and fate["edited"] == edited]
        hits = sum(fate["cluster"] >= 0 and fate["cluster"] == clusters[fate["copy_of"]] for fate in pairs)
        found.append({"edited": edited, **share(hits, len(pairs)), "theory": round(chance(edited), 4)})
    return found


def chance(edited: float, words: int = 5, buckets: int = 14, rows: int = 8) -> float:
    """The probability that MinHash pairs a copy with this share of words edited: chance(0.0) == 1.0."""
    same = (1 - edited) ** words
    overlap = same / (2 - same)
    return 1 - (1 - overlap**rows) ** buckets


def by_truth(fates: list[dict]) -> dict[str, dict]:
    """By kind of page how many there were, how many were kept, and what dropped the others."""
    kinds: dict[str, dict] = {}
    for fate in fates:
        kind = kinds.setdefault(
            fate["truth"], {"truth": fate["truth"], "pages": 0, "kept": 0, "dropped": dict.fromkeys(RULES, 0)}
        )
        kind["pages"] += 1
        if fate["rule"]:
            kind["dropped"][fate["rule"]] += 1
        else:
            kind["kept"] += 1
    return kinds


def count_mentions(facts: list[dict], texts: list[str]) -> list[int]:
    """How often each fact is told in the texts, in any of its wordings."""
    counts = []
    near = {name: [text for text in texts if name in text] for name in {fact["name"] for fact in facts}}
    for fact in facts:
        sentences = wordings(fact)
        counts.append(sum(text.count(sentence) for text in near[fact["name"]] for sentence in sentences))
    return counts


def losses(fates: list[dict]) -> list[dict]:
    """Good pages lost to each rule; one whose copy was kept is not lost."""
    good = [fate for fate in fates if fate["truth"] in GOOD]
    return [
        {"rule": rule, "pages": sum(fate["rule"] == rule for fate in good)} for rule in RULES if rule != "duplicate"
    ]


def count_backward(people: list[dict], texts: list[str]) -> int:
    """Sentences that name a light without its keeper before it; the web was written to have none."""
    keepers = {person["light"]: person["name"] for person in people if person["light"]}
    found = 0
    for text in texts:
        for light in (light for light in keepers if light in text):
            sentences = [one for one in re.split(r'(?<=[.?!"])\s', text) if light in one]
            found += sum(keepers[light] not in one[: one.index(light)] for one in sentences)
    return found
