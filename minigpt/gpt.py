"""The network: numbers in, a score for every possible next number out; each backward stands beside its forward.

Shapes: B batch, T time, C width, H heads, D = C / H width of a head, V vocabulary, N = B * T rows.
A weight matrix is stored as [outputs, inputs] and used as `x @ w.T`. There are no biases and no gains.
The gradient of the loss by a value `x` is called `dx`.
"""

from dataclasses import dataclass

import numpy as np

from minigpt.sample import Random

EPSILON = 1e-5
ROPE_BASE = 10_000.0
ROWS = 512  # rows whose scores are held at once while the loss is taken


@dataclass(frozen=True)
class Config:
    """The size of a network.

    >>> Config(vocabulary=2048, context=256, width=128, heads=4, layers=4).parameters
    1048576
    """

    vocabulary: int
    context: int
    width: int
    heads: int
    layers: int

    @property
    def shapes(self):
        """Name and shape of every tensor, in the order they are drawn and stored."""
        c = self.width
        shapes = {"embedding": (self.vocabulary, c)}
        for layer in range(self.layers):
            shapes[f"layers.{layer}.attention.qkv"] = (3 * c, c)
            shapes[f"layers.{layer}.attention.out"] = (c, c)
            shapes[f"layers.{layer}.mlp.up"] = (4 * c, c)
            shapes[f"layers.{layer}.mlp.down"] = (c, 4 * c)
        return shapes

    @property
    def parameters(self):
        """How many numbers are trained."""
        return sum(rows * columns for rows, columns in self.shapes.values())


def init(config, seed):
    """Random weights from one stream of draws: uniform, centered, of a spread that keeps the residual stream calm.

    >>> weights = init(Config(8, 4, 4, 1, 1), seed=1)
    >>> weights["layers.0.mlp.up"].shape, str(weights["embedding"].dtype)
    ((16, 4), 'float32')
    """
    random, weights = Random(seed), {}
    for name, (rows, columns) in config.shapes.items():
        spread = 0.05 if name == "embedding" else columns**-0.5  # standard deviation
        if name.endswith((".out", ".down")):
            spread *= (2 * config.layers) ** -0.5
        draws = random.integers(rows * columns).reshape(rows, columns)  # [rows, columns] of 0 .. 2**32 - 1
        weights[name] = ((draws / 2**32 - 0.5) * (spread * 12**0.5)).astype(np.float32)
    return weights


# A row is scaled to unit root mean square, so that every block reads values of one size.


def norm(x):
    """Divide each row by its root mean square; also return what it was multiplied by."""
    scale = 1 / np.sqrt(np.einsum("nc,nc->n", x, x)[:, None] / x.shape[1] + EPSILON)  # [N, 1]
    return x * scale, scale.astype(x.dtype)


def norm_backward(dy, y, scale):
    """The part of dy that only stretches the row is lost."""
    shared = np.einsum("nc,nc->n", dy, y)[:, None] / y.shape[1]
    return (dy - y * shared.astype(y.dtype)) * scale


# Position enters as rotation: the pair (i, i + D/2) of each query and key turns by an angle that grows with time.


def angles(config, start, stop, dtype=np.float32):
    """Cosine and sine for the times start .. stop - 1, each [T, D/2].

    >>> cosine, sine = angles(Config(8, 4, 8, 2, 1), 0, 2)
    >>> cosine.shape, cosine[0].tolist(), sine[0].tolist()
    ((2, 2), [1.0, 1.0], [0.0, 0.0])
    """
    half = config.width // config.heads // 2
    speed = ROPE_BASE ** (-np.arange(half) / half)
    turned = np.arange(start, stop)[:, None] * speed
    return np.cos(turned).astype(dtype), np.sin(turned).astype(dtype)


def rotate(x, cosine, sine):
    """Turn [..., T, D] by the angles; the backward of a turn is the turn by the opposite angle (-sine)."""
    half = x.shape[-1] // 2
    a, b = x[..., :half], x[..., half:]
    turned = np.empty(x.shape, x.dtype)
    np.multiply(a, cosine, out=turned[..., :half])
    np.multiply(b, cosine, out=turned[..., half:])
    turned[..., :half] -= b * sine
    turned[..., half:] += a * sine
    return turned


# Attention: each time asks (query) all times up to itself (key) and takes a weighted mean of what they offer (value).


def attend(q, k, v):
    """Weights [..., Tq, Tk] and mixtures [..., Tq, D]; the last query stands at the time of the last key."""
    asked, held = q.shape[-2], k.shape[-2]
    p = q @ k.swapaxes(-1, -2)  # [..., Tq, Tk]
    p += np.where(np.tri(asked, held, held - asked, dtype=bool), 0, -np.inf).astype(p.dtype)
    p -= p.max(-1, keepdims=True)
    np.exp(p, out=p)
    p /= p.sum(-1, keepdims=True)
    return p, p @ v


