"""Learn a vocabulary on the clean text, and count what it does to text it has not seen.

Every result is an integer or a string, so that no last bit of a float can differ between two machines.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from minigpt import bpe, chat

from . import cl100k, samples

VOCABULARY = 2048
STEPS = {"zero": 0, "one": 1, "ten": 10, "hundred": 100, "thousand": 1000, "all": None}
CURVE = (0, 1, 3, 10, 30, 100, 200, 300, 500, 700, 1000, 1400)


@dataclass(frozen=True)
class Results:
    """What the tokenizer is and what it does; token counts are lengths of encoded text without special tokens."""

    merges: list[list[int]]  # pairs of ids, in the order they were learned
    vocabulary_tokens: int
    byte_tokens: int
    merge_tokens: int
    special_tokens: int
    train_documents: int
    train_bytes: int
    train_tokens: int
    heldout_documents: int
    heldout_bytes: int
    heldout_tokens: int
    heldout_returned_documents: int  # held-out documents that come back byte for byte
    heldout_cl100k_tokens: int
    first_merges: list[dict]  # the first merges in words: pair, made
    thread_place: str  # the end of the thread sentence, the part a reader would ask for
    thread_bytes: int
    thread_tokens: int
    thread_pieces: list[str]
    thread_ids: list[int]
    thread_steps: dict[str, dict]  # after so many merges: merges, vocabulary, tokens, pieces, ids, learned
    thread_cl100k_tokens: int
    thread_cl100k_pieces: list[str]
    curve_merges: list[int]
    curve_tokens: list[int]  # tokens of the held-out text after so many merges
    token_counts: list[int]  # how often each id stands in the training text
    common_tokens: list[dict]  # the most frequent: piece, count
    cover_tokens: int  # so many of the most frequent make up nine tenths of the training text
    idle_tokens: int  # learned, and never left standing in the training text
    longest_tokens: list[str]
    name_words: int  # words in the islanders' names
    name_tokens: int  # of these, one token of ours after a space
    name_cl100k_tokens: int  # of these, one token of cl100k_base after a space
    languages: list[dict]  # one sentence in each language: language, text, characters, bytes, tokens, under cl100k_base
    language_count: int
    languages_fewest: dict  # the row of the language with the fewest tokens
    languages_most: dict
    elsewhere_bytes: int
    elsewhere_tokens: int
    elsewhere_cl100k_tokens: int
    letters: list[dict]  # letter and the numbers of its bytes
    spellings: list[dict]  # text, and its pieces and ids under cl100k_base


def run(data) -> Results:
    """Train the tokenizer on the training split and measure it on the held-out one."""
    train = [page["text"] for page in data.corpus if page["split"] == "train"]
    heldout = [page["text"] for page in data.corpus if page["split"] == "heldout"]
    tokenizer = bpe.train(train, VOCABULARY, chat.SPECIALS)
    curve = [*CURVE, len(tokenizer.merges)]
    ours = {**sizes(tokenizer), **corpus(tokenizer, train, heldout), **thread(tokenizer, data.fact)}
    ours |= {**names(tokenizer, data.world["people"]), **elsewhere(tokenizer)}
    return Results(
        curve_merges=curve,
        curve_tokens=[count(cut(tokenizer, merges), heldout) for merges in curve],
        heldout_cl100k_tokens=sum(len(cl100k.load().encode_ordinary(text)) for text in heldout),
        **ours, **real(),
    )


def count(tokenizer, texts) -> int:
    """Tokens in all the texts together.

    >>> count(bpe.Tokenizer([]), ["light", "at"])
    7
    """
    return sum(len(tokenizer.encode(text)) for text in texts)


def cut(tokenizer, merges) -> bpe.Tokenizer:
    """The tokenizer as it was after so many merges.

    >>> cut(bpe.Tokenizer([(97, 97), (256, 98)]), 1).vocabulary
    257
    """
    return bpe.Tokenizer(tokenizer.merges[:merges])


def words(tokenizer, ids) -> list[str]:
    """The pieces behind ids, as text; a broken character shows as U+FFFD."""
    return [tokenizer.pieces[number].decode(errors="replace") for number in ids]


def learned_merges(tokenizer, ranks) -> list[dict]:
    """Merges in words: two pieces and what they became.

    >>> learned_merges(bpe.Tokenizer([(97, 98)]), [0])
    [{'pair': ['a', 'b'], 'made': ['ab']}]
    """
    return [{"pair": words(tokenizer, tokenizer.merges[rank]), "made": words(tokenizer, [256 + rank])} for rank in ranks]


def sizes(tokenizer) -> dict:
    """What the vocabulary is made of, with its first and its longest entries."""
    learned = range(256, 256 + len(tokenizer.merges))
    longest = sorted(learned, key=lambda number: (-len(tokenizer.pieces[number]), number))
    return {
        "merges": [list(pair) for pair in tokenizer.merges],
        "vocabulary_tokens": tokenizer.vocabulary,
        "byte_tokens": 256,
        "merge_tokens": len(learned),
        "special_tokens": len(tokenizer.specials),
        "first_merges": learned_merges(tokenizer, range(8)),
        "longest_tokens": words(tokenizer, longest[:12]),
    }


def corpus(tokenizer, train, heldout) -> dict:
    """Both splits in bytes and tokens, and how often each token stands in the first."""
    counts = Counter(number for text in train for number in tokenizer.encode(text))
    ranked = sorted(counts, key=lambda number: (-counts[number], number))
    total = counts.total()
    covered = accumulate(counts[number] for number in ranked)
    learned = range(256, 256 + len(tokenizer.merges))
    encoded = [tokenizer.encode(text) for text in heldout]
    return {
        "train_documents": len(train),
        "train_bytes": sum(len(text.encode()) for text in train),
        "train_tokens": total,
        "heldout_documents": len(heldout),
        "heldout_bytes": sum(len(text.encode()) for text in heldout),
        "heldout_tokens": sum(map(len, encoded)),
        "heldout_returned_documents": sum(tokenizer.decode(ids) == text for ids, text in zip(encoded, heldout)),
        "token_counts": [counts[number] for number in range(tokenizer.vocabulary)],
        "common_tokens": [{"piece": tokenizer.pieces[number].decode(errors="replace"), "count": counts[number]}
                          for number in ranked[:12]],
        "cover_tokens": 1 + sum(so_far < 0.9 * total for so_far in covered),
        "idle_tokens": sum(counts[number] == 0 for number in learned),
    }


def thread(tokenizer, fact) -> dict:
    """The thread sentence at every step of learning, and under cl100k_base."""
    steps = {}
    for name, merges in STEPS.items():
        then = cut(tokenizer, merges)
        ids = then.encode(fact)
        steps[name] = {"merges": len(then.merges), "vocabulary": then.vocabulary, "tokens": len(ids),
                       "pieces": words(then, ids), "ids": ids,
                       "learned": learned_merges(then, range(max(0, len(then.merges) - 3), len(then.merges)))}
    theirs = [piece.decode(errors="replace") for piece in cl100k.pieces(fact)]
    return {
        "thread_place": fact.rpartition(" at ")[2],
        "thread_bytes": len(fact.encode()),
        "thread_tokens": steps["all"]["tokens"],
        "thread_pieces": steps["all"]["pieces"],
        "thread_ids": steps["all"]["ids"],
        "thread_steps": steps,
        "thread_cl100k_tokens": len(theirs),
        "thread_cl100k_pieces": theirs,
    }


def names(tokenizer, people) -> dict:
    """How many of the islanders' names are one token, for us and for cl100k_base."""
    found = sorted({word for person in people for word in person["name"].split()})
    return {
        "name_words": len(found),
        "name_tokens": sum(len(tokenizer.encode(" " + word)) == 1 for word in found),
        "name_cl100k_tokens": sum(len(cl100k.pieces(" " + word)) == 1 for word in found),
    }


def elsewhere(tokenizer) -> dict:
    """The control: English that our tokenizer did not learn from."""
    return {
        "elsewhere_bytes": len(samples.ELSEWHERE.encode()),
        "elsewhere_tokens": len(tokenizer.encode(samples.ELSEWHERE)),
        "elsewhere_cl100k_tokens": len(cl100k.pieces(samples.ELSEWHERE)),
    }


def real() -> dict:
    """What a tokenizer in wide use does to one sentence in many languages, and to one word in several spellings."""
    rows = [{"language": language, "text": text, "characters": len(text), "bytes": len(text.encode()),
             "tokens": len(cl100k.pieces(text))} for language, text in samples.LANGUAGES.items()]
    return {
        "languages": rows,
        "language_count": len(rows),
        "languages_fewest": min(rows, key=lambda row: row["tokens"]),
        "languages_most": max(rows, key=lambda row: row["tokens"]),
        "letters": [{"letter": letter, "bytes": list(letter.encode())} for letter in samples.LETTERS],
        "spellings": [{"text": text, "pieces": [piece.decode(errors="replace") for piece in cl100k.pieces(text)],
                       "ids": cl100k.load().encode_ordinary(text)} for text in samples.SPELLINGS],
    }
