"""A small matrix as a real table whose cells are tinted by their value."""

from html import escape

from viz.theme import Markup, number


def draw(matrix, rows, columns, *, unit, form=".2f") -> Markup:
    """A heat table; None leaves a cell empty.

    >>> draw([[1.0, None], [0.5, 0.5]], ["a", "b"], ["a", "b"], unit="attention").table[1]
    {'': 'b', 'a': 0.5, 'b': 0.5}
    """
    cells = [[None if value is None else float(value) for value in line] for line in matrix]
    top = max((value for line in cells for value in line if value is not None), default=1) or 1
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    named = list(zip(rows, cells, strict=True))
    body = "".join(_row(name, line, top, form) for name, line in named)
    table = [{"": name} | dict(zip(columns, line, strict=True)) for name, line in named]
    html = (f'<p class="unit">{escape(unit)}</p><div class="heat-scroll" tabindex="0" role="group" '
            'aria-label="table"><table class="heat">'
            f'<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table></div>')
    return Markup(html, table, {"rows": list(rows), "columns": list(columns), "values": cells})


def _row(name, line, top, form) -> str:
    """One row: its name, then a tinted cell a value."""
    return f'<tr><th scope="row">{escape(name)}</th>{"".join(_cell(value, top, form) for value in line)}</tr>'


def _cell(value, top, form) -> str:
    """One cell, empty where there is no value."""
    if value is None:
        return "<td></td>"
    share, text = min(max(value / top, 0), 1), number(value, form)
    return f'<td style="--v:{share:.3g}" title="{text}">{text}</td>'
