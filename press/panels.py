"""The panel that a reader opens beside a number: what is claimed, and what it rests on, row by row."""

import html
import re

from press import formula, locate, number, quotes, report_link, source_code
from press.book import LEDGER_URL, relative

STATUS = {
    "verified-primary": "read in the primary source",
    "verified-secondary": "not read by us; seen only in others' words",
    "disputed": "disputed",
    "superseded": "superseded since",
    "lecture-only": "said in a lecture, not confirmed elsewhere",
}


def of_code(book, id, to=None):
    """Evidence that is code: where it stands, and the code to open, here or at `to`; its own words are for programmers.
    """
    place, name = source_code.find(book.root, id), html.escape(id.rsplit(".", 1)[-1])
    where = html.escape(f"{place.file}, line {place.line}")
    if book.settings.get("repo_url"):
        where = f'<a href="{html.escape(book.settings["repo_url"])}/blob/main/{place.file}#L{place.line}">{where}</a>'
    named = f'<a href="{to}">{name}</a>' if to else name
    says = f'<p class="says"><span>Our own code does this: </span><code>{named}</code>, {where}.</p>'
    if to:
        return says
    return says + (
        f'<details><summary>Read it<span class="unseen">: {name}</span></summary><pre tabindex="0"><code>'
        f"{html.escape(source_code.without_examples(place.text))}</code></pre></details>"
    )


def of_claim(book, claim, url, named_at=""):
    """Evidence that is a source or a measurement: claim, source, place, date, status, caveat.

    Where an entry above names the source, the list says only at which number; the sheet beside a marker says it all.
    """
    rows = [(name, value) for name, value in evidence(book, claim, url) if value]
    if named_at:
        rows[0] = ("source", f'{named_at}<span class="in-full">{rows[0][1]}</span>')
    listed = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows)
    link, name = relative(f"{LEDGER_URL}#{claim.id}", url), claim.id.replace("-", " ")
    key = book.later(lambda _: leaning(book, claim.id, url))
    return (
        f'<p class="says">{told(claim.says)}</p><dl>{listed}<span data-slot="{key}"></span></dl>'
        f'<p class="more"><a href="{link}" aria-label="In the ledger: {name}">In the ledger</a>'
        f"{report(book, claim.id)}</p>"
    )


def report(book, id):
    """The link that reports an error in one entry; absent where the repository's address is not known."""
    to = report_link.url(book.settings, f"ledger entry {id}")
    return f' <a class="report" href="{html.escape(to)}" rel="noopener">Report an error</a>' if to else ""


def traced(path, url):
    """A result's path or a formula, each claim in it a link to its entry.

    >>> traced("a.b / c-d", "guide/ledger/")
    'a.b / <a href="#c-d">c-d</a>'
    """
    made = html.escape(path)
    for name in dict.fromkeys(formula.names(path)):
        if "." not in name:
            link = f'<a href="{relative(LEDGER_URL + "#" + name, url)}">{name}</a>'
            made = re.sub(rf"(?<![\w.#>-]){re.escape(name)}(?![\w.-])", link, made)
    return made


def evidence(book, claim, url):
    """The rows of a claim's evidence as (name, HTML), for the page at `url`."""
    if claim.kind != "cited":
        yield claim.kind, f"<code>{traced(claim.path, url)}</code>"
        if claim.expect:
            yield "holds while", html.escape(guard_text(claim.expect, claim.show))
        yield "note", told(claim.caveat)
        return
    source, secondary = claim.source, claim.status == "verified-secondary"
    yield (
        "source",
        (
            f'<a href="{html.escape(source.url)}" rel="noopener">{told(source.title)}</a>, '
            f"{told(authors(source.by))}, {html.escape(source.date)}"
        ),
    )
    yield "where", located(claim)
    if claim.value is not None:
        yield (
            "quoted as" if secondary else "printed as",
            f"“{html.escape(claim.as_written)}”"
            if claim.as_written
            else "its value was noted, not how it is printed",
        )
    yield "as of", html.escape(claim.as_of)
    yield "read", "" if secondary else html.escape(source.read)
    yield "checked", told(STATUS[claim.status])
    if source.archived:
        yield "archived", f'<a href="{html.escape(source.archived)}" rel="noopener">copy</a>'
    yield "recomputed", f"by our own <code>{html.escape(claim.recompute)}</code>" if claim.recompute else ""
    yield "note", told(claim.caveat)


def authors(names):
    """Who wrote a source; of four or more the first, for the bibliography has all.

    >>> authors(["Ada", "Ben"]), authors(["Ada", "Ben", "Cleo", "Dov"])
    ('Ada, Ben', 'Ada et al.')
    """
    return ", ".join(names) if len(names) < 4 else f"{names[0]} et al."


def told(text):
    """Text as HTML, its quotation marks set; never for what a source prints, which stands as it is."""
    return quotes.curled(html.escape(text))


def located(claim):
    """The place in the source, as a link where its form allows one."""
    to = locate.link(claim.source.url, claim.at, claim.as_written)
    at = told(claim.at)
    return f'<a href="{html.escape(to)}" rel="noopener">{at}</a>' if to else at


def leaning(book, id, url):
    """The rows "also used in" and "leads to" of a panel on the page at `url`; empty when nothing is."""
    pages = {use.url: use for use in book.uses if use.key == id and use.url != url}
    targets = {use: f"{use.url}#{use.anchor}" if use.anchor else use.url for use in pages.values()}
    places = [
        f'<a href="{relative(target, url)}">{html.escape(str(use.title))}</a>' for use, target in targets.items()
    ]
    derived = [
        f'<a href="{relative(f"{LEDGER_URL}#{other.id}", url)}">{told(other.says)}</a>'
        for other in book.ledger.resting(id)
    ]
    rows = (("also used in", ", ".join(places)), ("leads to", " ".join(derived)))
    return "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows if value)


def guard_text(bounds, show=""):
    """Bounds in words, each as `show` prints the value.

    >>> guard_text({"between": (33e9, 34.5e9)}), guard_text({"at_least": 0.5}, "{value:.0%}")
    ('between 33 billion and 34.5 billion', 'at least 50%')
    """
    told = (lambda bound: number.shown(bound, show)) if show else number.rounded
    return ", ".join(
        f"{kind.replace('_', ' ')} {' and '.join(map(told, bound)) if kind == 'between' else told(bound)}"
        for kind, bound in bounds.items()
    )
