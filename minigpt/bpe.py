"""Byte-pair encoding: text becomes numbers, and numbers become text again.

Start from the 256 bytes. Again and again, give the most frequent pair of neighbors a number of its own.
The list of pairs, in the order they were found, is the whole tokenizer.
"""

import re
from collections import Counter, defaultdict
from heapq import heapify, heappop, heappush

# Pairs never cross these pieces: a contraction, a word, up to three digits, other signs, blanks; the first, second and
# fourth may carry one blank in front. Blank and letter are spelled out because Python and JavaScript disagree on \s and
# \w; every character beyond ASCII counts as a letter. Each character falls into a piece, so nothing is lost.
BLANK = "\t\n\v\f\r "
PATTERN = (
    "'(?:[sdmt]|ll|ve|re)"
    "| ?[A-Za-z\u0080-\U0010ffff]+"
    "| ?[0-9]{1,3}"
    f"| ?[^{BLANK}A-Za-z0-9\u0080-\U0010ffff]+"
    f"|[{BLANK}]+(?![^{BLANK}])"
    f"|[{BLANK}]+"
)
split = re.compile(PATTERN).findall


def merge(ids, pair, new):
    """Replace every occurrence of `pair`, from the left.

    >>> merge([1, 2, 3, 1, 2], (1, 2), 4)
    [4, 3, 4]
    """
    merged, i = [], 0
    while i < len(ids):
        together = i + 1 < len(ids) and (ids[i], ids[i + 1]) == pair
        merged.append(new if together else ids[i])
        i += 2 if together else 1
    return merged


def mend(text):
    """Make text encodable: two surrogates that belong together become one character, a lone one becomes U+FFFD.

    >>> mend("light") , mend("\\ud83d\\ude00") == "\\U0001f600", mend("\\ud83d") == "\\ufffd"
    ('light', True, True)
    """
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def train(texts, vocabulary, specials=(), split=split):
    """Learn merges until bytes, merges and specials fill the vocabulary, or until no pair occurs twice.

    The most frequent pair wins, the lower pair of numbers at a tie. Words are counted once and kept with their count;
    a merge touches only the words it occurs in.

    >>> tokenizer = train(["aaabdaaabac"], 256 + 3)
    >>> tokenizer.pieces[256:]
    [b'aa', b'ab', b'aaab']
    """
    counted = Counter(piece for text in texts for piece in split(mend(text)))
    words = [list(piece.encode()) for piece in counted]
    times = list(counted.values())
    counts, homes = Counter(), defaultdict(set)  # pair -> occurrences, pair -> words it may be in
    for number, word in enumerate(words):
        for pair in zip(word, word[1:]):
            counts[pair] += times[number]
            homes[pair].add(number)
    queue = [(-count, pair) for pair, count in counts.items()]
    heapify(queue)
    merges = []
    while len(merges) < vocabulary - 256 - len(specials):
        pair = _most_frequent(queue, counts)
        if pair is None:
            break
        changed = Counter()
        for number in homes.pop(pair):
            before = words[number]
            words[number] = after = merge(before, pair, 256 + len(merges))
            for old in zip(before, before[1:]):
                changed[old] -= times[number]
            for new in zip(after, after[1:]):
                changed[new] += times[number]
                homes[new].add(number)
        merges.append(pair)
        for touched, difference in changed.items():
            if difference:
                counts[touched] += difference
                heappush(queue, (-counts[touched], touched))
    return Tokenizer(merges, specials, split)


def _most_frequent(queue, counts):
    """Take the best pair off the queue, skipping entries whose count has changed since they were queued."""
    while queue:
        count, pair = heappop(queue)
        if counts[pair] == -count and count < -1:
            return pair
    return None


