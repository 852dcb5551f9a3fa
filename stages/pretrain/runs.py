"""Finished runs: each trained once, found again by every later command, and counted."""

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from stages.pretrain.training import Plan, train_all


@dataclass(frozen=True)
class Done:
    """A run at its end; `resumed_seconds` of its `seconds` were spent in earlier sittings of the command."""

    name: str
    plan: Plan
    weights: dict
    kept: dict
    nats: np.ndarray  # [steps] on the batch just met
    seconds: float
    resumed_seconds: float

    @property
    def tokens(self):
        """How many tokens it has read."""
        return self.plan.steps * self.plan.batch * self.plan.config.context

    @property
    def last_nats(self):
        """Mean loss on the last tenth of its batches: runs of one seed and length meet the same ones."""
        return float(self.nats[-max(1, len(self.nats) // 10) :].mean())


def finish(plan, tokens, name):
    """Train to the plan's end, or find the run that an earlier sitting has finished."""
    started = perf_counter()
    run = train_all(plan, tokens, name)
    resumed = max(0.0, run.seconds - (perf_counter() - started))
    return Done(name, plan, run.weights, run.kept, np.array(run.nats), run.seconds, resumed)


def flops_of(plan):
    """Operations of the matrix products of a run: forward, and twice that backward.

    Each weight is met once a token (the table of tokens at the end, as the last product); in attention each query
    also meets all keys and values of its row.
    """
    config, tokens = plan.config, plan.steps * plan.batch * plan.config.context
    return 6 * tokens * (config.parameters + 2 * config.layers * config.width * config.context)


def row(kind, done):
    """One line of the table of computation spent."""
    parameters = done.plan.config.parameters
    return {"kind": kind, "run": done.name, "parameters": parameters, "tokens": done.tokens,
            "six_nd_flops": 6 * parameters * done.tokens, "flops": flops_of(done.plan), "seconds": done.seconds}
