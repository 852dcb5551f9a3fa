"""The ledger as a page and as JSON: every claim, its evidence, and every place that leans on it."""

import html
import json

from press import bibliography, citations, filter_form, number, provenance, report_link
from press.book import LEDGER_URL, relative
from press.page import Page

INTRO = """Everything this guide says about the world or about its own model stands here with its evidence. A *cited*
claim names a source and the place in it. A *measured* value was computed by a stage of this project, and its receipt
says how. A *derived* claim is arithmetic on the other two. What this machine can work out for itself was *recomputed*
besides. Every entry lists the places where it is used. To take along:
<a href="%s">all of it as JSON</a>, its sources for a reference manager <a href="%s">as BibTeX</a> and
<a href="%s">as CSL-JSON</a>."""

KINDS = ("cited", "measured", "derived", "recomputed")


def page(book, accounts):
    """The ledger as a page to write; its body is one block that the finishing step puts in."""
    made = Page(
        "the ledger", LEDGER_URL, "The ledger: every claim and its evidence", {"nav": "ledger"}, "", 1, "ledger"
    )
    key = f"slot-{len(book.slots)}"
    book.slots[key] = body(book, accounts)
    meta = "---\ntitle: The ledger\nkind: ledger\ndescription: Every claim and its evidence.\n---\n\n"
    report = report_link.url(book.settings, LEDGER_URL)
    if report:
        meta = meta.replace("kind: ledger", f'kind: ledger\nreport_url: "{report}"')
    intro = INTRO % ("../ledger.json", "../sources.bib", "../sources.csl.json")
    return made, f'{meta}# {made.title}\n\n{intro}\n\n<div data-slot="{key}"></div>\n'


def body(book, accounts):
    """All parts of the ledger page as HTML."""
    claims = list(book.ledger.claims.values())
    parts = [
        accounts_table(book, accounts),
        narrowing(book),
        section("cited", "Cited claims", [claim_entry(book, one) for one in claims if one.kind == "cited"]),
        section(
            "compared", "Measured and derived claims", [claim_entry(book, one) for one in claims if one.kind != "cited"]
        ),
        section("measured", "Measured values", [value_entry(book, path) for path in measured_paths(book)]),
        section("receipts", "Receipts of frozen results", [receipt_entry(book, slug) for slug in book.computed]),
    ]
    return "".join(parts)


def section(id, title, entries):
    """A heading and its entries, nothing when there are none."""
    return (
        f'<section class="ledger-part" aria-labelledby="{id}"><h2 id="{id}">{title}</h2>{"".join(entries)}</section>'
        if entries
        else ""
    )


def accounts_table(book, accounts):
    """How many units of each stage page link to the ledger and how many are framing."""
    rows = "".join(
        f'<tr><th scope="row"><a href="{relative(page.url, LEDGER_URL)}">{html.escape(page.title)}</a></th>'
        f"<td>{page.account.linked}</td><td>{page.account.framing}</td></tr>"
        for page in accounts
    )
    return (
        (
            '<section class="ledger-part" aria-labelledby="accounts"><h2 id="accounts">How the pages account for '
            'themselves</h2><div class="table-scroll" tabindex="0" role="region" aria-label="Accounts by page"><table>'
            '<thead><tr><th scope="col">page</th><th scope="col">paragraphs, lists, tables and steps with evidence</th>'
            f'<th scope="col">framing</th></tr></thead><tbody>{rows}</tbody></table></div></section>'
        )
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


def claim_entry(book, claim):
    """One claim of sources.yaml."""
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
    """One measured value."""
    says, origin = provenance.of_entry(book, path)
    value = book.look_up(path)
    shown = (
        value
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False)
        if isinstance(value, (list, dict))
        else f"{value:,}"
        if isinstance(value, int)
        else f"{value!r}"
    )
    shown = shown if len(shown) <= 300 else shown[:300] + " …"
    rows = [("value", html.escape(shown)), ("computed by", html.escape(origin)), ("name", f"<code>{path}</code>")]
    return entry(book, path, says, rows, {"kind": "measured", "stage": " ".join(stages_of(book, path))})


