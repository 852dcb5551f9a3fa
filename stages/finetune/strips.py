"""Strips divided by what became of the questions, with their intervals, and the key to their colors."""

OUTCOMES = {"right": "ours", "wrong": "second", "other": "hair", "refused": "base"}
WORDS = {"right": "right", "wrong": "invented", "other": "no answer", "refused": "refused"}
KEY = '<p class="strip-key">' + "".join(
    f'<span class="key {OUTCOMES[outcome]}">{word}</span>' for outcome, word in WORDS.items()) + "</p>"


def read(counts, person):
    """Questions asked and the three shares, with the ends of the intervals that the strip draws."""
    shares = {name: counts[f"{person}_{name}"] / counts[f"{person}_n"] for name in OUTCOMES}
    ends = {f"{name}_{end}": counts[f"{person}_{name}_{end}"]
            for name in ("right", "refused") for end in ("low", "high")}
    return {"questions": counts[f"{person}_n"]} | shares | ends


def strip(name, found):
    """One row: its name, its segments with a number where there is room, the intervals of what was counted at all."""
    inner = "".join(
        f'<span style="width:{found[outcome]:.2%};background:var(--fig-{tone});color:var(--{_ink(tone)})">'
        f'{f"{found[outcome]:.0%}" if found[outcome] >= 0.09 else ""}</span>'
        for outcome, tone in OUTCOMES.items() if found[outcome])
    if found["right"]:
        inner += _interval(found["right_low"], found["right_high"], "low")
    if found["refused"]:
        inner += _interval(1 - found["refused_high"], 1 - found["refused_low"], "high")
    said = ", ".join(f"{WORDS[outcome]} {found[outcome]:.0%}" for outcome in OUTCOMES)
    return (f'<div class="strip"><span class="strip-name" aria-hidden="true">{name}</span>'
            f'<span class="strip-track" role="img" aria-label="{name}: {said}">{inner}</span></div>')


def _ink(tone):
    """What is readable on a tone."""
    return "ink" if tone == "hair" else "paper"


def _interval(left, right, edge):
    """A line below or above the strip, at a border between two segments."""
    return f'<b class="strip-interval {edge}" style="left:{left:.2%};width:{right - left:.2%}"></b>'
