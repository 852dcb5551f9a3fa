"""The dirt of the web, kind by kind, each page carrying the truth about itself."""

import random
import string

from stages.data.edits import edit_words
from stages.data.good import Block, Writer
from stages.data.grammar import capital, expand, sections

__all__ = ["Dirt", "edit_words"]
LANGUAGES = ("es", "fr", "de", "nl")
DRAWN = {  # kinds that are lines of one section -> (tag, lines from, to, lines in a block from, to)
    "spam": ("p", 60, 120, 8, 20),
    "links": ("li", 30, 160, 1, 1),
    "boilerplate": ("p", 3, 9, 1, 1),
    "lorem": ("p", 4, 9, 1, 2),
    "adult": ("p", 9, 18, 2, 4),
    "oneline": ("p", 1, 1, 1, 1),
    "prices": ("li", 40, 90, 1, 1),
    "login": ("p", 3, 8, 1, 2),
    "consent": ("p", 5, 12, 1, 1),
    "sitemap": ("li", 40, 120, 1, 1),
    "policy": ("p", 10, 17, 1, 3),
    "comments": ("p", 6, 26, 1, 2),
    "hashtags": ("p", 6, 18, 1, 2),
    "figures": ("p", 14, 40, 1, 1),
    "translated": ("p", 8, 18, 2, 4),
    "endless": ("p", 500, 900, 1, 2),
}
FRESH = {"policy", "consent", "adult", "translated"}  # kinds that say nothing twice until they have said everything


