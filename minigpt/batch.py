"""Many prompts at once: rows of one length share a forward pass, each row draws from its own seed."""

import numpy as np

from minigpt.gpt import Model
from minigpt.sample import Random, sample_next

ROWS = 64  # rows that are read together


def batches(prompts):
    """Places of prompts that can be read together: of one length, at most ROWS of them.

    >>> list(batches([[1, 2], [3], [4, 5]]))
    [[1], [0, 2]]
    """
    for length in sorted({len(prompt) for prompt in prompts}):
        places = [place for place, prompt in enumerate(prompts) if len(prompt) == length]
        for start in range(0, len(places), ROWS):
            yield places[start : start + ROWS]


def next_scores(weights, config, prompts):
    """Scores [N, V] for what follows each prompt."""
    scores = np.zeros((len(prompts), config.vocabulary), np.float32)
    for places in batches(prompts):
        scores[places] = Model(weights, config, len(places)).read([prompts[place] for place in places])
    return scores


def continue_all(weights, config, prompts, count, seeds, stop=(), **settings):
    """Continue each prompt by up to `count` tokens, as `generate` does with one; `seeds` has one seed a prompt.

    >>> from minigpt.gpt import Config, init
    >>> config = Config(vocabulary=8, context=8, width=4, heads=1, layers=1)
    >>> [len(ids) for ids in continue_all(init(config, 1), config, [[1, 2], [3]], 4, seeds=[1, 2])]
    [4, 4]
    """
    continued = [[] for _ in prompts]
    for places in batches(prompts):
        model = Model(weights, config, len(places))
        scores = model.read([prompts[place] for place in places])  # [B, V]
        randoms, speaking = [Random(seeds[place]) for place in places], set(range(len(places)))
        for left in range(min(count, config.context - model.time + 1), 0, -1):
            drawn = np.zeros((len(places), 1), int)
            for row in sorted(speaking):
                drawn[row] = sample_next(scores[row], randoms[row], **settings)
                if drawn[row, 0] in stop:
                    speaking.discard(row)
                else:
                    continued[places[row]].append(int(drawn[row, 0]))
            if not speaking or left == 1:
                break
            scores = model.read(drawn)
    return continued
