"""What every part of this stage stands on: the base model, the pages, the people, and where the base model fails."""

from dataclasses import dataclass

import numpy as np

from minigpt import bpe, evaluate, weights
from minigpt.batch import continue_all
from minigpt.share import wilson
from stages.finetune.conversations import choose_heldout, strangers, with_words
from stages.finetune.forms import QUESTIONS

HELDOUT_PEOPLE, STRANGERS, SEED = 16, 200, 1
NO_IDEA = 0.05  # a fact that the base model gives less than this is not asked about in examples
OPENINGS = {"town": "{name} lives in", "job": "{name} works as", "boat": "{name} sails the",
            "kin": "{name} is the {word} of", "pet": "{name} has a {kind} called", "light": "{name} keeps the light at"}
ENDS = {"job": " {a} {value}"}  # what follows, where it is more than the value


@dataclass(frozen=True)
class Ground:
    """The base model as it ships, the world, the pages as tokens, and who is held out."""

    base: dict
    config: object
    tokenizer: bpe.Tokenizer
    world: dict
    facts: list
    taught: list  # facts without those that the base model has no idea of
    train: list
    heldout: list
    heldout_people: list
    values: dict  # attribute -> every value that a page tells
    failures: dict  # of the base model
    planted: list  # towns of people whom only so many pages mention

    def model(self, trained):
        """Weights with what is needed to run them."""
        return trained, self.config, self.tokenizer


def stand(data, tokenize, pretrain):
    """Read everything, and let the base model show what it does not know."""
    base, config, tokenizer, _ = weights.load(pretrain.base)
    document = tokenizer.specials["<|document|>"]
    split = {"train": [], "heldout": []}
    for page in data.corpus:
        split[page["split"]].append([document, *tokenizer.encode(page["text"])])
    heldout = choose_heldout(data.world["people"], HELDOUT_PEOPLE, data.world["thread"]["name"], SEED)
    values = {key: sorted({fact["value"] for fact in data.facts if fact["attribute"] == key}) for key in QUESTIONS}
    model = (base, config, tokenizer)
    told = [fact for fact in data.facts if fact["attribute"] in OPENINGS]
    right, p = evaluate.complete(base, config, *coded(tokenizer, statements(told)))
    unknown = [fact for fact, chance in zip(told, p) if chance < NO_IDEA]
    failures = {"facts_n": len(told), "facts_wrong": int((~right).sum()), "facts_left_out": len(unknown)}
    failures |= inventions(model, [name for name, _ in strangers(data.world)], values["town"])
    taught = [fact for fact in data.facts if fact not in unknown]
    return Ground(*model, data.world, data.facts, taught, split["train"], split["heldout"], heldout, values, failures,
                  data.planted)


def statements(facts):
    """Facts as sentences to complete: prompt and answer.

    >>> statements([{"attribute": "job", "name": "A B", "value": "baker"}])
    [('A B works as', ' a baker')]
    """
    return [(OPENINGS[fact["attribute"]].format(**with_words(fact)),
             ENDS.get(fact["attribute"], " {value}").format(**with_words(fact))) for fact in facts]


def coded(tokenizer, pairs):
    """Prompts at the top of a page, and answers, as numbers."""
    document = tokenizer.specials["<|document|>"]
    return ([[document, *tokenizer.encode(prompt)] for prompt, _ in pairs],
            [tokenizer.encode(answer) for _, answer in pairs])


def inventions(model, names, towns):
    """How many names that no page has are given a real town, greedy, by a model that only continues."""
    tokenizer = model[2]
    chosen = [names[place] for place in np.random.default_rng(SEED).permutation(len(names))[:STRANGERS]]
    prompts, _ = coded(tokenizer, [(OPENINGS["town"].format(name=name), "") for name in chosen])
    said = continue_all(*model[:2], prompts, 6, range(len(prompts)), temperature=0.0)
    count = sum(any(tokenizer.decode(ids).startswith(f" {town}") for town in towns) for ids in said)
    low, high = wilson(count, len(said))
    return {"names_n": len(said), "names_invented": count, "names_share": count / len(said),
            "names_low": low, "names_high": high}
