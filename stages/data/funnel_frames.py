"""What a frame of the funnel shows: the page that reports the fact, and below it the bars of what is left."""

import re
from collections import Counter
from html import escape

from viz.theme import number

from .fates import shingles
from .words import NAMES

ROWS = {"crawl": 0, "text": 2, "language": 3, "repetition": 4, "quality": 7, "copies": 8}  # frame -> funnel row
BOX = "min-height:9.5rem;margin:0 0 .5rem;padding:0 0 .4rem;border-bottom:1px solid var(--hair);overflow:hidden"
RAW = "font:400 .72rem/1.5 var(--mono);color:var(--soft);margin:0 0 .22rem"
CUT = "white-space:nowrap;overflow:hidden;text-overflow:ellipsis"
SAID = "font:400 .95rem/1.45 var(--book);margin:0 0 .2rem"
SMALL = "font:400 var(--small)/1.4 var(--plain);color:var(--soft);margin:0 0 .2rem"
MARKS = "display:flex;gap:2px;margin:.25rem 0 .45rem"
MARK = "flex:0 1 .5rem;height:.5rem;box-sizing:border-box"
FULL, HOLLOW = "background:var(--fact)", "border:1px solid var(--fact)"
ROW = "display:grid;grid-template-columns:5.6rem minmax(0,1fr) 2.8rem;gap:0 .6rem;align-items:center;margin:0 0 .22rem"


def view(data, name: str) -> str:
    """The page that reports the fact, as the step of a frame sees it."""
    seen = {"crawl": raw, "text": _text, "language": _language, "repetition": _repetition, "quality": _quality,
            "copies": _copies}[name]  # fmt: skip
    return f'<div style="{BOX}"><p style="{SMALL}">the page that reports the fact</p>{seen(data)}</div>'


def bars(steps: list[dict], current: int) -> str:
    """The bars up to the current step, a line each, and what that step dropped, in one row or in several."""
    top, now = steps[0], steps[current]
    earlier = max((place for place in ROWS.values() if place < current), default=-1)
    rows = "".join(_bar(step, before, top["pages"], (place > earlier) + (place > current)) for place, (step, before) in
                   enumerate(zip(steps, [steps[0], *steps], strict=False)))  # fmt: skip
    lost = steps[max(earlier, 0)]["pages"] - now["pages"]
    told = f"{number(lost)} dropped in this step, " if lost else ""
    fact = f'<span style="color:var(--fact)">{number(now["fact"])} tell the fact</span>'
    return (f'<p class="unit" style="margin:0">pages left '
            f'<span style="{SMALL};margin-left:.7rem">{told}{fact}</span></p>{_telling(top["fact"], now["fact"])}'
            f'<div style="font:400 var(--small)/1.3 var(--plain)">{rows}</div>')  # fmt: skip


def _telling(first: int, now: int) -> str:
    """A mark for each page that told the fact at first: full while it is left, hollow once it was dropped."""
    marks = "".join(f'<span style="{MARK};{HOLLOW if place >= now else FULL}"></span>' for place in range(first))
    return f'<div style="{MARKS}">{marks}</div>'


def _bar(step: dict, before: dict, top: int, time: int) -> str:
    """One step's name, bar and count; past ones (0) pale, of those to come (2) the name alone."""
    if time == 2:
        return f'<div class="is-ahead" style="{ROW};color:var(--soft)"><span>{escape(NAMES[step["rule"]])}</span></div>'
    kept, gone = (100 * n / top for n in (step["pages"], before["pages"] - step["pages"]))
    state = "" if time else "color:var(--soft)"
    fill = f"width:{kept:.4g}%;background:var(--fig-ours);opacity:{1 if time else 0.62}"
    outline = f"width:{gone:.4g}%;border:1px solid var(--hair);border-left:0;box-sizing:border-box"
    return (f'<div style="{ROW};{state}"><span>{escape(NAMES[step["rule"]])}</span>'
            f'<span style="display:flex;height:1.15em"><span style="{fill}"></span>'
            f'<span style="{outline}"></span></span>'
            f'<span style="text-align:right;font-variant-numeric:tabular-nums">{number(step["pages"])}</span>'
            "</div>")  # fmt: skip


def _marked(data, text: str) -> str:
    """Escaped text with the fact in its own color."""
    return escape(text).replace(escape(data.fact), f'<em class="fact">{escape(data.fact)}</em>')


def raw(data) -> str:
    """Lines of the raw page: the banner, the first paragraph, the advert, the fact."""
    wanted = ("cookie", "When the ferry stopped", "Advertisement", data.fact)
    found = [line for word in wanted for line in data.trip["html"].splitlines() if word in line]
    return "".join(
        f'<p style="{RAW};{"" if data.fact in line else CUT}">{_marked(data, line)}</p>' for line in found
    )


def _text(data) -> str:
    """The extracted text: its first words and its last paragraph."""
    first = data.trip["text"].splitlines()[-6:][0]
    return f'<p class="clamp" style="{SAID}">{escape(first)}</p>{_last(data)}'


def _last(data) -> str:
    """The last paragraph of the text, which holds the fact."""
    return f'<p style="{SAID}">{_marked(data, data.trip["text"].splitlines()[-1])}</p>'


def _fate(data) -> dict:
    return next(fate for fate in data.fates if fate["url"] == data.trip["url"])


def _told(*rows: tuple[str, str]) -> str:
    """Name and value in lines."""
    return "".join(f'<p style="{SAID}">{value} <span style="{SMALL}">{escape(name)}</span></p>' for name, value in rows)


def _language(data) -> str:
    """The classifier's score for the page."""
    score = number(_fate(data)["language_score"], ".3f")
    return _last(data) + _told(("score for English, and the page stays", score))


def _repetition(data) -> str:
    """How many runs of five words it has, and how many of them come again."""
    runs = len(shingles(data.trip["text"]))
    every = len(re.findall(r"\w+", data.trip["text"])) - 4
    return _last(data) + _told((f"of {every} runs of five words come again", number(every - runs)))


def _quality(data) -> str:
    """What the quality rules counted."""
    fate = _fate(data)
    lines_ = data.trip["text"].splitlines()
    ended = sum(line.rstrip().endswith((".", "?", "!", '"')) for line in lines_)
    return _last(data) + _told(
        ("words", number(fate["words"])),
        ("of 8 little words, “the” and “of” among them", number(fate["stop_words"])),
        (f"of {len(lines_)} lines end like a sentence", number(ended)),
    )


def _copies(data) -> str:
    """The copies of the page and their fate, those that were edited alike and fared alike on one line."""
    alike = Counter((copy["edited"], bool(copy["rule"])) for copy in data.trip["copies"])
    rows = []
    for (edited, gone), count in sorted(alike.items()):
        copies = "copy" if count == 1 else "copies"
        kind = f"{copies}, {edited:.0%} of the words changed" if edited else f"exact {copies}"
        rows.append(("dropped" if gone else "kept", f"{number(count)} {kind}"))
    return _told(*rows)
