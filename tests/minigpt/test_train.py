"""Training: bit-identical by seed, the same for any number of threads, resumable, and it learns."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from minigpt import gpt
from minigpt.adam import Adam
from minigpt.train import batch_of, mean_loss, rate_at, train

CONFIG = gpt.Config(vocabulary=16, context=8, width=16, heads=2, layers=1)
TOKENS = np.tile(np.arange(16), 40)


def run(steps=12, threads=2, parts=2, start=0, state=None):
    weights, adam = state or (gpt.init(CONFIG, seed=1), None)
    adam = adam or Adam(weights)
    losses = [
        loss
        for _, loss in train(
            weights,
            CONFIG,
            lambda step: batch_of(TOKENS, CONFIG.context, 4, 7, step),
            lambda step: rate_at(step, 30, 1e-2),
            adam,
            start,
            steps,
            threads,
            parts,
        )
    ]
    return losses, weights, adam


def test_the_same_seed_gives_the_same_bits():
    first, second = run(), run()
    assert first[0] == second[0]
    assert all((first[1][name] == second[1][name]).all() for name in first[1])


def test_the_number_of_threads_changes_nothing_and_the_number_of_parts_next_to_nothing():
    assert run(threads=1)[0] == run(threads=2)[0]
    assert np.allclose(run(parts=1)[0], run(parts=2)[0], rtol=1e-3)


LOSSES = """
import json
import numpy as np
from minigpt import gpt, train
from minigpt.adam import Adam
config = gpt.Config(vocabulary=512, context=64, width=64, heads=4, layers=2)
tokens, weights = np.random.default_rng(0).zipf(1.3, 20_000) % 512, gpt.init(config, seed=1)
steps = train.train(weights, config, lambda step: train.batch_of(tokens, 64, 8, 1, step), lambda step: 6e-3,
                    Adam(weights), 0, 20)
print(json.dumps([loss for _, loss in steps]))
"""


def losses_with(blas_threads, root):
    """Losses of a new process whose matrix products use so many threads."""
    counts = {f"{name}_NUM_THREADS": str(blas_threads) for name in ("OPENBLAS", "MKL", "OMP")}
    return json.loads(subprocess.check_output([sys.executable, "-c", LOSSES], env=os.environ | counts, cwd=root))


def test_another_process_repeats_the_bits_and_other_thread_counts_agree_to_a_thousandth(root):
    one, again, four = (losses_with(count, root) for count in (1, 1, 4))
    assert one == again
    assert np.allclose(one, four, rtol=1e-3)
    assert one[-1] < one[0] - 1


def test_a_resumed_run_equals_an_uninterrupted_one():
    _, weights, adam = run(steps=5)
    resumed = run(start=5, state=(weights, adam))
    whole = run()
    assert whole[0][5:] == resumed[0]
    assert all((whole[1][name] == resumed[1][name]).all() for name in whole[1])


def test_a_pattern_is_learned():
    losses, weights, _ = run(steps=30)
    assert losses[-1] < 0.5 * losses[0]
    assert mean_loss(weights, CONFIG, TOKENS) < 0.75 * np.log(16)


def test_an_epoch_meets_every_window_once():
    steps = (len(TOKENS) - 9) // 8 // 4
    spots = np.concatenate([batch_of(np.arange(len(TOKENS)), 8, 4, 1, step)[0][:, 0] for step in range(steps)])
    assert len(set(spots)) == steps * 4
    assert set(np.diff(np.sort(spots))) == {8}


def test_too_little_text_stops_with_a_sentence():
    with pytest.raises(ValueError, match="too few"):
        batch_of(np.arange(10), 8, 4, 1, 0)


def test_a_loss_that_is_no_number_stops_with_a_sentence():
    weights = gpt.init(CONFIG, seed=1)
    weights["embedding"][:] = np.nan
    with pytest.raises(FloatingPointError, match="lower learning rate"):
        run(state=(weights, None))


def test_mean_loss_predicts_each_token_once():
    weights = gpt.init(CONFIG, seed=2)
    short = TOKENS[:21]
    inputs, targets = [short[0:8], short[8:16], short[16:20]], [short[1:9], short[9:17], short[17:21]]
    sums = [gpt.token_losses(weights, CONFIG, i[None], t[None]).sum() for i, t in zip(inputs, targets)]
    assert mean_loss(weights, CONFIG, short) == pytest.approx(sum(sums) / 20, rel=1e-6)
