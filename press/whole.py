"""The whole guide on one page, for paper and offline, and its short form: written from the stages' own pages."""

import json
import re

import yaml

from press import gathered, reading
from press.book import relative
from press.number import spelled
from press.page import Page
from press.title import titled
from press.words import Words

ENTRIES = "assets/entries.json"
FENCE = re.compile(r"(^````.*?^````$)", re.S | re.M)
HOME = {
    "whole": (
        "The whole guide on one page",
        "whole guide",
        "Every stage, one after another, with one list of sources at the end: to print, to keep, to read without a "
        "connection. What can be used on a stage's own page stands here as it was computed"
        '<span class="on-screen">; the title of each stage leads there</span>.',
    ),
    "short": (
        "The ten-minute path",
        "ten minutes",
        "The lead, the scene and the key points of every stage."
        '<span class="on-screen"> Each heading links to its full stage.</span>',
    ),
}
COLORS = (
    '<p><span class="measured">Green</span> numbers are ours: we measured them or worked them out. '
    '<span class="claim">Blue</span> ones come from a source, and <em class="fact">vermilion</em> is the fact.</p>'
)


def pages(writer):
    """Both pages with their Markdown, as (page, text)."""
    return [(page := blank(kind), write(writer, page)) for kind in HOME]


def blank(kind):
    """The page before anything is written on it."""
    title, nav, _ = HOME[kind]
    return Page(f"the {nav}", f"{kind}/", title, {"nav": nav}, "", 1, kind)


def write(writer, page):
    """One page made of every stage's page, with ids of their own and citations numbered through."""
    words = (gathered.Lean if page.kind == "whole" else Words)(writer.book, page.file, page.url, page.title)
    words.silent = True  # the ledger lists the stage pages themselves
    stages = writer.stages
    told = [place(stages, stage) + part(writer, page, words, stage) for stage in stages]
    short = reading.minutes(" ".join(chosen(page, stage) for stage in stages))
    minutes = sum(stage.minutes for stage in stages) if page.kind == "whole" else short
    listed = words.cited.html() if page.kind == "short" else without_ledger(words.cited.html())
    sources = words.slot(listed, "div") if listed else ""
    if page.kind == "short":
        before, end = [opening(writer, words), COLORS, contents(stages)], ending(page, stages)
    else:
        before, end = [contents(stages, relative(ENTRIES, page.url)), numbers(writer, words)], ""
        writer.book.fetched[ENTRIES] = json.dumps(words.entries, ensure_ascii=False, sort_keys=True).encode()
    return "\n\n".join([head(page, minutes), *before, *told, end, sources]) + "\n"


def opening(writer, words):
    """What home says before all else: what was made, and of whom the fact tells."""
    homes = [page for page in writer.pages if page.url == ""]
    return " ".join(writer.front(home, key, words.names()) for home in homes for key in ("summary", "opening"))


def numbers(writer, words):
    """Home's words on how to read the numbers: the section whose heading is marked `.in-whole`."""
    homes = [page for page in writer.pages if page.url == ""]
    told = ((home, reading.section(home.body, "in-whole")) for home in homes)
    return "\n\n".join(writer.ask(text, words.names(), home.file, home.body_line).strip() for home, text in told)


def ending(page, stages):
    """A last line on a screen, and the way to where nothing is left out."""
    first, all_of_it = relative(stages[0].url, page.url), relative("whole/", page.url)
    return (
        '<p class="whole-end on-screen">That was the trip in short. The things to try are on the stage pages; all the '
        f'figures are also in <a href="{all_of_it}">the whole guide on one page</a>.</p>\n\n'
        '<nav class="onward long-way" aria-label="Onward">'
        f'<a href="{first}">{stages[0].title}</a></nav>'
    )


def head(page, minutes):
    """Front matter, title and lede."""
    title, _, lede = HOME[page.kind]
    plain = re.sub(r"<[^>]*>", "", lede)
    meta = {"title": title, "kind": page.kind, "description": plain, "search": {"exclude": True}}
    return (
        f"---\n{yaml.safe_dump(meta, allow_unicode=True, sort_keys=True, width=9999)}---\n\n"
        f'<p class="stage-line">About {spelled(5 * round(minutes / 5))} minutes</p>\n\n{titled(title, lede)}'
    )


def contents(stages, entries=""):
    """The stages as a list of links to their places on this page; `entries` is the file that says what numbers are."""
    rows = "".join(f'<li><a href="#{page.stage.slug}">{page.title}</a></li>' for page in stages)
    told = f' data-told="{entries}"' if entries else ""
    return f'<nav class="whole-contents" aria-label="Stages on this page"{told}><ol>{rows}</ol></nav>'


def chosen(page, stage):
    """What of a stage's page stands here."""
    return stage.body if page.kind == "whole" else reading.plain(reading.excerpt(stage.body))


def place(stages, stage):
    """Which stage of how many begins here."""
    number, total = spelled(stages.index(stage) + 1), spelled(len(stages))
    return f'<p class="stage-line whole-stage">Stage {number} of {total}</p>\n\n'


def part(writer, page, words, stage):
    """One stage: its title a heading, everything below a level deeper, its ids under its name."""
    words.stage, words.prefix = stage.stage, f"{stage.stage.slug}-"
    drawing = gathered.Filed if page.kind == "whole" else gathered.Still
    figures = drawing(writer.book, writer.figures.posters, stage, page.url)
    blocks = gathered.Pressed(writer.book, words, figures, lambda drawn, frame="": writer.alt(page, drawn, "", frame))
    names = words.names() | blocks.names()
    lede = writer.front(stage, "summary", names)
    body = writer.ask(chosen(page, stage), names, stage.file, stage.body_line)
    for id in words.cited.order:
        words.cited.told_at.setdefault(id, stage.url)
    link = f'<a href="{relative(stage.url, page.url)}">{stage.title}</a>'
    heading = f"## {link} {{: #{stage.stage.slug} .whole-title }}"
    return f'{heading}\n\n<p class="lede" markdown="span">{lede}</p>\n\n{deeper(body)}'


def without_ledger(sources):
    """The list of sources without what is in the ledger: places elsewhere, the form for errors."""
    return re.sub(r'<span data-slot="[^"]*"></span>| <a class="report".*?</a>', "", sources)


def deeper(text):
    """Headings a level further down, code left as it is.

    >>> deeper("## Counting\\n\\n<h2>What to remember</h2>")
    '### Counting\\n\\n<h3>What to remember</h3>'
    """
    parts = FENCE.split(text)
    for place in range(0, len(parts), 2):
        lower = re.sub(r"^(#{2,5}) ", r"#\1 ", parts[place], flags=re.M)
        parts[place] = re.sub(r"<(/?)h([2-5])\b", lambda match: f"<{match[1]}h{int(match[2]) + 1}", lower)
    return "".join(parts)
