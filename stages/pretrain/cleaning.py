"""What training on raw, filtered and deduplicated text does: loss on clean pages, and whole passages said again.

A passage is the beginning of a page's first long paragraph. The model is given its first tokens at the top of a page
and goes on greedily. Three groups are asked: passages that stand more than once in the filtered text and once in the
deduplicated one, passages that stand once in both, and, as a control, passages that stand in no version.
"""

import numpy as np

from minigpt import evaluate
from minigpt.share import wilson
from stages.pretrain.versions import CONTEXT, SEEDS, VERSIONS

PROMPT_TOKENS, NEXT_TOKENS, MOST_PASSAGES, SEED = 16, 16, 150, 1
GROUPS = ("copied", "single", "unread")


def passage(text, tokenizer):
    """The first tokens of a page's first paragraph that is long enough, or None."""
    for paragraph in text.split("\n"):
        ids = tokenizer.encode(paragraph.strip())
        if len(ids) >= PROMPT_TOKENS + NEXT_TOKENS:
            return ids[: PROMPT_TOKENS + NEXT_TOKENS]
    return None


def grouped(versions, heldout_pages, tokenizer):
    """Passages by group, at most so many of each, and how often each stands in each version."""
    whole = {name: "\n".join(version.pages) for name, version in versions.items()}

    def counts(ids):
        said = tokenizer.decode(ids)
        return tuple(whole[name].count(said) for name in VERSIONS)

    found = {name: [] for name in GROUPS}
    read = [passage(text, tokenizer) for text in versions["deduplicated"].pages]
    for ids in filter(None, read):
        many = counts(ids)
        if many[2] == 1 and many[1] >= 1:
            found["copied" if many[1] > 1 else "single"].append((ids, many))
    for ids in filter(None, (passage(text, tokenizer) for text in heldout_pages)):
        if sum(counts(ids)) == 0:
            found["unread"].append((ids, (0, 0, 0)))
    random = np.random.default_rng(SEED)
    return {name: [cases[place] for place in sorted(random.permutation(len(cases))[:MOST_PASSAGES])]
            for name, cases in found.items()}


def said_again(done, cases, tokenizer):
    """Passages that a model repeats to the end, and the mean of -log p of what it should say."""
    document = tokenizer.specials["<|document|>"]
    prompts = [[document, *ids[:PROMPT_TOKENS]] for ids, _ in cases]
    right, p = evaluate.complete(done.weights, done.plan.config, prompts, [ids[PROMPT_TOKENS:] for ids, _ in cases])
    return int(right.sum()), float(-np.log(np.maximum(p, 1e-300)).mean() / NEXT_TOKENS)


def measure(versions, runs, text, heldout_pages):
    """Losses and repetitions, run by run, and their means over the seeds."""
    groups = grouped(versions, heldout_pages, text.tokenizer)
    rows = [row(name, seed, done, versions[name], groups, text) for (name, seed), done in runs.items()]
    plan = next(iter(runs.values())).plan
    found = {"versions_runs": rows, "versions_seeds": list(SEEDS), "versions_steps": plan.steps,
             "versions_tokens": plan.steps * plan.batch * CONTEXT, "versions_parameters": plan.config.parameters,
             "versions_rate": plan.rate, "versions_prompt_tokens": PROMPT_TOKENS, "versions_next_tokens": NEXT_TOKENS,
             "versions_n": {name: len(cases) for name, cases in groups.items()},
             "versions_copies": {name: mean([many[place] for _, many in groups["copied"]])
                                 for place, name in enumerate(VERSIONS)}}
    for key in ("nats", "bits"):
        column = {name: [one[key] for one in rows if one["version"] == name] for name in VERSIONS}
        found |= {f"versions_{key}": {name: mean(values) for name, values in column.items()},
                  f"versions_low_{key}": {name: min(values) for name, values in column.items()},
                  f"versions_high_{key}": {name: max(values) for name, values in column.items()}}
    for group, cases in groups.items():
        found |= repeated(rows, group, len(cases))
    nats = found["versions_nats"]
    return found | {"versions_filter_gain_nats": nats["raw"] - nats["filtered"],
                    "versions_copies_gain_nats": nats["filtered"] - nats["deduplicated"]}


def row(name, seed, done, version, groups, text):
    """What one run came to."""
    nats = evaluate.mean_nats(done.weights, done.plan.config, text.heldout)
    tokens = sum(len(ids) - 1 for ids in text.heldout)
    made = {"version": name, "seed": seed, "pages": len(version.pages), "nats": nats,
            "bits": nats / float(np.log(2)) * tokens / text.heldout_bytes}
    for group, cases in groups.items():
        if cases:
            again, next_nats = said_again(done, cases, text.tokenizer)
            made |= {f"{group}_right": again, f"{group}_nats": next_nats}
    return made


def repeated(rows, group, count):
    """Share said again and mean surprise by version: means of the seeds, Wilson's interval for one model's passages."""
    found = {f"versions_{group}_{key}": {} for key in ("share", "low", "high", "nats")}
    for name in VERSIONS if count else ():
        own = [one for one in rows if one["version"] == name]
        right = mean([one[f"{group}_right"] for one in own])
        low, high = wilson(right, count)
        for key, value in zip(("share", "low", "high", "nats"),
                              (right / count, low, high, mean([one[f"{group}_nats"] for one in own]))):
            found[f"versions_{group}_{key}"][name] = value
    return found


def mean(values):
    """The mean as a plain number, 0 of nothing.

    >>> mean([1, 2]), mean([])
    (1.5, 0.0)
    """
    return float(np.mean(values)) if len(values) else 0.0
