"""terms.yaml of the stages: the words a guide teaches, each defined where it first matters."""

import re
from dataclasses import dataclass

from press import prose, quotes, strict
from press.book import relative
from press.fault import Fault, shown


@dataclass(frozen=True)
class Term:
    """A word and its definition, rendered for the page that lists it."""

    name: str
    definition: str
    nav: str
    url: str

    @property
    def id(self):
        """The place of the term on the glossary page."""
        return anchor(self.name)

    @property
    def heading(self):
        """Its name over its definition, so that a search finds each term by itself."""
        return f'<h2 id="{self.id}">{self.name}</h2>'


def anchor(name):
    """A term as an element id.

    >>> anchor("Byte pair encoding")
    'byte-pair-encoding'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def read(stage, names, environment):
    """Term → definition template of one stage; numbers in it must be asked for."""
    path = stage.folder / "terms.yaml"
    if not path.is_file():
        return {}
    file = shown(path, stage.root)
    found = strict.read(path, file)
    if not isinstance(found, dict) or not all(isinstance(value, str) and value.strip() for value in found.values()):
        raise Fault(
            file, found.line, "a glossary is a map of terms to definitions", "write lines like token: A piece …"
        )
    for term, definition in found.items():
        prose.check_line(definition, names, environment, file, term.line)
    return found


def terms(writer, words, names):
    """Every term of every stage in alphabetical order, its definition asked on the page of `words`."""
    made = []
    for page, name, text, file in _all(writer):
        told = writer.ask(text, names, file, name.line)
        made.append(Term(str(name), quotes.curled(told), str(page.stage.nav), relative(page.url, words.url)))
    return sorted(made, key=lambda term: term.name.lower())


def plain(writer):
    """Term → its definition without mark-up, for the places that mark a term."""
    return {
        str(name): re.sub(r"<[^>]*>", "", writer.asked_plainly(text, page, file, name.line, note=False))
        for page, name, text, file in _all(writer)
    }


def _all(writer):
    """Every term as (page, name, definition template, file); a term that two stages define is a Fault."""
    seen = {}
    for page in writer.pages:
        stage = page.stage
        for name, text in read(stage, writer.book.ledger.names, writer.environment).items() if stage else ():
            file = shown(stage.folder / "terms.yaml", stage.root)
            if anchor(name) in seen:
                raise Fault(
                    file, name.line, f'"{name}" is defined in {seen[anchor(name)]} too', "keep the better of the two"
                )
            seen[anchor(name)] = file
            yield page, name, text, file
