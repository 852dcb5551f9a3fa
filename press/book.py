"""Everything that is known while pages are written: stages, results, ledger, figures, and who used what where."""

import posixpath
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from press import ledger as ledgers

LEDGER_URL, LEDGER_TITLE = "guide/ledger/", "The ledger: every claim and its evidence"


@dataclass(frozen=True)
class Use:
    """One place where a page leans on a ledger entry."""

    key: str
    url: str
    title: str
    anchor: str


@dataclass
class Book:
    """What pages may ask for."""

    root: Path
    stages: list
    computed: dict
    ledger: ledgers.Ledger
    settings: dict = field(default_factory=dict)
    gallery: object = None
    corrections: object = None
    uses: list = field(default_factory=list)
    sentences: dict = field(default_factory=dict)
    findings: dict = field(default_factory=dict)  # (page, figure) → the bold sentence of its caption
    slots: dict = field(default_factory=dict)
    warnings: list = field(default_factory=list)
    pending: list = field(default_factory=list)
    recomputed: int = 0
    numbers: Counter = field(default_factory=Counter)  # in the prose of pages: guards, and numbers without one
    pages: list = field(default_factory=list)
    terms: dict = field(default_factory=dict)
    fetched: dict = field(default_factory=dict)  # files that a page of this build fetches: path under the site → bytes
    exported: dict = field(default_factory=dict)

    @property
    def results(self):
        """Results by slug."""
        return {slug: made.results for slug, made in self.computed.items()}

    def stage(self, slug):
        """The stage of that name, None where there is none."""
        return next((stage for stage in self.stages if stage.slug == slug), None)

    def look_up(self, path, file=None, line=None):
        """The value at stage.field[.key|.index]."""
        return ledgers.look_up(self.results, path, file, line)

    def value(self, claim):
        """A claim's number, computed where it is measured or derived."""
        return ledgers.value(claim, self.ledger, self.look_up)

    def warn(self, text):
        """Keep a warning once."""
        if text not in self.warnings:
            self.warnings.append(text)

    def address(self, url):
        """A page's address as paper tells it: whole where the site knows its own."""
        return f"{self.settings.get('site_url') or ''}{url}"

    def later(self, make):
        """A slot whose HTML is made once every page is written; `make` is given the stage pages."""
        key = self.keep("")
        self.pending.append((key, make))
        return key

    def keep(self, made):
        """Keep HTML for the finishing step; the key that a placeholder in Markdown carries."""
        key = f"slot-{len(self.slots)}"
        self.slots[key] = made
        return key

    def settle(self, accounts):
        """Every page is written: fill in what had to wait for that."""
        for key, make in self.pending:
            self.slots[key] = make(accounts)
        self.pending.clear()

    def used(self):
        """Keys of the ledger that something asked for."""
        return {use.key for use in self.uses}


def relative(target, url):
    """A link from the page at `url` to another address of the site.

    >>> relative("guide/ledger/#x", "guide/data/"), relative("guide/data/", "")
    ('../ledger/#x', 'guide/data/')
    """
    path, mark, anchor = target.partition("#")
    if path == url and mark:
        return mark + anchor
    made = posixpath.relpath("/" + path, "/" + url) if path or url else "."
    return made + ("/" if path.endswith("/") or not path else "") + mark + anchor
