"""One entry of the ledger: the sentence that it stands for, its evidence, and every place that leans on it."""

import html
import json

from press import number, panels, provenance, quotes
from press.book import LEDGER_URL, relative

TOLD_OF_RECEIPT = (
    "command", "date", "seconds", "seeds", "python", "numpy", "blas", "blas_threads", "processor", "fingerprint",
)  # fmt: skip


def of_claim(book, id):
    """One claim of sources.yaml."""
    claim = book.ledger.claims[id]
    rows = [("value", html.escape(with_unit(book, claim)))] if book.value(claim) is not None else []
    rows += [(name, value) for name, value in panels.evidence(book, claim, LEDGER_URL) if value]
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


def with_unit(book, claim):
    """A claim's value as pages write it, with its unit."""
    value = book.value(claim)
    return number.shown(value, claim.show) if claim.show else f"{number.shown(value, '{value:,}')} {claim.unit}".strip()


def of_value(book, path):
    """One measured value: the sentence in which a page tells it, then the result that it is."""
    slug, name = path.split(".", 1)
    result = f'result <code>{name}</code> of <a href="#receipt-{slug}">stages/{slug}</a>'
    result += ", worked out anew in each build" * bool(provenance.anew(book, path))
    note = provenance.note(book, path)
    field = name.split(".")[0]
    about = f'<p class="entry-note">About <code>{field}</code>: {panels.told(note)}.</p>' if note else ""
    value, used = html.escape(in_full(book.look_up(path))), ", ".join(uses(book, path)) or "nowhere"
    stop = "" if value.endswith((".”", "?”", "!”")) else "."
    line = f'<p class="entry-line">{result}: {value}{stop} Used in {used}.</p>'
    marks = {"kind": "measured", "stage": " ".join(stages_of(book, path))}
    return article(book, path, sentence(book, path), line + about, marks)


def sentence(book, path):
    """The first sentence of a page that tells a value, the value in it set off; else where it is used without one."""
    found = [use for use in book.uses if use.key == path]
    for use in sorted(found, key=lambda use: not use.url.startswith("guide/")):  # a stage tells it best
        if (use.url, use.anchor) in book.sentences:
            before, value, after = map(html.escape, book.sentences[use.url, use.anchor])
            return quotes.curled(f"{before}<b>{value}</b>{after}")
    place = next(((use.url, use.anchor) for use in found if use.anchor), ("", ""))
    drawn = book.findings.get(place) or place[1].partition("-")[2].replace("_", " ")
    named = f"the figure “{quotes.curled(html.escape(drawn.rstrip('.')))}”" if drawn else "a figure"
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
    """Links to the places that use an entry, a text a page: its title, then 2, 3, … for more places on it.

    Where no page uses a claim itself, links to the derived claims that rest on it.
    """
    pages = {}
    for use in book.uses:
        if use.key == key:
            pages.setdefault((use.url, str(use.title)), {})[use.anchor] = None  # a set that keeps the order
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
        f'the derived claim <a href="#{other.id}">{panels.told(other.says)}</a>'
        for other in book.ledger.resting(key)
    ]


def entry(book, id, says, rows, marks):
    """One entry with rows: the sentence, its evidence, where it is used."""
    used = "".join(f'<span class="used">{one}</span>' for one in uses(book, id)) or "nowhere"
    listed = "".join(_row(name, value) for name, value in [*rows, ("used in", used)])
    return article(book, id, panels.told(says), f"<dl>{listed}</dl>", marks)


def _row(name, value):
    """A row of an entry; its value, and nothing else, has the color of where it comes from."""
    kind = ' class="entry-value"' if name == "value" else ""
    return f"<dt>{name}</dt><dd{kind}>{value}</dd>"


def article(book, id, says, below, marks):
    """What every entry has: its sentence with a link to itself; the marks are what it can be filtered by.

    docs/widgets/ledger.js names the link by its id, which hundreds of times would weigh some kilobytes here.
    """
    data = "".join(f' data-{name}="{html.escape(value)}"' for name, value in marks.items() if value)
    report = panels.report(book, id)
    return (
        f'<article class="entry" id="{id}"{data}><p class="says">{says} <a class="anchor" '
        f'href="#{id}" aria-label="Link to this entry">#</a></p>{below}'
        f'{f"<p>{report.strip()}</p>" if report else ""}</article>'
    )


def of_receipt(book, slug):
    """How a stage's results were made, and the command that makes them again."""
    made = book.computed[slug].receipt
    if made is None:
        told = "<p>Computed while this site was built: <code>make site</code>.</p>"
    else:
        told = f"<dl>{''.join(_receipt_rows(made, slug))}</dl>{''.join(_restamps(made))}"
    return f'<article class="entry" id="receipt-{slug}"><p class="says">{slug}</p>{told}</article>'


def _receipt_rows(made, slug):
    """What a receipt tells of the run, what it leaves empty left out."""
    for name in TOLD_OF_RECEIPT:
        value = made.get(name)
        if value not in (None, [], ""):
            text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            yield f"<dt>{name.replace('_', ' ')}</dt><dd>{html.escape(text)}</dd>"
    yield f"<dt>files</dt><dd>{_files(made['files'], slug)}</dd>"


def _files(digests, slug):
    """The files that a receipt vouches for, folded."""
    items = "".join(f"<li><code>{name}</code> sha256 <code>{digest}</code></li>" for name, digest in digests.items())
    words = "names and checksums"
    summary = f'<summary>{words}<span class="unseen">: {slug}</span></summary>'
    return f'<details class="made">{summary}<ul>{items}</ul></details>'


def _restamps(made):
    """Each change of the code that was accepted without computing anew, and why."""
    for stamp in made.get("restamped", []):
        fields = html.escape(", ".join(stamp["repeated"]))
        yield f"<p>Code changed on {stamp['date']} and was accepted because {fields} repeated exactly.</p>"
