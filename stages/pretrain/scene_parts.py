"""The one large number that stands above the chart in each frame of the training scene."""

import math

from viz import theme

LARGE = {"wide": 34, "narrow": 28}  # pixels of the large number
ROOM = {"wide": 54, "narrow": 46}  # pixels that it takes above the unit of the axis


def below_chance(figure, p, words):
    """The chart with a chance above it: large, its words beside it, and nothing else in the color of the fact."""
    for variant, layout in (("wide", figure.layout), ("narrow", figure.layout.meta["narrow"])):
        number, size, room = said(p), LARGE[variant], ROOM[variant]
        left, top = layout["margin"]["l"], layout["margin"]["t"]
        layout["height"] += room  # the plot itself stays as it is, and so do the names in it
        layout["margin"] = {side: layout["margin"][side] for side in "lrb"} | {"t": top + room, "pad": 0}
        place = dict(xref="paper", yref="paper", x=0, y=1)
        value = theme.label(number, variant, "fact", **place, xshift=-left, yshift=top + room // 2 - 4)
        value["font"]["size"] = size
        beside = round(theme.text_width(number, size)) + 12 - left
        named = theme.label(words, variant, "fact", **place, xshift=beside, yshift=top + room // 2 - 4 - size // 7)
        layout["annotations"] = [*layout["annotations"], value, named]
    return figure


def said(p):
    """A probability in as few digits as tell it from certainty, and no fewer than tell it from nothing.

    >>> said(2.3e-7), said(0.031), said(0.724), said(0.9996)
    ('< 0.0001', '0.03', '0.72', '0.9996')
    """
    if p < 1e-4:
        return "< 0.0001"
    digits = max(2, math.ceil(-math.log10(max(min(p, 1 - p), 1e-9))))
    return f"{p:.{digits}f}"
