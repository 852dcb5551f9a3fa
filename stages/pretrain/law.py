"""A law of size fitted on all models but the largest, which it predicts: L = scale / N ** power.

The same law with a floor under it, L = floor + scale / N ** power, is fitted beside it.

N counts the weights of the layers. The table of tokens is left out, as in the first study of such laws: it grows with
the vocabulary, and in networks this small it would be most of the count. The law in all weights is fitted beside it.
"""

from dataclasses import dataclass

import numpy as np

from minigpt import evaluate

POWERS = np.linspace(0.02, 2, 397)
DRAWS, SEED = 4000, 1


@dataclass(frozen=True)
class Law:
    """What a fit has found."""

    floor: float
    scale: float
    power: float

    def at(self, counts):
        """The loss it says for models of these sizes.

        >>> Law(1.0, 8.0, 0.5).at([16, 64]).tolist()
        [3.0, 2.0]
        """
        return self.floor + self.scale * np.asarray(counts, float) ** -self.power


def fit(counts, losses, floored=True):
    """Least squares: for each power the best floor and scale are a straight line, and the best power is looked up.

    >>> law = fit([10, 100, 1000, 10000], Law(1.0, 8.0, 0.5).at([10, 100, 1000, 10000]))
    >>> round(law.floor, 3), round(law.scale, 2), round(law.power, 3)
    (1.0, 8.0, 0.5)
    """
    return fit_all(counts, np.asarray(losses)[None], floored)[0]


def fit_all(counts, losses, floored=True):
    """The same for many rows of losses [D, N] at once."""
    losses, found = np.asarray(losses, float), []
    for power in POWERS:
        x = np.asarray(counts, float) ** -power
        columns = np.stack([np.ones_like(x), x], 1) if floored else x[:, None]
        solved = np.linalg.lstsq(columns, losses.T, rcond=None)[0]  # [2 or 1, D]
        found.append((((columns @ solved - losses.T) ** 2).sum(0), solved))
    best = np.stack([error for error, _ in found]).argmin(0)  # [D]
    laws = []
    for draw, place in enumerate(best):
        *floor, scale = found[place][1][:, draw]
        laws.append(Law(float(floor[0]) if floor else 0.0, float(scale), float(POWERS[place])))
    return laws


def predict(counts, losses, wanted, floored=True):
    """The loss at a size that the fit has not seen, with a 95 % interval for one new run there.

    The points are drawn again around the fitted curve with the spread of its residuals, which is itself drawn, since
    few points tell it (chi-square with points minus parameters degrees of freedom); each set is fitted anew.
    """
    counts, losses = np.asarray(counts, float), np.asarray(losses, float)
    law, random = fit(counts, losses, floored), np.random.default_rng(SEED)
    free = len(counts) - (3 if floored else 2)
    squares = float(((law.at(counts) - losses) ** 2).sum())
    spread = np.sqrt(squares / random.chisquare(free, DRAWS))  # [D]
    drawn = law.at(counts) + random.normal(size=(DRAWS, len(counts))) * spread[:, None]
    said = np.array([one.at(wanted) for one in fit_all(counts, drawn, floored)]) + random.normal(size=DRAWS) * spread
    low, high = np.quantile(said, [0.025, 0.975])
    return law, float(law.at(wanted)), float(low), float(high)


def slopes(counts, losses):
    """How steeply the loss falls between neighbors on two logarithmic axes: a pure power law has one slope.

    >>> [round(slope, 3) for slope in slopes([1, 10, 100], [8.0, 4.0, 2.0])]
    [-0.301, -0.301]
    """
    return (np.diff(np.log(losses)) / np.diff(np.log(counts))).tolist()


def measure(grown, text):
    """Held-out losses of all sizes with float weights, the fit, the prediction and what came."""
    points = [point(one, text) for one in grown]
    nats = [one["nats"] for one in points]
    found = {"law_points": points, "law_tokens": points[0]["tokens"], "law_seeds": list(grown[0].runs),
             "law_sizes": len(points), "law_largest_nats": nats[-1]}
    for prefix, key in (("law", "layer_parameters"), ("law_whole", "parameters")):
        counts = [one[key] for one in points]
        law, said, low, high = predict(counts[:-1], nats[:-1], counts[-1])
        found |= {f"{prefix}_floor_nats": law.floor, f"{prefix}_scale": law.scale, f"{prefix}_power": law.power,
                  f"{prefix}_predicted_nats": said, f"{prefix}_low_nats": low, f"{prefix}_high_nats": high,
                  f"{prefix}_miss_nats": nats[-1] - said,
                  f"{prefix}_residuals_nats": (np.array(nats) - law.at(counts)).tolist(),
                  f"{prefix}_slopes": slopes(counts, nats)}
    counts = [one["layer_parameters"] for one in points]
    pure, said, low, high = predict(counts[:-1], nats[:-1], counts[-1], floored=False)
    found |= {"law_pure_power": pure.power, "law_pure_predicted_nats": said, "law_pure_low_nats": low,
              "law_pure_high_nats": high, "law_pure_miss_nats": nats[-1] - said,
              "law_pure_residuals_nats": (np.array(nats) - pure.at(counts)).tolist()}
    found["law_largest_miss_nats"] = float(np.abs(found["law_residuals_nats"][:-1]).max())
    return found | {"law_spread_nats": max(max(one["seed_nats"]) - min(one["seed_nats"]) for one in points)}


def point(grown, text):
    """One size: its counts, the swept rates, and the held-out loss of each seed at the best of them."""
    plan = next(iter(grown.runs.values())).plan
    config = plan.config
    nats = [evaluate.mean_nats(done.weights, config, text.heldout) for done in grown.runs.values()]
    return {"width": config.width, "heads": config.heads, "layers": config.layers, "parameters": config.parameters,
            "layer_parameters": config.parameters - config.vocabulary * config.width,
            "tokens": plan.steps * plan.batch * config.context, "rate": grown.rate,
            "swept_rates": list(grown.sweep), "swept_nats": [done.last_nats for done in grown.sweep.values()],
            "seed_nats": nats, "nats": float(np.mean(nats))}
