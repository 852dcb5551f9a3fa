"""One small network on raw, filtered and deduplicated text of equal length: what cleaning is worth, what copies do."""

from dataclasses import dataclass

import numpy as np

from minigpt import gpt
from stages.pretrain.plan import DECAY, OTHER_SEEDS, SEED
from stages.pretrain.probes import opening
from stages.pretrain.runs import finish
from stages.pretrain.training import Plan

CONTEXT, WIDTH, HEADS, LAYERS = 128, 96, 4, 4
MOST_STEPS, BATCH, RATE, SEEDS = 630, 8, 6e-3, (SEED, *OTHER_SEEDS)
VERSIONS = ("raw", "filtered", "deduplicated")
PAGES_SEED = 1


@dataclass(frozen=True)
class Version:
    """Pages in a drawn order, and the first of their tokens in a row."""

    pages: list
    stream: np.ndarray


def texts_of(data):
    """The pages of each version; the deduplicated one is what the base model reads."""
    found = {name: [page["text"] for page in data.versions if page["version"] == name] for name in VERSIONS[:2]}
    for name, pages in found.items():
        if not pages:
            raise ValueError(f"data.versions has no {name} pages: recompute the data stage")
    return found | {"deduplicated": [page["text"] for page in data.corpus if page["split"] == "train"]}


def coded(pages, tokenizer):
    """Pages in an order of the seed's, each as tokens behind a <|document|>."""
    order = np.random.default_rng(PAGES_SEED).permutation(len(pages))
    return [(pages[place], opening(tokenizer, pages[place])) for place in order]


def equal(data, tokenizer):
    """All versions cut to one number of tokens, and the steps in which each of these is read once."""
    drawn = {name: coded(pages, tokenizer) for name, pages in texts_of(data).items()}
    shortest = min(sum(len(ids) for _, ids in pages) for pages in drawn.values())
    steps = min(MOST_STEPS, (shortest - CONTEXT - 1) // CONTEXT // BATCH)
    length = steps * BATCH * CONTEXT + CONTEXT + 1
    return {name: cut(pages, length) for name, pages in drawn.items()}, steps


def cut(pages, length):
    """The first tokens of the pages, and the pages that are wholly among them."""
    ends = np.cumsum([len(ids) for _, ids in pages])
    stream = np.concatenate([np.array(ids, np.int32) for _, ids in pages])[:length]
    return Version([text for (text, _), end in zip(pages, ends) if end <= length], stream)


def train(data, text):
    """All versions under all seeds; the versions themselves, and runs by version and seed."""
    cut_versions, steps = equal(data, text.tokenizer)
    config = gpt.Config(text.tokenizer.vocabulary, CONTEXT, WIDTH, HEADS, LAYERS)
    runs = {(name, seed): finish(Plan(config, steps, BATCH, RATE, seed, DECAY), version.stream, f"{name}, seed {seed}")
            for name, version in cut_versions.items() for seed in SEEDS}
    return cut_versions, runs
