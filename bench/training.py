"""Trains one configuration with minigpt and with torch in turns, on the same batches, and prints tokens a second."""

import argparse
import json
import os
import subprocess
import sys
import time
from statistics import median

THREADS = 2
SIZES = {"vocabulary": 2048, "context": 256, "width": 128, "heads": 4, "layers": 5}  # the base run of stages/pretrain
BATCH, SEED, RATE = 8, 1, 6e-3


def minigpt_steps(config, tokens):
    """A generator that trains one step whenever it is asked, with minigpt."""
    from minigpt import gpt, train
    from minigpt.adam import Adam

    weights = gpt.init(config, SEED)
    batch_at = lambda step: train.batch_of(tokens, config.context, BATCH, SEED, step)  # noqa: E731
    steps = train.train(weights, config, batch_at, lambda step: RATE, Adam(weights), 0, 10**6, THREADS)
    for _, loss in steps:
        yield loss


def torch_steps(config, tokens):
    """The same with torch."""
    import torch

    from bench.torch_twin import Twin
    from minigpt import train

    torch.set_num_threads(THREADS)
    twin = Twin(config, SEED, RATE)
    for step in range(10**6):
        yield twin.step(*train.batch_of(tokens, config.context, BATCH, SEED, step), RATE)


def side(name):
    """One side, in a process of its own: for each line with a number of steps on standard input, train and answer."""
    import numpy as np

    from minigpt.gpt import Config

    config = Config(**SIZES)
    tokens = np.random.default_rng(0).zipf(1.3, 10**6) % config.vocabulary
    steps = {"minigpt": minigpt_steps, "torch": torch_steps}[name](config, tokens)
    print(json.dumps(environment(name)), flush=True)
    for line in sys.stdin:
        start, cpu = time.perf_counter(), time.process_time()
        losses = [next(steps) for _ in range(int(line))]
        answer = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu, "loss": losses[-1]}
        print(json.dumps(answer), flush=True)


def environment(name):
    """What the numbers depend on."""
    import numpy as np

    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    told = {"numpy": np.__version__, "blas": f"{blas['name']} {blas['version']}"}
    if name == "torch":
        import torch

        told |= {"torch": torch.__version__, "threads": torch.get_num_threads()}
    return told


class Side:
    """A running side."""

    def __init__(self, name):
        settings = os.environ | ({"OPENBLAS_NUM_THREADS": "1"} if name == "minigpt" else {})
        settings.pop("OPENBLAS_CORETYPE", None)
        self.process = subprocess.Popen([sys.executable, "-m", "bench.training", "--side", name], env=settings,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.told = json.loads(self.process.stdout.readline())

    def train(self, steps):
        self.process.stdin.write(f"{steps}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def compare(rounds, steps):
    """Let both sides train in turns and print what each reached."""
    names = ("torch", "minigpt")
    sides = {name: Side(name) for name in names}
    for name in names:
        print(name, sides[name].told)
        sides[name].train(2)
    found = {name: [] for name in names}
    for turn in range(rounds):
        for name in names if turn % 2 == 0 else reversed(names):
            found[name].append(sides[name].train(steps))
    tokens = steps * BATCH * SIZES["context"]
    speed = {name: [tokens / answer["seconds"] for answer in found[name]] for name in names}
    for name in names:
        sides[name].close()
        cpu = median(tokens / answer["cpu"] for answer in found[name])
        print(f"{name:8s} {median(speed[name]):9,.0f} tokens/s  best {max(speed[name]):9,.0f}  "
              f"{cpu:9,.0f} tokens per CPU-second  loss {found[name][-1]['loss']:.4f}")
    ratios = [ours / theirs for ours, theirs in zip(speed["minigpt"], speed["torch"])]
    print(f"minigpt / torch: median {median(ratios):.3f}, from {min(ratios):.3f} to {max(ratios):.3f}")


def main():
    """python -m bench.training"""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--side", choices=("minigpt", "torch"))
    asked = parser.parse_args()
    if asked.side:
        side(asked.side)
    else:
        compare(asked.rounds, asked.steps)


if __name__ == "__main__":
    main()
