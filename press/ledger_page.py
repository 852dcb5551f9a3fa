"""The ledger as a page: every claim, its evidence, and every place that leans on it."""

import html
import json
import re

from press import citations, filter_form, number, provenance, quotes, report_link
from press.book import LEDGER_URL, relative
from press.page import Page
from press.title import titled

LEDE = "Everything this guide says about the world or about its own model stands here with its evidence."
INTRO = """<span class="on-screen">**To look something up**,
<span class="needs-script">type a word of its sentence below</span>\
<span class="no-script">search this page with your browser</span>, or open the page that it stands on.</span> A number
on a page leads straight to its entry, and each entry leads back to every place that uses it.

A *cited* claim names a source and the place in it. A *measured* value came out of a program of this project, and the
receipts at the end say how. A *derived* claim is arithmetic on the other two. A cited value that we could work out
ourselves is also *recomputed*, and has to agree. To take along: <a href="%s">all of it as JSON</a>, the sources
as <a href="%s">BibTeX</a> and <a href="%s">CSL-JSON</a>."""

KINDS = ("cited", "measured", "derived", "recomputed")


def page(book, accounts):
    """The ledger as a page to write; its body is one block that the finishing step puts in."""
    made = Page(
        "the ledger", LEDGER_URL, "The ledger: every claim and its evidence", {"nav": "ledger"}, "", 1, "ledger"
    )
    key = f"slot-{len(book.slots)}"
    book.slots[key] = body(book, accounts)
    meta = f"---\ntitle: The ledger\nkind: ledger\ndescription: {LEDE}\n---\n\n"
    report = report_link.url(book.settings, LEDGER_URL)
    if report:
        meta = meta.replace("kind: ledger", f'kind: ledger\nreport_url: "{report}"')
    intro = INTRO % ("../ledger.json", "../sources.bib", "../sources.csl.json")
    return made, f'{meta}{titled(made.title, LEDE)}\n\n{intro}\n\n<div data-slot="{key}"></div>\n'


