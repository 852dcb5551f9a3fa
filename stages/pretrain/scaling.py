"""Eight sizes of the same network on equally many tokens, each at a learning rate that was swept for it."""

from dataclasses import dataclass

from minigpt import gpt
from stages.pretrain.plan import DECAY, OTHER_SEEDS, SEED
from stages.pretrain.runs import finish
from stages.pretrain.training import Plan

CONTEXT, BATCH, STEPS = 128, 8, 1024  # about a million tokens a run
SEEDS = (SEED, *OTHER_SEEDS)
LEAST, MOST = 1e-3, 0.128  # the sweep ends here at the latest


@dataclass(frozen=True)
class Size:
    """One size of the network, and the rates that its sweep begins with, each twice the one before."""

    width: int
    heads: int
    layers: int
    rates: tuple
    seeds: tuple = SEEDS

    def plan(self, vocabulary, rate, seed):
        """The plan of one of its runs."""
        config = gpt.Config(vocabulary, CONTEXT, self.width, self.heads, self.layers)
        return Plan(config, STEPS, BATCH, rate, seed, DECAY)


HIGH, MIDDLE, LOW = (1.6e-2, 3.2e-2, 6.4e-2), (8e-3, 1.6e-2, 3.2e-2), (4e-3, 8e-3, 1.6e-2)
SIZES = (  # the smaller ones under three seeds; the last, as large as the base model, is predicted before it is read
    Size(16, 1, 2, HIGH),
    Size(24, 1, 2, HIGH),
    Size(32, 2, 2, HIGH),
    Size(48, 2, 3, MIDDLE),
    Size(64, 2, 3, MIDDLE),
    Size(80, 4, 4, LOW, SEEDS[:1]),
    Size(96, 4, 4, LOW, SEEDS[:1]),
    Size(128, 4, 5, LOW, SEEDS[:1]),
)


@dataclass(frozen=True)
class Grown:
    """All runs of one size: the sweep by rate, and the best rate's runs by seed."""

    size: Size
    sweep: dict
    rate: float
    runs: dict

    def all(self):
        """Every run once."""
        return [*self.sweep.values(), *(done for seed, done in self.runs.items() if seed != SEED)]


def sweep(loss_at, rates):
    """The best rate, by asking further where the best one stands at an edge.

    >>> sweep(lambda rate: abs(rate - 16e-3), (2e-3, 4e-3, 8e-3))
    0.016
    """
    losses = {rate: loss_at(rate) for rate in rates}
    while True:
        best, low, high = min(losses, key=losses.get), min(losses), max(losses)
        if best == low and low / 2 >= LEAST:
            losses[low / 2] = loss_at(low / 2)
        elif best == high and high * 2 <= MOST:
            losses[high * 2] = loss_at(high * 2)
        else:
            return best


def grow(size, text):
    """Sweep one size by the loss on its last batches, so that held-out pages choose nothing; then its other seeds."""
    stream, vocabulary, runs = text.stream, text.tokenizer.vocabulary, {}

    def run(rate, seed):
        name = f"width {size.width}, rate {rate:g}, seed {seed}"
        runs[rate, seed] = finish(size.plan(vocabulary, rate, seed), stream, name)
        return runs[rate, seed]

    best = sweep(lambda rate: run(rate, SEED).last_nats, size.rates)
    seeded = {seed: runs.get((best, seed)) or run(best, seed) for seed in size.seeds}
    return Grown(size, {rate: runs[rate, seed] for rate, seed in sorted(runs) if seed == SEED}, best, seeded)


def train(text):
    """All sizes, from the smallest."""
    return [grow(size, text) for size in SIZES]
