"""The first use of each glossary term on a rendered page becomes a link, which carries the definition too."""

import html
import re

from press import quotes
from press.book import relative
from press.glossary import anchor
from press.prose import VOID

TAG = re.compile(r"(<!--.*?-->|<[^>]+>)", re.S)
NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
ARTICLE = re.compile(r"(<article\b[^>]*>)(.*?)(</article>)", re.S)
INSIDE = {"p", "li", "dd"}
NEVER_IN = {"a", "code", "pre", "button", "summary", "math", "em", "h1", "h2", "h3", "h4", "h5", "nav", "figcaption"}
NEVER_CLASS = re.compile(r'class="[^"]*\b(?:fact|tokens|lede|stage-line|step-name|where-name|sources|popover|bridge)\b')


class Marker:
    """Marks terms on pages; `terms` maps each to its definition in plain words, `home` is the glossary's address."""

    def __init__(self, terms, home):
        self.terms = {anchor(name): text for name, text in terms.items()}
        self.home = home
        names = sorted(terms, key=len, reverse=True)
        self.pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(form, names))})(?![\w-])", re.I) if names else None
        self.names = {name.lower(): anchor(name) for name in terms}

    def page(self, text, url):
        """The page with the first use of each term in its prose marked."""
        if self.pattern is None:
            return text
        left = dict(self.terms)
        return ARTICLE.sub(lambda match: match[1] + self._article(match[2], url, left) + match[3], text, count=1)

    def _article(self, text, url, left):
        made, stack = [], []
        for part in TAG.split(text):
            if part.startswith("<"):
                follow(part, stack)
                made.append(part)
            elif may_mark(stack):
                made.append(self.pattern.sub(lambda match: self._mark(match[0], url, left), part))
            else:
                made.append(part)
        return "".join(made)

    def _mark(self, word, url, left):
        id = self.names[singular(word, self.names)]
        if id not in left:
            return word
        says = quotes.curled(html.escape(left.pop(id)))
        return f'<a class="term" href="{relative(f"{self.home}#{id}", url)}" title="{says}">{word}</a>'


def form(name):
    """A pattern for a term and its plural.

    >>> bool(re.fullmatch(form("near-copy"), "near-copies")), bool(re.fullmatch(form("token"), "tokens"))
    (True, True)
    """
    words = re.sub(r"(?:\\ )+", r"\\s+", re.escape(name))
    return f"{words[:-1]}(?:y|ies)" if name.endswith("y") else f"{words}(?:s|es)?"


def singular(word, names):
    """The term that a word is, or is the plural of.

    >>> singular("Near-copies", {"near-copy"}), singular("losses", {"loss"}), singular("byte\\nmerge", {"byte merge"})
    ('near-copy', 'loss', 'byte merge')
    """
    word = " ".join(word.lower().split())
    return next(one for one in (word, word[:-1], word[:-2], word[:-3] + "y") if one in names)


def follow(tag, stack):
    """Keep the elements that are open after a tag, as (name, whether terms may be marked inside)."""
    found = NAME.match(tag)
    if not found:
        return
    name = found[1].lower()
    if tag.startswith("</"):
        while stack and stack.pop()[0] != name:
            pass
    elif name not in VOID and not tag.endswith("/>"):
        stack.append((name, name not in NEVER_IN and not NEVER_CLASS.search(tag)))


def may_mark(stack):
    """Whether text here is prose: in a paragraph or an item, and in nothing that is a name, code or a link."""
    return any(name in INSIDE for name, _ in stack) and all(free for _, free in stack)
