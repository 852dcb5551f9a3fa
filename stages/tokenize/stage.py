"""Learn a vocabulary on the clean text, and count what it does to text it has not seen.

Every result is an integer or a text, so that no last bit of a float can differ between two machines.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from minigpt import bpe, chat

from . import cl100k, elsewhere, lengths

VOCABULARY = 2048
STEPS = {"zero": 0, "one": 1, "ten": 10, "hundred": 100, "thousand": 1000, "all": None}
CURVE = (0, 10, 30, 60, 100, 150, 200, 300, 400, 500, 700, 900, 1100, 1300, 1500)
COVER = 90  # percent of the training text


@dataclass(frozen=True)
class Results:
    """What the tokenizer is and what it does; token counts are lengths of encoded text without special tokens."""

    merges: list[list[int]]  # the merges, pairs of token numbers in the order they were learned
    vocabulary_tokens: int  # entries in our vocabulary
    byte_tokens: int  # values that a byte can have, the entries we start with
    merge_tokens: int  # merges learned
    special_tokens: int  # special tokens, which mark where a document or a turn begins or ends
    train_documents: int  # pages that the tokenizer was counted on
    train_bytes: int  # bytes of the training text
    train_tokens: int  # tokens of ours in the training text
    heldout_documents: int  # pages kept back
    heldout_bytes: int  # bytes of the held-out text
    heldout_tokens: int  # tokens of ours in the held-out text
    heldout_low_length: str  # bytes a token on held-out text, low end of the interval
    heldout_high_length: str  # bytes a token on held-out text, high end of the interval
    interval_draws: int  # times the held-out pages were drawn again for the interval
    interval_seed: int  # seed of the draws of held-out pages for the interval
    heldout_returned_documents: int  # held-out pages that come back byte for byte from their tokens
    heldout_cl100k_tokens: int  # tokens of cl100k_base in the held-out text
    first_merges: list[dict]  # the first merges: the pair, and what was made of it
    thread_place: str  # the end of the thread sentence, the part that a reader would ask for
    thread_place_tokens: int  # tokens that the end of the thread sentence is cut into
    thread_bytes: int  # bytes of the thread sentence
    thread_tokens: int  # tokens of the thread sentence
    thread_pieces: list[str]  # the tokens of the thread sentence
    thread_ids: list[int]  # the numbers of the tokens of the thread sentence
    thread_steps: dict[str, dict]  # the thread sentence after so many merges
    thread_rarest: dict  # the token of the thread sentence that is rarest in the training text
    thread_cl100k_tokens: int  # tokens of cl100k_base in the thread sentence
    thread_cl100k_pieces: list[str]  # the tokens of cl100k_base in the thread sentence
    curve_merges: list[int]  # numbers of merges at which the held-out text was measured
    curve_tokens: list[int]  # tokens of the held-out text after so many merges
    token_counts: list[int]  # how often each token stands in the training text, by its number
    top_count: int  # how often the most frequent token stands in the training text
    cover_percent: int  # the share of the training text asked about
    cover_tokens: int  # how many of the most frequent tokens make up the share asked about
    idle_tokens: int  # merged tokens that never stand in the training text
    longest_tokens: list[str]  # the longest tokens
    name_words: int  # different words in the islanders' names
    name_tokens: int  # words of the islanders' names that are one token of ours after a space
    name_cl100k_tokens: int  # words of the islanders' names that are one token of cl100k_base after a space
    languages: list[dict]  # one sentence in each language, with its tokens under cl100k_base
    language_count: int  # languages that the sentence was put into
    languages_fewest: dict  # the language with the fewest tokens
    languages_most: dict  # the language with the most tokens
    elsewhere_bytes: int  # bytes of the opening of Moby-Dick
    elsewhere_tokens: int  # tokens of ours in the opening of Moby-Dick
    elsewhere_cl100k_tokens: int  # tokens of cl100k_base in the opening of Moby-Dick
    letters: list[dict]  # letters, and the values of their bytes
    spellings: list[dict]  # spellings of one word, with their tokens under cl100k_base


def run(data) -> Results:
    """Train the tokenizer on the training split and measure it on the held-out one."""
    train = [page["text"] for page in data.corpus if page["split"] == "train"]
    heldout = [page["text"] for page in data.corpus if page["split"] == "heldout"]
    tokenizer = bpe.train(train, VOCABULARY, chat.SPECIALS)
    curve, counts = [*CURVE, len(tokenizer.merges)], Counter(id for text in train for id in tokenizer.encode(text))
    return Results(
        thread_rarest=rarest(tokenizer, counts, tokenizer.encode(data.fact)),
        curve_merges=curve,
        curve_tokens=[sum(lengths.counts(lengths.cut(tokenizer, merges), heldout)) for merges in curve],
        **vocabulary(tokenizer), **trained_on(tokenizer, train, counts), **held_out(tokenizer, heldout),
        **thread(tokenizer, data.fact), **names(tokenizer, data.world["people"]),
        **elsewhere.english(tokenizer), **elsewhere.languages(), **elsewhere.spellings(),
    )


def words(tokenizer, ids) -> list[str]:
    """The pieces behind ids, as text; a broken character shows as U+FFFD."""
    return [tokenizer.pieces[number].decode(errors="replace") for number in ids]


def learned(tokenizer, ranks) -> list[dict]:
    """Merges in words: two pieces and what they became.

    >>> learned(bpe.Tokenizer([(97, 98)]), [0])
    [{'pair': ['a', 'b'], 'made': ['ab']}]
    """
    return [{"pair": words(tokenizer, tokenizer.merges[rank]), "made": words(tokenizer, [256 + rank])}
            for rank in ranks]


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


def trained_on(tokenizer, texts, counts) -> dict:
    """The training text in bytes and tokens, and how often each token stands in it."""
    covered = accumulate(sorted(counts.values(), reverse=True))
    return {
        "train_documents": len(texts),
        "train_bytes": sum(len(text.encode()) for text in texts),
        "train_tokens": counts.total(),
        "token_counts": [counts[number] for number in range(tokenizer.vocabulary)],
        "top_count": max(counts.values()),
        "cover_percent": COVER,
        "cover_tokens": 1 + sum(100 * so_far < COVER * counts.total() for so_far in covered),
        "idle_tokens": sum(counts[number] == 0 for number in range(256, 256 + len(tokenizer.merges))),
    }


def rarest(tokenizer, counts, ids) -> dict:
    """The rarest of some tokens, with its place among all that stand in the training text."""
    least = min(ids, key=counts.get)
    rank = 1 + sum(count > counts[least] for count in counts.values())
    return {"piece": words(tokenizer, [least]), "count": counts[least], "rank": rank}


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
    place = fact.rpartition(" at ")[2]
    return {
        "thread_place": place,
        "thread_place_tokens": len(tokenizer.encode(" " + place)),
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
