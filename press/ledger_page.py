"""The ledger as a page: its entries in parts and groups, what narrows them, and how much of each page they carry."""

import html

from press import filter_form, ledger_entry, panels, report_link
from press.book import LEDGER_TITLE, LEDGER_URL, relative
from press.page import Page
from press.title import titled

LEDE = "Everything this guide says about the world or about its own model stands here with its evidence."
INTRO = """<span class="on-screen">**To look something up**,
<span class="needs-script">type a word of its sentence below</span>\
<span class="no-script">search this page with your browser</span>, or open the page that it stands on.</span> A number
on a page leads straight to its entry, and each entry leads back to every place that uses it.

A *cited* claim names a source and the place in it. A *measured* value came out of a program of this project, and the
receipts at the end say how. A *derived* claim is arithmetic on the other two. A cited value that we could work out
ourselves is also *recomputed*, and has to agree. To take along: <a href="../ledger.json">all of it as JSON</a>, the
sources as <a href="../sources.bib">BibTeX</a> and <a href="../sources.csl.json">CSL-JSON</a>."""

KINDS = ("cited", "measured", "derived", "recomputed")


def page(book, accounts):
    """The ledger as a page to write; its body is one block that the finishing step puts in."""
    made = Page("the ledger", LEDGER_URL, LEDGER_TITLE, {"nav": "ledger"}, "", 1, "ledger")
    key = book.keep(body(book, accounts))
    meta = f"---\ntitle: The ledger\nkind: ledger\ndescription: {LEDE}\n---\n\n"
    report = report_link.url(book.settings, LEDGER_URL)
    if report:
        meta = meta.replace("kind: ledger", f'kind: ledger\nreport_url: "{report}"')
    return made, f'{meta}{titled(made.title, LEDE)}\n\n{INTRO}\n\n<div data-slot="{key}"></div>\n'


def body(book, accounts):
    """All parts of the ledger page as HTML."""
    claims = book.ledger.claims
    cited = [id for id, claim in claims.items() if claim.kind == "cited"]
    others = [id for id, claim in claims.items() if claim.kind != "cited"]
    receipts = [ledger_entry.of_receipt(book, slug) for slug in book.computed]
    parts = [
        narrowing(book),
        section("cited", "Cited claims", grouped(book, "cited", cited, ledger_entry.of_claim)),
        section("compared", "Measured and derived claims", grouped(book, "compared", others, ledger_entry.of_claim)),
        section("measured", "Measured values", grouped(book, "measured", measured_paths(book), ledger_entry.of_value)),
        section("receipts", "Receipts of frozen results", receipts),
        accounts_table(accounts),
    ]
    return "".join(parts)


def section(id, title, entries):
    """A heading and its entries, nothing when there are none."""
    return (
        f'<section class="ledger-part" aria-labelledby="{id}"><h2 id="{id}">{title}</h2>{"".join(entries)}</section>'
        if entries
        else ""
    )


# Groups stand open for readers without script, and close before they are painted: a late close would move the page.
FOLD = """<script>
for (const group of document.querySelectorAll(".ledger-group"))
  group.open = group.contains(document.getElementById(location.hash.slice(1)));
</script>"""


def grouped(book, part, keys, make):
    """Entries in groups that fold, a group for each page; without script all stand open."""
    groups = {}
    for key in keys:
        groups.setdefault(next(iter(ledger_entry.stages_of(book, key)), ""), []).append(make(book, key))
    navs = {stage.slug: str(stage.nav) for stage in book.stages} | {"": "corrections and other pages"}
    made = [
        f'<details class="ledger-group" id="{part}-{slug or "other"}" open><summary>{html.escape(nav)} '
        f'<span class="count">{len(groups[slug])}</span></summary>{"".join(groups[slug])}</details>'
        for slug, nav in navs.items()
        if slug in groups
    ]
    return [*made, FOLD] if made else []


def accounts_table(accounts):
    """How many passages of each stage page link to the ledger and how many only lead on."""
    rows = "".join(
        f'<tr><th scope="row"><a href="{relative(page.url, LEDGER_URL)}">{html.escape(page.title)}</a></th>'
        f"<td>{page.account.linked}</td><td>{page.account.framing}</td></tr>"
        for page in accounts
    )
    head = "".join(f'<th scope="col">{words}</th>' for words in ("page", "with evidence", "without"))
    table = (
        "<p>A passage is a paragraph, a list, a table or a step of a picture. One with evidence leads to at least one "
        "entry of this ledger. One without only leads on, gives an instruction or an opinion, and holds nothing that a "
        'source could contradict.</p><div class="table-scroll" tabindex="0" role="region" '
        f'aria-label="Passages by page"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )
    return section("accounts", "How much of each page rests on evidence", [table] if rows else [])


def narrowing(book):
    """The controls that narrow the list."""
    stages = [(stage.slug, str(stage.nav)) for stage in book.stages]
    sources = sorted(((one.id, one.title) for one in book.ledger.sources.values()), key=lambda pair: pair[1].lower())
    present = {claim.status for claim in book.ledger.claims.values() if claim.kind == "cited"}
    statuses = [(status, words) for status, words in panels.STATUS.items() if status in present]
    choices = (
        ("kind", [(kind, kind) for kind in KINDS]),
        ("stage", stages),
        ("source", sources),
        ("status", statuses),
    )
    return filter_form.of("The ledger", ".entry[data-kind]", "entries", choices)


def measured_paths(book):
    """Every stage.field that something asked for."""
    return sorted(
        {use.key for use in book.uses if use.key not in book.ledger.claims and ":" not in use.key},
        key=lambda path: ([stage.slug for stage in book.stages].index(path.split(".")[0]), path),
    )
