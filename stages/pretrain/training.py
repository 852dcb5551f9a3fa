"""The long run: resumable, with a progress bar, keeping a copy of the model at chosen steps."""

import ast
import hashlib
import io
import json
import os
import signal
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from minigpt import adam, gpt, sample
from minigpt import train as training
from minigpt.adam import Adam
from minigpt.train import batch_of, rate_at, train

SAVE_EVERY = 500
FOLDER = Path(__file__).parents[2] / ".cache" / "training"


@dataclass(frozen=True)
class Plan:
    """Everything that decides what a run will do, apart from the text."""

    config: gpt.Config
    steps: int
    batch: int
    rate: float
    seed: int
    decay: float = 0.1
    keep: tuple = field(default=())  # steps whose weights are kept

    def digest(self, tokens):
        """One number for the plan and the text: what a weights file names as its origin."""
        said = json.dumps(asdict(self), sort_keys=True).encode()
        return hashlib.sha256(said + np.asarray(tokens, np.int32).tobytes()).hexdigest()


def code_digest():
    """One number for the code that trains, comments not counted: a run is resumed only by the code that began it."""
    files = [Path(module.__file__) for module in (gpt, adam, sample, training)] + [Path(__file__)]
    said = "".join(ast.dump(ast.parse(file.read_text(encoding="utf-8"))) for file in files)
    return hashlib.sha256(said.encode()).hexdigest()


@dataclass
class Run:
    """Where a run is: weights now, the losses so far, the kept weights by step, the seconds spent."""

    weights: dict
    adam: Adam
    nats: list
    kept: dict
    seconds: float = 0.0


def begin(plan):
    """A run before its first step."""
    weights = gpt.init(plan.config, plan.seed)
    kept = {0: copy(weights)} if 0 in plan.keep else {}
    return Run(weights, Adam(weights, plan.decay), [], kept)


def copy(weights):
    """The same weights, safe from further training."""
    return {name: w.copy() for name, w in weights.items()}


def train_all(plan, tokens, name, resume=True):
    """Train to the plan's last step; an interrupted run goes on where it stopped, and an equal one is not repeated."""
    from time import perf_counter

    from tqdm import tqdm

    path = FOLDER / f"{name}-{plan.digest(tokens)[:12]}-{code_digest()[:12]}.npz"
    run = load(path, plan) if resume and path.exists() else begin(plan)
    start, before, began = len(run.nats), run.seconds, perf_counter()
    if start == plan.steps:
        return run
    steps = train(
        run.weights, plan.config, lambda step: batch_of(tokens, plan.config.context, plan.batch, plan.seed, step),
        lambda step: rate_at(step, plan.steps, plan.rate), run.adam, start, plan.steps,
    )
    size = plan.batch * plan.config.context
    with tqdm(total=plan.steps * size, initial=start * size, unit=" tokens", unit_scale=True, desc=name) as bar:
        with uninterrupted() as interrupted:
            for step, nats in steps:
                run.nats.append(nats)
                run.seconds = before + perf_counter() - began
                bar.update(size)
                bar.set_postfix(loss=f"{nats:.3f}", refresh=False)
                if step in plan.keep:
                    run.kept[step] = copy(run.weights)
                if resume and (step % SAVE_EVERY == 0 or step == plan.steps or interrupted):
                    save(run, path)
                if interrupted:
                    raise SystemExit(f"stopped at step {step:,}; the same command goes on from there")
    return run


class uninterrupted:
    """While inside, Ctrl-C finishes the step first: it only makes the list it returns longer."""

    def __enter__(self):
        noted = []
        try:
            self.before = signal.signal(signal.SIGINT, lambda *_: noted.append(True))
        except ValueError:  # signals reach the main thread only
            self.before = None
        return noted

    def __exit__(self, *_):
        if self.before is not None:
            signal.signal(signal.SIGINT, self.before)


def save(run, path):
    """Write the whole state under another name, then rename: a half-written file never counts."""
    arrays = {"nats": np.array(run.nats), "seconds": np.array(run.seconds), "steps": np.array(run.adam.steps)}
    for part, tensors in (("weights", run.weights), ("mean", run.adam.mean), ("square", run.adam.square)):
        arrays |= {f"{part}/{name}": w for name, w in tensors.items()}
    for step, weights in run.kept.items():
        arrays |= {f"kept/{step}/{name}": w for name, w in weights.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    np.savez(out, **arrays)
    aside = path.with_suffix(".part")
    aside.write_bytes(out.getvalue())
    os.replace(aside, path)


def load(path, plan):
    """A run from its file."""
    run = begin(plan)
    with np.load(path) as arrays:
        run.nats, run.seconds = arrays["nats"].tolist(), float(arrays["seconds"])
        run.adam.steps = int(arrays["steps"])
        for part, tensors in (("weights", run.weights), ("mean", run.adam.mean), ("square", run.adam.square)):
            for name in tensors:
                tensors[name][:] = arrays[f"{part}/{name}"]
        for key in arrays.files:
            part, _, rest = key.partition("/")
            if part == "kept":
                step, _, name = rest.partition("/")
                run.kept.setdefault(int(step), {})[name] = arrays[key]
    return run
