"""Which columns of a table hold numbers: their cells are marked, and the style sheet sets them to the right."""

import itertools
import re

TABLE = re.compile(r"<table>.*?</table>", re.S)
HEAD = re.compile(r"<thead>.*?</thead>", re.S)
ROW = re.compile(r"<tr\b[^>]*>.*?</tr>", re.S)
CELL = re.compile(r"<(t[dh])\b([^>]*)>(.*?)</\1>", re.S)
UNREAD = re.compile(r"<sup\b.*?</sup>|<[^>]*>", re.S)  # a marker is no part of the number before it
NUMBER = re.compile(r"[-−]?\d[\d,]*(\.\d+)?(e[-−+]\d+)?%?")


def marked(text):
    """A page, every cell of its columns of numbers marked, the column's heading too.

    >>> marked("<table><thead><tr><th>a</th><th>b</th></tr></thead><tr><td>c</td><td>9</td></tr></table>")[28:]
    '<th class="number">b</th></tr></thead><tr><td>c</td><td class="number">9</td></tr></table>'
    """
    return TABLE.sub(lambda match: _table(match[0]), text)


def _table(text):
    rows = [CELL.findall(row) for row in ROW.findall(HEAD.sub("", text))]
    columns = _of_numbers([[UNREAD.sub("", inside).strip() for _, _, inside in row] for row in rows])
    return ROW.sub(lambda match: _row(match[0], columns), text) if columns else text


def _of_numbers(rows):
    """Places of the columns in which nothing but numbers stands; an empty cell does not count, a lone one is a heading.

    >>> _of_numbers([["at least"], ["one", "1", ""], ["two", "-0.5", "9%"]])
    {1, 2}
    """
    wide = max(map(len, rows), default=0)
    told = [[row[place] for row in rows if len(row) > max(place, 1) and row[place]] for place in range(wide)]
    return {place for place, column in enumerate(told) if column and all(map(NUMBER.fullmatch, column))}


def _row(text, columns):
    places = itertools.count()

    def put(match):
        name, attributes, inside = match.groups()
        kept = f'{attributes} class="number"' if next(places) in columns else attributes
        return f"<{name}{kept}>{inside}</{name}>"

    return CELL.sub(put, text)
