"""The one emphasis of a chart: a ring at a place, and its words where they cover least."""

from dataclasses import dataclass

from viz import scale
from viz.theme import SIZE, broken, color, label, palette, text_width


@dataclass(frozen=True)
class Mark:
    """The one emphasis: a ring at a place and a few words, which stand where they cover least."""

    x: float
    y: float
    text: str
    tone: str = "fact"


def rings(chart, variant: str, box: tuple, taken: list) -> list:
    """The words beside each mark, on the side where they cover least; broken in two where one line is too long."""
    notes = []
    for mark in chart.marks:
        spot = place(chart, mark.x, mark.y, box)
        text = mark.text if text_width(mark.text, SIZE[variant]) < 0.62 * box[0] else broken(mark.text)
        places = [(side, away) for away in (5, 20) for side in ("ne", "nw", "se", "sw")]
        curves = [point for line in chart.lines for point in path(chart, line, box)]
        dotted = [(x, place(chart, chart.x_range[0], level, box)[1])
                  for level in chart.baselines.values() for x in range(0, round(box[0]), 6)]
        found = [covered(words_area(text, variant, spot, *one), taken, curves + dotted, box) for one in places]
        if min(found):
            notes.append(in_the_open(mark, text, variant, spot, box, taken, curves, dotted))
            continue
        side, away = places[found.index(min(found))]
        right, above = side.endswith("e"), side.startswith("n")
        notes.append(label(text, variant, mark.tone, xref="paper", yref="paper", x=spot[0] / box[0], y=spot[1] / box[1],
                           xanchor="left" if right else "right", yanchor="bottom" if above else "top",
                           align="left" if right else "right", bgcolor=palette.paper,
                           xshift=9 if right else -9, yshift=away if above else -away))
    return notes


def in_the_open(mark, text, variant, spot, box, taken, curves, dotted) -> dict:
    """The words at the nearest place that covers no curve, with a thin line to the ring, beside which nothing is free.

    They may interrupt a baseline, which counts as half a pixel of distance for each of its dots.
    """
    wide, tall = text_width(text, SIZE[variant]), SIZE[variant] * 1.3 * (1 + text.count("<br>"))
    ring = (spot[0] - 9, spot[1] - 9, spot[0] + 9, spot[1] + 9)
    corners = [(x * box[0] / 48, y * box[1] / 48) for x in range(48) for y in range(48)]

    def cost(corner):
        area = (*corner, corner[0] + wide, corner[1] + tall)
        away = abs(corner[0] + wide / 2 - spot[0]) + abs(corner[1] + tall / 2 - spot[1])
        padded = (area[0] - 6, area[1] - 3, area[2] + 6, area[3] + 3)
        return covered(padded, [*taken, ring], curves, box), away + covered(area, [], dotted, box) / 2

    x, y = min(corners, key=cost)
    return label(text, variant, mark.tone, xref="paper", yref="paper", x=spot[0] / box[0], y=spot[1] / box[1],
                 bgcolor=palette.paper, **leader((x, y, x + wide, y + tall), spot), arrowcolor=color(mark.tone))


def leader(area: tuple, spot: tuple) -> dict:
    """What makes an annotation at a spot stand in an area instead, a thin line from its nearest side to the spot.

    >>> leader((0, 0, 40, 10), (60, 5))["ax"]
    -20
    """
    x0, y0, x1, y1 = area
    beside = spot[0] < x0 or spot[0] > x1
    xanchor = ("left" if spot[0] < x0 else "right") if beside else "center"
    yanchor = "middle" if beside else "bottom" if spot[1] < y0 else "top"
    tail = ({"left": x0, "right": x1, "center": (x0 + x1) / 2}[xanchor],
            {"bottom": y0, "top": y1, "middle": (y0 + y1) / 2}[yanchor])
    return dict(showarrow=True, arrowhead=0, arrowwidth=1, standoff=7, xanchor=xanchor, yanchor=yanchor, axref="pixel",
                ayref="pixel", ax=tail[0] - spot[0], ay=spot[1] - tail[1])


def place(chart, x: float, y: float, box: tuple) -> tuple:
    """A point of the chart in pixels from the plot's lower left."""
    return (box[0] * scale.fraction(x, *chart.x_range, chart.x_log),
            box[1] * scale.fraction(y, *chart.y_range, chart.y_log))


def words_area(text: str, variant: str, spot: tuple, side: str, away: float) -> tuple:
    """The rectangle (left, bottom, right, top) that a mark's words would take, in pixels from the plot's lower left."""
    wide, tall = text_width(text, SIZE[variant]), SIZE[variant] * 1.3 * (1 + text.count("<br>"))
    left = spot[0] + 9 if side.endswith("e") else spot[0] - 9 - wide
    bottom = spot[1] + away if side.startswith("n") else spot[1] - away - tall
    return left, bottom, left + wide, bottom + tall


def path(chart, line, box: tuple) -> list:
    """A curve as points a few pixels apart, in pixels from the plot's lower left."""
    knots = [place(chart, x, y, box) for x, y in zip(line.x, line.y, strict=True)]
    if not line.line or len(knots) < 2:
        return knots
    return [(x0 + (x1 - x0) * part / 24, y0 + (y1 - y0) * part / 24)
            for (x0, y0), (x1, y1) in zip(knots, knots[1:], strict=False) for part in range(25)]


def covered(area: tuple, taken: list, obstacles: list, box: tuple) -> float:
    """How bad a place for words is: over the edge, over other words, over a curve, in that order."""
    x0, y0, x1, y1 = area
    outside = max(0, 4 - x0) + max(0, x1 - box[0] - 4) + max(0, -2 - y0) + max(0, y1 - box[1] - 12)
    words = sum(x0 < b2 and b0 < x1 and y0 < b3 and b1 < y1 for b0, b1, b2, b3 in taken)
    return outside * 100 + words * 1000 + sum(x0 < x < x1 and y0 < y < y1 for x, y in obstacles)
