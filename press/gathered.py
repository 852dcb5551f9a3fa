"""Figures, footnotes, words and blocks of a page that holds many pages: read, printed, kept, and light all the same."""

import re

from press import provenance, quotes, slim
from press.blocks import Blocks
from press.book import relative
from press.citations import Citations
from press.figure_html import Figures
from press.posters import called
from press.words import Words, attribute

SIZE = re.compile(r'width="\d+" height="\d+"')


class Still(Figures):
    """Figures for a page that is read, not used: no table below, nothing to explore, but the way to where they are."""

    def __init__(self, book, posters, stage, url):
        super().__init__(book, posters)
        self.stage, self.url = stage, url

    def data(self, drawn, url):
        return ""

    def provenance(self, drawn, url, live):
        to, said = relative(f"{self.stage.url}#{drawn.anchor}", url), attribute(drawn.title)
        return f'<div class="provenance"><a href="{to}" aria-label="data and table: {said}">data and table</a></div>'

    def table(self, drawn):
        return ""


class Numbered(Citations):
    """Footnotes whose ids are their numbers, and which are heard as such: nothing leads to them from elsewhere."""

    def name(self, id):
        return str(self.order.index(id) + 1)

    def heard(self, note, id):
        return f"Source {note}"


class Lean(Words):
    """Words whose numbers carry nothing: what the sheet beside one says is a file, fetched when asked for."""

    def __init__(self, *named):
        super().__init__(*named)
        self.cited, self.entries = Numbered(self.book, self.url), {}

    def told(self, key):
        says, origin = provenance.of_entry(self.book, key)
        self.entries[key] = [quotes.curled(says), quotes.curled(origin)]
        return ""


class Filed(Still):
    """Figures of the page that holds all: their posters are files beside it, each once by day and once by night.

    A file is fetched once for both; which of the two is seen the style sheet decides, as it does for all colors. What
    paper shows, the narrow one by day, comes with the page; the others come when they are near.
    """

    def picture(self, drawn, name, width, text):
        path = f"assets/{drawn.slug}/{called(drawn.name, name, width)}"
        self.book.fetched.setdefault(path, slim.alone(text, *self.posters.artist.colors()).encode())
        to, size = relative(path, self.url), SIZE.search(text)[0]
        lazy, near = ' loading="lazy"', "" if width == "narrow" else ' loading="lazy"'
        return (
            f'<img class="by-day" src="{to}" alt="" {size}{near}>'
            f'<img class="by-night" src="{to}#dark" alt="" {size}{lazy}>'
        )


class Pressed(Blocks):
    """Block words on a page that holds many pages: widgets as their stand-ins, openers that are no landmarks."""

    def bridge(self, caller=None):
        if self.words.url != "short/":
            return ""  # nothing is left out there
        return super().bridge(caller).replace('"of-short bridge"', '"bridged"')

    def where(self, caller=None):
        made = super().where(caller).replace(' aria-label="Where the fact is now"', "")
        return made.replace("<aside", "<div").replace("</aside", "</div")

    def widget(self, name, title="", caller=None, **options):
        made = super().widget(name, title, caller, **options)
        return re.sub(r' data-widget="[^"]*" data-options="[^"]*"', "", made)

    def usable(self):
        return ""  # said once, at the top

    def below_widget(self, name, title):
        return ""  # nothing runs here