def body(book, accounts):
    """All parts of the ledger page as HTML."""
    claims = book.ledger.claims
    cited = [id for id, claim in claims.items() if claim.kind == "cited"]
    others = [id for id, claim in claims.items() if claim.kind != "cited"]
    parts = [
        narrowing(book),
        section("cited", "Cited claims", grouped(book, "cited", cited, claim_entry)),
        section("compared", "Measured and derived claims", grouped(book, "compared", others, claim_entry)),
        section("measured", "Measured values", grouped(book, "measured", measured_paths(book), value_entry)),
        section("receipts", "Receipts of frozen results", [receipt_entry(book, slug) for slug in book.computed]),
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
        groups.setdefault(next(iter(stages_of(book, key)), ""), []).append(make(book, key))
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
    return (
        '<section class="ledger-part" aria-labelledby="accounts"><h2 id="accounts">How much of each page rests on '
        "evidence</h2><p>A passage is a paragraph, a list, a table or a step of a picture. One with evidence leads to "
        "at least one entry of this ledger. One without only leads on, gives an instruction or an opinion, and holds "
        'nothing that a source could contradict.</p><div class="table-scroll" tabindex="0" role="region" '
        f'aria-label="Passages by page"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        "</section>"
        if rows
        else ""
    )


def narrowing(book):
    """The controls that narrow the list."""
    stages = [(stage.slug, str(stage.nav)) for stage in book.stages]
    sources = sorted(((one.id, one.title) for one in book.ledger.sources.values()), key=lambda pair: pair[1].lower())
    present = {claim.status for claim in book.ledger.claims.values() if claim.kind == "cited"}
    statuses = [(status, words) for status, words in citations.STATUS.items() if status in present]
    choices = (
        ("kind", [(kind, kind) for kind in KINDS]),
        ("stage", stages),
        ("source", sources),
        ("status", statuses),
    )
    return filter_form.of("The ledger", ".entry[data-kind]", "entries", choices)


def claim_entry(book, id):
    """One claim of sources.yaml."""
    claim = book.ledger.claims[id]
    rows = [("value", html.escape(told(book, claim)))] if book.value(claim) is not None else []
    rows += [(name, value) for name, value in citations.evidence(book, claim) if value]
    marks = {
        "kind": f"{claim.kind} recomputed" if claim.recompute else claim.kind,
        "stage": " ".join(stages_of(book, claim.id)),
        "source": claim.source.id if claim.source else "",
        "status": claim.status if claim.kind == "cited" else "",
    }
    return entry(book, claim.id, claim.says, rows, marks)


def stages_of(book, key):
    """Slugs of the stages whose pages use an entry, and of the one that measured it."""
    slugs = [stage.slug for stage in book.stages]
    found = {use.url.split("/")[1] for use in book.uses if use.key == key and use.url.startswith("guide/")}
    return [slug for slug in slugs if slug in found | {key.split(".")[0]}]


def told(book, claim):
    """A claim's value as pages write it, with its unit."""
    value = book.value(claim)
    return number.shown(value, claim.show) if claim.show else f"{number.shown(value, '{value:,}')} {claim.unit}".strip()


def measured_paths(book):
    """Every stage.field that something asked for."""
    return sorted(
        {use.key for use in book.uses if use.key not in book.ledger.claims and ":" not in use.key},
        key=lambda path: ([stage.slug for stage in book.stages].index(path.split(".")[0]), path),
    )


def value_entry(book, path):
    """One measured value: the sentence in which a page tells it, then the result that it is."""
    slug, name = path.split(".", 1)
    result = f'result <code>{name}</code> of <a href="#receipt-{slug}">stages/{slug}</a>'
    note = provenance.note(book, path)
    field = name.split(".")[0]
    about = f'<p class="entry-note">About <code>{field}</code>: {citations.told(note)}.</p>' if note else ""
    value = html.escape(in_full(book.look_up(path)))
    line = f'<p class="entry-line">{result}: {value}. Used in {uses(book, path)}.</p>'
    marks = {"kind": "measured", "stage": " ".join(stages_of(book, path))}
    return article(book, path, sentence(book, path), line + about, marks)


def sentence(book, path):
    """The first sentence of a page that tells a value, the value in it set off; else where it is used without one."""
    told = [use for use in book.uses if use.key == path]
    for use in sorted(told, key=lambda use: not use.url.startswith("guide/")):  # a stage tells it best
        if (use.url, use.anchor) in book.sentences:
            before, value, after = map(html.escape, book.sentences[use.url, use.anchor])
            return quotes.curled(f"{before}<b>{value}</b>{after}")
    drawn = next((use.anchor for use in told if use.anchor), "").partition("-")[2].replace("_", " ")
    named = f"the figure “{html.escape(drawn)}”" if drawn else "a figure"
    return f"Told in the description of {named}, which is read aloud to those who cannot see it."


def in_full(value):
    """A result in more digits than a page tells, all of them in ledger.json; a long one is cut."""
    if isinstance(value, str):
        text = f"“{value}”"
    elif isinstance(value, (list, dict)):
        text = json.dumps(value, ensure_ascii=False)
    else:
        text = number.rounded(value) if isinstance(value, float) or type(value) is int else f"{value!r}"
    return text if len(text) <= 300 else text[:300] + " …"


def uses(book, key):
    """Links to the places that use an entry, page by page: its title, then 2, 3, … for more places on it."""
    return ", ".join(use_links(book, key)) or "nowhere"


def use_links(book, key):
    """The same, a text for each page; where no page uses a claim itself, the derived claims that rest on it."""
    pages = {}
    for use in book.uses:
        if use.key == key:
            pages.setdefault((use.url, str(use.title)), dict.fromkeys(())).setdefault(use.anchor)
    made = []
    for (url, title), anchors in pages.items():
        anchors = [one for one in anchors if one.startswith(("use-", "ref-"))] or [next(iter(anchors))]
        links = [relative(f"{url}#{anchor}" if anchor else url, LEDGER_URL) for anchor in anchors]
        first = f'<a href="{links[0]}">{html.escape(title)}</a>'
        rest = "".join(
            f' <a href="{link}" aria-label="{html.escape(title)}, place {place}">{place}</a>'
            for place, link in enumerate(links[1:], 2)
        )
        made.append(first + (f'<span class="again">{rest}</span>' if rest else ""))
    return made or [
        f'the derived claim <a href="#{other.id}">{citations.told(other.says)}</a>'
        for other in book.ledger.resting(key)
    ]


def entry(book, id, says, rows, marks):
    """One entry with rows: the sentence, its evidence, where it is used."""
    used = "".join(f'<span class="used">{one}</span>' for one in use_links(book, id)) or "nowhere"
    listed = "".join(_row(name, value) for name, value in [*rows, ("used in", used)])
    return article(book, id, citations.told(says), f"<dl>{listed}</dl>", marks)


def _row(name, value):
    """A row of an entry; its value, and nothing else, has the color of where it comes from."""
    kind = ' class="entry-value"' if name == "value" else ""
    return f"<dt>{name}</dt><dd{kind}>{value}</dd>"


def article(book, id, says, below, marks):
    """What every entry has: its sentence with a link to itself; the marks are what it can be filtered by."""
    data = "".join(f' data-{name}="{html.escape(value)}"' for name, value in marks.items() if value)
    report = citations.report(book, f"ledger entry {id}", re.sub(r"<[^>]+>", "", says))
    return (
        f'<article class="entry" id="{id}"{data}><p class="says">{says} <a class="anchor" '
        f'href="#{id}" aria-label="Link to {id}">#</a></p>{below}'
        f'{f"<p>{report.strip()}</p>" if report else ""}</article>'
    )


def receipt_entry(book, slug):
    """How a stage's results were made, and the command that makes them again."""
    made = book.computed[slug].receipt
    if made is None:
        return (
            f'<article class="entry" id="receipt-{slug}"><p class="says">{slug}</p><p>Computed while this site was '
            f"built: <code>make site</code>.</p></article>"
        )
    rows = [
        (
            name.replace("_", " "),
            html.escape(", ".join(map(str, made[name])) if isinstance(made[name], list) else str(made[name])),
        )
        for name in (
            "command",
            "date",
            "seconds",
            "seeds",
            "python",
            "numpy",
            "blas",
            "blas_threads",
            "processor",
            "fingerprint",
        )
        if made.get(name) not in (None, [], "")
    ]
    rows.append(("files", files(made["files"])))
    listed = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows)
    again = "".join(
        f"<p>Code changed on {entry['date']} and was accepted because {html.escape(', '.join(entry['repeated']))} "
        f"repeated exactly.</p>"
        for entry in made.get("restamped", [])
    )
    return (
        f'<article class="entry" id="receipt-{slug}"><p class="says">{slug}</p><dl>{listed}</dl>{again}</article>'
    )


def files(digests):
    """The files that a receipt vouches for, folded."""
    items = "".join(f"<li><code>{name}</code> sha256 <code>{digest}</code></li>" for name, digest in digests.items())
    return f'<details class="made"><summary>names and checksums</summary><ul>{items}</ul></details>'
