"""How the base model goes on where a page begins with the thread's question, and what the examples are made of: worked
out from the shipped weights and the counts of the frozen run, in every build."""

from dataclasses import dataclass

from minigpt import weights
from minigpt.batch import continue_all

TOKENS = 32


@dataclass(frozen=True)
class Results:
    """What the page tells beside what is frozen."""

    continued: str  # first line that the base model writes, greedy, below the thread's question on a page
    examples_share: dict  # share of the exchanges in the examples, by kind


def run(pretrain, finetune):
    """The question as the text of a page, not in the template; and every kind of exchange by its share."""
    return Results(continued=continued(pretrain.base, finetune.questions[0]),
                   examples_share={kind: count / finetune.exchanges for kind, count in finetune.examples.items()})


def continued(base, question):
    """The first line that the base model adds to a page that begins with the question."""
    trained, config, tokenizer, _ = weights.load(base)
    page = [tokenizer.specials["<|document|>"], *tokenizer.encode(question)]
    added = continue_all(trained, config, [page], TOKENS, [0], temperature=0.0)[0]
    return tokenizer.decode(added).strip().split("\n")[0]
