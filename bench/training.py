"""Trains one configuration with minigpt and with torch in turns, on the same batches, and prints tokens a second."""

import json
import os
import subprocess
import sys
import time
from statistics import median

import numpy as np

from minigpt.gpt import Config
from stages.pretrain import plan

THREADS, VOCABULARY = 2, 2048
CONFIG = Config(VOCABULARY, plan.CONTEXT, plan.WIDTH, plan.HEADS, plan.LAYERS)  # that of the base run
BATCH, SEED, RATE = plan.BATCH, plan.SEED, plan.RATE


def minigpt_steps(tokens):
    """Train one step whenever the next loss is asked for, with minigpt."""
    from minigpt import gpt, train
    from minigpt.adam import Adam

    def batch_at(step):
        return train.batch_of(tokens, CONFIG.context, BATCH, SEED, step)

    weights = gpt.init(CONFIG, SEED)
    for _, loss in train.train(weights, CONFIG, batch_at, lambda step: RATE, Adam(weights), 0, 10**6, THREADS):
        yield loss


def torch_steps(tokens):
    """The same with torch."""
    import torch

    from bench.torch_twin import Twin
    from minigpt import train

    torch.set_num_threads(THREADS)
    twin = Twin(CONFIG, SEED, RATE)
    for step in range(10**6):
        yield twin.step(*train.batch_of(tokens, CONFIG.context, BATCH, SEED, step), RATE)


def side(name):
    """One side, in a process of its own: for each line with a number of steps on standard input, train and answer."""
    tokens = np.random.default_rng(0).zipf(1.3, 10**6) % VOCABULARY
    steps = {"minigpt": minigpt_steps, "torch": torch_steps}[name](tokens)
    print(json.dumps(environment(name)), flush=True)
    for line in sys.stdin:
        start, cpu = time.perf_counter(), time.process_time()
        losses = [next(steps) for _ in range(int(line))]
        answer = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu, "loss": losses[-1]}
        print(json.dumps(answer), flush=True)


def environment(name):
    """What the numbers depend on."""
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
        self.process = subprocess.Popen([sys.executable, "-m", "bench.training", name], env=settings,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.told = json.loads(self.process.stdout.readline())

    def train(self, steps):
        self.process.stdin.write(f"{steps}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def compare(rounds=8, steps=10):
    """Let both sides train in turns and print what each reached."""
    print(f"{CONFIG.parameters:,} parameters, batches of {BATCH} x {CONFIG.context} tokens, {THREADS} threads each")
    names = ("torch", "minigpt")
    sides = {name: Side(name) for name in names}
    for name in names:
        print(name, sides[name].told)
        sides[name].train(2)
    found = {name: [] for name in names}
    for turn in range(rounds):
        for name in names if turn % 2 == 0 else reversed(names):
            found[name].append(sides[name].train(steps))
    tokens = steps * BATCH * CONFIG.context
    speed = {name: [tokens / answer["seconds"] for answer in found[name]] for name in names}
    for name in names:
        sides[name].close()
        cpu = median(tokens / answer["cpu"] for answer in found[name])
        print(f"{name:8s} {median(speed[name]):9,.0f} tokens/s  best {max(speed[name]):9,.0f}  "
              f"{cpu:9,.0f} tokens per CPU-second  loss {found[name][-1]['loss']:.4f}")
    ratios = [ours / theirs for ours, theirs in zip(speed["minigpt"], speed["torch"])]
    print(f"minigpt / torch: median {median(ratios):.3f}, from {min(ratios):.3f} to {max(ratios):.3f}")


if __name__ == "__main__":
    side(sys.argv[1])
