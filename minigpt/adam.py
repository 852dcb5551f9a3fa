"""One step of AdamW: every weight moves against its own averaged slope, at its own scale."""

import numpy as np


class Adam:
    """Running averages of the gradients and of their squares, one pair for each tensor.

    The first step moves every weight by the rate, against the sign of its gradient.

    >>> weights = {"w": np.array([[1.0, 1.0]])}
    >>> Adam(weights, decay=0.0).step(weights, {"w": np.array([[0.5, -2.0]])}, rate=0.1)
    >>> weights["w"].round(6).tolist()
    [[0.9, 1.1]]
    """

    def __init__(self, weights, decay=0.1, mean_keep=0.9, square_keep=0.95, epsilon=1e-8):
        self.mean = {name: np.zeros_like(w) for name, w in weights.items()}
        self.square = {name: np.zeros_like(w) for name, w in weights.items()}
        self.decay, self.mean_keep, self.square_keep, self.epsilon = decay, mean_keep, square_keep, epsilon
        self.steps = 0

    def step(self, weights, gradients, rate):
        """Change the weights in place; both averages start at zero and are corrected for it."""
        self.steps += 1
        mean_fix = 1 - self.mean_keep**self.steps
        square_fix = 1 - self.square_keep**self.steps
        for name, w in weights.items():
            g, mean, square = gradients[name], self.mean[name], self.square[name]
            mean += (1 - self.mean_keep) * (g - mean)
            square += (1 - self.square_keep) * (g * g - square)
            w *= 1 - rate * self.decay
            w -= (rate / mean_fix) * mean / (np.sqrt(square / square_fix) + self.epsilon)


def clip(gradients, limit):
    """Shrink all gradients together so that their common length is at most `limit`; return the length before.

    >>> gradients = {"a": np.array([3.0]), "b": np.array([4.0])}
    >>> clip(gradients, 1.0), gradients["a"].round(3).tolist(), gradients["b"].round(3).tolist()
    (5.0, [0.6], [0.8])
    """
    length = float(np.sqrt(sum(float(np.vdot(g, g)) for g in gradients.values())))
    if length > limit:
        for g in gradients.values():
            g *= limit / length
    return length
