"""One draw, looked at from close by, and a thousand of them against what theory expects."""

from math import erf

import numpy as np

from minigpt.batch import continue_all
from minigpt.sample import Random, distribution, sample_next

SHOWN = 8  # tokens with a row of their own; the others share one
SETTINGS = {  # the scene: each operation is added to the last
    "chances": {},
    "temperature": {"temperature": 2.0},
    "top_k": {"temperature": 2.0, "top_k": 50},
    "top_p": {"temperature": 2.0, "top_k": 50, "top_p": 0.8},
}
DRAWS, STREAMS, EVERY = 1000, 1000, 10
AGAIN_SEEDS, AGAIN_TOKENS = 100, 16


def piece(tokenizer, number):
    """What a token looks like in text; a broken character shows as its replacement."""
    return tokenizer.pieces[number].decode("utf-8", "replace")


def one_draw(scores, tokenizer, fact_id, seed):
    """The likeliest tokens with their chances after each operation, and the token that the draw takes."""
    scores = np.asarray(scores, np.float64)
    top = np.argsort(-scores, kind="stable")[:SHOWN].tolist()
    if fact_id not in top:
        top[-1] = fact_id
    others, drawn = np.delete(scores, top), sample_next(scores, Random(seed), **SETTINGS["top_p"])
    rows = {"pieces": [piece(tokenizer, number) for number in top], "ids": top, "fact_row": top.index(fact_id),
            "scores": scores[top].tolist(), "other_high": float(others.max()), "other_low": float(others.min()),
            "uniform": Random(seed).uniform(), "drawn_id": drawn, "drawn": piece(tokenizer, drawn)}
    p = {name: distribution(scores, **settings) for name, settings in SETTINGS.items()}
    return {
        "draw": rows | {name: each[top].tolist() for name, each in p.items()},
        "kept_tokens": {name: int((each > 0).sum()) for name, each in p.items()},
        "rest": {name: float(np.delete(each, top).sum()) for name, each in p.items()},
        "fact_chance": {name: float(each[fact_id]) for name, each in p.items()},
        "line": {name: stretches(each, top) for name, each in p.items()},
    }


def stretches(p, top):
    """The line from 0 to 1, in id order: where each row's stretch starts and ends; what lies between is row -1.

    >>> stretches(np.array([0.25, 0.25, 0.5]), [1])
    [[0.0, 0.25, -1], [0.25, 0.5, 0], [0.5, 1.0, -1]]
    """
    ends, found, start = np.cumsum(p), [], 0.0
    for number in sorted(number for number in top if p[number] > 0):
        before, after = float(ends[number] - p[number]), float(ends[number])
        found += [[start, before, -1]] * (before > start) + [[before, after, top.index(number)]]
        start = after
    return found + [[start, 1.0, -1]] * (start < 1)


def uniforms(seed, count):
    """The next `count` draws of `Random(seed).uniform()`, all at once.

    >>> random = Random(7)
    >>> uniforms(7, 3).tolist() == [random.uniform() for _ in range(3)]
    True
    """
    pairs = Random(seed).integers(2 * count).reshape(count, 2)
    return ((pairs[:, 0] >> np.uint64(5)) * 2**26 + (pairs[:, 1] >> np.uint64(6))) / 2**53


def thousand_draws(scores, fact_id):
    """How often streams of draws take the fact's token, at the scene's temperature, with nothing cut off."""
    p = distribution(scores, **SETTINGS["temperature"])
    end = np.cumsum(p)[fact_id]
    u = np.stack([uniforms(1 + stream, DRAWS) for stream in range(STREAMS)])
    hits = np.cumsum((u >= end - p[fact_id]) & (u < end), axis=1)[:, EVERY - 1 :: EVERY]
    expected, deviation = DRAWS * p[fact_id], (DRAWS * p[fact_id] * (1 - p[fact_id])) ** 0.5
    inside = int((np.abs(hits[:, -1] - expected) <= 2 * deviation).sum())
    return {"draw_counts": hits.astype(np.int16), "draws": {
        "n": DRAWS, "streams": STREAMS, "expected": float(expected), "deviation": float(deviation),
        "first": int(hits[0, -1]), "first_off": float(abs(hits[0, -1] - expected) / deviation),
        "inside": inside, "inside_share": inside / STREAMS, "theory_share": erf(2**0.5)}}


def again(model, ids):
    """The same prompt under many seeds, and under one seed twice."""
    seeds = list(range(1, AGAIN_SEEDS + 1))
    first = continue_all(*model[:2], [ids] * AGAIN_SEEDS, AGAIN_TOKENS, seeds)
    second = continue_all(*model[:2], [ids] * AGAIN_SEEDS, AGAIN_TOKENS, seeds)
    texts = [model[2].decode(added) for added in first]
    return {"again_texts": texts[:3], "again": {"seeds": AGAIN_SEEDS, "tokens": AGAIN_TOKENS,
                                                "different": len(set(texts)), "repeatable": first == second}}
