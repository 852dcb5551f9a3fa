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

    def _told(self, key):
        before, self._words.stage = self._words.stage, self._page.stage
        try:
            return self._writer.front(self._page, key, self._names)
        finally:
            self._words.stage = before
