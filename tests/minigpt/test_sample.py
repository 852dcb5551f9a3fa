"""Draws: a published stream, honest distributions, one definition of each setting."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from minigpt import gpt
from minigpt.sample import Random, distribution, generate, sample_next

LOGITS = st.lists(st.floats(-20, 20), min_size=1, max_size=30)


def test_the_stream_is_the_published_one():
    random = Random(42, stream=54)
    published = [0xA15C02B7, 0x7B47F409, 0xBA1D3330, 0x83D2F293, 0xBFA4784B, 0xCBED606E]
    assert [random.integer() for _ in range(6)] == published


@given(st.integers(0, 2**53 - 1), st.integers(0, 50))
def test_many_draws_at_once_are_the_same_draws(seed, count):
    one, many = Random(seed), Random(seed)
    assert [one.integer() for _ in range(count)] == many.integers(count).tolist()
    assert one.uniform() == many.uniform()


def test_uniform_draws_are_uniform():
    random = Random(7)
    draws = [random.uniform() for _ in range(4000)]
    assert 0 <= min(draws) and max(draws) < 1
    assert abs(np.mean(draws) - 0.5) < 0.02


@given(LOGITS, st.floats(0.1, 3), st.integers(0, 30), st.floats(0.01, 1), st.floats(0, 0.9))
def test_probabilities_sum_to_one(logits, temperature, top_k, top_p, min_p):
    p = distribution(logits, temperature, top_k, top_p, min_p)
    assert abs(p.sum() - 1) < 1e-12
    assert (p >= 0).all()


@given(st.lists(st.floats(-20, 20), min_size=1, max_size=30, unique=True), st.integers(1, 40))
def test_top_k_keeps_k(logits, k):
    kept = np.flatnonzero(distribution(logits, top_k=k))
    assert set(kept) == set(np.argsort(logits)[::-1][:k])


def test_ties_go_to_the_lower_id():
    assert np.flatnonzero(distribution([1, 2, 2, 2], top_k=2)).tolist() == [1, 2]
    assert distribution([1, 2, 2], temperature=0).tolist() == [0, 1, 0]


@given(LOGITS)
def test_top_p_towards_zero_is_greedy(logits):
    assert np.flatnonzero(distribution(logits, top_p=1e-9)).tolist() == [int(np.argmax(logits))]


@given(LOGITS, st.floats(0.05, 0.95))
def test_top_p_keeps_the_smallest_set_that_reaches_p(logits, top_p):
    full = distribution(logits)
    kept = full[distribution(logits, top_p=top_p) > 0]
    assert kept.sum() > top_p - 1e-9
    assert kept.sum() - kept.min() < top_p + 1e-9


@given(LOGITS, st.floats(0.05, 0.95))
def test_min_p_drops_what_is_far_below_the_best(logits, min_p):
    full = distribution(logits)
    assert ((distribution(logits, min_p=min_p) > 0) == (full >= min_p * full.max())).all()


@settings(deadline=None)
@given(st.integers(0, 1000))
def test_the_same_seed_draws_the_same_token(seed):
    logits = [0.3, 0.1, 2.0, -1.0]
    assert sample_next(logits, Random(seed)) == sample_next(logits, Random(seed))


def test_draws_follow_the_distribution():
    random, logits = Random(3), [0.0, 1.0, 2.0]
    drawn = np.bincount([sample_next(logits, random) for _ in range(6000)], minlength=3) / 6000
    assert np.abs(drawn - distribution(logits)).max() < 0.02


def test_generation_ends_at_a_stop_token_at_the_count_and_at_a_full_context():
    config = gpt.Config(vocabulary=8, context=6, width=8, heads=2, layers=1)
    weights = gpt.init(config, seed=1)
    free = generate(gpt.Model(weights, config), [1, 2], Random(1), 100)
    assert len(free) == 5
    assert generate(gpt.Model(weights, config), [1, 2], Random(1), 2) == free[:2]
    assert generate(gpt.Model(weights, config), [1, 2], Random(1), 100, stop={free[0]}) == []
