"""What the model knows: facts completed, asked backwards, read off layer by layer."""

import re
from collections import defaultdict

import numpy as np

from minigpt import gpt
from minigpt.evaluate import complete
from minigpt.share import wilson

ENDS_IN_SLOT = re.compile(r"(.*?) \{(\w+)\}\.?$")


def completions(facts, phrasings, lead=""):
    """Every fact in every phrasing that ends in its answer, behind a leading text: attribute, prompt, answer.

    >>> fact = {"attribute": "town", "name": "Mira Tolland", "value": "Saltby"}
    >>> completions([fact], {"town": ["{name} lives in {value}.", "In {value} lives {name}."]})
    [{'attribute': 'town', 'prompt': 'Mira Tolland lives in', 'answer': ' Saltby'}]
    """
    cases = []
    for fact in facts:
        asked = "name" if fact["attribute"] == "boat_owner" else "value"
        for phrasing in phrasings[fact["attribute"]]:
            found = ENDS_IN_SLOT.match(phrasing)
            if found and found[2] == asked:
                prompt, answer = lead + found[1].format(**fact), f" {fact[asked]}"
                cases.append({"attribute": fact["attribute"], "prompt": prompt, "answer": answer})
    return cases


def backward(facts, phrasings, attribute):
    """Facts of one attribute asked from the value to the name."""
    chosen = [{**fact, "attribute": "boat_owner"} for fact in facts if fact["attribute"] == attribute]
    return completions(chosen, {"boat_owner": phrasings[attribute]})


def opening(tokenizer, text):
    """A page that begins with the text, as numbers."""
    return [tokenizer.specials["<|document|>"], *tokenizer.encode(text)]


def score(weights, config, tokenizer, cases):
    """For each case at the top of a page: is its answer what greedy decoding says, and how likely is it? Two arrays."""
    prompts = [opening(tokenizer, case["prompt"]) for case in cases]
    return complete(weights, config, prompts, [tokenizer.encode(case["answer"]) for case in cases])


def shares(cases, right):
    """Dicts by attribute and for all: right, n, low, high, share.

    >>> shares([{"attribute": "town"}] * 2, [True, False])["share"]
    {'town': 0.5, 'all': 0.5}
    """
    groups = defaultdict(list)
    for case, good in zip(cases, right):
        groups[case["attribute"]].append(bool(good))
    groups["all"] = [bool(good) for good in right]
    found = {name: {} for name in ("right", "n", "low", "high", "share")}
    for name, goods in groups.items():
        low, high = wilson(sum(goods), len(goods))
        for key, value in zip(found, (sum(goods), len(goods), low, high, sum(goods) / len(goods))):
            found[key][name] = value
    return found


def chances(facts):
    """What a guess among all values of an attribute would score."""
    values = defaultdict(set)
    for fact in facts:
        values[fact["attribute"]].add(fact["name" if fact["attribute"] == "boat_owner" else "value"])
    return {name: 1 / len(found) for name, found in values.items()}


def reversal(model, facts, phrasings):
    """Lights, told from person to light only, and boats, told both ways: asked forwards and backwards."""
    found = {}
    for attribute, name in (("light", "lights"), ("boat", "boats")):
        told = [fact for fact in facts if fact["attribute"] == attribute]
        directions = {"forward": completions(told, phrasings["seen"]),
                      "backward": backward(told, phrasings["backward"], attribute)}
        for direction, cases in directions.items():
            counted = {key: value["all"] for key, value in shares(cases, score(*model, cases)[0]).items()}
            found |= {f"{name}_{direction}_{key}": value for key, value in counted.items()}
        found |= choice(model, told, directions["backward"], name)
    return found


def choice(model, told, cases, name):
    """Asked backwards, with the people who have such a thing to choose from: is the right one the likeliest?"""
    people = [f" {fact['name']}" for fact in told][:24]
    asked = [case for case in cases if case["answer"] in people]
    each = [{**case, "answer": person} for case in asked for person in people]
    p = score(*model, each)[1].reshape(len(asked), len(people))
    hits = [people[row.argmax()] == case["answer"] for row, case in zip(p, asked)]
    low, high = wilson(sum(hits), len(hits))
    counted = {"right": sum(hits), "n": len(hits), "low": low, "high": high, "chance": 1 / len(people)}
    return {f"{name}_choice_{key}": value for key, value in counted.items()}


def rows_by_layer(weights, config, ids):
    """The normed residual stream before the first and after each layer, [L + 1, T, C]."""
    final, (_, _, kept, _) = gpt.blocks(weights, config, np.array([ids]))
    return np.stack([*(layer[0] for layer in kept), final])


def lens(weights, config, prompt, target):
    """Probability of a token if the stream were read after each layer."""
    scores = rows_by_layer(weights, config, prompt)[:, -1] @ weights["embedding"].T  # [L + 1, V]
    p = np.exp(scores - scores.max(1, keepdims=True))
    return (p[:, target] / p.sum(1)).astype(float).tolist()


def two_contexts(model, facts, word, senses):
    """One word under two attributes: mean cosine, layer by layer, within a sense and between senses."""
    weights, config, tokenizer = model
    number, rows = tokenizer.encode(f" {word}")[-1], {}
    for sense, phrasing in senses.items():
        told = [fact for fact in facts if fact["attribute"] == sense and word in fact["value"]]
        texts = [text.format(**fact) for fact in told for text in phrasing]
        coded = [opening(tokenizer, text) for text in texts]
        rows[sense] = np.stack([rows_by_layer(weights, config, ids)[:, ids.index(number)] for ids in coded])
    unit = {sense: x / np.linalg.norm(x, axis=-1, keepdims=True) for sense, x in rows.items()}  # [N, L + 1, C]
    a, b = unit.values()
    between = np.einsum("alc,blc->l", a, b) / (len(a) * len(b))
    within = np.mean([(np.einsum("alc,blc->l", x, x) - len(x)) / (len(x) * (len(x) - 1)) for x in (a, b)], 0)
    return {"word": word, "senses": list(senses), "texts": [len(a), len(b)],
            "same": within.astype(float).tolist(), "different": between.astype(float).tolist()}


def context_nats(weights, config, stream, lengths, count=1000, seed=1):
    """Loss on the same tokens when only the last so many before them can be seen.

    >>> config = gpt.Config(vocabulary=8, context=4, width=4, heads=1, layers=1)
    >>> list(context_nats(gpt.init(config, 1), config, np.arange(40) % 8, [1, 4], count=3))
    ['1', '4']
    """
    stream = np.asarray(stream)
    spots = np.random.default_rng(seed).integers(config.context, len(stream), count)
    found = {}
    for length in lengths:
        total = 0.0
        for start in range(0, count, 64):
            ends = spots[start : start + 64]
            inputs = stream[ends[:, None] + np.arange(-length, 0)]
            targets = np.full(inputs.shape, -1)
            targets[:, -1] = stream[ends]
            total += gpt.token_losses(weights, config, inputs, targets).sum()
        found[str(length)] = float(total / count)
    return found
