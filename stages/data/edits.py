"""Near copies: a text with a share of its words edited as an editor would, each word for another of its sort."""

import random
import re
from functools import cache

from stages.data.grammar import sections

WORD = re.compile(r"(\W*)([\w'’-]*\w)(\W*)")


@cache
def sorts() -> dict[str, list[str]]:
    """Each word of prose/swaps.txt with the others of its line: sorts()["monday"] begins with "Tuesday"."""
    found: dict[str, list[str]] = {}
    for line in sections("swaps")["same"]:
        words = line.split("|")
        for word in words:
            if word.lower() in found:
                raise ValueError(f"stages/data/prose/swaps.txt: {word!r} stands twice; take it out of one line")
            found[word.lower()] = [other for other in words if other != word]
    return found


def others(word: str, places: tuple[str, ...]) -> list[str]:
    """The words that may stand for a word: places for a place, else those of its line in prose/swaps.txt."""
    if word in places:
        return [place for place in places if place != word]
    return sorts().get(word.lower(), [])


def edits(line: list[str], j: int, places: tuple[str, ...] = ()) -> list[str]:
    """What may stand in the place of a word: another of its sort, the word with an adverb behind it, or nothing."""
    if not (found := WORD.fullmatch(line[j])):
        return []
    before, word, behind = found.groups()
    begins = j == 0 or line[j - 1][-1] in '.?!:"'
    last = line[j - 1].strip('"').lower() if j else ""
    found = others(word, places)
    if last in ("a", "an"):
        found = [one for one in found if (one[0].lower() in "aeiou") == (last == "an")]
    if word[0].isupper():  # a name is no word to swap, but a first word is, and so is Monday
        found = [one[0].upper() + one[1:] for one in found if begins or one[0].isupper()]
    else:  # may is not May
        found = [one for one in found if one[0].islower()]
    edited = [before + one + behind for one in found]
    swaps, bare = sections("swaps"), not before and not behind and not begins
    if bare and word in swaps["drop"] and last not in ("a", "an"):
        edited.append("")
    after = line[j + 1] if j + 1 < len(line) else "."
    free = after.isalpha() and after.islower() and after not in swaps["alone"] and last != "nobody"
    if bare and word in swaps["after"] and free:
        edited += [f"{word} {one}" for one in swaps["add"]]
    return edited


def edit_words(
    rng: random.Random,
    paragraphs: list[str],
    share: float,
    keep: set[str] = frozenset(),
    places: tuple[str, ...] = (),
) -> list[str]:
    """Edit a share of the words, but none of those to keep; each is swapped, dropped, or gets an adverb behind it."""
    words = [paragraph.split() for paragraph in paragraphs]
    free = [(i, j) for i, line in enumerate(words) for j, word in enumerate(line) if word not in keep]
    able = [(i, j, found) for i, j in free if (found := edits(words[i], j, places))]
    count = round(share * len(free))
    if count > len(able):
        raise ValueError(f"prose/swaps.txt knows {len(able)} of {count} words to edit; add some of {paragraphs[0]!r}")
    for i, j, found in rng.sample(able, count):
        words[i][j] = rng.choice(found)
    return [" ".join(word for word in line if word) for line in words]
