"""The short run: conversations and replayed pages in one batch, the loss on what the assistant says and on pages."""

from dataclasses import dataclass

import numpy as np

from minigpt import chat, weights
from minigpt.adam import Adam
from minigpt.train import rate_at, train

BATCH, RATE, DECAY = 8, 3e-3, 0.1


@dataclass(frozen=True)
class Lesson:
    """What is learned: coded conversations of (ids, mask), the pages' tokens in a row, and how they are mixed."""

    conversations: list
    pages: np.ndarray
    end: int
    context: int
    replay_share: float
    epochs: int
    seed: int

    def epoch(self, number):
        """Inputs and targets [R, T] of one epoch: conversations packed anew, pages drawn anew, all shuffled."""
        random = np.random.default_rng([self.seed, number])
        order = random.permutation(len(self.conversations))
        inputs, targets = chat.pack([self.conversations[place] for place in order], self.context, self.end)
        extra = round(len(inputs) * self.replay_share / (1 - self.replay_share))
        spots = random.integers(0, len(self.pages) - self.context - 1, extra)[:, None] + np.arange(self.context)
        inputs = np.concatenate([np.array(inputs), self.pages[spots]])
        targets = np.concatenate([np.array(targets), self.pages[spots + 1]])
        mixed = random.permutation(len(inputs))
        return inputs[mixed], targets[mixed]


def train_on(lesson, base, config, keep, name):
    """Finetune a copy of the base weights; return the weights after each of the steps to keep (-1: the last), the
    number of steps and the losses."""
    from tqdm import tqdm

    epochs = [lesson.epoch(number) for number in range(lesson.epochs)]
    size = min(len(inputs) for inputs, _ in epochs) // BATCH  # steps of an epoch
    steps = size * lesson.epochs

    def batch_at(step):
        inputs, targets = epochs[step // size]
        place = step % size * BATCH
        return inputs[place : place + BATCH], targets[place : place + BATCH]

    trained = {tensor: w.copy() for tensor, w in base.items()}
    kept = {0: base} if 0 in keep else {}
    losses = []
    run = train(trained, config, batch_at, lambda step: rate_at(step, steps, RATE), Adam(trained, DECAY), 0, steps)
    with tqdm(total=steps, unit=" steps", desc=name) as bar:
        for step, nats in run:
            losses.append(nats)
            bar.update()
            bar.set_postfix(loss=f"{nats:.3f}", refresh=False)
            if step in keep or step == steps:
                kept[step] = weights.dequantise(weights.quantise(trained))
    return kept, steps, losses
