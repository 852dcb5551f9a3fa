"""A stage as global pages see it while they loop over all of them."""

from press import lesson
from press.book import relative


class StageView:
    """A stage as global pages see it while looping."""

    def __init__(self, writer, words, names, page):
        self._writer, self._words, self._names, self._page = writer, words, names, page
        self.slug, self.nav, self.title = page.stage.slug, page.stage.nav, page.title
        self.order, self.minutes = page.stage.order, page.minutes
        self.url = relative(page.url, words.url)

    @property
    def summary(self):
        return self._told("summary")

    @property
    def headline(self):
        return self._told("headline")

    @property
    def lesson(self):
        """What teach.md of the stage tells, empty where it has none."""
        before, self._words.stage = self._words.stage, self._page.stage
        try:
            return lesson.written(self._writer, self._page, self._names | {"here": self.url})
        finally:
            self._words.stage = before

    @property
    def stop(self):
        """The picture that figures.py draws of this stop of the trip, empty where it has no function `stop`."""
        if "stop" not in self._page.stage.figures:
            return ""
        drawn = self._writer.book.gallery.draw(self._page.stage, "stop")
        alt = self._writer.alt(self._page, drawn)
        return self._words.slot(self._writer.figures.frame(drawn, "", alt), "div")

    def _told(self, key):
        before, self._words.stage = self._words.stage, self._page.stage
        try:
            return self._writer.front(self._page, key, self._names)
        finally:
            self._words.stage = before
