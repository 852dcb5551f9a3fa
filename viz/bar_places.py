"""What a bar chart is made of, and where each bar and each word beside it stands."""

from dataclasses import dataclass

from viz.theme import SIZE, WIDTH, label, number, palette, text_width

BAR = {"wide": 21, "narrow": 20}  # pixels a bar; odd in the wide one, which is shown at its own size: see `share`
LABEL_ABOVE = {"wide": 250, "narrow": 96}  # a longer group name stands above its bars


@dataclass(frozen=True)
class Bar:
    """One value a group, None where there can be none. `tones` overrides the tone bar by bar (the fact, or a cut)."""

    name: str
    values: list
    tone: str = "ours"
    low: list | None = None
    high: list | None = None
    tones: list | None = None


@dataclass(frozen=True)
class Chart:
    """What `draw` was asked for, before it is set in one of the two sizes."""

    groups: tuple
    bars: tuple
    unit: str
    form: str
    top: float


def place(chart: Chart, group: int, bar: int) -> float:
    """The height of a bar's middle: its group's bars fill the lower part of the group."""
    count, left = len(chart.bars), sum(other.values[group] is not None for other in chart.bars[bar:])  # from here down
    return -foot(chart, group) + share(chart) * (1 - (count - left + 0.5) / count)


def foot(chart: Chart, group: int) -> float:
    """How far below the top a group ends: one with all its bars is one unit tall, a bar without a value takes none.

    >>> both = Chart(("a", "b"), (Bar("one", [1, 2]), Bar("two", [None, 4])), "", ",", 4)
    >>> foot(both, 1) == 2 - share(both) / 2
    True
    """
    gone = sum(missing(chart, at) for at in range(group + 1))
    return group + 1 - (gone and share(chart) * gone / len(chart.bars))


def missing(chart: Chart, group: int) -> int:
    """How many of a group's bars have no value."""
    return sum(bar.values[group] is None for bar in chart.bars)


def ends(bar: Bar) -> list[tuple]:
    """Where each bar ends or, if it has one, its interval, as (group, end).

    >>> ends(Bar("direct", [0.6, None], low=[0.5, None], high=[0.7, None]))
    [(0, 0.7)]
    """
    return [(group, end) for group, end in enumerate(bar.high or bar.values) if end is not None]


def share(chart: Chart) -> float:
    """The part of a group's height that its bars take: where names stand above them, a line is left for the name.

    So much that in the wide poster a group is whole pixels tall: a line along the middle of a bar fills one of them.

    >>> BAR["wide"] / share(Chart(("a",), (Bar("one", [1]),), "", ",", 1))
    28.0
    """
    count, tall = len(chart.bars), BAR["wide"] * len(chart.bars)
    part = 0.74 if not is_above(chart, "narrow") else 0.5 if count == 1 else count / (count + 1.25)
    return tall / round(tall / part)


def is_above(chart: Chart, variant: str) -> bool:
    """Whether the longest group name would leave the bars too little width beside it."""
    return max(text_width(group, SIZE[variant]) for group in chart.groups) > LABEL_ABOVE[variant]


def left_of(chart: Chart, variant: str) -> int:
    """Pixels left of the bars: the longest group name, or next to nothing where the names stand above."""
    longest = max(text_width(group, SIZE[variant]) for group in chart.groups)
    return 2 if is_above(chart, variant) else round(longest) + 12


def texts(chart: Chart, index: int, spots: tuple) -> list[str]:
    """What stands at the end of each bar: its value, and where names stand there the bar's, on the first or on all."""
    bar, named = chart.bars[index], {"end": 1, "ends": len(chart.groups)}.get(spots[index], 0)
    return [number(bar.values[group], chart.form) + (f" {bar.name}" if at < named else "")
            for at, (group, _) in enumerate(ends(bar))]


def room(chart: Chart, variant: str, left: int, spots: tuple) -> float:
    """The widest plot in which every value still fits right of its bar."""
    free = WIDTH[variant] - left - 14
    widest = [(free - text_width(text, SIZE[variant])) / max(end / chart.top, 1e-9)
              for index, bar in enumerate(chart.bars)
              for text, (_, end) in zip(texts(chart, index, spots), ends(bar), strict=True)]
    return max(min(widest), 40)


def naming(chart: Chart, variant: str, left: int) -> tuple:
    """Where the name of each bar stands: at the ends of all, at the first end, inside a long bar, or above the plot.

    At the ends as long as that leaves the bars most of the width.
    """
    count, free = len(chart.bars), WIDTH[variant] - left
    if count == 1:
        return ("",)
    if count > 2 and room(chart, variant, left, ("ends",) * count) > 0.4 * free:  # too many to keep in mind
        return ("ends",) * count
    if room(chart, variant, left, ("end",) * count) > 0.62 * free:
        return ("end",) * count
    width = room(chart, variant, left, ("",) * count)
    spots = tuple("inside" if holds(chart, bar, variant, width) else "end" for bar in chart.bars)
    return spots if room(chart, variant, left, spots) > 0.62 * free else ("above",) * count


def holds(chart: Chart, bar: Bar, variant: str, width: float) -> bool:
    """Whether a bar's name fits into its first bar, before the interval begins."""
    first = (bar.low or bar.values)[0] or 0
    return text_width(bar.name, SIZE[variant]) + 16 < first / chart.top * width * 0.9


def bar_names(chart: Chart, variant: str, head: int, left: int, spots: tuple) -> list:
    """The bars' names that stand in their bars, or above the plot, each in its own color, one a line."""
    notes = []
    for index, (bar, spot) in enumerate(zip(chart.bars, spots, strict=True)):
        if spot == "inside":
            notes.append(label(bar.name, variant, "paper", x=0, y=place(chart, 0, index), xref="x", yref="y", xshift=6))
        if spot == "above":
            notes.append(label(bar.name, variant, bar.tone, xref="paper", yref="paper", x=0, y=1, xshift=-left,
                               yshift=head - 12 - round(SIZE[variant] * 1.6 * (index + 1))))
    return notes


def group_names(chart: Chart, variant: str, above: bool) -> list:
    """The names of the groups."""
    spot = dict(xref="paper", x=0, yref="y")
    tall = [share(chart) * (1 - missing(chart, index) / len(chart.bars)) for index in range(len(chart.groups))]
    if above:
        return [label(group, variant, "ink", y=up - foot(chart, index), yanchor="bottom", bgcolor=palette.paper, **spot)
                for index, (group, up) in enumerate(zip(chart.groups, tall))]
    return [label(group, variant, "ink", y=up / 2 - foot(chart, index), xanchor="right", align="right", xshift=-12,
                  **spot) for index, (group, up) in enumerate(zip(chart.groups, tall))]


def value_labels(chart: Chart, variant: str, spots: tuple) -> list:
    """The values at the bars' ends, right of the interval."""
    notes = []
    for index, bar in enumerate(chart.bars):
        for text, (group, end) in zip(texts(chart, index, spots), ends(bar), strict=True):
            tone = bar.tones[group] if bar.tones and bar.tones[group] == "fact" else "ink"
            notes.append(label(text, variant, tone, x=end, y=place(chart, group, index), xref="x", yref="y", xshift=8,
                               bgcolor=palette.paper))
    return notes
