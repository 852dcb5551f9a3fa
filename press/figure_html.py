"""Figures, scenes and their tables as the HTML that the site's style sheet and scripts know."""

import html
import re

from press import cells, gallery, language, provenance
from press import table as tables
from press.book import LEDGER_URL, relative
from press.words import attribute

EXPLORER = "assets/plotly.min.js"  # what docs/widgets/explore.js fetches to draw a figure live


class Figures:
    """Turns what the gallery drew into HTML for one page."""

    def __init__(self, book, posters):
        self.book, self.posters = book, posters

    def frame(self, drawn, name, alt):
        """One picture: a Markup as it is, a Plotly figure as its two posters, else its table."""
        made = drawn.frames[name]
        label = attribute(" ".join(alt.split()))
        if gallery.is_markup(made):
            return f'<div class="markup" role="group" aria-label="{label}">{made.html}</div>'
        svgs = self.posters.of(self.book.stage(drawn.slug), drawn.name, name, made)
        if not svgs:
            shown = table(tables.rows(made), f"{drawn.title} {name}, in place of its picture")
            return f'<div class="poster absent">{shown}</div>'
        pictures = {width: self.picture(drawn, name, width, text) for width, text in svgs.items()}
        return "".join(
            f'<div class="poster {width}" role="img" aria-label="{label}">{made}</div>'
            for width, made in pictures.items()
        )

    def picture(self, drawn, name, width, text):
        """A poster inside its box: here the drawing itself."""
        return text

    def figure_top(self, drawn, alt):
        """The pictures of a figure."""
        return self.frame(drawn, "", alt)

    def data(self, drawn, url):
        """Where what a figure shows is fetched from when it is explored, as an attribute."""
        return f' data-json="{relative(f"assets/{drawn.slug}/{drawn.name}.json", url)}"'

    def figure_end(self, drawn, url):
        """Provenance line and table."""
        live = not drawn.scene and gallery.is_plotly(drawn.frames[""])
        return self.provenance(drawn, url, live) + self.table(drawn)

    def provenance(self, drawn, url, live):
        """Who computed it, its data, how to do it again, here or on a machine of one's own."""
        data, sheet = (relative(f"assets/{drawn.slug}/{drawn.name}.{suffix}", url) for suffix in ("json", "csv"))
        said, size = attribute(drawn.title), self.book.settings.get("explorer")
        explore = (
            f'<button type="button" class="quiet needs-script" data-explore="{said}" '
            f'aria-label="explore ({size}): {said}">explore ({size})</button>'
            if live
            else ""
        )
        here = (
            f'<button type="button" class="quiet needs-script" data-recheck="{drawn.slug}" '
            f'data-figure="{drawn.name}" aria-label="recompute here: {said}">recompute here</button>'
            if drawn.name in self.book.gallery.rechecked(drawn.slug)
            else ""
        )
        rows = (
            f'<button type="button" class="quiet needs-script" data-table aria-label="table: {said}">table</button>'
            if not _is_table(drawn)
            else ""
        )
        uses = " ".join(filter(None, (rows, explore, here)))
        uses = uses and f' <span class="uses">{uses}</span>'
        return (
            f'<div class="provenance">{how_computed(self.book, url, drawn)} '
            f'<a href="{data}" download aria-label="data as JSON: {said}">data</a> '
            f'<a href="{sheet}" download aria-label="CSV: {said}">CSV</a>{uses}</div>'
        )

    def table(self, drawn):
        """The figure's rows, the first thirty of them, unless they are the figure."""
        if _is_table(drawn):
            return ""
        return (
            f'<details class="table"><summary>The figure as a table</summary>'
            f"{table(tables.table(drawn), drawn.title)}</details>"
        )

    def frames(self, drawn, alts):
        """The frames of a scene that a step names, in the order of the steps; `alts` tells each frame."""
        return [
            f'<div class="frame" data-frame="{name}">{self.frame(drawn, name, f"{said}. {alts[name]}")}</div>'
            for name, said in zip(alts, _places(alts), strict=True)
        ]

    def controls(self, drawn, count):
        """What walks through the frames of a scene."""
        return (
            '<p class="scene-controls needs-script" role="group" aria-label="Walk through the scene">'
            f'<span class="scene-count">frame 1 of {count}</span>'
            '<button type="button" class="quiet" data-previous>previous</button>'
            '<button type="button" class="quiet" data-next>next</button></p>'
        )


def _is_table(drawn):
    """Whether a figure is drawn as its rows already."""
    made = None if drawn.scene else drawn.frames[""]
    return gallery.is_markup(made) and "<table>" in made.html


