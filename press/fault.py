"""The one way this project says no: which file and line, what was found, the nearest right name, and the mend."""

import difflib
import traceback
from pathlib import Path


class Fault(Exception):
    """Something a person can mend, told in one message.

    >>> print(Fault("page.md", 3, 'claim "a-b" is unknown', "write a-c", nearest="a-c"))
    page.md:3: claim "a-b" is unknown. Nearest: a-c. Mend: write a-c.
    """

    def __init__(self, file, line, found, mend, nearest=None):
        self.file, self.line, self.found, self.mend, self.nearest = file, line, found, mend, nearest
        super().__init__(found)

    def at(self, file, line=None):
        """Fill in the place where this was found, unless it is already known."""
        self.file = self.file or file
        self.line = self.line or line
        return self

    def __str__(self):
        place = ":".join(str(part) for part in (self.file, self.line) if part)
        near = f" Nearest: {self.nearest}." if self.nearest else ""
        return f"{place + ': ' if place else ''}{self.found}.{near} Mend: {self.mend}."


def nearest(word, words):
    """The known word that a mistyped one most resembles, or None.

    >>> nearest("gpt2-vocab", ["bpe-origin", "gpt2-vocabulary"])
    'gpt2-vocabulary'
    """
    found = difflib.get_close_matches(str(word), [str(known) for known in words], n=1, cutoff=0.4)
    return found[0] if found else None


def one_of(known, word, file, line, found):
    """Refuse a word that is not among the known ones, naming the nearest; `found` says where it stands."""
    if word not in known:
        raise Fault(file, line, found, f"use one of {', '.join(known)}", nearest(word, known))


def passed(error, within):
    """Where an error last passed through a file whose path holds `within`: (path, line); else `within` and no line."""
    places = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    return next((place for place in reversed(places) if within in place[0]), (within, None))


def shown(path, root):
    """A path as a person would type it from the project's folder."""
    try:
        return Path(path).relative_to(root).as_posix()
    except ValueError:
        return str(path)
