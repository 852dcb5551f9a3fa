"""One beginning continued cold, as it is, and hot: what the base model writes at three temperatures, in every build."""

from dataclasses import dataclass

from minigpt import weights
from minigpt.batch import continue_all
from stages.sample.texts import opening

TEMPERATURES = {"zero": 0.0, "one": 1.0, "two": 2.0}
TOKENS = 36


@dataclass(frozen=True)
class Results:
    """What the model writes behind the page's prompt."""

    heats: dict  # a temperature in words -> the text written at it, with the page's seed


def run(pretrain, sample):
    """The prompt continued at each temperature, cut between two words."""
    return Results(heats=written(pretrain.base, sample.prompt, sample.seed))


def written(base, prompt, seed):
    """A temperature in words -> what the model writes behind the prompt."""
    trained, config, tokenizer, _ = weights.load(base)
    ids, found = opening(tokenizer, prompt), {}
    for name, temperature in TEMPERATURES.items():
        added = continue_all(trained, config, [ids], TOKENS, [seed], temperature=temperature)[0]
        found[name] = " ".join(tokenizer.decode(added).split()[:-1])
    return found
