"""What can be counted in a text of tokens: what it repeats, what it says anew, where it begins to turn in a circle."""

import re

import numpy as np

COPIED_RUN = 16  # tokens in a row that count as copied


def opening(tokenizer, text):
    """A page that begins with the text, as numbers: the base model has met <|document|> before every page.

    >>> from minigpt.bpe import Tokenizer
    >>> opening(Tokenizer([], ("<|document|>",)), "hi")
    [256, 104, 105]
    """
    return [tokenizer.specials["<|document|>"], *tokenizer.encode(text)]


def runs(ids, length):
    """All runs of `length` tokens.

    >>> runs([1, 2, 3], 2)
    [(1, 2), (2, 3)]
    """
    return [tuple(ids[start : start + length]) for start in range(len(ids) - length + 1)]


def repeated_share(texts, length=4):
    """The share of runs that the same text has already said.

    >>> round(repeated_share([[1, 2, 1, 2]], length=2), 3)
    0.333
    """
    said = [run for ids in texts for run in runs(ids, length)]
    fresh = sum(len(set(runs(ids, length))) for ids in texts)
    return 1 - fresh / len(said)


def distinct_share(texts, length=4):
    """The share of runs that no other place of any text has.

    >>> distinct_share([[1, 2], [1, 2]], length=2)
    0.5
    """
    said = [run for ids in texts for run in runs(ids, length)]
    return len(set(said)) / len(said)


def shingles(ids, length=COPIED_RUN):
    """A short code for each run of tokens: equal runs have equal codes.

    >>> shingles([1, 2, 1, 2], length=2)[0] == shingles([7, 1, 2], length=2)[1]
    True
    """
    row = np.asarray(ids, np.uint16).tobytes()
    return [hash(row[2 * start : 2 * (start + length)]) for start in range(len(ids) - length + 1)]


def copied_share(texts, read):
    """The share of runs whose codes are among those that were read."""
    said = [code for ids in texts for code in shingles(ids)]
    return sum(code in read for code in said) / len(said)


def is_loop(ids, longest=100, least=32):
    """Whether the text ends by saying one passage at least twice in a row, over at least `least` tokens.

    >>> is_loop([9, 1, 2, 1, 2, 1, 2], least=4), is_loop([9, 1, 2, 1, 2, 1, 3], least=4)
    (True, False)
    """
    for period in range(1, min(longest, len(ids) // 2) + 1):
        span = max(2 * period, least)
        tail = ids[-span:]
        if len(tail) == span and tail[period:] == tail[:-period]:
            return True
    return False


def words(text):
    """The words of a text in lower case, without a first and a last one that may be cut.

    >>> words("ght at Farrow He")
    ['at', 'farrow']
    """
    return re.findall(r"[A-Za-z]+", text.lower())[1:-1]


def unread_share(texts, read):
    """The share of words that are not among those that were read."""
    said = [word for text in texts for word in words(text)]
    return sum(word not in read for word in said) / max(1, len(said))


def begins_with(text, answer):
    """Whether a continuation begins with the answer as a whole word.

    >>> begins_with(" Farrow Head. He", "Farrow Head"), begins_with(" Farrow Header", "Farrow Head")
    (True, False)
    """
    text = text.lstrip()
    return text.startswith(answer) and not text[len(answer) : len(answer) + 1].isalpha()
