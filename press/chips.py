"""Tokens as tinted chips in prose, as viz/tokens.py sets them in figures.

Said here again, since pages are written where viz is not; a test compares the two.
"""

import html

LONG = 16  # letters of a word that may be parted between its chips


def row(pieces, fact=()):
    """Tokens as chips with one of four tints in turn; a line may break before a word, and in a very long one.

    >>> row(["a"])
    '<span class="tokens"><span class="token t0">a</span></span>'
    """
    made, letters = [], 0
    for index, piece in enumerate(pieces):
        kind = " fact" if index in fact else ""
        breaks = index and (piece[:1].isspace() or letters + len(piece) > LONG)
        letters = len(piece) if breaks else letters + len(piece)
        made.append("<wbr>" if breaks else "")
        made.append(f'<span class="token t{index % 4}{kind}">{html.escape(piece, quote=False)}</span>')
    return f'<span class="tokens">{"".join(made)}</span>'


def places(pieces, words):
    """Which pieces hold a part of these words where they first stand in the text.

    >>> places(["The ", "li", "ght ", "is"], "light")
    {1, 2}
    """
    start, end, found = "".join(pieces).find(words), 0, set()
    for index, piece in enumerate(pieces if words and start >= 0 else ()):
        end += len(piece)
        if end > start and end - len(piece) < start + len(words):
            found.add(index)
    return found
