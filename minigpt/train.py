"""The loop: take a batch, see how surprised the model is, move every weight a little, repeat."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from minigpt import gpt
from minigpt.adam import clip


def batch_of(tokens, context, batch, seed, step):
    """Inputs and targets [B, T] of a step: windows of the stream, each once in an epoch, in an order of the seed's.

    >>> inputs, targets = batch_of(np.arange(100), context=4, batch=2, seed=1, step=0)
    >>> inputs.shape, bool((inputs + 1 == targets).all())
    ((2, 4), True)
    """
    tokens = np.asarray(tokens)
    steps = (len(tokens) - context - 1) // context // batch  # in an epoch
    if steps < 1:
        raise ValueError(f"{len(tokens)} tokens are too few for a batch of {batch} windows of {context}: use more text")
    epoch, place = divmod(step, steps)
    random = np.random.default_rng([seed, epoch])
    shift = random.integers(0, context)
    windows = random.permutation(steps * batch)[place * batch : (place + 1) * batch]
    spots = shift + windows[:, None] * context + np.arange(context)  # [B, T]
    return tokens[spots], tokens[spots + 1]


def rate_at(step, steps, peak, warm=0.05):
    """Learning rate: up in a straight line, then down in a straight line to nothing.

    >>> [rate_at(step, steps=10, peak=1.0, warm=0.2) for step in (0, 1, 5, 9)]
    [0.5, 1.0, 0.625, 0.125]
    """
    rising = max(1, round(steps * warm))
    return peak * min((step + 1) / rising, (steps - step) / max(1, steps - rising))


def train(weights, config, batch_at, rate, adam, start, steps, threads=2, parts=2):
    """Train in place from step `start` to `steps`, and yield (step, loss) after each.

    `batch_at(step)` gives inputs and targets, `rate(step)` the learning rate. The batch is cut into `parts`, and their
    gradients are added in order, so the number of threads changes the speed and not the result.
    """
    with ThreadPoolExecutor(threads) as pool:
        for step in range(start, steps):
            inputs, targets = batch_at(step)
            share = 1 / max(1, int((targets >= 0).sum()))
            cuts = zip(np.array_split(inputs, parts), np.array_split(targets, parts))
            jobs = [pool.submit(gpt.loss_and_gradients, weights, config, *cut, share) for cut in cuts]
            (loss, gradients), *others = [job.result() for job in jobs]
            for other_loss, other in others:
                loss += other_loss
                for name, g in gradients.items():
                    g += other[name]
            if not np.isfinite(loss):
                raise FloatingPointError(f"the loss is {loss} at step {step}: use a lower learning rate")
            clip(gradients, 1.0)
            adam.step(weights, gradients, rate(step))
            yield step + 1, loss


def mean_loss(weights, config, tokens, batch=8, threads=2):
    """Mean -log p (nats) of all tokens but the first, each predicted once, in windows of a full context."""
    tokens = np.asarray(tokens)
    short = -(len(tokens) - 1) % config.context
    inputs = np.concatenate([tokens[:-1], np.zeros(short, tokens.dtype)]).reshape(-1, config.context)
    targets = np.concatenate([tokens[1:], np.full(short, -1, tokens.dtype)]).reshape(-1, config.context)
    with ThreadPoolExecutor(threads) as pool:
        cuts = [slice(i, i + batch) for i in range(0, len(inputs), batch)]
        losses = pool.map(lambda cut: gpt.token_losses(weights, config, inputs[cut], targets[cut]).sum(), cuts)
        return float(sum(losses)) / (len(tokens) - 1)