class Tokenizer:
    """Numbers 0 to 255 are the bytes, then the merges in the order they were learned, then the special tokens.

    >>> tokenizer = Tokenizer([(97, 97), (256, 98)], ("<|end|>",))
    >>> tokenizer.encode("aab aa"), tokenizer.decode([257, 258])
    ([257, 32, 256], 'aab<|end|>')
    """

    def __init__(self, merges, specials=(), split=split, alphabet=None, numbers=None):
        """`alphabet` (the bytes in the order of their numbers) and `numbers` (of the merges) default to the above."""
        self.merges = [tuple(pair) for pair in merges]
        self.split = split
        self.pieces = list(alphabet or (bytes([byte]) for byte in range(256)))
        self.number_of = {piece[0]: number for number, piece in enumerate(self.pieces)}  # byte -> number
        numbers = numbers or range(256, 256 + len(self.merges))
        self.rank = dict(zip(self.merges, numbers))  # pair -> number of the merged token, which is also its rank
        self.pieces += [b""] * (max(numbers, default=255) - 255)
        for (left, right), number in self.rank.items():
            self.pieces[number] = self.pieces[left] + self.pieces[right]
        self.specials = {special: len(self.pieces) + i for i, special in enumerate(specials)}
        self.pieces += [special.encode() for special in specials]
        self.known = {}  # piece of text -> its numbers, filled as texts are encoded

    @property
    def vocabulary(self):
        """How many numbers there are."""
        return len(self.pieces)

    def encode(self, text, allow_special=False):
        """Numbers of a text; special tokens are read as such only where the caller allows it, never from a reader.

        >>> Tokenizer([], ("<|end|>",)).encode("a<|end|>", allow_special=True)
        [97, 256]
        """
        if allow_special and self.specials:
            parts = re.split("(" + "|".join(map(re.escape, self.specials)) + ")", text)
        else:
            parts = [text]
        ids = []
        for part in parts:
            if allow_special and part in self.specials:
                ids.append(self.specials[part])
                continue
            for piece in self.split(mend(part)):
                ids.extend(self._encode_piece(piece))
        return ids

    def _encode_piece(self, piece):
        """Merge one piece, the earliest learned pair first."""
        ids = self.known.get(piece)
        if ids is None:
            ids = [self.number_of[byte] for byte in piece.encode()]
            while len(ids) > 1:
                pair = min(zip(ids, ids[1:]), key=lambda pair: self.rank.get(pair, float("inf")))
                if pair not in self.rank:
                    break
                ids = merge(ids, pair, self.rank[pair])
            if len(self.known) < 100_000:
                self.known[piece] = ids
        return ids

    def decode_bytes(self, ids):
        """Bytes of numbers: nothing but their pieces, one after the other."""
        return b"".join(self.pieces[number] for number in ids)

    def decode(self, ids):
        """Text of numbers; bytes that are no UTF-8 show as U+FFFD.

        >>> Tokenizer([]).decode([108, 195, 169, 255])
        'lé\ufffd'
        """
        return self.decode_bytes(ids).decode(errors="replace")


def from_ranks(ranks, split):
    """A tokenizer from a published table of pieces and ranks, such as cl100k_base.

    A piece of rank r was made from the two parts it falls into when only merges before r are applied.

    >>> ranks = {bytes([byte]): byte for byte in range(256)} | {b"aa": 256, b"aab": 257}
    >>> from_ranks(ranks, split).merges
    [(97, 97), (256, 98)]
    """
    order = sorted(ranks, key=ranks.get)
    alphabet = [piece for piece in order if len(piece) == 1]
    made = [piece for piece in order if len(piece) > 1]
    merges = [tuple(ranks[part] for part in _two_parts(piece, ranks)) for piece in made]
    return Tokenizer(merges, (), split, alphabet, [ranks[piece] for piece in made])


def _two_parts(piece, ranks):
    """Merge a piece by ranks until two parts are left."""
    parts = [piece[i : i + 1] for i in range(len(piece))]
    while len(parts) > 2:
        left, right = min(zip(parts, parts[1:]), key=lambda pair: ranks.get(pair[0] + pair[1], float("inf")))
        parts = merge(parts, (left, right), left + right)
    return parts
