"""Learn a vocabulary on the clean text, and count what it does to text it has not seen.

Every result is an integer or a text, so that no last bit of a float can differ between two machines.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from minigpt import bpe, chat

from . import cl100k, lengths, samples

VOCABULARY = 2048
STEPS = {"zero": 0, "one": 1, "ten": 10, "hundred": 100, "thousand": 1000, "all": None}
CURVE = (0, 10, 30, 60, 100, 150, 200, 300, 400, 500, 700, 900, 1100, 1300, 1500)
COVER = 90  # percent of the training text


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
    heldout_low_length: str  # bytes per token, lower end when held-out pages are drawn again
    heldout_high_length: str
    interval_draws: int
    interval_seed: int
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
    cover_percent: int
    cover_tokens: int  # so many of the most frequent make up that share of the training text
    idle_tokens: int  # learned, and never left standing in the training text
    longest_tokens: list[str]
    name_words: int  # words in the islanders' names
    name_tokens: int  # of these, one token of ours after a blank
    name_cl100k_tokens: int  # of these, one token of cl100k_base after a blank
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
    return Results(
        curve_merges=curve,
        curve_tokens=[sum(lengths.counts(lengths.cut(tokenizer, merges), heldout)) for merges in curve],
        **vocabulary(tokenizer), **trained_on(tokenizer, train), **held_out(tokenizer, heldout),
        **thread(tokenizer, data.fact), **names(tokenizer, data.world["people"]), **elsewhere(tokenizer), **real(),
    )


def words(tokenizer, ids) -> list[str]:
    """The pieces behind ids, as text; a broken character shows as U+FFFD."""
    return [tokenizer.pieces[number].decode(errors="replace") for number in ids]


def learned(tokenizer, ranks) -> list[dict]:
    """Merges in words: two pieces and what they became.

    >>> learned(bpe.Tokenizer([(97, 98)]), [0])
    [{'pair': ['a', 'b'], 'made': ['ab']}]
    """
    return [{"pair": words(tokenizer, tokenizer.merges[rank]), "made": words(tokenizer, [256 + rank])} for rank in ranks]


def vocabulary(tokenizer) -> dict:
    """What the vocabulary is made of, with its first and its longest entries."""
    merged = range(256, 256 + len(tokenizer.merges))
    longest = sorted(merged, key=lambda number: (-len(tokenizer.pieces[number]), number))
    return {
        "merges": [list(pair) for pair in tokenizer.merges],
        "vocabulary_tokens": tokenizer.vocabulary,
        "byte_tokens": 256,
        "merge_tokens": len(merged),
        "special_tokens": len(tokenizer.specials),
        "first_merges": learned(tokenizer, range(8)),
        "longest_tokens": words(tokenizer, longest[:12]),
    }


def trained_on(tokenizer, texts) -> dict:
    """The training text in bytes and tokens, and how often each token stands in it."""
    counts = Counter(number for text in texts for number in tokenizer.encode(text))
    covered = accumulate(sorted(counts.values(), reverse=True))
    return {
        "train_documents": len(texts),
        "train_bytes": sum(len(text.encode()) for text in texts),
        "train_tokens": counts.total(),
        "token_counts": [counts[number] for number in range(tokenizer.vocabulary)],
        "cover_percent": COVER,
        "cover_tokens": 1 + sum(100 * so_far < COVER * counts.total() for so_far in covered),
        "idle_tokens": sum(counts[number] == 0 for number in range(256, 256 + len(tokenizer.merges))),
    }


def held_out(tokenizer, texts) -> dict:
    """The held-out text in bytes and in tokens of ours and of cl100k_base, and whether it comes back."""
    sizes, tokens = [len(text.encode()) for text in texts], lengths.counts(tokenizer, texts)
    low, high = lengths.interval(sizes, tokens)
    return {
        "heldout_documents": len(texts),
        "heldout_bytes": sum(sizes),
        "heldout_tokens": sum(tokens),
        "heldout_low_length": low,
        "heldout_high_length": high,
        "interval_draws": lengths.DRAWS,
        "interval_seed": lengths.SEED,
        "heldout_returned_documents": sum(tokenizer.decode(tokenizer.encode(text)) == text for text in texts),
        "heldout_cl100k_tokens": sum(len(cl100k.load().encode_ordinary(text)) for text in texts),
    }


def thread(tokenizer, fact) -> dict:
    """The thread sentence at every step of learning, and under cl100k_base."""
    steps = {}
    for name, merges in STEPS.items():
        then = lengths.cut(tokenizer, merges)
        ids, last = then.encode(fact), range(max(0, len(then.merges) - 3), len(then.merges))
        steps[name] = {"merges": len(then.merges), "vocabulary": then.vocabulary, "tokens": len(ids),
                       "pieces": words(then, ids), "ids": ids, "learned": learned(then, last)}
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
