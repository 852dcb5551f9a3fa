"""Curves over an axis: named at their ends, with dotted baselines and at most one mark."""

from dataclasses import dataclass

import plotly.graph_objects as go

from viz import end_names, scale
from viz.marks import Mark, rings
from viz.theme import HEIGHT, SIZE, WIDTH, axis, color, label, layout, palette, text_width, told

__all__ = ["Line", "Mark", "draw"]

CLEAR = "rgba(0,0,0,0)"


@dataclass(frozen=True)
class Line:
    """One curve. `low` and `high` draw an interval at each point; `points` adds dots; `line=False` leaves only dots.

    `shape` is that of its dots, a name of Plotly's, where curves must be told apart in gray.

    Its name stands behind its last point, or behind the one at `named`, `lift` pixels higher. A `quiet` one is thin and
    has its intervals in the table only: it stands beside the one that the figure is about.
    """

    name: str
    x: list
    y: list
    tone: str = "ours"
    low: list | None = None
    high: list | None = None
    points: bool = False
    shape: str = ""
    line: bool = True
    dash: str = "solid"
    named: int = -1
    lift: float = 0
    quiet: bool = False


@dataclass(frozen=True)
class Chart:
    """What `draw` was asked for, before it is set in one of the two sizes."""

    lines: tuple
    baselines: dict
    marks: tuple
    x: str
    y: str
    x_range: tuple
    y_range: tuple
    x_log: bool
    y_log: bool
    x_form: str
    y_form: str
    x_ticks: tuple | None = None


def draw(lines, *, x, y, baselines=None, marks=(), x_range=None, y_range=None, x_log=False, y_log=False,
         x_form=",", y_form=",", x_ticks=None) -> go.Figure:
    """A line chart; `x` and `y` are the units, `baselines` maps a name to its height, `x_ticks` chooses the ticks.

    >>> loss = Line("our model", [1, 10, 100], [7.6, 5.0, 2.0])
    >>> figure = draw([loss], x="steps", y="nats per token", x_log=True, baselines={"knows nothing": 7.6})
    >>> [note.text for note in figure.layout.annotations]
    ['nats per token', 'steps', 'our model', 'knows nothing']
    """
    baselines = baselines or {}
    every_x = [value for line in lines for value in line.x]
    every_y = [value for line in lines for values in (line.y, line.low, line.high) for value in (values or [])]
    every_y += [*baselines.values(), *(mark.y for mark in marks)]
    floor = min(every_y) if y_log else min(0, *every_y)
    inset = 0.015 if any(line.low for line in lines) else 0  # an interval at the very edge is cut in half
    x_range = x_range or scale.wider(min(every_x), max(every_x), inset, inset, x_log)
    y_range = y_range or (floor, max(every_y) * (1.3 if y_log else 1.04))
    y_range = y_range if y_log else scale.wider(*y_range, 0, 0.012)  # a grid line at the very top is not drawn
    chart = Chart(tuple(lines), baselines, tuple(marks), x, y, tuple(x_range), tuple(y_range),
                  x_log, y_log, x_form, y_form, x_ticks)
    narrow = arrange(chart, "narrow")
    meta = {"narrow": narrow, "table": rows(chart), "hover": hover(chart)}
    return go.Figure(traces(chart), layout(**arrange(chart, "wide"), meta=meta))


def traces(chart: Chart) -> list:
    """The marks themselves, the same in both sizes: baselines below, curves, then the ring."""
    ends = list(chart.x_range)
    drawn = [go.Scatter(x=ends, y=[height] * 2, mode="lines", name=name, hoverinfo="skip",
                        line=dict(color=palette.base, width=1.4, dash="1.5px,4px"))
             for name, height in chart.baselines.items()]
    for line in chart.lines:
        mode = "+".join(["lines"] * line.line + ["markers"] * (line.points or not line.line))
        drawn.append(go.Scatter(
            x=list(line.x), y=list(line.y), mode=mode, name=line.name, cliponaxis=False, error_y=interval(line),
            line=dict(color=color(line.tone), width=1.2 if line.quiet else 2.4, dash=line.dash),
            marker=dict(color=color(line.tone), size=5 + 2 * (not line.quiet) + 2 * bool(line.shape))
            | ({"symbol": line.shape} if line.shape else {})))
    ring = dict(size=11, color=palette.paper)
    drawn += [go.Scatter(x=[mark.x], y=[mark.y], mode="markers", name=mark.text, cliponaxis=False,
                         marker=ring | dict(line=dict(color=color(mark.tone), width=2.4))) for mark in chart.marks]
    return drawn


