"""page.md → Markdown: the words of the page asked, its prose checked, every mistake told with file and line."""

import re
from dataclasses import dataclass, field

import jinja2
import yaml

from press import corrections_page, glossary, prose, reading, report_link, sentences
from press.blocks import Blocks
from press.book import LEDGER_TITLE, LEDGER_URL, relative
from press.fault import Fault, nearest, passed, shown
from press.figure_html import Figures
from press.folder import Stage
from press.number import spelled
from press.stage_view import StageView
from press.title import titled
from press.words import Words


def environment():
    """Jinja as pages see it: unknown names are errors, comments are {## … ##} since Markdown owns {#id}."""
    return jinja2.Environment(
        comment_start_string="{##",
        comment_end_string="##}",
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,
    )


@dataclass
class Page:
    """A page to be written: where it comes from, where it goes, what it is called."""

    file: str
    url: str
    title: str
    front: dict
    body: str
    body_line: int
    kind: str = "page"
    stage: Stage | None = None
    account: object = None
    meta: dict = field(default_factory=dict)

    @property
    def minutes(self):
        """Reading time, computed unless front matter gives it."""
        given = str(self.front.get("minutes", ""))
        if given.isdigit():
            return int(given)
        return reading.minutes(self.body)


class Later:
    """A list that is made when a page first loops over it."""

    def __init__(self, make):
        self.make = make

    def __iter__(self):
        return iter(self.make())


def of_stage(stage):
    """The page that a stage tells."""
    return Page(
        stage.page, f"guide/{stage.slug}/", stage.title, stage.front, stage.body, stage.body_line, "stage", stage
    )


