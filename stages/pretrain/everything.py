"""Every training of the stage, in order: what is finished is found in .cache/training, what was interrupted goes on."""

from dataclasses import dataclass

from stages.pretrain import scaling, sweep, versions
from stages.pretrain.plan import plan, read
from stages.pretrain.runs import Done, finish, row


@dataclass(frozen=True)
class Trained:
    """Every training of the stage, finished."""

    base: Done
    short: dict  # by rate and seed
    versions: dict
    version_runs: dict  # by version and seed
    grown: list

    def rows(self):
        """Runs by kind, one line each: what they computed."""
        kinds = {"base": [self.base], "short": self.short.values(), "versions": self.version_runs.values(),
                 "scaling": [done for one in self.grown for done in one.all()]}
        return [row(kind, done) for kind, runs in kinds.items() for done in runs]

    def resumed_seconds(self):
        """Seconds of all these runs that earlier sittings of the command have spent."""
        every = [self.base, *self.short.values(), *self.version_runs.values()]
        return sum(done.resumed_seconds for done in [*every, *(done for one in self.grown for done in one.all())])


def train_everything(data, tokenize) -> Trained:
    """The long run, a sweep of its rate on short ones, three versions of the text, eight sizes of the network."""
    text = read(data, tokenize)
    base = finish(plan(text.tokenizer), text.stream, "base")
    short = sweep.train(text)
    cut, version_runs = versions.train(data, text)
    return Trained(base, short, cut, version_runs, scaling.train(text))


def counted(trained):
    """The table of all runs, and their sums."""
    rows = trained.rows()
    return {"runs": rows, "runs_number": len(rows), "runs_seconds": sum(one["seconds"] for one in rows),
            "runs_flops": float(sum(one["flops"] for one in rows)), "resumed_seconds": trained.resumed_seconds()}
