"""What the loss is compared with: tables of token counts, and two general compressors."""

import gzip
import lzma

import numpy as np

DISCOUNTS = (0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


class Table:
    """Interpolated Kneser-Ney: counts of `order` tokens in a row, falling back on shorter rows.

    Each count gives up a discount; what is collected goes to the shorter context, where a token counts by the number
    of different tokens it has followed. Below single tokens stands the uniform guess.

    >>> table = Table(np.array([0, 1, 0, 1, 0, 1]), vocabulary=2, discounts=[0.5, 0.5])
    >>> bool(table.probability(np.array([[0], [1]]), np.array([1, 1]))[0] > 0.8)
    True
    """

    def __init__(self, tokens, vocabulary, discounts):
        self.vocabulary, self.discounts, self.levels = vocabulary, discounts, []
        order = len(discounts)
        rows = np.lib.stride_tricks.sliding_window_view(np.asarray(tokens, np.int64), order)
        kinds, counts = np.unique(self._key(rows), return_counts=True)
        for level in range(order, 0, -1):
            self.levels.insert(0, self._count(kinds, counts))
            shorter = kinds % vocabulary ** (level - 1)  # drop the first token
            kinds, counts = np.unique(shorter, return_counts=True)

    def _key(self, rows):
        """A row of tokens as one number."""
        key = np.zeros(len(rows), np.int64)
        for column in rows.T:
            key = key * self.vocabulary + column
        return key

    def _count(self, kinds, counts):
        """Counts of rows, and for each context its total and its number of different followers."""
        contexts, first = np.unique(kinds // self.vocabulary, return_index=True)
        total = np.add.reduceat(counts, first)
        followers = np.diff(np.append(first, len(kinds)))
        return kinds, counts, contexts, total, followers

    def probability(self, contexts, targets):
        """Probability of each target after each context row (as many tokens as the longest order needs)."""
        p = np.full(len(targets), 1 / self.vocabulary)
        for level, (kinds, counts, known, total, followers) in enumerate(self.levels):
            context = self._key(contexts[:, contexts.shape[1] - level :])
            seen = look_up(known, context, total)
            count = look_up(kinds, context * self.vocabulary + targets, counts)
            many = look_up(known, context, followers)
            discount, whole = self.discounts[level], np.maximum(seen, 1)
            mixed = (np.maximum(count - discount, 0) + discount * many * p) / whole
            p = np.where(seen > 0, mixed, p)
        return p


def look_up(keys, wanted, values):
    """Values of the wanted keys in a sorted table, 0 where there is none.

    >>> look_up(np.array([2, 5]), np.array([5, 3]), np.array([10, 20])).tolist()
    [20, 0]
    """
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[places] == wanted, values[places], 0)


def table_nats(table, documents, order):
    """Mean -log p of all tokens behind each document's first, which stands in for what is missing before it."""
    contexts, targets = [], []
    for ids in documents:
        padded = np.array([ids[0]] * max(order - 2, 0) + ids, np.int64)
        rows = np.lib.stride_tricks.sliding_window_view(padded, order)[-(len(ids) - 1) :]
        contexts.append(rows[:, :-1])
        targets.append(rows[:, -1])
    p = table.probability(np.concatenate(contexts), np.concatenate(targets))
    return float(-np.log(p).mean())


def tune(documents, vocabulary, order):
    """The discount that suits a tenth of the training pages best when the other pages are counted."""
    held = documents[::10]
    stream = np.concatenate([ids for place, ids in enumerate(documents) if place % 10])
    return min(DISCOUNTS, key=lambda d: table_nats(Table(stream, vocabulary, [d] * order), held, order))


def table_losses(train, heldout, vocabulary):
    """Held-out nats per token of tables of one, two and three tokens, and the discount each uses."""
    nats, discounts, stream = {}, {}, np.concatenate(train)
    for order, name in enumerate(("unigram", "bigram", "trigram"), 1):
        discounts[name] = tune(train, vocabulary, order)
        table = Table(stream, vocabulary, [discounts[name]] * order)
        nats[name] = table_nats(table, heldout, order)
    return nats, discounts


def compressed_bits(train, heldout):
    """Bits per byte of the held-out text under gzip and xz at their strongest, and under xz that has read the rest."""
    text, before = ("\n\n".join(pages).encode() for pages in (heldout, train))
    strong = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 26}]

    def xz_bytes(data):
        return len(lzma.compress(data, format=lzma.FORMAT_RAW, filters=strong))

    primed = xz_bytes(before + b"\n\n" + text) - xz_bytes(before)
    sizes = {"gzip": len(gzip.compress(text, 9)), "xz": xz_bytes(text), "xz_primed": primed}
    return {name: size * 8 / len(text) for name, size in sizes.items()}
