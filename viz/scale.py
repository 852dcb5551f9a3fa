"""Where ticks fall and how labels keep apart."""

from math import ceil, floor, log10

from viz.theme import number


def ticks(low: float, high: float, count: int) -> list[float]:
    """At most `count` + 1 round numbers from low to high, in steps of 1, 2 or 5.

    >>> ticks(0, 7.6, 4), ticks(0, 1, 4)
    ([0.0, 2.0, 4.0, 6.0], [0.0, 0.5, 1.0])
    """
    if not high > low:
        return [float(low)]
    rough = (high - low) / count
    power = 10.0 ** floor(log10(rough))
    step = next(power * unit for unit in (1, 2, 5, 10) if power * unit >= rough * 0.999)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [round(step * index, 12) for index in range(first, last + 1)]


def log_ticks(low: float, high: float, count: int) -> list[float]:
    """Powers of ten between low and high, thinned to `count`; 1, 2, 5 when fewer than two powers fit.

    >>> log_ticks(1, 3000, 5), log_ticks(20, 60, 4)
    ([1.0, 10.0, 100.0, 1000.0], [20.0, 50.0])
    """
    powers = [10.0**power for power in range(ceil(log10(low) - 1e-9), floor(log10(high) + 1e-9) + 1)]
    if len(powers) < 2:
        start, end = floor(log10(low)), ceil(log10(high))
        powers = [unit * 10.0**power for power in range(start, end + 1) for unit in (1, 2, 5)
                  if low * 0.999 <= unit * 10.0**power <= high * 1.001]
    stride = max(1, ceil(len(powers) / count))
    return powers[::stride]


def wider(low: float, high: float, below: float, above: float, log: bool = False) -> tuple:
    """A range with a share of its length added at either end.

    >>> wider(0, 10, 0.1, 0), wider(1, 100, 0.5, 0, log=True)
    ((-1.0, 10), (0.1, 100.0))
    """
    if log:
        return low * (low / high) ** below, high * (high / low) ** above
    return low - below * (high - low), high + above * (high - low)


def tick_axis(low: float, high: float, count: int, log: bool = False, form: str = ",", at=None) -> dict:
    """Plotly's range and ticks for an axis, chosen here or `at` places, so that they never differ between machines.

    >>> tick_axis(1, 100, 4, log=True)["ticktext"]
    ['1', '10', '100']
    >>> tick_axis(-1, 1, 2, form="+.1f")["ticktext"]
    ['−1.0', '0', '+1.0']
    """
    values = list(at) if at else log_ticks(low, high, count) if log else ticks(low, high, count)
    ends = [log10(low), log10(high)] if log else [float(low), float(high)]
    edge = (ends[1] - ends[0]) * 1e-4  # the ends themselves stay inside when a poster rounds to six digits
    ends = [ends[0] - edge, ends[1] + edge]
    texts = [number(value, form) if value or form[0] != "+" else "0" for value in values]  # a zero has no sign
    return dict(type="log" if log else "linear", range=ends, tickmode="array", tickvals=values, ticktext=texts)


def fraction(value: float, low: float, high: float, log: bool = False) -> float:
    """How far along the axis a value lies, 0 to 1.

    >>> fraction(10, 1, 100, log=True), fraction(1, 0, 4)
    (0.5, 0.25)
    """
    if log:
        value, low, high = log10(value), log10(low), log10(high)
    return (value - low) / (high - low)


def spread(places: list[float], tall: list[float], low: float, high: float) -> list[float]:
    """Middles of labels so `tall` moved apart until none touch, as little as possible, in order, within low and high.

    >>> spread([10, 12, 40], [10, 10, 10], 0, 100), spread([10, 12, 40], [10, 20, 10], 0, 100)
    ([6.0, 16.0, 40.0], [3.5, 18.5, 40.0])
    """
    order = sorted(range(len(places)), key=lambda index: places[index])
    above = {index: 0.0 for index in order[:1]}  # how far each label lies above the first where all touch
    for lower, upper in zip(order, order[1:], strict=False):
        above[upper] = above[lower] + (tall[lower] + tall[upper]) / 2
    groups = []  # labels that touch, and where the first of all would then lie
    for index in order:
        groups.append([index])
        while len(groups) > 1 and _first(groups[-1], places, above) < _first(groups[-2], places, above):
            groups[-2:] = [groups[-2] + groups[-1]]
    out = [0.0] * len(places)
    for group in groups:
        for index in group:
            out[index] = _first(group, places, above) + above[index]
    return _within(out, order, above, low, high)


def _first(group, places, above):
    """Where the lowest of all labels would lie if this group touched all below it, its own labels moved least."""
    return sum(places[index] - above[index] for index in group) / len(group)


def _within(out, order, above, low, high):
    """Push labels back from the two ends, keeping their gaps."""
    for upper, index in zip([None, *reversed(order)], reversed(order), strict=False):
        out[index] = min(out[index], high if upper is None else out[upper] - above[upper] + above[index])
    for lower, index in zip([None, *order], order, strict=False):
        out[index] = max(out[index], low if lower is None else out[lower] - above[lower] + above[index])
    return out
