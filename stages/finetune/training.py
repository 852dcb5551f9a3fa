"""The short runs: conversations and replayed pages in one batch; a finished run is kept and not repeated."""

import ast
import hashlib
import io
import os
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from minigpt import adam, chat, gpt, train, weights

BATCH, RATE, DECAY = 4, 3e-3, 0.01
FOLDER = Path(__file__).parents[2] / ".cache" / "training"


@dataclass(frozen=True)
class Lesson:
    """What is learned: coded conversations of (ids, mask), the pages' tokens in a row, and how they are mixed."""

    conversations: list
    pages: np.ndarray
    end: int
    context: int
    replay_share: float
    seed: int

    def rows(self):
        """Inputs and targets [R, T]: conversations packed in their order, and pages drawn at random among them."""
        random = np.random.default_rng(self.seed)
        inputs, targets = chat.pack(self.conversations, self.context, self.end)
        extra = round(len(inputs) * self.replay_share / (1 - self.replay_share))
        spots = random.integers(0, len(self.pages) - self.context - 1, extra)[:, None] + np.arange(self.context)
        inputs = np.concatenate([np.array(inputs), self.pages[spots]])
        targets = np.concatenate([np.array(targets), self.pages[spots + 1]])
        rows = len(inputs) - extra
        mixed = np.argsort(np.concatenate([(np.arange(rows) + 0.5) / rows, random.random(extra)]))
        return inputs[mixed], targets[mixed]


@dataclass(frozen=True)
class Run:
    """What came of it: weights as the browser has them by kept step, the number of steps, losses, seconds."""

    kept: dict
    steps: int
    nats: list
    seconds: float

    @property
    def last(self):
        """The weights after the last step."""
        return self.kept[self.steps]


def digest(inputs, targets, base, keep):
    """One number for all that decides a run: its rows, the weights it begins from, its settings and its code."""
    files = [Path(module.__file__) for module in (gpt, adam, train, weights)] + [Path(__file__)]
    said = "".join(ast.dump(ast.parse(file.read_text(encoding="utf-8"))) for file in files) + repr(sorted(keep))
    parts = [said.encode(), inputs.tobytes(), targets.tobytes(), *(base[name].tobytes() for name in sorted(base))]
    return hashlib.sha256(b"".join(parts)).hexdigest()


def train_on(lesson, base, config, keep, name):
    """Finetune a copy of the base weights, or read the run that did so before; an interrupted one begins again."""
    inputs, targets = lesson.rows()
    path = FOLDER / f"finetune {name}-{digest(inputs, targets, base, keep)[:16]}.npz"
    if not path.exists():
        save(train_rows(inputs, targets, base, config, keep, name), path)
    return load(path)


def train_rows(inputs, targets, base, config, keep, name):
    """The run itself, once over all rows."""
    from tqdm import tqdm

    steps, started = len(inputs) // BATCH, perf_counter()
    trained = {tensor: w.copy() for tensor, w in base.items()}
    kept, losses = ({0: base} if 0 in keep else {}), []
    loop = train.train(
        trained, config, lambda step: (inputs[step * BATCH :][:BATCH], targets[step * BATCH :][:BATCH]),
        lambda step: train.rate_at(step, steps, RATE), adam.Adam(trained, DECAY), 0, steps)
    with tqdm(total=steps, unit=" steps", desc=name) as bar:
        for step, nats in loop:
            losses.append(nats)
            bar.update()
            bar.set_postfix(loss=f"{nats:.3f}", refresh=False)
            if step in keep or step == steps:
                kept[step] = weights.dequantise(weights.quantise(trained))
    return Run(kept, steps, losses, perf_counter() - started)


def save(run, path):
    """Write under another name, then rename: a half-written file never counts."""
    arrays = {"nats": np.array(run.nats), "seconds": np.array(run.seconds)}
    arrays |= {f"{step}/{name}": w for step, trained in run.kept.items() for name, w in trained.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    np.savez(out, **arrays)
    aside = path.with_suffix(".part")
    aside.write_bytes(out.getvalue())
    os.replace(aside, path)


def load(path):
    """A run from its file."""
    kept = {}
    with np.load(path) as arrays:
        for key in arrays.files:
            step, _, name = key.partition("/")
            if name:
                kept.setdefault(int(step), {})[name] = arrays[key]
        return Run(kept, len(arrays["nats"]), arrays["nats"].tolist(), float(arrays["seconds"]))
