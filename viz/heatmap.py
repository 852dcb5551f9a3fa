"""A small matrix as a real table whose cells are tinted by their value."""

from html import escape

from viz.theme import Markup, number
from viz.tokens import chip


def draw(matrix, rows, columns, *, unit, form=".2f", tone="ours", top=None, values=True, chips=False) -> Markup:
    """A heat table; None leaves a cell empty, `chips` sets the names as tokens, `values=False` shows tints alone.

    >>> draw([[1.0, None], [0.5, 0.5]], ["a", "b"], ["a", "b"], unit="attention").table[1]
    {'': 'b', 'a': 0.5, 'b': 0.5}
    """
    cells = [[None if value is None else float(value) for value in line] for line in matrix]
    top = top or max((value for line in cells for value in line if value is not None), default=1) or 1
    head = "".join(f'<th scope="col">{_name(name, turn, chips)}</th>' for turn, name in enumerate(columns))
    named = list(zip(rows, cells, strict=True))
    body = "".join(_row(name, turn, line, top, form, values, chips) for turn, (name, line) in enumerate(named))
    table = [{"": name} | dict(zip(columns, line, strict=True)) for name, line in named]
    html = (f'<p class="unit">{escape(unit)}</p><div class="heat-scroll" tabindex="0" role="region" '
            f'aria-label="{escape(unit)}"><table class="heat tone-{tone}{"" if values else " tints-only"}">'
            f'<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table></div>')
    return Markup(html, table, {"rows": list(rows), "columns": list(columns), "values": cells})


def _name(name: str, turn: int, chips: bool) -> str:
    """A row's or column's name, as plain words or as a token chip."""
    return chip(name, turn) if chips else escape(name)


def _row(name, turn, line, top, form, values, chips) -> str:
    """One row: its name, then a tinted cell a value."""
    cells = "".join(_cell(value, top, form, values) for value in line)
    return f'<tr><th scope="row">{_name(name, turn, chips)}</th>{cells}</tr>'


def _cell(value, top, form, values) -> str:
    """One cell; with `values=False` the number is kept for screen readers and hover only."""
    if value is None:
        return "<td></td>"
    share, text = min(max(value / top, 0), 1), number(value, form)
    shown = text if values else f'<span class="unseen">{text}</span>'
    return f'<td style="--v:{share:.3g}" title="{text}">{shown}</td>'
