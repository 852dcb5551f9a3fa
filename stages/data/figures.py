"""The funnel with the fact's page in it, what each rule took, how well it judged, and which near-copies were found."""

import re
from collections import Counter
from html import escape

from viz import bars, frames, lines
from viz.theme import Markup, number

from .families import gathered
from .fates import shingles
from .rules import RULES
from .thresholds import COPIES, GOOD, dropped, knobs
from .words import NAMES, TRUTHS

FRAMES = {"crawl": 0, "text": 2, "language": 3, "repetition": 4, "quality": 7, "copies": 8}  # frame -> funnel row
BOX = "min-height:9.2rem;margin:0 0 .8rem;padding:0 0 .4rem;border-bottom:1px solid var(--hair);overflow:hidden"
RAW = "font:400 .72rem/1.5 var(--mono);color:var(--soft);margin:0 0 .22rem"
CUT = "white-space:nowrap;overflow:hidden;text-overflow:ellipsis"
SAID = "font:400 .95rem/1.45 var(--book);margin:0 0 .35rem"
SMALL = "font:400 var(--small)/1.4 var(--plain);color:var(--soft);margin:0 0 .2rem"
ROW = "display:grid;grid-template-columns:5.6rem minmax(0,1fr) 2.8rem;gap:0 .6rem;align-items:center;margin:0 0 .22rem"


def funnel_scene(data) -> dict:
    """Pages left after each step of the recipe, from {{ measured("data.warc_pages", ",") }} in the crawl to
    {{ measured("data.funnel.8.pages", ",") }} at the end, as bars that shorten; a mark in each bar shows the pages that
    tell the thread fact, {{ measured("data.funnel.0.fact") }} at first and {{ measured("data.funnel.8.fact") }} at the
    end. Above the bars stands the page that reports it, as that step sees it."""
    views = {"crawl": _raw, "text": _text, "language": _language, "repetition": _repetition, "quality": _quality,
             "copies": _copies}  # fmt: skip
    table = [{"step": NAMES[row["rule"]], "pages left": row["pages"], "dropped": row["dropped"],
              "tell the fact": row["fact"]} for row in data.funnel]  # fmt: skip
    drawn = {}
    for name, current in FRAMES.items():
        view = f'<div style="{BOX}"><p style="{SMALL}">the page that reports the fact</p>{views[name](data)}</div>'
        drawn[name] = Markup(view + _funnel(data.funnel, current), table[: current + 1], {"funnel": data.funnel})
    return frames.align(drawn)


def _funnel(steps: list[dict], current: int) -> str:
    """The bars up to the current step, a line each, and what that step dropped, in one row or in several."""
    top, now = steps[0]["pages"], steps[current]
    earlier = max((place for place in FRAMES.values() if place < current), default=-1)
    rows = "".join(_bar(step, before, top, (place > earlier) + (place > current)) for place, (step, before) in
                   enumerate(zip(steps, [steps[0], *steps], strict=False)))  # fmt: skip
    lost = steps[max(earlier, 0)]["pages"] - now["pages"]
    told = f"{number(lost)} dropped in this step, " if lost else ""
    fact = f'<span style="color:var(--fact)">{number(now["fact"])} tell the fact</span>'
    return (f'<p class="unit">pages left <span style="{SMALL};margin-left:.7rem">{told}{fact}</span></p>'
            f'<div style="font:400 var(--small)/1.3 var(--plain)">{rows}</div>')  # fmt: skip


def _bar(step: dict, before: dict, top: int, time: int) -> str:
    """One step's name, bar and count; past ones (0) pale, of those to come (2) the name alone."""
    if time == 2:
        return f'<div class="is-ahead" style="{ROW};color:var(--soft)"><span>{escape(NAMES[step["rule"]])}</span></div>'
    kept, gone, fact = (100 * n / top for n in (step["pages"], before["pages"] - step["pages"], step["fact"]))
    state = "" if time else "color:var(--soft)"
    fill = f"width:{kept:.4g}%;background:var(--fig-ours);opacity:{1 if time else 0.62}"
    outline = f"width:{gone:.4g}%;border:1px solid var(--hair);border-left:0;box-sizing:border-box"
    mark = f"position:absolute;left:0;height:100%;min-width:3px;width:{fact:.4g}%;background:var(--fact)"
    return (f'<div style="{ROW};{state}"><span>{escape(NAMES[step["rule"]])}</span>'
            f'<span style="position:relative;display:flex;height:1.15em"><span style="{fill}"></span>'
            f'<span style="{outline}"></span><span style="{mark}"></span></span>'
            f'<span style="text-align:right;font-variant-numeric:tabular-nums">{number(step["pages"])}</span>'
            "</div>")  # fmt: skip


