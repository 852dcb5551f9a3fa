"""A scene: the same chart at each step, with one pair of axes for all of them."""

import plotly.graph_objects as go


def align(frames: dict) -> dict:
    """The frames with the widest axes and margins among them on each, so that nothing jumps between two.

    >>> from viz import lines
    >>> two = {n: lines.draw([lines.Line("p", [0, n], [0, n])], x="steps", y="p") for n in (1, 2)}
    >>> [round(figure.layout.xaxis.range[1]) for figure in align(two).values()]
    [2, 2]
    """
    if len(frames) > 8:
        raise ValueError(f"viz.frames: {len(frames)} frames, at most eight: a scene is a few whole pictures")
    drawn = [figure for figure in frames.values() if isinstance(figure, go.Figure)]
    if not drawn:
        return frames
    if len(drawn) < len(frames):
        raise ValueError("viz.frames: a scene is all charts or all markup, not both")
    settings = {size: shared([look(figure, size) for figure in drawn]) for size in ("wide", "narrow")}
    for figure in drawn:
        figure.layout.meta["narrow"].update(settings["narrow"])
        figure.update_layout(settings["wide"])
    return frames


def look(figure: go.Figure, size: str) -> dict:
    """One size's layout as plain data."""
    plain = figure.to_plotly_json()["layout"]
    return plain if size == "wide" else plain["meta"]["narrow"]


def shared(layouts: list[dict]) -> dict:
    """The largest margin on each side, the union of the ranges, and the ticks of the widest."""
    margin = {side: max(one["margin"][side] for one in layouts) for side in "lrtb"}
    found = {"margin": margin, "height": max(one["height"] for one in layouts)}
    for name in ("xaxis", "yaxis"):
        ends = [one[name]["range"] for one in layouts]
        widest = max(layouts, key=lambda one: one[name]["range"][1] - one[name]["range"][0])[name]
        found[name] = {**widest, "range": [min(low for low, _ in ends), max(high for _, high in ends)]}
    return found
