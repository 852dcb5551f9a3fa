"""The funnel with the fact's page in it, what each rule took, how well it judged, and which near-copies were found."""

from html import escape

from viz import bars, flow, frames, heatmap, lines
from viz.theme import Markup, number

from .fates import shingles
from .rules import RULES
from .words import LOST, NAMES, TRUTHS

FRAMES = {"crawl": 0, "text": 2, "language": 3, "repetition": 4, "quality": 7, "copies": 8}  # frame -> funnel row
BOX = "margin:1.1rem 0 0;padding:.7rem 0 0;border-top:1px solid var(--hair);min-height:11.5rem"
RAW = "font:400 .72rem/1.5 var(--mono);color:var(--soft);overflow-wrap:anywhere;margin:0 0 .35rem"
SAID = "font:400 .95rem/1.5 var(--book);margin:0 0 .45rem"
SMALL = "font:400 var(--small)/1.5 var(--plain);color:var(--soft);margin:0 0 .3rem"


def funnel_scene(data) -> dict:
    """Pages left after each step of the recipe, from {{ measured("data.warc_pages", ",") }} in the crawl to
    {{ measured("data.funnel.8.pages", ",") }} at the end, as bars that shorten; a mark in each bar shows the pages that
    tell the thread fact, {{ measured("data.funnel.0.fact") }} at first and {{ measured("data.funnel.8.fact") }} at the
    end. Below the bars stands the page that reports it, as that step sees it."""
    steps = [
        {"name": NAMES[row["rule"]], "left": row["pages"], "lost": LOST[row["rule"]], "fact": row["fact"]}
        for row in data.funnel
    ]
    views = {
        "crawl": _raw,
        "text": _text,
        "language": _language,
        "repetition": _repetition,
        "quality": _quality,
        "copies": _copies,
    }
    drawn = {}
    for name, current in FRAMES.items():
        bar = flow.draw(steps, unit="pages left", current=current)
        box = f'<div style="{BOX}"><p style="{SMALL}">the page that reports the fact</p>{views[name](data)}</div>'
        drawn[name] = Markup(bar.html + box, bar.table[: current + 1], bar.data)
    return frames.align(drawn)


def _marked(data, text: str) -> str:
    """Escaped text with the fact in its own color."""
    return escape(text).replace(escape(data.fact), f'<em class="fact">{escape(data.fact)}</em>')


def _raw(data) -> str:
    """Lines of the raw page: the banner, the first paragraph, the advert, the fact."""
    wanted = ("cookie", "When the ferry stopped", "Advertisement", data.fact)
    found = [line for word in wanted for line in data.trip["html"].splitlines() if word in line]
    cut = [line if data.fact in line else line[:96] + "…" for line in found]
    return "".join(f'<p style="{RAW}">{_marked(data, line)}</p>' for line in cut)


def _text(data) -> str:
    """The extracted text: its first words and its last paragraph."""
    first, *_, last = data.trip["text"].splitlines()[-6:]
    return f'<p style="{SAID}">{escape(first[:150])}…</p><p style="{SAID}">{_marked(data, last)}</p>'


def _fate(data) -> dict:
    return next(fate for fate in data.fates if fate["url"] == data.trip["url"])


def _told(*rows: tuple[str, str]) -> str:
    """Name and value in lines."""
    return "".join(f'<p style="{SAID}">{value} <span style="{SMALL}">{escape(name)}</span></p>' for name, value in rows)


def _language(data) -> str:
    """The classifier's score for the page."""
    return _told(("score for English, and the page stays", number(_fate(data)["language_score"], ".2f")))


def _repetition(data) -> str:
    """How many runs of five words it has, and how many of them occur again."""
    words, runs = len(data.trip["text"].split()), len(shingles(data.trip["text"]))
    return _told(("words", number(words)), ("different runs of five words", number(runs)))


def _quality(data) -> str:
    """What the quality rules counted."""
    fate = _fate(data)
    lines_ = data.trip["text"].splitlines()
    ended = sum(line.rstrip().endswith((".", "?", "!", '"')) for line in lines_)
    return _told(
        ("words", number(fate["words"])),
        ("of the eight commonest little words that English text has", number(fate["stop_words"])),
        (f"of {len(lines_)} lines end like a sentence", number(ended)),
    )


def _copies(data) -> str:
    """Every copy of the page with its fate."""
    rows = []
    for copy in sorted(data.trip["copies"], key=lambda copy: copy["edited"]):
        kind = "exact copy" if copy["truth"] == "copy" else f"{copy['edited']:.0%} of its words changed"
        fate = "dropped" if copy["rule"] else "kept"
        rows.append(
            f'<p style="{SMALL}">{escape(copy["url"].split("/")[2])}: {kind}, '
            f'<span style="color:var(--ink)">{fate}</span></p>'
        )
    return "".join(rows)


def kinds(data):
    """A table of every kind of page against what became of it: each row a kind, each column a rule, the last column the
    pages kept. {{ measured("data.good.pages", ",") }} pages are good and nearly all of them stand in the last column;
    of the {{ measured("data.dirt.pages", ",") }} dirty ones {{ measured("data.dirt.kept") }} do."""
    columns = [*(NAMES[rule] for rule in RULES), "kept"]
    rows = sorted(data.truths, key=lambda row: list(TRUTHS).index(row["truth"]))
    names = [f"{TRUTHS[row['truth']]}, {row['pages']:,}" for row in rows]
    matrix = [[row["dropped"][rule] or None for rule in RULES] + [row["kept"] or None] for row in rows]
    shares = [[value and value / row["pages"] for value in line] for row, line in zip(rows, matrix, strict=True)]
    drawn = heatmap.draw(shares, names, columns, unit="of each kind, what each rule dropped", form=".0%")
    table = [{"kind": name} | dict(zip(columns, line, strict=True)) for name, line in zip(names, matrix, strict=True)]
    return Markup(drawn.html, table, {"rows": names, "columns": columns, "pages": matrix})


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


def _curve(data) -> tuple[list, list]:
    """The expected curve, drawn at every half percent."""
    from .scores import chance

    most = round(200 * max(row["edited"] for row in data.near))
    return [step / 200 for step in range(most + 1)], [chance(step / 200) for step in range(most + 1)]
