"""Pictures of the sample page."""

from html import escape

from viz import lines, tokens
from viz.theme import Markup, number

FRAMES = {  # frame -> whose chances it shows, and its unit
    "scores": ("", "score"),
    "chances": ("chances", "chance"),
    "temperature": ("temperature", "chance, at the higher temperature"),
    "top_k": ("top_k", "chance, after top-k"),
    "top_p": ("top_p", "chance, after top-p"),
    "drawn": ("top_p", "chance, and the draw"),
}
SAID = "grid-template-columns:4.2rem minmax(0,1fr);max-width:37rem;row-gap:0.5rem"


def one_draw(sample):
    """From scores to a draw

    One row for each of the likeliest next tokens after {{ measured("prompt") }}, with its score, then its chance.
    Below them lies a line from zero to one on which each token has a stretch as long as its chance. A higher
    temperature takes the fact's token from {{ measured("fact_chance.chances", ".3f") }} to
    {{ measured("fact_chance.temperature", ".3f") }}, the two cuts leave {{ measured("kept_tokens.top_k") }} tokens and
    then {{ measured("kept_tokens.top_p") }}, and the draw falls on {{ measured("draw.drawn") }}.

    The likeliest tokens by now, and after the scores the line on which each has a stretch."""
    return {frame: _frame(sample, frame, *told) for frame, told in FRAMES.items()}


def _frame(sample, frame, operation, unit):
    """Bars of the likeliest tokens with everything else in one row, and the line under them."""
    draw = sample.draw
    values = draw[operation or "scores"]
    others = sample.kept_tokens["chances"] - len(values)
    if operation:
        others = max(0, sample.kept_tokens[operation] - sum(value > 0 for value in values))
    rest = (f"{number(others)} others", sample.rest[operation]) if operation else ("the best other", draw["other_high"])
    cut, form = {i for i, value in enumerate(values) if not value}, ".3f" if operation else ".1f"
    bars = tokens.bars(draw["pieces"], values, fact={draw["fact_row"]}, cut=cut, rest=rest, unit=unit, form=form,
                       top=1 if operation else None)
    drawn_at = draw["uniform"] if frame == "drawn" else None
    stretches = sample.line[operation] if operation else []
    fact_drawn = draw["drawn_id"] == draw["ids"][draw["fact_row"]]
    falls_on = tokens.chip(draw["drawn"], 0, fact_drawn)
    return Markup(bars.html + _line(stretches, draw["fact_row"], drawn_at, falls_on), bars.table, {
        "rows": bars.table, "line": stretches, "drawn_at": drawn_at})


def _line(stretches, fact_row, drawn_at, falls_on):
    """The line from zero to one, the fact's stretch last, with a hairline of paper around it that shows in gray print.

    An empty one keeps its place, so that all frames are of one height."""
    tone = {fact_row: "var(--fig-fact)", -1: "var(--rest);stroke:var(--fig-ours);vector-effect:non-scaling-stroke"}
    edge = ";stroke:var(--paper);stroke-width:2.4px;vector-effect:non-scaling-stroke"
    parts = "".join(
        f'<rect x="{start * 1000:.2f}" width="{max(0.6, (end - start) * 1000 - 1.6):.2f}" y="12" height="22" '
        f'style="fill:{tone.get(row, "var(--fig-ours)")}{edge if row == fact_row else ""}"/>'
        for start, end, row in sorted(stretches, key=lambda stretch: stretch[2] == fact_row))
    if drawn_at is not None:
        parts += f'<rect x="{drawn_at * 1000 - 1.6:.2f}" width="3.2" y="2" height="42" style="fill:var(--fig-ink)"/>'
    told = "&nbsp;" if drawn_at is None else (
        f'the draw, {number(drawn_at, ".4f")}, falls on {falls_on}')
    ends = '<span>0</span><span>1</span>' if stretches else "<span>&nbsp;</span>"
    return (
        '<svg viewBox="0 0 1000 46" preserveAspectRatio="none" aria-hidden="true" '
        f'style="display:block;width:100%;max-width:37rem;height:46px;margin-top:0.9rem">{parts}</svg>'
        '<p class="unit" style="display:flex;justify-content:space-between;max-width:37rem;margin:0">'
        f'{ends}</p><p class="unit" style="margin:0">{told}</p>')


def next_tokens(sample):
    """Bars of the six likeliest tokens after {{ measured("prompt") }}: the first of the place at
    {{ measured("fact_chance.chances", ".3f") }}, the others next to nothing, like all that have no bar."""
    draw, shown = sample.draw, 6
    values = draw["chances"][:shown]
    rest = f"{number(sample.kept_tokens['chances'] - shown)} others", 1 - sum(values)
    return tokens.bars(draw["pieces"][:shown], values, fact={draw["fact_row"]}, rest=rest, top=1,
                       unit="probability of the next token")


def thousand_draws(sample):
    """The share of draws that took the fact's first token, after ten to {{ measured("draws.n", ",") }} draws. It swings
    widely at first, stays between two dotted curves that close in like a funnel, and ends at
    {{ measured("draws.first") }} of {{ measured("draws.n", ",") }}, where {{ measured("draws.expected", ".1f") }} are
    expected."""
    p, draws = sample.fact_chance["temperature"], sample.draws
    every = draws["n"] // sample.draw_counts.shape[1]
    n = [every * (i + 1) for i in range(sample.draw_counts.shape[1])]
    reach = [2 * (p * (1 - p) / count) ** 0.5 for count in n]
    shares = [count / total for count, total in zip(sample.draw_counts[0].tolist(), n)]
    return lines.draw(
        [lines.Line("", n, [min(1, p + r) for r in reach], "base", dash="dot"),
         lines.Line(f"{draws['theory_share']:.0%} of series", n, [max(0, p - r) for r in reach], "base", dash="dot"),
         lines.Line("the draws", n, shares, "fact")],
        x="draws", y="share that drew the first token", y_form=".0%", x_range=(0, draws["n"]),
        baselines={"its chance": p})


