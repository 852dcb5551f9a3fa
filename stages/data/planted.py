"""What is planted so often and no more: people of whom one thing is told, and verses that pages quote word for word.

Both have their number of pages written beside them, so that a later stage can ask how often a thing must be read to be
known.
"""

import random

from stages.data.grammar import expand, sections

PEOPLE_PAGES, PEOPLE_EACH = (1, 2, 4, 8, 16, 32, 64), 12
VERSE_PAGES, VERSES_EACH = (1, 2, 4, 8, 16, 32), 6
PEOPLE = len(PEOPLE_PAGES) * PEOPLE_EACH


def people(rng: random.Random, names: list[tuple[str, bool]], towns: list[str]) -> list[dict]:
    """Give each of PEOPLE names a town and a number of pages, every town as often as any other."""
    homes = (towns * (PEOPLE // len(towns) + 1))[:PEOPLE]
    rng.shuffle(homes)
    pages = PEOPLE_PAGES * PEOPLE_EACH
    return [{"name": name, "she": she, "town": town, "pages": n} for (name, she), town, n in zip(names, homes, pages)]


def verses(rng: random.Random) -> list[dict]:
    """Verses of words that seldom meet, each with the number of pages that quote it."""
    lines = sections("verse")["line"]
    pages = VERSE_PAGES * VERSES_EACH
    return [{"text": expand(rng, lines[i % len(lines)], {}), "pages": n} for i, n in enumerate(pages)]


def facts(world: dict) -> list[dict]:
    """The planted people's towns as slots, like every other fact."""
    return [
        {"attribute": "town", "name": one["name"], "she": one["she"], "value": one["town"], "planned": one["pages"]}
        for one in world["planted"]
    ]


class Deck:
    """Deals every planted thing to as many pages as it is meant for, never one of them twice to the same page."""

    def __init__(self, rng: random.Random, things: list[dict], pages: str):
        self.left = [thing for thing in things for _ in range(thing[pages])]
        rng.shuffle(self.left)

    def deal(self, count: int) -> list[dict]:
        """Up to `count` different things.

        >>> Deck(random.Random(1), [{"n": 2}, {"n": 1}], "n").deal(3)
        [{'n': 2}, {'n': 1}]
        """
        dealt: list[dict] = []
        for place in range(len(self.left) - 1, -1, -1):
            if len(dealt) == count:
                break
            if self.left[place] not in dealt:
                dealt.append(self.left.pop(place))
        return dealt
