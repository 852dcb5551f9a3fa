"""A token is always the same tinted chip: in prose, in rows, and at the foot of a bar."""

from html import escape

from viz.theme import Markup, number

VISIBLE = {"\n": "⏎", "\t": "⇥"}  # what a chip shows for a character that has no picture of its own
LONG = 16  # letters of a word that may be parted between its chips


def chip(piece: str | bytes, turn: int, fact: bool = False, marked: bool = False, outlined: bool = False,
         below: str | None = None, title: str = "") -> str:
    """One chip; `turn` picks its tint, `below` is HTML under its text, a marked one has a ring.

    An outlined one has a thin line in place of its tint.

    >>> chip(" light", 1), chip("\\n", 2)
    ('<span class="token t1"> light</span>', '<span class="token t2">⏎</span>')
    """
    shown = escape("".join(VISIBLE.get(letter, letter) for letter in _text(piece)))
    shown = shown if below is None else f'<span class="piece">{shown}</span>{below}'
    kinds = " outlined" * outlined + " fact" * fact + " marked" * marked
    titled = f' title="{escape(title)}"' if title else ""
    return f'<span class="token t{turn % 4}{kinds}"{titled}>{shown}</span>'


def small(text) -> str:
    """What stands below a chip's text: its number, or the chance that it had."""
    return f'<span class="token-id">{escape(str(text))}</span>'


def chips(pieces, fact=(), ids=None, marked=(), outlined=()) -> str:
    """A run of chips, four tints in turn; `fact` holds the places of the thread fact, `marked` those to look at.

    Places in `outlined` have a line for a tint.

    >>> chips(["The", " light"], fact={1}).count("fact")
    1
    """
    below = [small(number) for number in ids] if ids is not None else [None] * len(pieces)
    made = [chip(piece, turn, turn in fact, turn in marked, turn in outlined, below[turn])
            for turn, piece in enumerate(pieces)]
    inner = grouped(pieces, made) if ids is not None else "<wbr>".join(map("".join, in_words(pieces, made)))
    return f'<span class="tokens{" with-ids" if ids is not None else ""}">{inner}</span>'


def grouped(pieces, made) -> str:
    """Chips that have something below them, each word in an element of its own.

    >>> grouped(["The", " light"], ["a", "b"])
    '<span class="word">a</span><span class="word">b</span>'
    """
    return "".join(f'<span class="word">{"".join(word)}</span>' for word in in_words(pieces, made))


def in_words(pieces, made) -> list:
    """The chips word by word: a line ends between two words, and within one only where it is very long.

    >>> in_words(["The", " li", "ght"], ["a", "b", "c"])
    [['a'], ['b', 'c']]
    """
    words, letters = [], 0
    for piece, chip_ in zip(pieces, made, strict=True):
        wide = len(_text(piece))
        begins = not words or _text(piece)[:1].isspace() or letters + wide > LONG
        letters = wide if begins else letters + wide
        if begins:
            words.append([])
        words[-1].append(chip_)
    return words


def bars(pieces, values, *, cut=(), fact=(), unit="probability", form=".3f", top=None, rest=None) -> Markup:
    """Next-token bars: a chip, its bar, its value. `cut` are gray, `fact` vermilion.

    `rest` is (name, value) of what may still be drawn and has no row of its own; its bar is pale.

    >>> bars([" Head", " Point"], [0.6, 0.1], cut={1}).html.count("is-cut")
    1
    """
    top = top or max([*values, *([rest[1]] if rest else [])])
    rows, table, name = [], [], "token or others" if rest else "token"
    for turn, (piece, value) in enumerate(zip(pieces, values, strict=True)):
        kind = " is-fact" if turn in fact else " is-cut" if turn in cut else ""
        rows.append(_bar(f'<span class="tokens">{chip(piece, turn, turn in fact)}</span>', value, top, form, kind))
        table.append({name: _text(piece), unit: value} | ({"kept": turn not in cut} if cut else {}))
    if rest:
        rows.append(_bar(f'<span class="rest">{escape(rest[0])}</span>', rest[1], top, form, " is-tail"))
        table.append({name: rest[0], unit: rest[1]} | ({"kept": rest[1] != 0} if cut else {}))
    head = f'<p class="unit">{escape(unit)}</p>'
    return Markup(f'{head}<ol class="token-bars">{"".join(rows)}</ol>', table, {"rows": table})


def _bar(name: str, value: float, top: float, form: str, kind: str) -> str:
    """One row of `bars`."""
    share = min(max(value / top, 0), 1)
    return (f'<li class="token-bar{kind}"><span class="bar-name">{name}</span><span class="bar-track">'
            f'<span class="bar-fill" style="width:{share * 100:.4g}%"></span></span>'
            f'<span class="bar-value">{escape(number(value, form))}</span></li>')


def _text(piece) -> str:
    """A piece as text, broken bytes shown as \\x escapes."""
    return piece.decode("utf-8", "backslashreplace") if isinstance(piece, bytes) else piece
