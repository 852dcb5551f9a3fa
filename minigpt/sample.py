"""From scores to a token: reshape the distribution, then draw from it with a seeded die."""

import numpy as np

MULTIPLIER = 6364136223846793005
MASK = 2**64 - 1


class Random:
    """PCG32 (O'Neill 2014, XSH-RR), the same stream of draws in Python and in a browser.

    >>> random = Random(1)
    >>> [random.integer() for _ in range(2)] == Random(1).integers(2).tolist()
    True
    >>> 0 <= random.uniform() < 1
    True
    """

    def __init__(self, seed, stream=54):
        self.increment = (2 * stream + 1) & MASK
        self.state = 0
        self.integer()
        self.state = (self.state + seed) & MASK
        self.integer()

    def integer(self):
        """The next whole number from 0 to 2**32 - 1."""
        state = self.state
        self.state = (state * MULTIPLIER + self.increment) & MASK
        mixed = (((state >> 18) ^ state) >> 27) & 0xFFFFFFFF
        turn = state >> 59
        return ((mixed >> turn) | (mixed << (32 - turn))) & 0xFFFFFFFF

    def uniform(self):
        """The next number from 0 up to 1 with 53 random bits: two draws, 27 bits of the first, 26 of the second."""
        high, low = self.integer() >> 5, self.integer() >> 6
        return (high * 2**26 + low) / 2**53

    def integers(self, count):
        """The next `count` whole numbers at once: all states are powers of the multiplier away from the first."""
        with np.errstate(over="ignore"):
            powers = np.full(count + 1, MULTIPLIER, np.uint64)
            powers[0] = 1
            powers = np.multiply.accumulate(powers)
            sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(powers[:-1], dtype=np.uint64)])
            states = powers * np.uint64(self.state) + sums * np.uint64(self.increment)
        self.state, states = int(states[-1]), states[:-1]
        mixed = (((states >> np.uint64(18)) ^ states) >> np.uint64(27)) & np.uint64(0xFFFFFFFF)
        turn = states >> np.uint64(59)
        return ((mixed >> turn) | (mixed << (np.uint64(32) - turn))) & np.uint64(0xFFFFFFFF)


def distribution(logits, temperature=1.0, top_k=0, top_p=1.0, min_p=0.0):
    """Probabilities [V] in float64 after each setting in turn; 0, 1 and 0 switch the last three off.

    Temperature divides the scores (zero takes the best, the lower id at a tie); top_k keeps the k best scores (lower
    ids at a tie); top_p keeps the likeliest tokens until their sum reaches p; min_p drops what is less likely than that
    share of the likeliest.

    >>> distribution([2.0, 1.0, 0.0], top_k=2).round(3).tolist()
    [0.731, 0.269, 0.0]
    """
    logits = np.asarray(logits, np.float64)
    if temperature == 0:
        return np.eye(1, len(logits), int(logits.argmax()))[0]
    logits = logits / temperature
    order = np.argsort(-logits, kind="stable")  # best first, lower id at a tie
    if top_k > 0:
        logits[order[top_k:]] = -np.inf
    p = np.exp(logits - logits.max())
    p /= p.sum()
    if top_p < 1:
        before = np.concatenate([[0.0], np.cumsum(p[order])[:-1]])  # the sum of the likelier ones
        beyond = before >= top_p
        beyond[0] = False
        p[order[beyond]] = 0
    if min_p > 0:
        p[p < min_p * p.max()] = 0
    return p / p.sum()


def sample_next(logits, random, **settings):
    """Draw one token: the first, in id order, at which the cumulative sum exceeds a uniform draw.

    >>> sample_next([0.0, 9.0, 1.0], Random(1), temperature=0)
    1
    """
    p = distribution(logits, **settings)
    drawn = int(np.searchsorted(np.cumsum(p), random.uniform(), side="right"))
    return min(drawn, int(np.flatnonzero(p)[-1]))  # the sum may end a rounding error below one


def generate(model, prompt, random, count, stop=(), **settings):
    """Read the prompt, then draw up to `count` tokens and read each; end before a `stop` token or at a full context."""
    ids, logits = [], model.read([list(prompt)])[0]
    while len(ids) < count:
        drawn = sample_next(logits, random, **settings)
        if drawn in stop:
            break
        ids.append(drawn)
        if len(ids) == count or model.time == model.config.context:
            break
        logits = model.step(drawn)
    return ids