def hover(chart: Chart) -> list:
    """What each trace says under a pointer: the curve, its value, and where; a mark says its own words."""
    said = [{} for _ in chart.baselines]
    for line in chart.lines:
        name, value = line.name or chart.y, told("y", line.y, chart.y_form)
        place = told("x", line.x, chart.x_form)
        said.append({"hovertemplate": f"{name}: {value}<br>{chart.x}: {place}<extra></extra>"})
    return said + [{"hovertemplate": f"{mark.text}<extra></extra>"} for mark in chart.marks]


def rows(chart: Chart) -> list:
    """The chart as the table below it: a row a point, under the names of the axes, then the baselines."""
    made = []
    for line in chart.lines:
        for index, (x, y) in enumerate(zip(line.x, line.y, strict=True)):
            ends = {} if line.low is None else {"low": line.low[index], "high": line.high[index]}
            made.append({"curve": line.name, chart.x: x, chart.y: y} | ends)
    return made + [{"curve": name, chart.y: height} for name, height in chart.baselines.items()]


def interval(line: Line) -> dict | None:
    """Plotly's error bars as thin lines of the curve's color."""
    if line.low is None or line.quiet:
        return None
    return dict(type="data", symmetric=False, color=color(line.tone), thickness=1.2, width=0,
                array=[high - middle for high, middle in zip(line.high, line.y, strict=True)],
                arrayminus=[middle - low for low, middle in zip(line.low, line.y, strict=True)])


def arrange(chart: Chart, variant: str) -> dict:
    """Margins, ticks and labels for one size."""
    size, wide = SIZE[variant], variant == "wide"
    y_axis = scale.tick_axis(*chart.y_range, 5 if wide else 4, chart.y_log, chart.y_form)
    x_axis = scale.tick_axis(*chart.x_range, 6 if wide else 3, chart.x_log, chart.x_form, chart.x_ticks)
    left = 12 + max(text_width(text, size) for text in y_axis["ticktext"])
    names, right = end_names.beside_plot(chart, variant, left)
    margin = dict(l=round(left), r=round(right), t=36, b=round(3.8 * size), pad=0)
    box = (WIDTH[variant] - margin["l"] - margin["r"], HEIGHT[variant] - margin["t"] - margin["b"])
    named = end_names.labels(chart, names, variant, box)
    taken = [end_names.words_box(note, variant, box) for note in named]
    notes = [*units(chart.x, chart.y, variant, margin), *named, *rings(chart, variant, box, taken)]
    x_axis |= dict(showgrid=False, showline=True, linecolor=palette.hair, ticks="outside", ticklen=5, tickcolor=CLEAR)
    y_axis |= dict(ticks="outside", ticklen=5, tickcolor=CLEAR)
    return dict(height=HEIGHT[variant], width=WIDTH[variant], margin=margin, annotations=notes,
                font=layout(variant)["font"], xaxis=axis(**x_axis), yaxis=axis(**y_axis))


def units(x: str, y: str, variant: str, margin: dict) -> list:
    """The two units, each written once: y at the top left, x below the right end of its axis."""
    return [label(y, variant, "ink", xref="paper", yref="paper", x=0, y=1, xshift=-margin["l"], yshift=24),
            label(x, variant, "soft", xref="paper", yref="paper", x=1, y=0, xanchor="right",
                  yshift=-round(3.0 * SIZE[variant]))]
