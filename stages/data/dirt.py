"""The dirt of the web, kind by kind, each page carrying the truth about itself."""

import random
import string

from stages.data.good import Block, Writer
from stages.data.grammar import capital, expand, sections


class Dirt:
    """Writes pages that a recipe should drop (or mask); ``write(truth)`` returns a title and blocks."""

    def __init__(self, rng: random.Random, writer: Writer):
        self.rng, self.writer = rng, writer

    def lines(self, file: str, section: str, count: int, **slots) -> list[str]:
        """Some expanded lines of a section, drawn with replacement."""
        found = sections(file)[section]
        return [expand(self.rng, self.rng.choice(found), slots) for _ in range(count)]

    def spam(self) -> tuple[str, list[Block]]:
        """Keyword spam: the same few words in every order."""
        lines = self.lines("dirt", "spam", self.rng.randint(60, 120))
        cut = self.rng.randint(8, 20)
        return lines[0], [("p", " ".join(lines[i : i + cut])) for i in range(0, len(lines), cut)]

    def pitch(self) -> tuple[str, list[Block]]:
        """Spam in whole sentences, one word again and again."""
        thing = self.rng.choice(sections("dirt")["thing"])
        lines = self.lines("dirt", "pitch", self.rng.randint(8, 14), thing=thing)
        return f"Best {thing}", [("p", " ".join(lines[i : i + 2])) for i in range(0, len(lines), 2)]

    def links(self) -> tuple[str, list[Block]]:
        """A link farm."""
        return "Directory", [("li", line) for line in self.lines("dirt", "links", self.rng.randint(60, 160))]

    def boilerplate(self) -> tuple[str, list[Block]]:
        """Nothing but furniture."""
        return "Welcome", [("p", line) for line in self.lines("dirt", "boiler", self.rng.randint(3, 7))]

    def gibberish(self) -> tuple[str, list[Block]]:
        """Letters without words."""

        def word() -> str:
            return "".join(self.rng.choices(string.ascii_lowercase + "xzq" * 4, k=self.rng.randint(2, 15)))

        text = [" ".join(word() for _ in range(self.rng.randint(30, 60))) + "." for _ in range(self.rng.randint(3, 6))]
        return word(), [("p", line) for line in text]

    def lorem(self) -> tuple[str, list[Block]]:
        """Filler text that nobody replaced."""
        return "Coming soon", [("p", line) for line in self.lines("dirt", "lorem", self.rng.randint(4, 8))]

    def code(self) -> tuple[str, list[Block]]:
        """Program text without a word around it."""
        return "index", [("p", line) for line in self.lines("dirt", "code", self.rng.randint(8, 20))]

    def adult(self) -> tuple[str, list[Block]]:
        """A stand-in for a page on a blocklisted host: harmless text, the address is what gives it away."""
        return self.writer.write("diary")

    def foreign(self, language: str) -> tuple[str, list[Block]]:
        """A page in Spanish, French, German or Dutch."""
        lines = self.lines("foreign", language, self.rng.randint(12, 24))
        cut = self.rng.randint(2, 4)
        return lines[0][:40], [("p", " ".join(lines[i : i + cut])) for i in range(0, len(lines), cut)]

    def mixed(self) -> tuple[str, list[Block]]:
        """Half English, half another language."""
        title, blocks = self.writer.write("howto")
        other = self.foreign(self.rng.choice(["es", "fr", "de", "nl"]))[1]
        return title, [block for pair in zip(blocks, other) for block in pair]

    def oneline(self) -> tuple[str, list[Block]]:
        """One line, and that is all."""
        return "Note", [("p", self.lines("dirt", "oneline", 1)[0])]

    def prices(self) -> tuple[str, list[Block]]:
        """A price list: items, no sentences."""
        return "Price list", [("li", line) for line in self.lines("dirt", "item", self.rng.randint(40, 90))]

    def shell(self) -> tuple[str, list[Block]]:
        """A page that is only a script; its text would come later, in a browser."""
        return "Loading", []

    def halfdone(self) -> tuple[str, list[Block]]:
        """A real text with filler still in it."""
        title, blocks = self.writer.write("tale")
        return title, [*blocks[:2], *(("p", line) for line in self.lines("dirt", "lorem", 2)), *blocks[2:]]

    def lesson(self) -> tuple[str, list[Block]]:
        """A good page about programming: words around a line of code."""
        title, blocks = self.writer.write("lesson")
        return title, blocks[:2] + [("p", self.lines("dirt", "code", 1)[0])] + blocks[2:]

    def advert(self) -> tuple[str, list[Block]]:
        """Selling in good sentences, which no rule about form can see."""
        slots = self.writer.slots() | {"thing": self.rng.choice(sections("dirt")["thing"])}
        found = self.rng.sample(sections("dirt")["advert"], 9)
        text = [capital(expand(self.rng, line, slots)) for line in found]
        return f"Why you need new {slots['thing']}", [("p", " ".join(text[i : i + 3])) for i in (0, 3, 6)]

    def press(self) -> list[str]:
        """A press release as paragraphs, the seed of near copies."""
        slots = self.writer.slots() | {
            "item": self.rng.choice(
                ["office", "landing stage", "counter", "waiting room", "reading room", "weather station", "ice house"]
            )
        }
        head, body = (sections("dirt")[key] for key in ("press", "press_more"))
        chosen = [self.rng.choice(head), *self.rng.sample(body, 8)]
        return [capital(expand(self.rng, line, slots)) for line in chosen]

    def write(self, truth: str) -> tuple[str, list[Block]]:
        """A page of the named kind; languages are kinds too."""
        if truth in ("es", "fr", "de", "nl"):
            return self.foreign(truth)
        return getattr(self, truth)()


def edit_words(rng: random.Random, paragraphs: list[str], share: float, keep: set[str] = frozenset()) -> list[str]:
    """Replace a share of the words, but none of those to keep, by words of the same text: a near copy of it."""
    words = [paragraph.split() for paragraph in paragraphs]
    every = [(i, j) for i, line in enumerate(words) for j in range(len(line)) if line[j] not in keep]
    pool = [word for line in words for word in line if word not in keep]
    for i, j in rng.sample(every, round(share * len(every))):
        words[i][j] = rng.choice(pool)
    return [" ".join(line) for line in words]
