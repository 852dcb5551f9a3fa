"""Byte-pair training as a textbook tells it: count every pair anew after every merge. Slow, obvious, our judge."""

from collections import Counter

from minigpt import bpe


def textbook_train(texts, merges):
    """The first `merges` merges, each the most frequent pair of that moment, the lower pair of numbers at a tie.

    >>> textbook_train(["aaabdaaabac"], 3)
    [(97, 97), (97, 98), (256, 257)]
    """
    words = Counter(piece.encode() for text in texts for piece in bpe.split(text))
    words = {tuple(word): count for word, count in words.items()}
    learned = []
    for new in range(256, 256 + merges):
        counts = Counter()
        for word, count in words.items():
            for pair in zip(word, word[1:]):
                counts[pair] += count
        pair, best = min(counts.items(), key=lambda item: (-item[1], item[0]), default=(None, 0))
        if best < 2:
            break
        learned.append(pair)
        merged = Counter()
        for word, count in words.items():
            merged[tuple(bpe.merge(list(word), pair, new))] += count
        words = merged
    return learned
