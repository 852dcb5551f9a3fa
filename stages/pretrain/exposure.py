"""How often must a thing be read to be known? Towns of people planted so many times, and verses word for word."""

from collections import defaultdict

import numpy as np

from minigpt import evaluate
from minigpt.share import wilson
from stages.pretrain import probes

VERSE_PROMPT_TOKENS, CONTROL_TOKENS, CONTROLS, SEED = 8, 16, 100, 1


def planted(model, slots, phrasings, towns, unknown):
    """Share of right towns by planned number of pages; a person counts with the share of wordings that come out right.

    Unknown people, each given a town that nobody told the model, show what guessing scores.
    """
    rows = by_person(model, slots, phrasings)
    strangers = [{**one, "attribute": "town", "value": towns[place % len(towns)]} for place, one in enumerate(unknown)]
    guessed = by_person(model, strangers, phrasings)
    groups = defaultdict(list)
    for slot, share in zip(slots, rows):
        groups[slot["planned"]].append((slot["mentions"], share))
    told = [level(planned, *zip(*people)) for planned, people in sorted(groups.items())]
    low, high = wilson(sum(guessed), len(guessed))
    return {"planted": told, "planted_people": [{"name": slot["name"], "planned": slot["planned"],
            "mentions": slot["mentions"], "share": share} for slot, share in zip(slots, rows)],
            "planted_wordings": len(probes.completions(slots[:1], phrasings)), "planted_chance": 1 / len(towns),
            "planted_each": len(slots) // len(told), "planted_unknown_share": float(np.mean(guessed)),
            "planted_unknown_low": low, "planted_unknown_high": high, "planted_unknown_n": len(guessed),
            "planted_half_pages": next((one["planned"] for one in told if one["share"] >= 0.5), 0),
            "planted_once_share": told[0]["share"], "planted_most_share": told[-1]["share"],
            "planted_most_pages": told[-1]["planned"]}


def by_person(model, slots, phrasings):
    """For each person, the share of wordings that the model ends rightly."""
    cases = [probes.completions([slot], phrasings) for slot in slots]
    right = iter(probes.score(*model, [case for own in cases for case in own])[0])
    return [float(np.mean([next(right) for _ in own])) for own in cases]


def level(planned, mentions, shares):
    """One level of exposure: mean over its people, Wilson's interval with people as the trials.

    >>> level(2, (2, 3), (1.0, 0.5))["share"]
    0.75
    """
    low, high = wilson(sum(shares), len(shares))
    return {"planned": planned, "mentions": float(np.mean(mentions)), "n": len(shares), "share": float(np.mean(shares)),
            "low": low, "high": high}


def verses(model, planted_verses, heldout):
    """Verses continued from their first tokens, by planned number of copies; passages of held-out pages as control."""
    tokenizer, groups = model[2], defaultdict(list)
    document = tokenizer.specials["<|document|>"]
    coded = [tokenizer.encode(verse["text"]) for verse in planted_verses]
    prompts = [[document, *ids[:VERSE_PROMPT_TOKENS]] for ids in coded]
    answers = [ids[VERSE_PROMPT_TOKENS:] for ids in coded]
    right, nats = ended(model, prompts, answers)
    for verse, good, one in zip(planted_verses, right, nats):
        groups[verse["planned"]].append((verse["copies"], good, one))
    told = [verse_level(planned, *map(np.array, zip(*own))) for planned, own in sorted(groups.items())]
    random = np.random.default_rng(SEED)
    fitting = [ids for ids in heldout if len(ids) > VERSE_PROMPT_TOKENS + CONTROL_TOKENS]
    passages = [fitting[place] for place in sorted(random.permutation(len(fitting))[:CONTROLS])]
    cut = VERSE_PROMPT_TOKENS + 1
    right, nats = ended(model, [ids[:cut] for ids in passages], [ids[cut : cut + CONTROL_TOKENS] for ids in passages])
    low, high = wilson(int(right.sum()), len(passages))
    return {"verses": told, "verses_prompt_tokens": VERSE_PROMPT_TOKENS, "verses_each": len(coded) // len(told),
            "verses_rest_tokens": float(np.mean([len(ids) for ids in answers])), "verses_control_n": len(passages),
            "verses_control_tokens": CONTROL_TOKENS, "verses_control_right": int(right.sum()),
            "verses_control_share": float(right.mean()), "verses_control_low": low, "verses_control_high": high,
            "verses_control_nats": float(nats.mean()), "verses_once_nats": told[0]["nats"],
            "verses_most_nats": told[-1]["nats"], "verses_once_right": told[0]["right"],
            "verses_most_right": told[-1]["right"], "verses_most_copies": told[-1]["planned"]}


def ended(model, prompts, answers):
    """Does greedy decoding say the whole answer, and the mean of -log p of its tokens; two arrays."""
    right, p = evaluate.complete(*model[:2], prompts, answers)
    return right, -np.log(np.maximum(p, 1e-300)) / np.array([len(ids) for ids in answers])


def verse_level(planned, copies, right, nats):
    """One number of copies."""
    low, high = wilson(int(right.sum()), len(right))
    return {"planned": planned, "copies": float(copies.mean()), "n": len(right), "right": int(right.sum()),
            "share": float(right.mean()), "low": low, "high": high, "nats": float(nats.mean())}
