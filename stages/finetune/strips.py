"""Strips divided by what became of the questions, with their words and intervals, and the key to their colors."""

OUTCOMES = {"right": "ours", "wrong": "second", "other": "hair", "refused": "base"}
WORDS = {"right": "right", "wrong": "invented", "other": "beside the point", "refused": "says it does not know"}
KEYS = {OUTCOMES[outcome]: word for outcome, word in WORDS.items()} | {"interval": "95% interval"}
KEY = '<p class="unit">share of answers</p><p class="strip-key">' + "".join(
    f'<span class="key {tone}">{word}</span>' for tone, word in KEYS.items()) + "</p>"


def read(counts, person):
    """Questions asked and the three shares, with the ends of the intervals that the strip draws."""
    shares = {name: counts[f"{person}_{name}"] / counts[f"{person}_n"] for name in OUTCOMES}
    ends = {f"{name}_{end}": counts[f"{person}_{name}_{end}"]
            for name in ("right", "refused") for end in ("low", "high")}
    return {"questions": counts[f"{person}_n"]} | shares | ends


def row(found):
    """The same as a row of the figure's table, its columns named as its parts are.

    >>> row({"questions": 3, "wrong": 0.1, "right_low": 0.2})
    {'questions': 3, 'invented': 0.1, 'right, low': 0.2}
    """
    named = ((key.rpartition("_") if key.endswith(("_low", "_high")) else (key, "", ""), value)
             for key, value in found.items())
    return {WORDS.get(outcome, outcome) + (f", {end}" if end else ""): value for (outcome, _, end), value in named}


def strip(name, found):
    """One row: its name, its segments with number and word where there is room, and the intervals of what was counted.

    A word without room falls below the edge of its segment, which hides it."""
    inner = "".join(
        f'<span class="{tone}" style="width:{found[outcome]:.2%}">{_told(outcome, found[outcome])}</span>'
        for outcome, tone in OUTCOMES.items() if found[outcome])
    if found["right"]:
        inner += _interval(found["right_low"], found["right_high"], "low")
    if found["refused"]:
        inner += _interval(1 - found["refused_high"], 1 - found["refused_low"], "high")
    said = ", ".join(f"{WORDS[outcome]} {found[outcome]:.0%}" for outcome in OUTCOMES)
    return (f'<div class="strip"><span class="strip-name" aria-hidden="true">{name}</span>'
            f'<span class="strip-track" role="img" aria-label="{name}: {said}">{inner}</span></div>')


def _told(outcome, share):
    """A share and its word."""
    return f"<i>{share:.0%}</i> <i>{WORDS[outcome]}</i>" if share >= 0.09 else ""


def _interval(left, right, edge):
    """A line below or above the strip, at a border between two segments."""
    return f'<b class="strip-interval {edge}" style="left:{left:.2%};width:{right - left:.2%}"></b>'
