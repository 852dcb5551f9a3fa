"""The whole guide on one page, for paper and offline, and its short form: written from the stages' own pages."""

import re

import yaml

from press import reading
from press.blocks import Blocks
from press.book import relative
from press.figure_html import Figures
from press.number import spelled
from press.page import Page
from press.title import titled
from press.words import Words

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
        '<span class="on-screen"> A heading leads to its stage, where the rest stands.</span>',
    ),
}


class Still(Figures):
    """Figures for a page that is read, not used: no table below, nothing to explore."""

    def provenance(self, drawn, url, live):
        return ""  # on the stage's own page, to which the heading leads

    def table(self, drawn):
        return ""


class Pressed(Blocks):
    """Block words on a page that holds many pages: widgets as their stand-ins, openers that are no landmarks."""

    def where(self, caller=None):
        made = super().where(caller).replace(' aria-label="Where the fact is now"', "")
        return made.replace("<aside", "<div").replace("</aside", "</div")

    def widget(self, name, title="", caller=None, **options):
        made = super().widget(name, title, caller, **options)
        return re.sub(r' data-widget="[^"]*" data-options="[^"]*"', "", made)

    def usable(self):
        return ""  # said once, at the top

    def below_widget(self, name):
        return ""  # nothing runs here


def pages(writer):
    """Both pages with their Markdown, as (page, text)."""
    return [(page := blank(kind), write(writer, page)) for kind in HOME]


def blank(kind):
    """The page before anything is written on it."""
    title, nav, _ = HOME[kind]
    return Page(f"the {nav}", f"{kind}/", title, {"nav": nav}, "", 1, kind)


def write(writer, page):
    """One page made of every stage's page, with ids of their own and citations numbered through."""
    words = Words(writer.book, page.file, page.url, page.title)
    words.silent = True  # the ledger lists the stage pages themselves
    stages = writer.stages
    told = [place(page, stages, stage) + part(writer, page, words, stage) for stage in stages]
    short = reading.minutes(" ".join(chosen(page, stage) for stage in stages))
    minutes = sum(stage.minutes for stage in stages) if page.kind == "whole" else short
    sources = words.slot(without_code(words.cited.html()), "div") if words.cited.order else ""
    around = (opening(writer, words), ending(page, stages)) if page.kind == "short" else ("", "")
    return "\n\n".join([head(page, minutes), around[0], contents(stages), *told, around[1], sources]) + "\n"


def opening(writer, words):
    """What home says before all else: what was made, and of whom the fact tells."""
    homes = [page for page in writer.pages if page.url == ""]
    return " ".join(writer.front(home, key, words.names()) for home in homes for key in ("summary", "opening"))


def ending(page, stages):
    """A last line, and the way to where nothing is left out."""
    first, all_of_it = relative(stages[0].url, page.url), relative("whole/", page.url)
    return (
        '<p class="whole-end">That was the trip in short. What can be tried stands on the pages of the stages; the '
        f'evidence and the other figures also in <a href="{all_of_it}">the whole guide on one page</a>.</p>\n\n'
        f'<nav class="onward" aria-label="Onward"><a href="{first}">{stages[0].title}</a></nav>'
    )


def head(page, minutes):
    """Front matter, title and lede."""
    title, _, lede = HOME[page.kind]
    plain = re.sub(r"<[^>]*>", "", lede)
    meta = {"title": title, "kind": page.kind, "description": plain, "search": {"exclude": True}}
    return (
        f"---\n{yaml.safe_dump(meta, allow_unicode=True, sort_keys=True, width=9999)}---\n\n"
        f'<p class="stage-line">About {spelled(minutes)} minutes</p>\n\n{titled(title, lede)}'
    )


def contents(stages):
    """The stages as a list of links to their places on this page."""
    rows = "".join(f'<li><a href="#{page.stage.slug}">{page.title}</a></li>' for page in stages)
    return f'<nav class="whole-contents" aria-label="Stages on this page"><ol>{rows}</ol></nav>'


def chosen(page, stage):
    """What of a stage's page stands here."""
    return stage.body if page.kind == "whole" else reading.excerpt(stage.body)


def place(page, stages, stage):
    """Which stage of how many begins here; on paper the whole guide begins each on a sheet."""
    sheet = " new-sheet" if page.kind == "whole" else ""
    number, total = spelled(stages.index(stage) + 1), spelled(len(stages))
    return f'<p class="stage-line whole-stage{sheet}">Stage {number} of {total}</p>\n\n'


def part(writer, page, words, stage):
    """One stage: its title a heading, everything below a level deeper, its ids under its name."""
    words.stage, words.prefix = stage.stage, f"{stage.stage.slug}-"
    figures = Still(writer.book, writer.figures.posters)
    blocks = Pressed(writer.book, words, figures, lambda drawn: writer.alt(page, drawn))
    names = words.names() | blocks.names()
    lede = writer.front(stage, "summary", names)
    body = writer.ask(chosen(page, stage), names, stage.file, stage.body_line)
    link = f'<a href="{relative(stage.url, page.url)}">{stage.title}</a>'
    heading = f"## {link} {{: #{stage.stage.slug} .whole-title }}"
    return f'{heading}\n\n<p class="lede" markdown="span">{lede}</p>\n\n{deeper(body)}'


def without_code(sources):
    """The list of sources without the code that stands under its own entries on the stage pages."""
    return re.sub(r"<details>.*?</details>", "", sources, flags=re.S)


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