def _marked(data, text: str) -> str:
    """Escaped text with the fact in its own color."""
    return escape(text).replace(escape(data.fact), f'<em class="fact">{escape(data.fact)}</em>')


def _raw(data) -> str:
    """Lines of the raw page: the banner, the first paragraph, the advert, the fact."""
    wanted = ("cookie", "When the ferry stopped", "Advertisement", data.fact)
    found = [line for word in wanted for line in data.trip["html"].splitlines() if word in line]
    return "".join(
        f'<p style="{RAW};{"" if data.fact in line else CUT}">{_marked(data, line)}</p>' for line in found
    )


def _text(data) -> str:
    """The extracted text: its first words and its last paragraph."""
    first, *_, last = data.trip["text"].splitlines()[-6:]
    return f'<p class="clamp" style="{SAID}">{escape(first)}</p><p style="{SAID}">{_marked(data, last)}</p>'


def _fate(data) -> dict:
    return next(fate for fate in data.fates if fate["url"] == data.trip["url"])


def _told(*rows: tuple[str, str]) -> str:
    """Name and value in lines."""
    return "".join(f'<p style="{SAID}">{value} <span style="{SMALL}">{escape(name)}</span></p>' for name, value in rows)


def _language(data) -> str:
    """The classifier's score for the page."""
    return _told(("score for English, and the page stays", number(_fate(data)["language_score"], ".3f")))


def _repetition(data) -> str:
    """How many runs of five words it has, and how many of them occur again."""
    runs = len(shingles(data.trip["text"]))
    every = len(re.findall(r"\w+", data.trip["text"])) - 4
    words = number(_fate(data)["words"])
    return _told(("words", words), (f"of {every} runs of five words stand here once", number(runs)))


