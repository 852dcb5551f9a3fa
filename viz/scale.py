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
    """
    values = list(at) if at else log_ticks(low, high, count) if log else ticks(low, high, count)
    ends = [log10(low), log10(high)] if log else [float(low), float(high)]
    edge = (ends[1] - ends[0]) * 1e-4  # the ends themselves stay inside when a poster rounds to six digits
    ends = [ends[0] - edge, ends[1] + edge]
    texts = [number(value, form) for value in values]
    return dict(type="log" if log else "linear", range=ends, tickmode="array", tickvals=values, ticktext=texts)


def fraction(value: float, low: float, high: float, log: bool = False) -> float:
    """How far along the axis a value lies, 0 to 1.

    >>> fraction(10, 1, 100, log=True), fraction(1, 0, 4)
    (0.5, 0.25)
    """
    if log:
        value, low, high = log10(value), log10(low), log10(high)
    return (value - low) / (high - low)


def spread(places: list[float], gap: float, low: float, high: float) -> list[float]:
    """The places moved apart to at least `gap`, as little as possible, in the same order, within low and high.

    >>> spread([10, 12, 40], 10, 0, 100)
    [6.0, 16.0, 40.0]
    """
    order = sorted(range(len(places)), key=lambda index: places[index])
    groups = []  # [sum of wanted first places, members]
    for index in order:
        groups.append([float(places[index]), [index]])
        while len(groups) > 1 and _start(groups[-1], gap) < _start(groups[-2], gap) + gap * len(groups[-2][1]):
            wanted, members = groups.pop()
            shift = gap * len(groups[-1][1])
            groups[-1][0] += wanted - shift * len(members)
            groups[-1][1] += members
    out = [0.0] * len(places)
    for group in groups:
        for rank, index in enumerate(group[1]):
            out[index] = _start(group, gap) + rank * gap
    return _within(out, order, gap, low, high)


def _start(group, gap):
    """Where a group of touching labels begins so that its members move least."""
    return group[0] / len(group[1])


def _within(out, order, gap, low, high):
    """Push labels back from the two ends, keeping their gaps."""
    limit = high
    for index in reversed(order):
        out[index] = min(out[index], limit)
        limit = out[index] - gap
    limit = low
    for index in order:
        out[index] = max(out[index], limit)
        limit = out[index] + gap
    return out
