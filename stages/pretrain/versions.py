"""One small network on raw, filtered and deduplicated text of equal length: what cleaning is worth, what copies do."""

from collections import Counter
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


def pages_of(data):
    """The pages of each version as (source, text); the deduplicated one is what the base model reads."""
    found = {name: [(page["source"], page["text"]) for page in data.versions if page["version"] == name]
             for name in VERSIONS[:2]}
    for name, pages in found.items():
        if not pages:
            raise ValueError(f"data.versions has no {name} pages: recompute the data stage")
    sources = {fate["id"]: fate["copy_of"] or fate["url"] for fate in data.fates}
    clean = [(sources[page["id"]], page["text"]) for page in data.corpus if page["split"] == "train"]
    return found | {"deduplicated": clean}


def ordered(versions):
    """The pages of each version in an order of the seed's, those first whose source stands somewhere more than once.

    The data stage has drawn pages one by one, which parts most copies from their originals; so none that are left
    together may be parted again.

    >>> list(ordered({"raw": [("a", "1"), ("b", "2"), ("b", "3")], "clean": [("a", "1"), ("b", "2")]})["clean"])
    ['2', '1']
    """
    counted = [Counter(source for source, _ in pages) for pages in versions.values()]
    copied = {source for counts in counted for source, count in counts.items() if count > 1}
    made = {}
    for name, pages in versions.items():
        places = np.random.default_rng(PAGES_SEED).permutation(len(pages))
        made[name] = [pages[place][1] for place in sorted(places, key=lambda place: pages[place][0] not in copied)]
    return made


def equal(data, tokenizer):
    """All versions cut to one number of tokens, and the steps in which each of these is read once."""
    coded = {name: [(text, opening(tokenizer, text)) for text in pages]
             for name, pages in ordered(pages_of(data)).items()}
    shortest = min(sum(len(ids) for _, ids in pages) for pages in coded.values())
    steps = min(MOST_STEPS, (shortest - CONTEXT - 1) // CONTEXT // BATCH)
    length = steps * BATCH * CONTEXT + CONTEXT + 1
    return {name: cut(pages, length) for name, pages in coded.items()}, steps


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