def _quality(data) -> str:
    """What the quality rules counted."""
    fate = _fate(data)
    lines_ = data.trip["text"].splitlines()
    ended = sum(line.rstrip().endswith((".", "?", "!", '"')) for line in lines_)
    return _told(
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


def kinds(data):
    """A table of groups of pages against what became of them: the first columns say how many were planted and kept,
    the others what each rule dropped. Bad ones that came through are in bold.
    {{ measured("data.good.pages", ",") }} pages are good and nearly all of them were kept; of the
    {{ measured("data.dirt.pages", ",") }} bad ones {{ measured("data.dirt.kept") }} were."""
    columns = ["planted", "kept", *(NAMES[rule] for rule in RULES)]
    families = gathered(data.truths)
    names, matrix = [row["name"] for row in families], [_counts(row) for row in families]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    through = [row["truths"][0] not in GOOD + COPIES and row["kept"] > 0.9 * row["pages"] for row in families]
    lines = [_kind(*row) for row in zip(names, through, matrix, strict=True)]
    firsts = [row["truths"][0] for row in families]
    kind_of = ["good" if first in GOOD else "copies" if first in COPIES else "bad" for first in firsts]
    body = "".join(_group(name, len(columns) + 1, [line for line, kind in zip(lines, kind_of) if kind == name])
                   for name in ("good", "copies", "bad"))
    unit = "pages of each group: planted, kept, dropped by each rule"
    drawn = (
        f'<p class="unit">{unit}</p><div class="heat-scroll" tabindex="0" role="region" aria-label="{unit}">'
        '<table class="heat upright"><thead><tr><td></td>'
        f"{head}</tr></thead>{body}</table></div>"
    )
    kinds = sorted(data.truths.values(), key=lambda row: list(TRUTHS).index(row["truth"]))
    table = [{"kind": TRUTHS[row["truth"]]} | dict(zip(columns, _counts(row), strict=True)) for row in kinds]
    return Markup(drawn, table, {"rows": names, "columns": columns, "pages": matrix})


def _counts(row: dict) -> list[int]:
    """Pages of a kind or of a group: planted, kept, dropped by each rule in turn."""
    return [row["pages"], row["kept"], *(row["dropped"][rule] for rule in RULES)]


def _group(name: str, width: int, lines: list[str]) -> str:
    """Rows under a name of their own."""
    return f'<tbody><tr><th scope="rowgroup" colspan="{width}">{name}</th></tr>{"".join(lines)}</tbody>'


def _kind(name: str, bold: bool, line: list[int]) -> str:
    """A row of counts, each tinted by its share of the kind; nought is left empty."""
    planted, *counts = line
    cells = "".join(
        f'<td style="--v:{count / planted:.3g}">{number(count)}</td>' if count else "<td></td>" for count in counts
    )
    told = f"<strong>{escape(name)}</strong>" if bold else escape(name)
    return f'<tr><th scope="row">{told}</th><td>{number(planted)}</td>{cells}</tr>'


def judged(data):
    """For each rule two bars with intervals: of the pages it dropped, the share that deserved it, and of the pages it
    is there to catch, the share it caught. Most rules are nearly always right; the C4 rules are right in
    {{ measured("data.scores.5.precision.share", ".0%") }} of their drops and FineWeb's own in
    {{ measured("data.scores.6.precision.share", ".0%") }}."""

    def bar(name: str, key: str, tone: str) -> bars.Bar:
        found = [row[key] for row in data.scores]
        low, high = ([one["interval"][end] for one in found] for end in (0, 1))
        return bars.Bar(name, [one["share"] for one in found], tone, low=low, high=high)

    groups = [NAMES[row["rule"]] for row in data.scores]
    return bars.draw(
        groups,
        [bar("rightly dropped", "precision", "ours"), bar("caught", "recall", "base")],
        unit="share of pages",
        form=".0%",
        top=1,
    )


def near_copies(data):
    """Near-copies found, against the share of their words that was changed: all of the exact copies, then a steep fall,
    and none at one word in five. The measured points follow the curve that the arithmetic of the method gives."""
    edited = [row["edited"] for row in data.near]
    low, high = ([row["interval"][end] for row in data.near] for end in (0, 1))
    measured = lines.Line(
        "found", edited, [row["share"] for row in data.near], low=low, high=high, points=True, line=False
    )
    theory = lines.Line("expected", *_curve(data), "base")
    return lines.draw(
        [theory, measured],
        x="share of words changed",
        y="share of copies found",
        x_form=".0%",
        y_form=".0%",
        y_range=(0, 1.04),
    )


def cleaned(pretrain):
    """Bars of the loss on clean pages that were held out, after training on three versions of the text. Raw text leaves
    {{ measured("pretrain.versions_nats.raw", ".2f") }} nats a token, filtered text
    {{ measured("pretrain.versions_nats.filtered", ".2f") }}, and filtered text without copies
    {{ measured("pretrain.versions_nats.deduplicated", ".2f") }}; the ranges of the last two overlap."""
    names = {"raw": "raw", "filtered": "filtered", "deduplicated": "without copies"}
    mean, low, high = (
        [found[name] for name in names]
        for found in (pretrain.versions_nats, pretrain.versions_low_nats, pretrain.versions_high_nats)
    )
    found = bars.Bar("loss", mean, low=low, high=high, tones=["base", "ours", "ours"])
    return bars.draw(list(names.values()), [found], unit="nats per token of held-out clean pages", form=".2f")


def _curve(data) -> tuple[list, list]:
    """The expected curve, drawn at every half percent."""
    from .scores import chance

    most = round(200 * max(row["edited"] for row in data.near))
    return [step / 200 for step in range(most + 1)], [chance(step / 200) for step in range(most + 1)]


def stop(data):
    """Lines of the raw page that reports it: a cookie banner, a paragraph, an advert, and below them
    {{ fact() }}."""
    return Markup(_raw(data), [{"line": line} for line in data.trip["html"].splitlines()], {})


def thresholds(data):
    """A table of other thresholds: for each number of little words that a text must hold, and for some scores for
    English that it must reach, how many good pages, bad ones and copies would be dropped. FineWeb's
    settings lose no good page here."""
    names = {"words": "little words, at least", "english": "score for English, at least"}
    rows, lines_ = [], []
    for knob in knobs(data.fates):
        lines_.append(f'<tr><th scope="rowgroup" colspan="4">{names[knob["id"]]}</th></tr>')
        for place, cut in enumerate(knob["cuts"]):
            if knob["id"] == "words" or place in (10, 13, 16, 18, 19):
                own = ", FineWeb’s setting" if cut == knob["value"] else ""
                told = f"{cut:{'d' if knob['id'] == 'words' else '.2f'}}{own}"
                count = {name: number(dropped(group, place)) for name, group in knob["groups"].items()}
                cells = "".join(f"<td>{cell}</td>" for cell in count.values())
                lines_.append(f"<tr><td>{told}</td>{cells}</tr>")
                rows.append({"rule": names[knob["id"]], "threshold": told} | count)
    head = "".join(f'<th scope="col">{name}</th>' for name in ("good", "bad", "copies"))
    head = f'<thead><tr><th scope="col">threshold</th>{head}</tr></thead>'
    body = f"<table>{head}<tbody>{''.join(lines_)}</tbody></table>"
    return Markup(f'<p class="unit">pages dropped</p>{body}', rows, {"thresholds": rows})