def attend_backward(do, o, p, q, k, v):
    """Gradients of queries, keys and values."""
    dv = p.swapaxes(-1, -2) @ do  # [..., Tk, D]
    ds = do @ v.swapaxes(-1, -2)  # [..., Tq, Tk]
    ds -= np.einsum("...d,...d->...", do, o)[..., None]
    ds *= p
    return ds @ k, ds.swapaxes(-1, -2) @ q, dv


def heads_apart(x, batch, heads):
    """[N, parts * C] -> [parts, B, H, T, D].

    >>> heads_apart(np.zeros((6, 24)), batch=2, heads=4).shape
    (3, 2, 4, 3, 2)
    """
    n, columns = x.shape
    return x.reshape(batch, n // batch, 3, heads, columns // 3 // heads).transpose(2, 0, 3, 1, 4)


def attention(h, qkv_weight, out_weight, turn, batch, heads, past=None):
    """Mix rows across time; `past` holds the keys and values of earlier times, [2, B, H, T, D]."""
    q, k, v = heads_apart(h @ qkv_weight.T, batch, heads)  # [B, H, T, D] each
    q = rotate(q, *turn) * np.float32(q.shape[-1] ** -0.5)
    k = rotate(k, *turn)
    if past is not None:
        k, v = np.concatenate([past[0], k], 2), np.concatenate([past[1], v], 2)
    p, o = attend(q, k, v)
    mixed = o.transpose(0, 2, 1, 3).reshape(h.shape)  # [N, C]
    return mixed @ out_weight.T, (q, k, v, p, o, mixed)


def attention_backward(dy, kept, h, qkv_weight, out_weight, turn):
    """Back through the output product, the mixing, the turn and the input product."""
    q, k, v, p, o, mixed = kept
    batch, heads, time, width = q.shape
    d_out_weight = dy.T @ mixed
    do = (dy @ out_weight).reshape(batch, time, heads, width).transpose(0, 2, 1, 3)  # [B, H, T, D]
    dq, dk, dv = attend_backward(do, o, p, q, k, v)
    cosine, sine = turn
    joined = np.empty((batch, time, 3, heads, width), h.dtype)
    dqkv = joined.transpose(2, 0, 3, 1, 4)  # [3, B, H, T, D], a view
    dqkv[0] = rotate(dq, cosine, -sine) * np.float32(width**-0.5)
    dqkv[1] = rotate(dk, cosine, -sine)
    dqkv[2] = dv
    joined = joined.reshape(h.shape[0], -1)  # [N, 3C]
    return joined @ qkv_weight, joined.T @ h, d_out_weight


# The perceptron looks at one row at a time: four times as many detectors, squared where they fire, added up again.


def mlp(h, up, down):
    """Squared rectifier between two products."""
    fired = np.maximum(h @ up.T, 0)  # [N, 4C]
    return (fired * fired) @ down.T, fired


def mlp_backward(dy, fired, h, up, down):
    """The slope of the square is twice what fired."""
    d_down = dy.T @ (fired * fired)
    du = dy @ down  # [N, 4C]
    du *= fired
    du *= 2
    return du @ up, du.T @ h, d_down


# The whole: look up, add what each block finds to the residual stream, compare the end with every embedding.


def blocks(weights, config, tokens, past=None):
    """Run tokens [B, T] through all layers; return the final normed rows [N, C] and everything a backward needs."""
    batch, time = tokens.shape
    start = 0 if past is None else past[0].shape[3]
    if start + time > config.context:
        raise ValueError(f"{start + time} tokens do not fit into a context of {config.context}: pass fewer")
    x = weights["embedding"][tokens.reshape(-1)]  # [N, C]
    turn, kept = angles(config, start, start + time, x.dtype), []
    for layer in range(config.layers):
        qkv, out, up, down = (weights[f"layers.{layer}.{name}"] for name in PARTS)
        h, h_scale = norm(x)
        y, attended = attention(h, qkv, out, turn, batch, config.heads, past and past[layer])
        x = x + y
        g, g_scale = norm(x)
        y, fired = mlp(g, up, down)
        x = x + y
        kept.append((h, h_scale, attended, g, g_scale, fired))
    final, final_scale = norm(x)
    return final, (tokens, turn, kept, final_scale)


PARTS = ("attention.qkv", "attention.out", "mlp.up", "mlp.down")


def blocks_backward(dfinal, final, cache, weights, config):
    """Gradients of every tensor from the gradient of the final rows; the residual stream carries dx past each block."""
    tokens, turn, kept, final_scale = cache
    gradients = {}
    dx = norm_backward(dfinal, final, final_scale)
    for layer in reversed(range(config.layers)):
        names = [f"layers.{layer}.{name}" for name in PARTS]
        qkv, out, up, down = (weights[name] for name in names)
        h, h_scale, attended, g, g_scale, fired = kept[layer]
        dg, d_up, d_down = mlp_backward(dx, fired, g, up, down)
        dx = dx + norm_backward(dg, g, g_scale)
        dh, d_qkv, d_out = attention_backward(dx, attended, h, qkv, out, turn)
        dx = dx + norm_backward(dh, h, h_scale)
        gradients.update(zip(names, (d_qkv, d_out, d_up, d_down)))
    gradients["embedding"] = np.zeros_like(weights["embedding"])
    np.add.at(gradients["embedding"], tokens.reshape(-1), dx)
    return gradients


def forward(weights, config, tokens):
    """Scores [B, T, V] for what follows each of the tokens [B, T].

    >>> config = Config(vocabulary=8, context=4, width=4, heads=1, layers=1)
    >>> forward(init(config, seed=1), config, np.array([[1, 2, 3]])).shape
    (1, 3, 8)
    """
    tokens = np.asarray(tokens)
    final, _ = blocks(weights, config, tokens)
    return (final @ weights["embedding"].T).reshape(*tokens.shape, -1)


def attention_weights(weights, config, tokens):
    """How much each head looks from each time to each earlier one, [L, B, H, T, T]."""
    _, (_, _, kept, _) = blocks(weights, config, np.asarray(tokens))
    return np.stack([attended[3] for _, _, attended, _, _, _ in kept])


def surprise(final, embedding, targets, share):
    """Loss -log p of the targets [N] times `share`, and its gradients by rows and embedding; a target < 0 is skipped.

    Scores are [N, V], the largest thing here, so they are taken some rows at a time and forgotten.
    """
    loss, dfinal, d_embedding = 0.0, np.zeros_like(final), np.zeros_like(embedding)
    for start in range(0, len(final), ROWS):
        wanted = np.flatnonzero(targets[start : start + ROWS] >= 0)
        rows, aims, line = final[start + wanted], targets[start + wanted], np.arange(len(wanted))
        p = rows @ embedding.T  # [rows, V]
        p -= p.max(1, keepdims=True)
        aimed = p[line, aims]
        np.exp(p, out=p)
        total = p.sum(1, keepdims=True)
        loss += float((np.log(total[:, 0]) - aimed).sum(dtype=np.float64)) * share
        p *= share / total
        p[line, aims] -= share
        dfinal[start + wanted] = p @ embedding
        d_embedding += p.T @ rows
    return loss, dfinal, d_embedding


def loss_and_gradients(weights, config, tokens, targets, share):
    """One forward and one backward; `share` is one over the number of targets the mean is taken over."""
    final, cache = blocks(weights, config, tokens)
    loss, dfinal, d_embedding = surprise(final, weights["embedding"], targets.reshape(-1), share)
    gradients = blocks_backward(dfinal, final, cache, weights, config)
    gradients["embedding"] += d_embedding
    return loss, gradients


def token_losses(weights, config, tokens, targets):
    """-log p of each target, [B, T] in float64, zero where the target is < 0."""
    final, _ = blocks(weights, config, tokens)
    wanted, losses = targets.reshape(-1), np.zeros(targets.size)
    for start in range(0, len(final), ROWS):
        aims = wanted[start : start + ROWS]
        scores = (final[start : start + ROWS] @ weights["embedding"].T).astype(np.float64)
        top = scores.max(1)
        total = np.log(np.exp(scores - top[:, None]).sum(1)) + top
        losses[start : start + ROWS] = np.where(aims < 0, 0, total - scores[np.arange(len(aims)), aims])
    return losses.reshape(targets.shape)


class Model:
    """A network that reads on: it keeps the keys and values of what it has read, so each token is computed once.

    >>> config = Config(vocabulary=8, context=4, width=4, heads=1, layers=1)
    >>> model = Model(init(config, seed=1), config)
    >>> model.step(3).shape, model.time
    ((8,), 1)
    """

    def __init__(self, weights, config, batch=1):
        empty = np.zeros((2, batch, config.heads, 0, config.width // config.heads), weights["embedding"].dtype)
        self.weights, self.config = weights, config
        self.past = [empty] * config.layers

    @property
    def time(self):
        """How many tokens have been read."""
        return self.past[0].shape[3]

    def read(self, tokens):
        """Read tokens [B, T] after those already read; return the scores [B, V] for what comes next."""
        tokens = np.asarray(tokens)
        final, (_, _, kept, _) = blocks(self.weights, self.config, tokens, self.past)
        self.past = [np.stack(attended[1:3]) for _, _, attended, _, _, _ in kept]
        last = final.reshape(*tokens.shape, -1)[:, -1]  # [B, C]
        return last @ self.weights["embedding"].T

    def step(self, token):
        """Read one token, return the scores [V]."""
        return self.read([[token]])[0]
