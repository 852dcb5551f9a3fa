"""A stage as global pages see it while they loop over all of them."""

import re

from press import lesson
from press.book import relative
from press.fault import one_of


class StageView:
    """A stage as global pages see it while looping."""

    def __init__(self, writer, words, names, page):
        self._writer, self._words, self._names, self._page = writer, words, names, page
        self.slug, self.nav, self.title = page.stage.slug, page.stage.nav, page.title
        self.order, self.minutes = page.stage.order, page.minutes
        self.url, self.address = relative(page.url, words.url), writer.book.address(page.url)

    @property
    def summary(self):
        """The summary of its front matter."""
        return self._in_its_name(lambda: self._writer.front(self._page, "summary", self._names))

    @property
    def headline(self):
        """The headline of its front matter."""
        return self._in_its_name(lambda: self._writer.front(self._page, "headline", self._names))

    @property
    def lesson(self):
        """What teach.md of the stage tells, empty where it has none."""
        names = self._names | {"here": self.url, "tool": self.tool}
        return self._in_its_name(lambda: lesson.written(self._writer, self._page, names))

    def tool(self, name, told):
        """A link to the page that a widget has for itself; on paper its address follows."""
        known = {one for page in self._writer.pages for one in re.findall(r'\bwidget\("(\w+)"', page.body)}
        one_of(sorted(known), name, None, None, f'tool() names the widget "{name}", which no page has')
        place = f"embed/{name}/"
        to, address = relative(place, self._words.url), self._writer.book.address(place)
        return f'<a href="{to}" data-address="{address}">{told}</a>'

    @property
    def stop(self):
        """The picture that figures.py draws of this stop of the trip, empty where it has no function `stop`."""
        if "stop" not in self._page.stage.figures:
            return ""
        drawn = self._writer.book.gallery.draw(self._page.stage, "stop")
        alt = self._writer.alt(self._page, drawn)
        return self._words.slot(self._writer.figures.frame(drawn, "", alt), "div")

    def _in_its_name(self, write):
        """Write while the words of the page take bare names for fields of this stage."""
        before, self._words.stage = self._words.stage, self._page.stage
        try:
            return write()
        finally:
            self._words.stage = before
