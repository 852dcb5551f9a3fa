"""A figure as rows: the table below it, the CSV and the JSON beside it."""

import base64
import csv
import io
import json
from itertools import groupby, islice

import numpy

from press.gallery import is_markup

ROWS_SHOWN = 30


def plain(value):
    """Arrays, tuples and numpy numbers as JSON types.

    >>> plain({"x": numpy.arange(2)})
    {'x': [0, 1]}
    """
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, range)):
        return [plain(item) for item in value]
    if isinstance(value, numpy.ndarray):
        return plain(value.tolist())
    return value.item() if isinstance(value, numpy.generic) else value


def rows(made):
    """The figure's data as a list of rows, each a dict of column → value."""
    if is_markup(made):
        return [plain(row) for row in made.table]
    figure = plain(made.to_plotly_json())
    told = (figure["layout"].get("meta") or {}).get("table")
    if told:  # a mark that says its own rows: names, not coordinates
        return told
    found = []
    for trace in figure["data"]:
        found.extend(_trace_rows(trace))
    return found


def _trace_rows(trace):
    name = trace.get("name")
    if trace.get("showlegend") is False and trace.get("hoverinfo") == "skip" and not name:
        return
    x, y, z = (_listed(trace.get(axis)) for axis in "xyz")
    label = {"series": name} if name else {}
    if z:
        for down, line in enumerate(z):
            for across, cell in enumerate(line):
                yield {"y": _at(y, down), "x": _at(x, across), "value": cell} | label
        return
    for index in range(max(len(x), len(y))):
        if _at(x, index) is not None or _at(y, index) is not None:
            yield label | {"x": _at(x, index), "y": _at(y, index)}


def _listed(value):
    """A trace's array, decoded where Plotly has packed it."""
    if isinstance(value, dict) and "bdata" in value:
        made = numpy.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"])
        shape = [int(part) for part in str(value.get("shape", made.size)).split(",")]
        return made.reshape(shape).tolist()
    return value if isinstance(value, list) else []


def _at(values, index):
    return values[index] if index < len(values) else None


def table(drawn):
    """All rows of a figure or scene; frames of a scene are told apart by a first column."""
    if not drawn.scene:
        return rows(drawn.frames[""])
    return [{"frame": frame.replace("_", " ")} | row for frame, made in drawn.frames.items() for row in rows(made)]


def first(found):
    """The rows that a page shows: thirty in all, and of a scene as many of each frame.

    >>> len(first([{"step": step} for step in range(50)]))
    30
    >>> [row["frame"] for row in first([{"frame": name} for name in "aab" for _ in range(20)])].count("a")
    15
    """
    frames = [list(rows) for _, rows in groupby(found, lambda row: row.get("frame"))]
    return [row for rows in frames for row in islice(rows, ROWS_SHOWN // len(frames))]


def as_csv(found):
    """Rows as CSV with a header of every column that occurs."""
    columns = list(dict.fromkeys(column for row in found for column in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue()


def as_json(drawn, poster):
    """The figure's data for download and for live drawing."""

    def one(made):
        if is_markup(made):
            return plain(made.data)
        return poster.live(made) if hasattr(poster, "live") else json.loads(made.to_json())

    made = (
        {frame: one(frame_made) for frame, frame_made in drawn.frames.items()} if drawn.scene else one(drawn.frames[""])
    )
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))
