"""The footnotes of one page: a numbered source for each cited claim, and the ways back to what cites it."""

import re

from press import panels, source_code
from press.book import relative


class Citations:
    """Numbers claims in the order in which a page cites them."""

    def __init__(self, book, url):
        self.book, self.url, self.order, self.backs = book, url, [], {}
        self.told_at = {}  # of code that a page made of others cites: the page where it can be read

    def note(self, id):
        """The footnote number of a claim on this page and the id of the marker now being placed."""
        if id not in self.order:
            self.order.append(id)
        self.backs[id] = self.backs.get(id, 0) + 1
        return self.order.index(id) + 1, f"ref-{self.name(id)}-{self.backs[id]}"

    def anchor(self, id):
        """The element id of a claim's footnote."""
        return f"cite-{self.name(id)}"

    def name(self, id):
        """What the element ids of a claim on this page hold."""
        return slug(id)

    def heard(self, note, id):
        """What a screen reader hears before following a marker that stands alone."""
        if ":" in id:
            return f"Source {note}: {source_code.find(self.book.root, id).file}"
        claim = self.book.ledger.claims[id]
        return f"Source {note}: {claim.source.title if claim.source else 'measured here'}"

    def html(self):
        """The list of sources, empty when nothing is cited."""
        if not self.order:
            return ""
        items = "".join(
            f'<li id="{self.anchor(id)}">{self._panel(id)}{self._backs(id)}</li>'
            for id in self.order
        )
        return f'<section class="sources" aria-label="Sources"><h2 id="sources">Sources</h2><ol>{items}</ol></section>'

    def _backs(self, id):
        places = [f"#ref-{self.name(id)}-{count}" for count in range(1, self.backs[id] + 1)]
        if len(places) == 1:
            return f'<a class="back" href="{places[0]}" aria-label="Back to the text">back</a>'
        links = (
            f'<a class="back" href="{place}" aria-label="Back to the text, place {count}">{count}</a>'
            for count, place in enumerate(places, start=1)
        )
        return f'<span class="back">back</span> {" ".join(links)}'

    def _panel(self, id):
        if ":" in id:
            at = self.told_at.get(id)
            return panels.of_code(self.book, id, at and relative(f"{at}#cite-{slug(id)}", self.url))
        return panels.of_claim(self.book, self.book.ledger.claims[id], self.url, self._named_at(id))

    def _named_at(self, id):
        """The link to the first entry with the same source, which names it in full; "" for that entry itself."""
        claims = self.book.ledger.claims
        first = next(one for one in self.order if ":" not in one and claims[one].source == claims[id].source)
        if first == id or not claims[id].source:
            return ""
        return f'<a class="as-before" href="#{self.anchor(first)}">As {self.order.index(first) + 1}</a>'


def slug(id):
    """An id that may stand in an HTML id and a fragment.

    >>> slug("minigpt:bpe.train")
    'minigpt-bpe.train'
    """
    return re.sub(r"[^A-Za-z0-9_.-]", "-", id)
