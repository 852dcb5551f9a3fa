"""How long text gets when a vocabulary cuts it, and how sure that can be."""

import random

from minigpt import bpe

DRAWS, SEED = 1000, 7


def cut(tokenizer, merges) -> bpe.Tokenizer:
    """The tokenizer as it was after so many merges.

    >>> cut(bpe.Tokenizer([(97, 97), (256, 98)]), 1).vocabulary
    257
    """
    return bpe.Tokenizer(tokenizer.merges[:merges])


def counts(tokenizer, texts) -> list[int]:
    """Tokens in each text.

    >>> counts(bpe.Tokenizer([]), ["light", "at"])
    [5, 2]
    """
    return [len(tokenizer.encode(text)) for text in texts]


def interval(sizes, tokens) -> tuple[str, str]:
    """Bytes per token of all pages together, the middle 95 of 100 when the pages are drawn again with replacement.

    Two texts and not two floats, so that results stay free of last bits.

    >>> interval([40, 40, 40], [10, 10, 10])
    ('4.00', '4.00')
    """
    chance, pages = random.Random(SEED), list(zip(sizes, tokens, strict=True))
    draws = sorted(_ratio(chance.choices(pages, k=len(pages))) for _ in range(DRAWS))
    return f"{draws[DRAWS // 40]:.2f}", f"{draws[-1 - DRAWS // 40]:.2f}"


def _ratio(pages) -> float:
    return sum(size for size, _ in pages) / sum(tokens for _, tokens in pages)
