"""Ticks of logarithmic axes, named as a reader would say them."""

import numpy as np


def from_zero(figure):
    """Name the ticks of an axis of step + 1 after the step, so that step zero has a place on a logarithmic axis."""
    last = 10 ** figure.layout.xaxis.range[1]
    steps = [0] + [10**power for power in range(1, 6) if 10**power < last]
    for layout in (figure.layout.xaxis, figure.layout.meta["narrow"]["xaxis"]):
        layout["tickvals"] = [step + 1 for step in steps]
        layout["ticktext"] = [f"{step:,}" for step in steps]
    return figure


def in_words(figure, which, words):
    """Name the powers of ten that the axes "x" or "xy" hold in words, which take no more room than the digits."""
    for layout in (figure.layout, figure.layout.meta["narrow"]):
        for axis in (layout[f"{name}axis"] for name in which):
            low, high = axis["range"]
            held = {value: word for value, word in words.items() if low <= np.log10(value) <= high + 0.02}
            axis["tickvals"], axis["ticktext"] = list(held), list(held.values())
    return figure