class Writer:
    """Writes pages one after another, with one book."""

    def __init__(self, book, posters, pages):
        self.book, self.figures, self.pages = book, Figures(book, posters), pages
        self.stages = [page for page in pages if page.kind == "stage"]
        self.environment = environment()

    def check(self, page):
        """Prose checks, which need no result and no rendering."""
        names = self.book.ledger.names
        for key in ("title", "nav", "summary", "headline", "opening"):
            if key in page.front:
                prose.check_line(page.front[key], names, self.environment, page.file, page.front.line_of(key))
        ceiling = prose.FRAMING_SHARE if page.kind == "stage" else 1
        page.account = prose.check(page.body, names, self.environment, page.file, page.body_line, ceiling)

    def write(self, page):
        """The page's Markdown with front matter for the renderer."""
        words = Words(self.book, page.file, page.url, page.title, page.stage)

        def alt(drawn, frame=""):
            return self.alt(page, drawn, drawn.anchor, frame)

        blocks = Blocks(self.book, words, self.figures, alt)
        names = words.names() | blocks.names()
        names["terms"] = Later(lambda: glossary.terms(self, words, names))
        names["stages"] = [StageView(self, words, names, other) for other in self.stages]
        if self.book.corrections:
            view = corrections_page.View(self.book.corrections, self.book, words)
            names |= {"corrections": view, "errata": view.errata}
        names |= {"report": words.report, "address": self.book.address}
        names["rechecked"] = [stage.slug for stage in self.book.stages if "recheck" in stage.exports]
        names["report_url"] = report_link.url(self.book.settings, page.url or "home")
        summary = self.front(page, "summary", names)
        body = self.ask(page.body, names, page.file, page.body_line)
        parts = [self._head(page, summary), body]
        if page.kind == "stage":
            told = page.front.get("headline", "")
            self.asked_plainly(told, page, page.file, page.front.line_of("headline"), note=False)
            parts.append(self.onward(page))
        sources = words.cited.html()
        if sources:
            parts.append(words.slot(sources, "div"))
        text = "\n\n".join(parts)
        found = sentences.found(text, self.book.slots)
        self.book.sentences |= {(page.url, anchor): told for anchor, told in found.items()}
        return f"{self._meta(page)}{text}\n"

    def front(self, page, key, names):
        text = page.front.get(key, "")
        return self.ask(text, names, page.file, page.front.line_of(key)) if text else ""

    def _head(self, page, summary):
        lines = []
        if page.kind == "stage":
            place = f"Stage {spelled(self.stages.index(page) + 1)} of {spelled(len(self.stages))}"
            lines.append(f'<p class="stage-line" data-search-exclude>{place}, {reading.time(page)}</p>')
        lines.append(titled(page.title, summary))
        if page.kind == "stage":
            lines.append(reading.switches(page))
        return "\n\n".join(lines)

    def _meta(self, page):
        meta = {key: str(page.front[key]) for key in ("template", "search") if key in page.front}
        if "hide" in page.front:
            meta["hide"] = [str(item) for item in page.front["hide"]]
        meta |= {"title": str(page.title), "kind": page.kind, "description": self.plain(page, "summary")}
        report = report_link.url(self.book.settings, page.url or "home")
        if report:
            meta["report_url"] = report
        if page.kind == "stage":
            here = self.stages.index(page)
            meta |= {
                "stage": page.stage.slug,
                "stage_number": here + 1,
                "stages_total": len(self.stages),
                "minutes": page.minutes,
                "mathematics": "math(" in page.body,
            }
            if here + 1 < len(self.stages):
                following = self.stages[here + 1]
                meta |= {"next_url": following.url, "next_title": str(following.title)}
        return f"---\n{yaml.safe_dump(meta | page.meta, allow_unicode=True, sort_keys=True, width=9999)}---\n\n"

    def onward(self, page):
        """The way on: the next stage, or the ledger after the last."""
        onward = [(stage.url, stage.title) for stage in self.stages] + [(LEDGER_URL, LEDGER_TITLE)]
        url, title = onward[self.stages.index(page) + 1]
        return f'\n\n<nav class="onward" aria-label="Onward"><a href="{relative(url, page.url)}">{title}</a></nav>\n\n'

    def plain(self, page, key):
        """A front-matter text with its numbers, without mark-up."""
        text = self.asked_plainly(page.front.get(key, ""), page, page.file, page.front.line_of(key))
        return re.sub(r"<[^>]*>|[*_`]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)).strip()

    def alt(self, page, drawn, anchor="", frame=""):
        """A figure's docstring with its numbers; the anchor is the figure's on the page, where it has one.

        The first frame of a scene is told as the whole scene and for itself, each other one for itself alone.
        """
        stage = self.book.stage(drawn.slug)
        file = shown(stage.folder / "figures.py", stage.root)
        prose.check_line(drawn.alt, self.book.ledger.names, self.environment, file, drawn.line + 1)
        gathered = page.kind in ("whole", "short")  # made of other pages, which note what they use
        names = {"place": list(drawn.frames).index(frame)} if frame else {}
        told = self.asked_plainly(drawn.alt, page, file, drawn.line + 1, stage, not gathered, anchor, names)
        whole, _, own = told.partition("\n\n")
        return own if own and names["place"] else told

    def asked_plainly(self, text, page, file, line, stage=None, note=True, anchor="", names=None):
        """A text with its numbers as plain characters; what it asks for counts as used on the page if `note` is on."""
        words = Words(self.book, file, page.url, page.title, stage or page.stage)
        words.plain = True
        made = self.ask(text, words.names() | (names or {}), file, line) if text else ""
        for key in sorted(words.asked) if note else ():
            words.note_use(key, anchor)
        return made

    def ask(self, text, names, file, first_line):
        """Run a template; whatever goes wrong becomes a Fault with its line."""
        try:
            code = self.environment.compile("\n" * (first_line - 1) + text, name=file, filename=file)
            return (
                jinja2.Template.from_code(self.environment, code, self.environment.make_globals(names))
                .render()
                .lstrip("\n")
            )
        except jinja2.TemplateSyntaxError as error:
            raise Fault(
                file,
                error.lineno,
                f"the template cannot be read: {error.message}",
                "close every {{ with }}, every {% with %} and every call with {% endcall %}",
            ) from None
        except Fault as fault:
            raise fault.at(*passed(fault, file)) from fault.__cause__
        except jinja2.UndefinedError as error:
            word = (re.findall(r"'([^']*)'", str(error)) or [""])[0]
            raise Fault(
                *passed(error, file),
                f"the page asks for something unknown: {error}",
                f"the words are {', '.join(sorted(names))}",
                nearest(word, names),
            ) from None
        except Exception as error:  # wrong arguments and the like, from inside a template
            raise Fault(
                *passed(error, file),
                f"the page cannot be computed: {type(error).__name__}: {error}",
                "mend the call on that line",
            ) from error
