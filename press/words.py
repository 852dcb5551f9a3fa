"""The inline words of a page: each returns HTML that Markdown carries through, and notes its use in the ledger."""

import html
import re

from press import chips, citations, downloads, guard, number, provenance, quotes, report, source_code
from press.book import LEDGER_URL, Use, relative
from press.fault import Fault, nearest


class Words:
    """`claim cite measured text fact tokens code math download` for one page."""

    def __init__(self, book, file, url, title, stage=None):
        self.book, self.file, self.url, self.title, self.stage = book, file, url, title, stage
        self.cited = citations.Citations(book, url)
        self.counts = {}
        self.asked = set()
        self.plain = False
        self.silent, self.prefix = False, ""  # a page made of others notes no uses, and puts their names before ids

    def names(self):
        """What templates may call."""
        words = ("claim", "cite", "measured", "text", "fact", "tokens", "code", "math", "download")
        return {word: getattr(self, word) for word in words}

    # ledger

    def path(self, path):
        """stage.field, with the page's own stage filled in where only a field is named."""
        if not isinstance(path, str) or not path:
            raise Fault(None, None, f"{path!r} is not a path", 'write "stage.field" in quotes')
        if path.split(".")[0] in self.book.computed or self.stage is None:
            return path
        fields = self.stage.fields | self.stage.anew
        head = path.split(".")[0]
        if head not in fields and ("." in path or not fields):
            known = [*fields, *self.book.computed]
            raise Fault(
                None,
                None,
                f'"{path}" is neither a field of this stage nor of another',
                "write stage.field, or a field of this stage's Results",
                nearest(head, known),
            )
        return f"{self.stage.slug}.{path}"

    def measured(self, path, spec="", fact="", **guards):
        """A number or text that a stage computed, linked to its ledger entry; the words `fact` in it are marked."""
        path = self.path(path)
        value = self.book.look_up(path)
        if guards:
            guard.check(value, guards, path)
        self._count("guarded" if guards else "unguarded", value)
        text = number.written(value, spec)
        return self.link(path, f"{LEDGER_URL}#{path}", text, fact)

    def text(self, path):
        """What a stage computed, bare: for what is no prose, such as the options of a widget."""
        path = self.path(path)
        self.asked.add(path)
        return str(self.book.look_up(path))

    def claim(self, id, spec=None):
        """A claim's value with its citation."""
        claim = self.book.ledger.claim(id)
        value = self.book.value(claim)
        if value is None:
            raise Fault(None, None, f'the claim "{id}" has no value', f'cite it after your own words: cite("{id}")')
        if claim.expect:
            guard.check(value, claim.expect, f'the claim "{id}"')
        else:
            self._count("unguarded", value)
        text = number.shown(value, claim.show or "{value:,}") if spec is None else number.written(value, spec)
        if claim.kind != "cited":
            return self.link(id, f"{LEDGER_URL}#{id}", text)
        if self.plain:
            self.asked.add(id)
            return text
        return self._marker(id, "claim", safe(text))

    def _count(self, kind, value):
        """Count a printed number for the report, unless the page is made of others or shows it to nobody."""
        if isinstance(value, (int, float)) and not (self.silent or self.plain):
            self.book.numbers[kind] += 1

    def cite(self, id):
        """The citation alone: of a claim, or of the code as "module:name"."""
        if ":" in str(id):
            source_code.find(self.book.root, id)
        else:
            claim = self.book.ledger.claim(id)
            if claim.expect:
                guard.check(self.book.value(claim), claim.expect, f'the claim "{id}"')
        if self.plain:
            self.asked.add(id)
            return ""
        return self._marker(id, "claim cite of-code" if ":" in str(id) else "claim cite", "")

    def _marker(self, id, kind, text):
        note, anchor = self.cited.note(id)
        self.note_use(id, anchor)
        before, after = (f'<span class="mark" aria-hidden="true">{mark}</span>' for mark in ("&#160;&#91;", "&#93;"))
        heard = '<span class="heard">, source </span>' if text else ""  # no label: speech control uses what is seen
        label = "" if text else f' aria-label="{html.escape(self.cited.heard(note, id))}"'
        return (
            f'<a class="{kind}" id="{anchor}" href="#{self.cited.anchor(id)}"{label}>'
            f"{text}<sup data-search-exclude>{before}{heard}{note}{after}</sup></a>"
        )

    def link(self, key, target, text, fact=""):
        """A number or text of ours, linked to where it came from."""
        self.asked.add(key)
        if self.plain:
            return text
        self.counts[key] = self.counts.get(key, 0) + 1
        anchor = f"use-{key}-{self.counts[key]}"
        named = "" if self.silent else f' id="{anchor}"'
        self.note_use(key, anchor)
        told = self.told(key)
        if fact and fact not in text:
            raise Fault(None, None, f'"{text}" does not hold "{fact}"', "name words of the fact that stand in it")
        marked = safe(text).replace(safe(fact), f'<em class="fact">{safe(fact)}</em>') if fact else safe(text)
        return f'<a class="measured"{named} href="{relative(target, self.url)}"{told}>{marked}</a>'

    def told(self, key):
        """What the sheet beside a number says, as attributes of its link."""
        says, origin = provenance.of_entry(self.book, key)
        return (f' data-says="{attribute(says)}"' if says else "") + f' data-from="{attribute(origin)}"'

    def note_use(self, key, anchor):
        """Note in the ledger that this page uses an entry."""
        if not self.silent:
            self.book.uses.append(Use(key, self.url, self.title, anchor))

    # the fact, tokens, code, mathematics

    def fact(self):
        """The sentence that travels through the guide."""
        text = self.fact_text()
        return text if self.plain else f'<em class="fact">{safe(text)}</em>'

    def fact_text(self):
        """The thread fact without mark-up and without its full stop."""
        path = self.book.settings.get("fact")
        if not path:
            raise Fault(None, None, "no fact is named", "name its path in mkdocs.yml: extra: fact: stage.field")
        return str(self.book.look_up(path, "mkdocs.yml")).rstrip(".")

    def tokens(self, path, fact=""):
        """A list of token texts as tinted chips; the pieces of the thread fact, or of `fact`, are marked."""
        pieces = self.book.look_up(self.path(path))
        if not isinstance(pieces, (list, tuple)) or not all(isinstance(piece, str) for piece in pieces):
            raise Fault(None, None, f'"{path}" is not a list of token texts', "name a Results field that is list[str]")
        self.asked.add(self.path(path))
        if self.plain:
            return "|".join(pieces)
        known = self.fact_text() if self.book.settings.get("fact") else ""
        told = fact or (known if sum(map(len, pieces)) > len(known) + 1 else "")  # nothing but the fact needs no mark
        return self.slot(chips.row(pieces, chips.places(pieces, told)))

    def code(self, name):
        """The source of a function or class, lifted from its file."""
        place = source_code.find(self.book.root, name)
        return f'\n\n````python title="{place.file}"\n{source_code.without_examples(place.text)}\n````\n\n'

    def math(self, latex, block=False):
        """A formula as MathML, in the line or standing free."""
        from latex2mathml.converter import convert  # slow to import, and few pages need it

        try:
            made = convert(latex, display="block" if block else "inline")
        except Exception as error:  # its exceptions have no common base
            raise Fault(
                None, None, f'"{latex}" is not LaTeX that can be read ({type(error).__name__})', "mend the formula"
            ) from None
        return latex if self.plain else self.slot(made)

    def download(self, name):
        """A file to take away: what a stage exports or keeps frozen, with size and checksum."""
        return downloads.told(self.book, name, self.relative)

    def slot(self, made, tag="span"):
        """A placeholder that the finishing step replaces, so that Markdown and search never see this HTML."""
        return f'<{tag} data-slot="{self.book.keep(made)}"></{tag}>'

    def report(self, part):
        """A part of the report, made once everything is checked: "checked", "open" or "online"."""
        book = self.book
        made = {
            "checked": lambda accounts: report.today() + report.table(report.checked(book, accounts), "Checked"),
            "open": lambda _: report.table(report.unchecked(book), "What could not be checked", "why"),
            "online": lambda _: report.of_online(book.root),
        }
        if part not in made:
            raise Fault(None, None, f'no part of the report is "{part}"', f"ask for {', '.join(made)}")
        return f'<div data-slot="{book.later(made[part])}"></div>'

    def relative(self, target):
        """A link from this page to another address of the site."""
        return relative(target, self.url)


def safe(text):
    """Text that neither HTML nor Markdown reads anything into.

    >>> safe("a*b <c>")
    'a&#42;b &lt;c&gt;'
    """
    return re.sub(
        r"[*_`\[\]\\|~^$={}#!]",
        lambda match: f"&#{ord(match.group())};",
        html.escape(text, quote=False).replace("\n", "⏎"),
    )


def attribute(text):
    """Text for an attribute in double quotes, which Markdown leaves alone."""
    return re.sub(r"[*_`\[\]]", lambda match: f"&#{ord(match.group())};", quotes.curled(html.escape(text)))
