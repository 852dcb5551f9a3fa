"""What a trained model is worth: how surprised it is by pages it has not read, and what it completes rightly."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from minigpt import gpt

ROWS = 16  # windows read at once
PROMPTS = 64  # prompts read at once
DRAWS = 2000  # of the bootstrap


def windows(ids, context):
    """Inputs and targets that score each token behind the first once, each with at least half a context before it.

    >>> windows([9, 1, 2, 3, 4, 5], context=4)
    [([9, 1, 2, 3], [1, 2, 3, 4]), ([2, 3, 4], [-1, -1, 5])]
    """
    found = [(ids[:context][: len(ids) - 1], ids[1 : context + 1])]
    start, half = context // 2, context // 2
    while start + half < len(ids) - 1:
        inputs, aims = ids[start : start + context], ids[start + 1 : start + context + 1]
        found.append((inputs[: len(aims)], [-1] * half + aims[half:]))
        start += half
    return found


def document_losses(weights, config, documents):
    """Sum of -log p (nats) and number of tokens of each document, whose first token is only read; two arrays."""
    cut = [(place, *window) for place, ids in enumerate(documents) for window in windows(list(ids), config.context)]
    cut.sort(key=lambda window: len(window[1]))
    groups = [cut[start : start + ROWS] for start in range(0, len(cut), ROWS)]
    nats = np.zeros(len(documents))
    with ThreadPoolExecutor(2) as pool:
        for group, losses in zip(groups, pool.map(lambda group: _losses(weights, config, group), groups)):
            for (place, _, _), loss in zip(group, losses):
                nats[place] += loss
    return nats, np.array([len(ids) - 1 for ids in documents])


def _losses(weights, config, group):
    """Summed loss of each window of a group, padded to one length."""
    longest = max(len(inputs) for _, inputs, _ in group)
    tokens, targets = np.zeros((len(group), longest), int), np.full((len(group), longest), -1)
    for row, (_, inputs, aims) in enumerate(group):
        tokens[row, : len(inputs)], targets[row, : len(aims)] = inputs, aims
    return gpt.token_losses(weights, config, tokens, targets).sum(1)


def mean_nats(weights, config, documents):
    """Nats per token over all documents."""
    nats, tokens = document_losses(weights, config, documents)
    return float(nats.sum() / tokens.sum())


def interval(nats, tokens, seed=1):
    """95 % bootstrap interval of the mean over documents, which are drawn again with replacement.

    >>> interval(np.array([2.0, 2.0]), np.array([1, 1]))
    (2.0, 2.0)
    """
    drawn = np.random.default_rng(seed).integers(0, len(nats), (DRAWS, len(nats)))
    means = nats[drawn].sum(1) / tokens[drawn].sum(1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def complete(weights, config, prompts, answers):
    """For prompts and answers as ids: is the answer what greedy decoding says, and how likely is it? Two arrays [N].

    >>> config = gpt.Config(vocabulary=8, context=4, width=4, heads=1, layers=1)
    >>> right, p = complete(gpt.init(config, 1), config, [[1, 2]], [[3]])
    >>> right.shape, bool(0 < p[0] < 1)
    ((1,), True)
    """
    order = sorted(range(len(prompts)), key=lambda place: len(prompts[place]) + len(answers[place]))
    right, p = np.zeros(len(prompts), bool), np.zeros(len(prompts))
    for start in range(0, len(order), PROMPTS):
        places = order[start : start + PROMPTS]
        rows = [[*prompts[place], *answers[place]] for place in places]
        tokens = np.zeros((len(rows), max(map(len, rows))), int)
        for row, ids in enumerate(rows):
            tokens[row, : len(ids)] = ids
        logits = gpt.forward(weights, config, tokens[:, :-1])
        for row, place in enumerate(places):
            answer = np.asarray(answers[place])
            begin = len(prompts[place]) - 1
            at = logits[row, begin : begin + len(answer)].astype(np.float64)  # [answer, V]
            right[place] = (at.argmax(1) == answer).all()
            at -= at.max(1, keepdims=True)
            p[place] = np.exp((at[np.arange(len(answer)), answer] - np.log(np.exp(at).sum(1))).sum())
    return right, p
