"""Horizontal bars from zero, with their values at their ends and intervals as thin ink lines."""

import plotly.graph_objects as go

from viz import bar_places as places
from viz.bar_places import Bar, Chart
from viz.theme import SIZE, WIDTH, axis, color, label, layout, palette, told

__all__ = ["Bar", "draw"]

GAP = 2  # pixels between two bars of a group, in the wide poster


def draw(groups, bars, *, unit, form=",", top=None) -> go.Figure:
    """A bar chart; `unit` is written once, at the top left; `form` is the values' number format.

    >>> figure = draw(["two terms", "three"], [Bar("direct", [0.65, 0.29])], unit="share answered exactly", form=".0%")
    >>> [note.text for note in figure.layout.annotations]
    ['share answered exactly', 'two terms', 'three', '65%', '29%']
    """
    top = top or max(end for bar in bars for _, end in places.ends(bar))
    chart = Chart(tuple(groups), tuple(bars), unit, form, top)
    drawn = traces(chart)
    meta = {"narrow": arrange(chart, "narrow"), "table": rows(chart), "hover": hover(chart, drawn)}
    return go.Figure(drawn, layout(**arrange(chart, "wide"), meta=meta, bargap=0, barmode="overlay"))


def traces(chart: Chart) -> list:
    """The bars, the same in both sizes, each under its intervals."""
    drawn = []
    for index, bar in enumerate(chart.bars):
        shown = [group for group, _ in places.ends(bar)]
        heights = [places.place(chart, group, index) for group in shown]
        colors = [color((bar.tones or [bar.tone] * len(bar.values))[group]) for group in shown]
        drawn.append(go.Bar(
            orientation="h", name=bar.name, x=[bar.values[group] for group in shown],
            customdata=[chart.groups[group] for group in shown],
            width=(1 - GAP / places.BAR["wide"]) * places.share(chart) / len(chart.bars),
            y=heights, marker=dict(color=colors), hovertemplate="%{customdata}: %{x}<extra></extra>"))
        drawn += intervals(bar, heights)
    return drawn


def hover(chart: Chart, drawn: list) -> list:
    """What a bar says under a pointer: its group, its name where there are several, its value; other traces nothing."""
    said = iter([f"%{{customdata}}{'<br>' + bar.name if len(chart.bars) > 1 else ''}: "
                 f"{told('x', bar.values, chart.form)}<extra></extra>" for bar in chart.bars])
    return [{"hovertemplate": next(said)} if trace.type == "bar" else {} for trace in drawn]


def intervals(bar: Bar, heights: list) -> list:
    """Thin lines from the low to the high end: paper as far as the bar goes, ink beyond it; none without bounds."""
    if bar.low is None:
        return []
    shown = [group for group, _ in places.ends(bar)]
    inside = dict(color=palette.paper, arrayminus=[bar.values[group] - bar.low[group] for group in shown],
                  array=[0 for _ in shown])
    beyond = dict(color=palette.ink, arrayminus=[0 for _ in shown],
                  array=[bar.high[group] - bar.values[group] for group in shown])
    return [go.Scatter(x=[bar.values[group] for group in shown], y=heights, mode="markers", hoverinfo="skip",
                       marker=dict(opacity=0, size=1, color=part["color"]),
                       error_x=part | dict(type="data", symmetric=False, width=0, thickness=1))
            for part in (inside, beyond)]


def rows(chart: Chart) -> list:
    """The chart as the table below it: a row a group, a column a bar, with the ends of its interval.

    >>> rows(Chart(("two",), (Bar("direct", [0.6], low=[0.5], high=[0.7]),), "share", ".0%", 1))
    [{'name': 'two', 'share': 0.6, 'low': 0.5, 'high': 0.7}]
    """
    lone, made = len(chart.bars) == 1, []
    for index, group in enumerate(chart.groups):
        row = {"name": group}
        for bar in chart.bars:
            row[chart.unit if lone else bar.name] = bar.values[index]
            if bar.low is not None:
                row |= {("" if lone else f"{bar.name}, ") + end: getattr(bar, end)[index] for end in ("low", "high")}
        made.append(row)
    return made


def arrange(chart: Chart, variant: str) -> dict:
    """Margins, height and labels for one size: group names left of their bars, or above them where they are long."""
    size, depth = SIZE[variant], places.foot(chart, len(chart.groups) - 1)
    above, left = places.is_above(chart, variant), places.left_of(chart, variant)
    spots = places.naming(chart, variant, left)
    head = 36 + round(size * 1.6) * spots.count("above")
    unit = places.BAR[variant] * len(chart.bars) / places.share(chart)
    width = min(places.room(chart, variant, left, spots), WIDTH[variant] - left - 8)
    margin = dict(l=left, r=round(WIDTH[variant] - left - width), t=head, b=6, pad=0)
    notes = [label(chart.unit, variant, "ink", xref="paper", yref="paper", x=0, y=1, xshift=-left, yshift=head - 12)]
    notes += [*places.bar_names(chart, variant, head, left, spots), *places.group_names(chart, variant, above)]
    notes += places.value_labels(chart, variant, spots)
    return dict(height=round(head + 6 + unit * depth), width=WIDTH[variant], margin=margin, annotations=notes,
                font=layout(variant)["font"], yaxis=axis(range=[-depth, 0], showgrid=False, showticklabels=False),
                xaxis=axis(range=[0, chart.top], showgrid=False, showticklabels=False))