def three_heats(sample, tokenize):
    """What the model writes after {{ measured("prompt") }}, three times from one seed: at temperature zero, at one, and
    at two. The first two are sentences that name the right place; the last is nonsense."""
    place = escape(tokenize.thread_place)
    rows = [{"temperature": heat, "written": text} for heat, text in sample.heats.items()]
    shown = {heat: escape(text).replace(place, f'<em class="fact">{place}</em>') for heat, text in sample.heats.items()}
    told = "".join(f"<dt>{heat}</dt><dd>… {text} …</dd>" for heat, text in shown.items())
    top = f"<dt>temperature</dt><dd>{escape(sample.prompt)} …</dd>"
    return Markup(f'<dl class="said" style="{SAID}">{top}{told}</dl>', rows, {"rows": rows})


def hot_and_cold(sample):
    """Curves over the temperature from zero to two. Facts finished rightly fall from
    {{ measured("facts_share.0", ".0%") }} to {{ measured("facts_share.7", ".0%") }}; runs copied from training pages
    fall from {{ measured("copied.0", ".0%") }} to {{ measured("copied.7", ".1%") }}, past the
    {{ measured("control.copied", ".0%") }} of held-out pages; words that stand on no page rise from
    {{ measured("unread.0", ".1%") }} to {{ measured("unread.7", ".0%") }}."""
    t, runs = sample.temperatures, sample.written_by_seed
    facts = lines.Line("facts right", t, sample.facts_share, low=sample.facts_low, high=sample.facts_high, points=True)
    return lines.draw(
        [facts, _by_seed("copied from its pages", t, sample.copied, runs["copied"], "second"),
         _by_seed("words on no page", t, sample.unread, runs["unread"], "third")],
        x="temperature", y="share", y_form=".0%", y_range=(0, 1),
        baselines={"copied runs in unread pages": sample.control["copied"]})


def _by_seed(name, temperatures, means, runs, tone, **named):
    """A curve of means with the range of the seeds; `named` says where its name stands."""
    return lines.Line(name, temperatures, means, tone, low=[min(run) for run in runs], high=[max(run) for run in runs],
                      points=True, **named)


def dull_and_lively(sample):
    """Two curves over the temperature. The share of four-token runs that the same text has already said goes from
    {{ measured("repeated.0", ".1%") }} at zero to {{ measured("repeated.4", ".1%") }} at one and
    {{ measured("repeated.7", ".1%") }} at two; a dotted line marks the {{ measured("control.repeated", ".1%") }} of
    pages. The share of long texts that end in a circle goes from {{ measured("loops.greedy.share", ".1%") }} at zero to
    {{ measured("loops.drawn.share", ".1%") }} at one."""
    t, rows = sample.temperatures, sample.loops["rows"]
    repeated = _by_seed("repeated runs", t, sample.repeated, sample.written_by_seed["repeated"], "ours",
                       named=2, lift=20)
    loops = lines.Line("texts ending in a circle", *([row[key] for row in rows] for key in ("temperature", "share")),
                       "second", low=[row["low"] for row in rows], high=[row["high"] for row in rows], points=True,
                       named=0)
    return lines.draw([repeated, loops], x="temperature", y="share", y_form=".0%",
                      baselines={"repeated, in pages": sample.control["repeated"]})


def recited(pretrain):
    """The share of verses that come out whole, over the mean number of training pages that quote them, planted
    on one to {{ measured("pretrain.verses_most_copies") }}: {{ measured("pretrain.verses_once_right") }} of
    {{ measured("pretrain.verses_each") }} at the one end, {{ measured("pretrain.verses_most_right") }} at the other."""
    rows = pretrain.verses
    share = lines.Line("verses", *([row[key] for row in rows] for key in ("copies", "share")), "ours", points=True,
                       low=[row["low"] for row in rows], high=[row["high"] for row in rows])
    return lines.draw([share], x="pages that quote it, mean", y="share recited to the end", y_form=".0%",
                      y_range=(0, 1), x_log=True, x_ticks=(1, 2, 4, 8, 16, 32), x_range=(0.8, 32),
                      baselines={"unread passages": pretrain.verses_control_share})


def strangers(sample):
    """Two curves: the chance of the likeliest next token, openings in order from the least to the most certain. About
    known people it is {{ measured("sure.known", ".2f") }} in the middle, about strangers
    {{ measured("sure.unknown", ".2f") }}."""
    drawn = []
    for name, told, tone in (("known", "known people", "ours"), ("unknown", "strangers", "base")):
        chances = sorted(sample.sure_by_opening[name])
        drawn.append(lines.Line(told, [(i + 0.5) / len(chances) for i in range(len(chances))], chances, tone))
    return lines.draw(drawn, x="openings, least certain first", y="chance of the likeliest token", x_form=".0%",
                      y_form=".0%", y_range=(0, 1), x_range=(0, 1))


def stop(sample):
    """The likeliest next tokens as bars, the first token of the place far ahead at
    {{ measured("sample.fact_chance.chances", ".2f") }}."""
    draw = sample.draw
    return tokens.bars(draw["pieces"][:3], draw["chances"][:3], fact={draw["fact_row"]}, unit="", form=".2f", top=1)