def how_computed(book, url, drawn):
    """The closed lines that say in full how a figure came about, with the command that makes it again."""
    links = [
        f'<a href="{relative(f"{LEDGER_URL}#receipt-{maker}", url)}">The whole receipt of {maker}</a>'
        for maker in provenance.makers(book, drawn.slug, drawn.name)
    ]
    return closed(drawn.title, listed(book, provenance.of_figure(book, drawn.slug, drawn.name)), ", ".join(links))


def closed(title, rows, more=""):
    """Lines that a reader opens."""
    words, more = "how it was computed", f"<p>{more}</p>" if more else ""
    summary = f'<summary>{words}<span class="unseen">: {attribute(title)}</span></summary>'
    return f'<details class="made">{summary}<dl>{rows}</dl>{more}</details>'


def listed(book, told):
    """(name, text, kind) as the rows of a list; empty texts are left out, code is set as code."""
    return "".join(
        f"<dt>{html.escape(key)}</dt><dd>{_code(book, value) if kind == 'code' else html.escape(value)}</dd>"
        for key, value, kind in told
        if value
    )


def _code(book, text):
    """Something to copy; a place in the code is a link where the repository's address is known."""
    shown, place = f"<code>{html.escape(text)}</code>", re.match(r"([\w./-]+\.(?:py|js))(?:.*line (\d+))?", text)
    repo = book.settings.get("repo_url")
    if not (place and repo):
        return shown
    line = f"#L{place[2]}" if place[2] else ""
    return f'<a href="{html.escape(repo)}/blob/main/{place[1]}{line}" rel="noopener">{shown}</a>'


def of_widget(book, url, name, title):
    """Below a widget: its code, the files it may fetch, and how their stages make them again."""
    slugs = [stage.slug for stage in book.stages if stage.computes]
    modules, assets = provenance.of_widget(book.root, slugs, name)
    links = {file: relative(f"assets/{file}", url) for file in assets}
    files = ", ".join(f'<a href="{link}" download>{html.escape(file)}</a>' for file, link in links.items())
    others = ", ".join(path.removeprefix("docs/widgets/") for path in modules[1:])
    rows = listed(book, [("runs", modules[0], "code"), ("with", others, "")])
    rows += f"<dt>may fetch</dt><dd>{files}</dd>" if files else ""
    for slug in dict.fromkeys(file.split("/")[0] for file in assets):
        rows += listed(book, [("stage", slug, ""), *provenance.of_run(book, slug)])
    return (
        f'<div class="provenance of-widget"><span>computed in your browser</span> '
        f"{closed(title, rows)}</div>"
    )


def table(found, title):
    """Rows as a table that scrolls in its own box."""
    shown = tables.first(found)
    columns = list(dict.fromkeys(column for row in shown for column, value in row.items() if value not in (None, "")))
    head = "".join(f'<th scope="col">{named}</th>' if (named := _said(column)) else "<td></td>" for column in columns)
    told = {column: cells.column([row.get(column) for row in shown]) for column in columns}
    body = "".join(
        "<tr>"
        + "".join(f"<td{language.told(row, name)}>{_written(name, told[name][place], place)}</td>" for name in columns)
        + "</tr>"
        for place, row in enumerate(shown)
    )
    rest = (
        f'<p class="table-rest">{len(shown)} of {len(found):,} rows; the CSV has all.</p>'
        if len(found) > len(shown)
        else ""
    )
    return (
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="Table: {attribute(title)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{rest}"
    )


def _written(column, text, place):
    """What stands in a cell; a token is a chip, so that a space in it is seen.

    >>> _written("token", " F", 2), _written("name", "a < b", 0)
    ('<span class="token t2"> F</span>', 'a &lt; b')
    """
    told = html.escape(text)
    return f'<span class="token t{place % 4}">{told}</span>' if column == "token" and text else told


def _said(name):
    """A name in the code as words.

    >>> _said("merges_scene")
    'merges scene'
    """
    return html.escape(name.replace("_", " "))


def _places(names):
    """Each frame's place among those of its scene.

    >>> _places(["zero", "one_merge"])
    ['Frame 1 of 2, zero', 'Frame 2 of 2, one merge']
    """
    return [f"Frame {place} of {len(names)}, {name.replace('_', ' ')}" for place, name in enumerate(names, start=1)]


def files(book, poster):
    """Downloads of every figure that pages show: path under the site → bytes."""
    made = {}
    for (slug, name), drawn in book.gallery.drawn.items():
        made[f"assets/{slug}/{name}.json"] = tables.as_json(drawn, poster).encode()
        made[f"assets/{slug}/{name}.csv"] = tables.as_csv(tables.table(drawn)).encode()
    return made