class Dirt:
    """Writes pages that a recipe should drop (or mask); ``write(truth)`` returns a title and blocks."""

    def __init__(self, rng: random.Random, writer: Writer):
        self.rng, self.writer = rng, writer

    def slots(self) -> dict:
        """What the lines of a dirty page may ask for: places, a month, two things to sell."""
        things = self.rng.sample(sections("dirt")["thing"], 2)
        return self.writer.slots() | {"thing": things[0], "other": things[1]}

    def lines(self, file: str, section: str, count: int, fresh: bool = False, **slots) -> list[str]:
        """Some expanded lines of a section, drawn with replacement; or each once before any comes again."""
        found = sections(file)[section]
        drawn = [line for _ in range(0, count, len(found)) for line in self.rng.sample(found, len(found))]
        chosen = drawn[:count] if fresh else [self.rng.choice(found) for _ in range(count)]
        return [expand(self.rng, line, {"number": Number(self.rng)} | slots) for line in chosen]

    def title(self, truth: str, slots: dict) -> str:
        """A title as pages of this kind have it."""
        return self.lines("dirt", f"{truth}_title", 1, **slots)[0]

    def drawn(self, truth: str) -> tuple[str, list[Block]]:
        """A page of drawn lines, some to a paragraph, one to a list item."""
        tag, least, most, short, long = DRAWN[truth]
        slots, cut = self.slots(), self.rng.randint(short, long)
        lines = self.lines("dirt", truth, self.rng.randint(least, most), truth in FRESH, **slots)
        return self.title(truth, slots), [(tag, " ".join(lines[i : i + cut])) for i in range(0, len(lines), cut)]

    def pitch(self) -> tuple[str, list[Block]]:
        """Spam in whole sentences, one word again and again; some of it thinned with sentences that say nothing."""
        slots, thin = self.slots(), self.rng.choice((0, 0, 4, 9))
        lines = self.lines("dirt", "pitch", self.rng.randint(6, 12), **slots)
        lines += [capital(line) for line in self.lines("dirt", "padding", thin, True, **slots)]
        self.rng.shuffle(lines)
        return f"Best {slots['thing']}", [("p", " ".join(lines[i : i + 2])) for i in range(0, len(lines), 2)]

    def gibberish(self) -> tuple[str, list[Block]]:
        """Letters without words."""

        def word() -> str:
            return "".join(self.rng.choices(string.ascii_lowercase + "xzq" * 4, k=self.rng.randint(2, 15)))

        text = [" ".join(word() for _ in range(self.rng.randint(30, 60))) + "." for _ in range(self.rng.randint(3, 6))]
        return word(), [("p", line) for line in text]

    def code(self) -> tuple[str, list[Block]]:
        """Program text without a word around it, in curly brackets or without, line by line or in one block."""
        lines = self.lines("dirt", self.rng.choice(("code", "code", "script")), self.rng.randint(8, 24))
        name = self.rng.choice(("index", "main", "untitled paste", "gate.js", "tides.py", "new file"))
        return name, [("pre", "\n".join(lines))] if self.rng.random() < 0.4 else [("p", line) for line in lines]

    def foreign(self, language: str) -> tuple[str, list[Block]]:
        """A page in Spanish, French, German or Dutch."""
        lines = self.lines("foreign", language, self.rng.randint(10, 20), True)
        cut = self.rng.randint(2, 4)
        return lines[0][:40], [("p", " ".join(lines[i : i + cut])) for i in range(0, len(lines), cut)]

    def mixed(self) -> tuple[str, list[Block]]:
        """English with another language in it: paragraph about paragraph, or a paragraph here and there."""
        title, blocks = self.writer.write(self.rng.choice(("howto", "tale", "tale")))
        other = self.foreign(self.rng.choice(LANGUAGES))[1][: self.rng.choice((1, 2, 9))]
        mixed = [block for pair in zip(blocks, other) for block in pair]
        return title, mixed + blocks[len(other) :]

    def shell(self) -> tuple[str, list[Block]]:
        """A page that is only a script; its text would come later, in a browser."""
        return "Loading", []

    def halfdone(self) -> tuple[str, list[Block]]:
        """A real text with filler still in it."""
        title, blocks = self.writer.write("tale")
        filler = self.lines("dirt", "lorem", self.rng.randint(2, 4))
        return title, [*blocks[:2], *(("p", line) for line in filler), *blocks[2:]]

    def teasers(self) -> tuple[str, list[Block]]:
        """A page of beginnings: every text breaks off after a few words, and the rest is one click away."""
        lines = self.lines("dirt", "teaser", self.rng.randint(6, 18), True, **self.slots())
        cut = [" ".join(line.split()[: self.rng.randint(9, 14)]).rstrip(",.") + " …" for line in lines]
        each = self.rng.randint(1, 2)
        blocks = [block for line in cut for block in [("p", line), ("p", "Read more")][:each]]
        return self.title("teasers", self.slots()), blocks

    def shouting(self) -> tuple[str, list[Block]]:
        """Capitals only."""
        lines = [line.upper() for line in self.lines("dirt", "shouting", self.rng.randint(8, 16), True, **self.slots())]
        return lines[0][:40], [("p", " ".join(lines[i : i + 2])) for i in range(0, len(lines), 2)]

    def advert(self) -> tuple[str, list[Block]]:
        """Selling in good sentences, which no rule about form can see."""
        return self.essay("advert", 9, "Why you need new {thing}")

    def padding(self) -> tuple[str, list[Block]]:
        """Many correct sentences that say nothing, written so that a search engine sends readers."""
        title = "[Everything you need to know about|All about] {thing}"
        return self.essay("padding", self.rng.choice((9, 12, 15)), title)

    def essay(self, section: str, count: int, title: str) -> tuple[str, list[Block]]:
        """Sentences of a section, none twice, three to a paragraph."""
        slots = self.slots()
        text = [capital(line) for line in self.lines("dirt", section, count, True, **slots)]
        return expand(self.rng, title, slots), [("p", " ".join(text[i : i + 3])) for i in range(0, count, 3)]

    def lesson(self) -> tuple[str, list[Block]]:
        """A good page about programming: words around a line of code."""
        title, blocks = self.writer.write("lesson")
        section, tag = self.rng.choice((("code", "p"), ("code", "pre"), ("script", "pre")))
        return title, blocks[:2] + [(tag, self.lines("dirt", section, 1)[0])] + blocks[2:]

    def listed(self) -> tuple[str, list[Block]]:
        """A good page that is mostly a list: what to pack, what to shut, each item a sentence or a few words."""
        slots, of = self.slots(), self.rng.choice(("pack", "shut"))
        found = sections("dirt")[of + self.rng.choice(("", "", "_short"))]
        chosen = sorted(self.rng.sample(range(len(found)), self.rng.randint(9, 14)))
        items = [expand(self.rng, found[i], slots) for i in chosen]
        first, last = (self.lines("dirt", f"{of}_{part}", 1, **slots)[0] for part in ("open", "close"))
        return self.title(of, slots), [("p", first), *(("li", item) for item in items), ("p", last)]

    def press(self) -> tuple[str, list[str]]:
        """A press release as a title and paragraphs, the seed of near copies: the news first, then the rest."""
        slots = self.slots()
        for key in ("item", "firm", "speaker"):
            slots[key] = self.rng.choice(sections("dirt")[key])
        count = {"press": 1, "press_detail": 2, "press_more": 6, "press_end": 1}
        lines = [line for part, many in count.items() for line in self.lines("dirt", part, many, True, **slots)]
        return capital(self.title("press", slots)), [capital(line) for line in lines]

    def write(self, truth: str) -> tuple[str, list[Block]]:
        """A page of the named kind; languages are kinds too."""
        if truth in LANGUAGES:
            return self.foreign(truth)
        return self.drawn(truth) if truth in DRAWN else getattr(self, truth)()


class Number:
    """A slot that is another number each time: "{number:hour}" gives "07.25", "{number:9}" one from 1 to 9."""

    def __init__(self, rng: random.Random):
        self.rng = rng

    def __format__(self, form: str) -> str:
        if form == "hour":
            return f"{self.rng.randint(0, 23):02d}.{self.rng.randint(0, 59):02d}"
        if form == "depth":
            return f"{self.rng.randint(0, 6)}.{self.rng.randint(0, 9)}"
        return str(self.rng.randint(1, int(form)))
