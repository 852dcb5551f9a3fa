"""How far the likeness of a word's rows can be trusted: its sentences are drawn again and again."""

import numpy as np

from stages.pretrain import probes

DRAWS = 1000  # of the bootstrap


def measure(model, told, data):
    """How many things of each sense the word names, {"boat": 12}, and the ends of the intervals, {"same_low": […]}."""
    number, named, rows = model[2].encode(f" {told['word']}")[-1], {}, []
    for sense in told["senses"]:
        facts = [fact for fact in data.facts if fact["attribute"] == sense and told["word"] in fact["value"]]
        texts = [text.format(**fact) for fact in facts for text in data.world["phrasings"]["seen"][sense]]
        named[sense] = len({fact["value"] for fact in facts})
        rows.append(rows_of(model, texts, number))
    return named | intervals(*rows)


def rows_of(model, texts, number):
    """The rows of one token at its first place in each text, of length one, layer by layer: [N, L + 1, C]."""
    weights, config, tokenizer = model
    coded = [probes.opening(tokenizer, text) for text in texts]
    rows = np.stack([probes.rows_by_layer(weights, config, ids)[:, ids.index(number)] for ids in coded])
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def intervals(a, b, seed=1):
    """95 % intervals by layer of the mean cosine within two groups of rows and between them, as {name_end: [L + 1]}.

    A sentence drawn twice is not compared with itself.

    >>> row = np.ones((9, 1, 4)) / 2
    >>> intervals(row, -row)["same_low"], intervals(row, -row)["different_high"]
    ([1.0], [-1.0])
    """
    die = np.random.default_rng(seed)
    times_a, times_b = (die.multinomial(len(x), np.full(len(x), 1 / len(x)), DRAWS).astype(float) for x in (a, b))
    drawn = {"same": (inside(a, times_a) + inside(b, times_b)) / 2, "different": between(a, b, times_a, times_b)}
    ends = {f"{name}_{end}": np.quantile(found, at, axis=1) for name, found in drawn.items()
            for end, at in (("low", 0.025), ("high", 0.975))}
    return {name: [round(float(one), 6) for one in found] for name, found in ends.items()}


def inside(rows, times):
    """Mean cosine of two different sentences, [L + 1, DRAWS], each sentence counted as often as it was drawn."""
    like = np.einsum("alc,blc->lab", rows, rows)
    like[:, range(len(rows)), range(len(rows))] = 0
    pairs = times.sum(1) ** 2 - (times**2).sum(1)
    return np.einsum("na,lan->ln", times, like @ times.T) / pairs


def between(a, b, times_a, times_b):
    """Mean cosine of a sentence of one group and one of the other, [L + 1, DRAWS]."""
    like = np.einsum("alc,blc->lab", a, b)
    return np.einsum("na,lan->ln", times_a, like @ times_b.T) / (len(a) * len(b))