def uses(book, key):
    """Links to the places that use an entry, page by page: its title, then 2, 3, … for more places on it."""
    pages = {}
    for use in book.uses:
        if use.key == key:
            pages.setdefault((use.url, str(use.title)), dict.fromkeys(())).setdefault(use.anchor)
    made = []
    for (url, title), anchors in pages.items():
        anchors = [anchor for anchor in anchors if anchor] or [""]
        links = [relative(f"{url}#{anchor}" if anchor else url, LEDGER_URL) for anchor in anchors]
        first = f'<a href="{links[0]}">{html.escape(title)}</a>'
        rest = (
            f'<a href="{link}" aria-label="{html.escape(title)}, place {place}">{place}</a>'
            for place, link in enumerate(links[1:], 2)
        )
        made.append(" ".join((first, *rest)))
    return ", ".join(made) or "nowhere"


def entry(book, id, says, rows, marks):
    """One entry: the sentence, its evidence, where it is used; the marks are what it can be filtered by."""
    told = html.escape(says)
    listed = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in [*rows, ("used in", uses(book, id))])
    data = "".join(f' data-{name}="{html.escape(value)}"' for name, value in marks.items() if value)
    report = citations.report(book, f"ledger entry {id}", says)
    return (
        f'<article class="entry" id="{id}"{data}><p class="says">{told} <a class="anchor" '
        f'href="#{id}" aria-label="Link to {id}">#</a></p><dl>{listed}</dl>'
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
    files = "".join(
        f"<li><code>{name}</code> sha256 <code>{digest}</code></li>" for name, digest in made["files"].items()
    )
    listed = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows)
    again = "".join(
        f"<p>Code changed on {entry['date']} and was accepted because {html.escape(', '.join(entry['repeated']))} "
        f"repeated exactly.</p>"
        for entry in made.get("restamped", [])
    )
    return (
        f'<article class="entry" id="receipt-{slug}"><p class="says">{slug}</p><dl>{listed}</dl>{again}'
        f"<details><summary>Files</summary><ul>{files}</ul></details></article>"
    )


def downloads(book, accounts):
    """What the ledger can be taken along as: path under the site → bytes."""
    cited = list(book.ledger.sources.values())
    return {
        "guide/ledger.json": as_json(book, accounts),
        "guide/sources.bib": bibliography.bibtex(cited).encode(),
        "guide/sources.csl.json": bibliography.csl(cited),
    }


def as_json(book, accounts):
    """The machine-readable twin."""
    claims = [claim_json(book, claim) for claim in book.ledger.claims.values()]
    values = [
        {
            "id": path,
            "kind": "measured",
            "value": book.look_up(path),
            "computed_by": provenance.of_entry(book, path)[1],
            "used": used_json(book, path),
        }
        for path in measured_paths(book)
    ]
    made = {
        "claims": claims,
        "measured": values,
        "accounts": {page.stage.slug: vars(page.account) for page in accounts},
        "receipts": {slug: made.receipt for slug, made in book.computed.items() if made.receipt},
    }
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def claim_json(book, claim):
    """One claim with its source."""
    made = {
        key: value
        for key, value in vars(claim).items()
        if key not in ("source", "line") and value not in ("", {}, None)
    }
    made["value"] = book.value(claim)
    if claim.source:
        made["source"] = {key: value for key, value in vars(claim.source).items() if key != "line" and value}
    return made | {"used": used_json(book, claim.id)}


def used_json(book, key):
    """Addresses that use an entry, each once."""
    return list(
        dict.fromkeys(f"{use.url}#{use.anchor}" if use.anchor else use.url for use in book.uses if use.key == key)
    )
