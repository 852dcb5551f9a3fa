"""A walk over a built page that knows which tags are open."""

from html.parser import HTMLParser

EMPTY = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}


class OpenTags(HTMLParser):
    """Keeps of each open tag, outermost first, (tag, what `met` said of it)."""

    def __init__(self, page):
        super().__init__()
        self.open = []
        self.feed(page)

    def met(self, tag, told):
        """What to keep of a tag that opens, given its attributes; the tags around it are open."""
        raise NotImplementedError

    def handle_starttag(self, tag, attributes):
        kept = self.met(tag, dict(attributes))
        if tag not in EMPTY:
            self.open.append((tag, kept))

    def handle_endtag(self, tag):
        while tag in {name for name, _ in self.open} and self.open.pop()[0] != tag:
            pass
