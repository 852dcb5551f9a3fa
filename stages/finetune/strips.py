"""Strips divided by what became of the questions, with their intervals, and the key to their colors."""

OUTCOMES = {"right": "ours", "wrong": "second", "other": "hair", "refused": "base"}
WORDS = {"right": "right", "wrong": "invented", "other": "no answer", "refused": "\u201cI don\u2019t know\u201d"}
KEY = '<p class="strip-key">' + "".join(
    f'<span class="key {OUTCOMES[outcome]}">{word}</span>' for outcome, word in WORDS.items()) + "</p>"


def read(counts, person):
    """Questions asked and the three shares, with the ends of the intervals that the strip draws."""
    shares = {name: counts[f"{person}_{name}"] / counts[f"{person}_n"] for name in OUTCOMES}
    ends = {f"{name}_{end}": counts[f"{person}_{name}_{end}"]
            for name in ("right", "refused") for end in ("low", "high")}
    return {"questions": counts[f"{person}_n"]} | shares | ends


def strip(name, found):
    """One row: its name, its segments with a number where there is room, and the two intervals."""
    inner = "".join(
        f'<span style="width:{found[outcome]:.2%};background:var(--fig-{tone});color:var(--{_ink(tone)})">'
        f'{f"{found[outcome]:.0%}" if found[outcome] >= 0.09 else ""}</span>'
        for outcome, tone in OUTCOMES.items() if found[outcome])
    inner += _interval(found["right_low"], found["right_high"], "calc(100% - 5px)")
    inner += _interval(1 - found["refused_high"], 1 - found["refused_low"], "4px")
    said = ", ".join(f"{WORDS[outcome]} {found[outcome]:.0%}" for outcome in OUTCOMES)
    return (f'<div class="strip"><span class="strip-name" aria-hidden="true">{name}</span>'
            f'<span class="strip-track" role="img" aria-label="{name}: {said}">{inner}</span></div>')


def _ink(tone):
    """What is readable on a tone."""
    return "ink" if tone == "hair" else "paper"


def _interval(low, high, top):
    """A thin line from low to high, at the lower or the upper edge of the strip."""
    return f'<b class="strip-interval" style="left:{low:.2%};width:{high - low:.2%};top:{top}"></b>'
