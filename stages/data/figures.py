"""The funnel with the fact's page in it, what each rule took, how well it judged, and which near-copies were found."""

from html import escape

from viz import bars, frames, lines
from viz.theme import Markup, number

from . import funnel_frames
from .families import gathered
from .rules import RULES
from .thresholds import COPIES, GOOD, dropped, knobs
from .words import NAMES, TRUTHS


def funnel_scene(data) -> dict:
    """What is left after each step

    Pages left after each step of the recipe, from {{ measured("data.warc_pages", ",") }} in the crawl to
    {{ measured("data.funnel.8.pages", ",") }} at the end, as bars that shorten. Above them a row of small marks, one
    for each page that tells the thread fact: {{ measured("data.funnel.0.fact") }} full ones at first, of which
    {{ measured("data.funnel.8.fact") }} are full at the end and the others hollow. At the top stands the page that
    reports the fact, as that step sees it.

    The page that reports the fact as it stands by now, and how many pages each step so far has left."""
    table = [{"step": NAMES[row["rule"]], "pages left": row["pages"], "dropped": row["dropped"],
              "tell the fact": row["fact"]} for row in data.funnel]  # fmt: skip
    drawn = {name: Markup(funnel_frames.view(data, name) + funnel_frames.bars(data.funnel, current),
                          table[: current + 1], {"funnel": data.funnel})
             for name, current in funnel_frames.ROWS.items()}  # fmt: skip
    return frames.align(drawn)


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
        f'<p class="unit">{unit}</p><div class="heat-scroll" tabindex="0" role="group" aria-label="table">'
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
        "found", edited, [row["share"] for row in data.near], low=low, high=high, points=True, line=False, named=4
    )
    theory = lines.Line("expected", *_curve(data), "base", named=6, lift=4)  # at three percent, where it falls
    figure = lines.draw(
        [theory, measured],
        x="share of words changed",
        y="share of copies found",
        x_form=".0%",
        y_form=".0%",
        y_range=(0, 1.04),
    )
    figure.layout.meta["table"] = sorted(figure.layout.meta["table"], key=lambda row: row["curve"] == "expected")
    return figure


def cleaned(pretrain):
    """Bars of the surprise at the tokens of clean pages that a model has not read, after training on three versions of
    the text. Raw text leaves {{ measured("pretrain.versions_nats.raw", ".2f") }} nats a token, filtered text
    {{ measured("pretrain.versions_nats.filtered", ".2f") }}, and filtered text without copies
    {{ measured("pretrain.versions_nats.deduplicated", ".2f") }}; the ranges of the last two overlap."""
    names = {"raw": "raw", "filtered": "filtered", "deduplicated": "without copies"}
    mean, low, high = (
        [found[name] for name in names]
        for found in (pretrain.versions_nats, pretrain.versions_low_nats, pretrain.versions_high_nats)
    )
    found = bars.Bar("loss", mean, low=low, high=high, tones=["base", "ours", "ours"])
    return bars.draw(list(names.values()), [found], unit="surprise per token on pages it has not read", form=".2f")


def _curve(data) -> tuple[list, list]:
    """The expected curve, drawn at every half percent."""
    from .scores import chance

    most = round(200 * max(row["edited"] for row in data.near))
    return [step / 200 for step in range(most + 1)], [chance(step / 200) for step in range(most + 1)]


def stop(data):
    """Lines of the raw page that reports it: a cookie banner, a paragraph, an advert, and below them
    {{ fact() }}."""
    return Markup(funnel_frames.raw(data), [{"line": line} for line in data.trip["html"].splitlines()], {})


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
