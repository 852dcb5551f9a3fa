"""What is trained on what: the text as tokens, the settings of the run, the steps that are looked at."""

from dataclasses import dataclass

import numpy as np

from minigpt import bpe, chat, gpt, weights
from stages.pretrain.training import Plan

CONTEXT, WIDTH, HEADS, LAYERS = 256, 128, 4, 5
STEPS, BATCH, SEED, RATE, DECAY = 18_000, 4, 1, 4e-3, 0.01
KEPT = (0, 3, 10, 30, 100, 250, 500, 1000, 2000, 4000, 8000, STEPS)
TOLD = (0, 30, 500, 2000, 8000, STEPS)
EARLY = 1000
OTHER_SEEDS = (2, 3)


@dataclass(frozen=True)
class Text:
    """The two splits as tokens, each page behind a <|document|>."""

    tokenizer: bpe.Tokenizer
    train: list
    heldout: list
    heldout_bytes: int

    @property
    def stream(self):
        """All training pages in a row."""
        return np.concatenate([np.array(ids, np.int32) for ids in self.train])


def read(data, tokenize):
    """Tokens of the corpus under the learned merges."""
    tokenizer = bpe.Tokenizer(tokenize.merges, chat.SPECIALS)
    document = tokenizer.specials["<|document|>"]
    split = {"train": [], "heldout": []}
    for page in data.corpus:
        split[page["split"]].append([document, *tokenizer.encode(page["text"])])
    if not split["train"] or not split["heldout"]:
        raise ValueError("the corpus has no training or no held-out pages: recompute the data stage")
    heldout_bytes = sum(len(page["text"].encode()) for page in data.corpus if page["split"] == "heldout")
    return Text(tokenizer, split["train"], split["heldout"], heldout_bytes)


def plan(tokenizer, **changes):
    """The plan of the base run, or of one that differs from it."""
    config = gpt.Config(tokenizer.vocabulary, CONTEXT, WIDTH, HEADS, LAYERS)
    kept = tuple(sorted({*KEPT, *curve()}))
    settings = {"steps": STEPS, "batch": BATCH, "rate": RATE, "seed": SEED, "decay": DECAY, "keep": kept}
    return Plan(config, **(settings | changes))


def curve():
    """Steps at which the held-out loss is taken, evenly on a logarithmic scale, with all kept ones."""
    return sorted({0, *KEPT, *(round(step) for step in np.geomspace(1, STEPS, 25))})


def shipped(step, trained):
    """Weights as the browser has them: drawn at step 0, rounded afterwards."""
    return trained if step == 0 else weights.dequantise(weights.quantise(trained))
