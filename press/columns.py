"""Columns of a table: those of numbers are marked, for the style sheet, and the first name the row, for the ear."""

import itertools
import re

TABLE = re.compile(r"<table>.*?</table>", re.S)
HEAD = re.compile(r"<thead>.*?</thead>", re.S)
ROW = re.compile(r"<tr\b[^>]*>.*?</tr>", re.S)
CELL = re.compile(r"<(t[dh])\b([^>]*)>(.*?)</\1>", re.S)
UNREAD = re.compile(r"<sup\b.*?</sup>|<[^>]*>", re.S)  # a marker is no part of the number before it
NUMBER = re.compile(r"[-−]?\d[\d,]*(\.\d+)?( × 10[⁻⁰¹²³⁴-⁹]+)?%?")


def marked(text):
    """A page, every cell of its columns of numbers marked, the column's heading too, and the names of its rows.

    >>> marked("<table><thead><tr><th>a</th><th>b</th></tr></thead><tr><td>c</td><td>9</td></tr></table>")[28:]
    '<th class="number">b</th></tr></thead><tr><th scope="row">c</th><td class="number">9</td></tr></table>'
    """
    return TABLE.sub(lambda match: _table(match[0]), text)


def _table(text):
    rows = [CELL.findall(row) for row in ROW.findall(HEAD.sub("", text))]
    told = [[UNREAD.sub("", inside).strip() for _, _, inside in row] for row in rows]
    numbers, names = _of_numbers(told), _of_names([row for row in told if len(row) > 1])
    return ROW.sub(lambda match: _row(match[0], numbers, 0 if "<th" in match[0] else names), text)


def _of_numbers(rows):
    """Places of the columns in which nothing but numbers stands; an empty cell does not count, a lone one is a heading.

    >>> _of_numbers([["at least"], ["one", "1", ""], ["two", "-0.5", "9%"]])
    {1, 2}
    """
    wide = max(map(len, rows), default=0)
    told = [[row[place] for row in rows if len(row) > max(place, 1) and row[place]] for place in range(wide)]
    return {place for place, column in enumerate(told) if column and all(map(NUMBER.fullmatch, column))}


def _of_names(rows):
    """How many of its first cells name a row: as many as tell it from every other, else one.

    >>> _of_names([["ours", "1", "0.5"], ["ours", "2", "0.4"]]), _of_names([["a", "1"], ["b", "1"]])
    (2, 1)
    """
    wide = max(map(len, rows), default=0)
    return next((some for some in range(1, wide) if len({tuple(row[:some]) for row in rows}) == len(rows)), 1)


def _row(text, numbers, names):
    places = itertools.count()
    told = [bool(UNREAD.sub("", inside).strip()) for _, _, inside in CELL.findall(text)]
    names = names and max(names, told.index(True) + 1 if any(told) else 0)  # nothing is no name

    def put(match):
        (name, attributes, inside), place = match.groups(), next(places)
        if place < names and told[place]:
            name, attributes = "th", f' scope="row"{attributes}'
        kept = f'{attributes} class="number"' if place in numbers else attributes
        return f"<{name}{kept}>{inside}</{name}>"

    return CELL.sub(put, text)
