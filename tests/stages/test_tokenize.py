"""The tokenize stage: its numbers hold together, its prose says what they say, and cl100k_base is the published one."""

import gzip
import hashlib
import os
import struct
from importlib import resources

import pytest

from minigpt import bpe, chat
from stages.tokenize import cl100k, exports, figures, samples, stage

PINNED = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"  # by tiktoken, for cl100k_base


@pytest.fixture(scope="module")
def ours(results):
    return results["tokenize"]


def test_the_rank_file_is_the_one_that_tiktoken_pins():
    ranks = resources.files("tiktoken_ext") / "data" / "cl100k_base.tiktoken"
    assert hashlib.sha256(ranks.read_bytes()).hexdigest() == PINNED


def test_loading_cl100k_base_leaves_the_environment_alone(monkeypatch):
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "/elsewhere")
    cl100k.load.cache_clear()
    assert cl100k.pieces("hello world") == [b"hello", b" world"]
    assert os.environ["TIKTOKEN_CACHE_DIR"] == "/elsewhere"


def test_merges_are_those_that_training_on_the_clean_text_gives(results, ours):
    texts = [page["text"] for page in results["data"].corpus if page["split"] == "train"]
    again = bpe.train(texts, stage.VOCABULARY, chat.SPECIALS)
    assert ours.merges == [list(pair) for pair in again.merges]


def test_bytes_merges_and_special_tokens_make_up_the_vocabulary(ours):
    assert ours.vocabulary_tokens == stage.VOCABULARY == ours.byte_tokens + ours.merge_tokens + ours.special_tokens
    assert len(ours.merges) == ours.merge_tokens


def test_every_held_out_page_comes_back_byte_for_byte(ours):
    assert ours.heldout_returned_documents == ours.heldout_documents > 0


def test_the_vocabulary_only_grows_and_the_sentence_only_shortens(results, ours):
    steps = sorted(ours.thread_steps.values(), key=lambda step: step["merges"])
    assert [step["vocabulary"] for step in steps] == sorted({step["vocabulary"] for step in steps})
    assert [step["tokens"] for step in steps] == sorted((step["tokens"] for step in steps), reverse=True)
    for step in steps:
        assert "".join(step["pieces"]) == results["data"].fact
        assert len(step["ids"]) == len(step["pieces"]) == step["tokens"]


def test_the_page_tells_the_first_merges_as_they_are(ours):
    assert ours.first_merges[0] == {"pair": [" ", "t"], "made": [" t"]}
    assert ours.first_merges[1] == {"pair": ["h", "e"], "made": ["he"]}
    assert ours.first_merges[3] == {"pair": [" t", "he"], "made": [" the"]}


def test_the_page_tells_the_last_tokens_of_the_sentence_as_they_are(ours):
    assert " Tolland" in ours.thread_pieces
    assert ours.thread_place_tokens > 1


def test_each_merge_that_touches_the_sentence_takes_one_token_away(results, ours):
    words, touching = [list(word.encode()) for word in bpe.split(results["data"].fact)], 0
    for number, pair in enumerate(ours.merges, start=256):
        after = [bpe.merge(word, tuple(pair), number) for word in words]
        touching += after != words
        words = after
    assert touching == ours.thread_bytes - ours.thread_tokens
    assert sum(map(len, words)) == ours.thread_tokens


def test_the_page_tells_the_space_before_the_name_and_the_names_as_they_are(results, ours):
    tokenizer = bpe.Tokenizer(ours.merges)
    fact = results["data"].fact
    assert stage.words(tokenizer, tokenizer.encode(fact))[:2] == ["M", "ira"]
    assert stage.words(tokenizer, tokenizer.encode(f" {fact}"))[0] == " Mira"
    assert ours.name_tokens == ours.name_words


def test_the_sentence_in_hindi_is_the_one_that_was_counted_with_a_list_that_is_not_here(ours):
    counted = "4524ee4b27448606"  # the claim hindi-later-tokens
    assert ours.languages[10]["language"] == "Hindi"
    assert hashlib.sha256(samples.LANGUAGES["Hindi"].encode()).hexdigest()[:16] == counted


def test_the_place_is_marked_and_nothing_else(results, ours):
    for step in ours.thread_steps.values():
        marked = figures._belongs(step["pieces"], ours.thread_place)
        assert "".join(step["pieces"][position] for position in sorted(marked)).strip() == ours.thread_place


def test_longer_lists_never_lengthen_held_out_text(ours):
    assert ours.curve_tokens == sorted(ours.curve_tokens, reverse=True)
    assert ours.curve_tokens[0] == ours.heldout_bytes
    assert ours.curve_tokens[-1] == ours.heldout_tokens


def test_token_counts_add_up_to_the_training_text(ours):
    assert sum(ours.token_counts) == ours.train_tokens
    assert ours.top_count == max(ours.token_counts)
    assert ours.thread_rarest["count"] == min(ours.token_counts[number] for number in ours.thread_ids)
    rarer = sum(count > ours.thread_rarest["count"] for count in ours.token_counts)
    assert ours.thread_rarest["rank"] == rarer + 1


def test_the_exported_tokenizer_encodes_as_the_trained_one(results, ours):
    shipped = exports.tokenizer(ours)
    again = bpe.Tokenizer(shipped["merges"], tuple(shipped["specials"]))
    assert again.specials == shipped["specials"]
    assert again.encode(results["data"].fact) == ours.thread_ids


def test_the_packed_ranks_unpack_to_cl100k_base(ours):
    suffix, packed = exports.cl100k(ours)
    assert suffix == ".bin"
    body = gzip.decompress(packed)
    count = struct.unpack_from("<I", body)[0]
    lengths, at, tokens = body[4 : 4 + count], 4 + count, []
    for length in lengths:
        tokens.append(body[at : at + length])
        at += length
    assert at == len(body)
    assert all(cl100k.load().encode_single_token(token) == rank for rank, token in enumerate(tokens))


def test_every_language_is_measured_and_none_is_shorter_than_english(ours):
    assert [row["language"] for row in ours.languages] == list(samples.LANGUAGES)
    assert ours.languages_fewest["language"] == "English"


def test_results_hold_no_floats(ours):
    def leaves(value):
        if isinstance(value, dict):
            value = list(value.values())
        return [leaf for item in value for leaf in leaves(item)] if isinstance(value, list) else [value]

    assert not [leaf for value in vars(ours).values() for leaf in leaves(value) if isinstance(leaf, float)]
