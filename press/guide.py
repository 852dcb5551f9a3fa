"""The recipe's steps in one place: discover → run → check → write → render → finish → swap."""

import gzip
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from press import (
    anew,
    corrections,
    discover,
    downloads,
    embed,
    figure_html,
    finish,
    glossary,
    guard,
    ledger_files,
    ledger_page,
    online,
    progress,
    recompute,
    render,
    report,
    settings,
    sheets,
    site,
    swap,
    unchanged,
    whole,
)
from press import ledger as ledgers
from press import page as pages
from press.book import Book
from press.cache import Cache
from press.entry import FILE
from press.fault import Fault
from press.frozen import Frozen
from press.gallery import Gallery
from press.posters import Posters
from press.terms_marked import Marker

GLOSSARY_URL = "glossary/"
TELLING = {"stage", "whole", "short"}


@dataclass
class Guide:
    """One build of one project."""

    root: Path
    artist: object = None
    draft: bool = False
    redraw: bool = False
    say: object = print
    environ: dict = field(default_factory=dict)
    extra_files: dict = field(default_factory=dict)

    def settings(self):
        """What mkdocs.yml and the environment say about this build."""
        return {
            "fact": settings.read(self.root).get("fact"),
            "draft": self.draft,
            "site_url": self.environ.get("SITE_URL"),
            "repo_url": self.environ.get("REPO_URL"),
            "explorer": downloads.size(len(gzip.compress(self.extra_files.get(figure_html.EXPLORER, b"")))),
        }

    def book(self):
        """Everything pages may ask for, all results computed or loaded."""
        stages = discover.stages(self.root)
        ledger = ledgers.read(self.root)
        computed = Cache(self.root, self.draft, self.say).all(discover.in_running_order(stages))
        book = Book(self.root, stages, anew.added(stages, computed), ledger, self.settings())
        book.gallery = Gallery(book, self.artist)
        book.corrections = corrections.read(self.root, ledger)
        for slug, made in computed.items():
            if made.stale:
                book.warn(f"DRAFT: the frozen results of {slug} are stale: {made.stale}")
        return book

    def write(self, book, draw_missing=True):
        """Every page's Markdown, its prose checked first: (page, text) in reading order; and the stage pages."""
        docs, guide = site.global_pages(self.root), [pages.of_stage(stage) for stage in book.stages]
        posters = Posters(self.artist, self.redraw, draw_missing, book.warn)
        writer = pages.Writer(book, posters, [*docs, *guide])
        book.pages, book.terms = writer.pages, glossary.plain(writer)
        for page in [*docs, *guide]:
            writer.check(page)
        written = [(page, writer.write(page)) for page in progress.bar([*docs, *guide], "pages and figures")]
        if self.redraw:
            self.say(f"{len(posters.drawn)} posters drawn, {posters.tidy(book.stages)} without a figure removed")
        self.check_ledger(book)
        home = [made for made in written if made[0].url == ""]
        rest = [made for made in written if made[0].kind == "page" and made[0].url != ""]
        gathered = whole.pages(writer) if guide else []
        book.pages = [*writer.pages, *(page for page, _ in gathered)]
        return [
            *home,
            *(made for made in written if made[0].kind == "stage"),
            *gathered,
            ledger_page.page(book, guide),
            *rest,
        ], guide

    def check_ledger(self, book):
        """Every guard of every claim, and a warning for each claim that nothing uses."""
        for claim in book.ledger.claims.values():
            if claim.expect and claim.kind != "cited":
                guard.check(book.value(claim), claim.expect, f'the claim "{claim.id}"', FILE, claim.line)
        book.recomputed = recompute.check(book)
        if found := unused(book):
            book.warn(str(found))

    def check(self):
        """All checks without rendering, an unused claim being an error; what was checked, as report rows."""
        book = self.book()
        guide = self.write(book, draw_missing=False)[1]
        if found := unused(book):
            raise found
        return report.checked(book, guide)

    def online(self):
        """Open every source again and keep what was found; what is not as it was stops nothing."""
        records = online.check(ledgers.read(self.root), say=self.say)
        online.write(self.root, records)
        return report.opened(records)

    def build(self):
        """Build aside, then swap into site/; returns whether anything had to be done."""
        build, place = self.root / ".build", self.root / "site"
        with swap.alone(build, "build", self.say):
            swap.recover(place)
            state = unchanged.state(self.root, self.environ, self.draft)
            if not self.redraw and unchanged.holds(build, place, state):
                return False
            book = self.book()
            written, guide = self.write(book)
            config = site.write(self.root, build, written, book.settings)
            shutil.rmtree(build / "site", ignore_errors=True)
            self.say("rendering the pages")
            render.site(config)
            self.finish(book, guide, build / "site")
            swap.into_place(build / "site", place)
            unchanged.note(build, place, state)
            self.warn(book)
        return True

    def orders(self):
        """The order numbers that stages have taken."""
        return [stage.order for stage in discover.stages(self.root)]

    def refreeze(self, slugs):
        """Recompute slow results: of the named stages, or of all that have a frozen/ folder."""
        Frozen(self.root, self.draft, self.say).refreeze(slugs)

    def restamp(self, slugs):
        """Accept changed code of the named stages when their replay repeats exactly."""
        Frozen(self.root, self.draft, self.say).restamp(slugs)

    def finish(self, book, guide, folder):
        """Figures into place, data beside them."""
        book.settle(guide)
        finish.pages(folder, book.slots, self.marked(book))
        sheets.gather(folder)
        if not book.settings["site_url"]:
            finish.without_address(folder)
        files = figure_html.files(book, self.artist) | downloads.exports(book) | book.fetched | self.extra_files
        files |= downloads.digests(files) | ledger_files.downloads(book, guide)
        contract = self.root / "docs" / "widgets" / "CONTRACT.md"
        if contract.is_file():
            files["widgets/CONTRACT.md"] = contract.read_bytes()
        finish.write_files(folder, files)
        embed.write(folder, [*(page.url for page in guide), ""])

    def marked(self, book):
        """What marks the terms of the glossary on the pages that tell the story."""
        told = {page.url for page in book.pages if page.kind in TELLING}
        if not any(page.url == GLOSSARY_URL for page in book.pages):
            return lambda text, url: text
        marker = Marker(book.terms, GLOSSARY_URL)
        return lambda text, url: marker.page(text, url) if url in told else text

    def warn(self, book):
        """Tell what does not stop the build."""
        for text in book.warnings:
            self.say(f"warning: {text}")


def unused(book):
    """The Fault that unused claims are under --check; None where all are used."""
    claims = book.ledger.unused(book.used() | book.gallery.claims_read)
    if not claims:
        return None
    others = ", ".join(claim.id for claim in claims[1:6]) + (" …" if len(claims) > 6 else "")
    more = f" (nor {len(claims) - 1} others: {others})" if others else ""
    first = claims[0]
    return Fault(
        FILE,
        first.line,
        f'no page uses the claim "{first.id}"{more}',
        f'use it with claim("{first.id}") or cite("{first.id}"), or remove it',
    )
