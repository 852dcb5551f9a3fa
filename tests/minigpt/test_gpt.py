"""The network against finite differences, against a plain formulation, and against time."""

import numpy as np
import pytest

from minigpt import gpt
from minigpt.sample import Random

SMALL = gpt.Config(vocabulary=11, context=6, width=8, heads=2, layers=2)


@pytest.fixture
def weights():
    return {name: w.astype(np.float64) for name, w in gpt.init(SMALL, seed=3).items()}


@pytest.fixture
def batch():
    random = np.random.default_rng(5)
    targets = random.integers(0, 11, (2, 6))
    targets[0, :2] = -1
    return random.integers(0, 11, (2, 6)), targets


def plain_logits(weights, config, tokens):
    """One sequence, loops for sums: the contract's formulas word for word."""

    def norm(x):
        return x / np.sqrt((x**2).mean() + 1e-5)

    def fire(x):
        return np.where(x.real > 0, x, 0) ** 2

    width, half = config.width // config.heads, config.width // config.heads // 2

    def turn(vector, t):
        turned = vector.copy()
        for i in range(half):
            angle = t * 10000 ** (-i / half)
            turned[i] = vector[i] * np.cos(angle) - vector[i + half] * np.sin(angle)
            turned[i + half] = vector[i + half] * np.cos(angle) + vector[i] * np.sin(angle)
        return turned

    x = [weights["embedding"][token] for token in tokens]
    for layer in range(config.layers):
        qkv, out, up, down = (weights[f"layers.{layer}.{part}"] for part in gpt.PARTS)
        rows = [(qkv @ norm(row)).reshape(3, config.heads, width) for row in x]
        mixed = []
        for t in range(len(x)):
            heads = []
            for h in range(config.heads):
                q = turn(rows[t][0, h], t)
                scores = np.array([q @ turn(rows[s][1, h], s) / np.sqrt(width) for s in range(t + 1)])
                share = np.exp(scores) / np.exp(scores).sum()
                heads.append(sum(share[s] * rows[s][2, h] for s in range(t + 1)))
            mixed.append(x[t] + out @ np.concatenate(heads))
        x = [row + down @ fire(up @ norm(row)) for row in mixed]
    return np.array([weights["embedding"] @ norm(row) for row in x])


def loss_of(weights, tokens, targets):
    return gpt.token_losses(weights, SMALL, tokens, targets).sum() / (targets >= 0).sum()


@pytest.mark.parametrize("name", SMALL.shapes)
def test_gradients_agree_with_finite_differences(weights, batch, name):
    tokens, targets = batch
    loss, gradients = gpt.loss_and_gradients(weights, SMALL, tokens, targets, 1 / (targets >= 0).sum())
    assert loss == pytest.approx(loss_of(weights, tokens, targets), rel=1e-9)
    numeric, small = np.zeros_like(weights[name]), 1e-5
    for spot in np.ndindex(numeric.shape):
        middle = weights[name][spot]
        weights[name][spot] = middle + small
        above = loss_of(weights, tokens, targets)
        weights[name][spot] = middle - small
        numeric[spot] = (above - loss_of(weights, tokens, targets)) / (2 * small)
        weights[name][spot] = middle
    assert np.abs(numeric - gradients[name]).max() < 1e-6 * max(1, np.abs(numeric).max())
    assert np.abs(numeric).max() > 1e-4


def plain_loss(weights, tokens, targets):
    """Mean -log p of the targets, from the plain logits; weights may be complex."""
    total = 0
    for row, aims in zip(tokens, targets):
        for scores, aim in zip(plain_logits(weights, SMALL, row), aims):
            total += np.log(np.exp(scores).sum()) - scores[aim] if aim >= 0 else 0
    return total / (targets >= 0).sum()


@pytest.mark.parametrize("name", SMALL.shapes)
def test_gradients_agree_with_the_slope_of_the_contracts_formulas(weights, batch, name):
    """After a tiny imaginary step in the weights, the imaginary part of the loss over the step is the slope."""
    tokens, targets = batch
    gradient = gpt.loss_and_gradients(weights, SMALL, tokens, targets, 1 / (targets >= 0).sum())[1][name]
    random, tiny = np.random.default_rng(7), 1e-30
    for _ in range(6):
        direction = random.normal(size=gradient.shape)
        slope = plain_loss(weights | {name: weights[name] + tiny * 1j * direction}, tokens, targets).imag / tiny
        assert (gradient * direction).sum() == pytest.approx(slope, rel=1e-9, abs=1e-12)


def test_logits_agree_with_the_formulas_of_the_contract(weights):
    tokens = [3, 1, 4, 1, 5, 9]
    assert np.allclose(gpt.forward(weights, SMALL, [tokens])[0], plain_logits(weights, SMALL, tokens), atol=1e-6)


def test_a_later_token_never_changes_an_earlier_logit():
    weights = gpt.init(SMALL, seed=1)
    tokens = np.array([[3, 1, 4, 1, 5, 9]])
    before = gpt.forward(weights, SMALL, tokens)
    for t in range(1, 6):
        changed = tokens.copy()
        changed[0, t] = (changed[0, t] + 1) % 11
        after = gpt.forward(weights, SMALL, changed)
        assert (after[:, :t] == before[:, :t]).all()
        assert (after[:, t:] != before[:, t:]).any()


def test_attention_looks_back_only_and_sums_to_one():
    looks = gpt.attention_weights(gpt.init(SMALL, seed=1), SMALL, [[3, 1, 4, 1]])
    assert looks.shape == (2, 1, 2, 4, 4)
    assert np.allclose(looks.sum(-1), 1, atol=1e-6)
    assert (looks[..., np.triu_indices(4, 1)[0], np.triu_indices(4, 1)[1]] == 0).all()


def test_reading_token_by_token_equals_reading_at_once():
    weights, tokens = gpt.init(SMALL, seed=1), [3, 1, 4, 1, 5]
    whole = gpt.forward(weights, SMALL, [tokens])[0]
    model = gpt.Model(weights, SMALL)
    steps = [model.step(token) for token in tokens]
    assert np.allclose(steps, whole, atol=1e-5)
    model = gpt.Model(weights, SMALL)
    model.read([tokens[:3]])
    assert np.allclose(model.read([tokens[3:]])[0], whole[-1], atol=1e-5)


def test_a_full_context_is_refused_with_a_sentence():
    model = gpt.Model(gpt.init(SMALL, seed=1), SMALL)
    model.read([[0] * 6])
    with pytest.raises(ValueError, match="do not fit into a context of 6"):
        model.step(0)


def test_random_weights_are_the_contracts_draws():
    weights, random = gpt.init(SMALL, seed=9), Random(9)
    for name, (rows, columns) in SMALL.shapes.items():
        spread = 0.05 if name == "embedding" else columns**-0.5
        spread *= 4**-0.5 if name.endswith((".out", ".down")) else 1
        drawn = [np.float32((random.integer() / 2**32 - 0.5) * (spread * 12**0.5)) for _ in range(rows * columns)]
        assert weights[name].reshape(-1).tolist() == drawn


def test_a_random_model_knows_nothing():
    config = gpt.Config(512, 32, 32, 4, 2)
    tokens = np.random.default_rng(0).integers(0, 512, (4, 33))
    losses = gpt.token_losses(gpt.init(config, 1), config, tokens[:, :-1], tokens[:, 1:])
    assert abs(losses.mean() - np.log(512)) < 0.1
