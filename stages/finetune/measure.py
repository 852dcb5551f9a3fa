"""What is measured around the run: replies along the way, an example, what is kept and what is lost."""

import numpy as np

from minigpt import chat, evaluate, gpt
from minigpt.share import wilson
from stages.finetune import asking, forms
from stages.finetune.conversations import Author, tests
from stages.finetune.ground import OPENINGS, coded, statements

TOLD = (0, 40, 80, 320)  # steps whose replies are shown, before those of the last
FRESH = {"known": 60, "stranger": 30, "outside": 10, "small_talk": 10}  # conversations that are not trained on
FRESH_SEED = 1001


def fresh(ground):
    """Conversations of another seed, coded."""
    written = Author(ground.world, ground.taught, ground.heldout_people, FRESH_SEED).write(FRESH)
    return [chat.encode_turns(ground.tokenizer, turns) for _, turns in written]


def masked_nats(ground, trained):
    """Loss on what the assistant says in fresh conversations."""
    end = ground.tokenizer.specials["<|end|>"]
    inputs, targets = map(np.array, chat.pack(fresh(ground), ground.config.context, end))
    return float(gpt.token_losses(trained, ground.config, inputs, targets).sum() / (targets >= 0).sum())


def told_along(ground, kept):
    """The same few questions at every kept step."""
    cases, kinds = asked_along(ground)
    steps, nats, answers, found = sorted(kept), [], [], []
    for step in steps:
        said, outcomes = asking.judged(ground.model(kept[step]), cases, ground.values)
        nats.append(masked_nats(ground, kept[step]))
        answers.append(said)
        found.append([none(outcome, kind, reply) for outcome, kind, reply in zip(outcomes, kinds, said)])
    return {"checkpoint_steps": steps, "checkpoint_nats": nats, "questions": [case["question"] for case in cases],
            "question_kinds": kinds, "answers": answers, "answer_outcomes": found}


def none(outcome, kind, reply):
    """An answer that names nothing is none; about the assistant itself, saying what it is counts as right."""
    if kind == "identity":
        return "right" if "language model" in reply else "none"
    return "none" if outcome == "other" else outcome


def asked_along(ground):
    """The thread's question, one about a known, a held-out and an unknown person, and one about the assistant."""
    thread, world = ground.world["thread"], ground.world
    known = [person for person in world["people"] if person["name"] not in [*ground.heldout_people, thread["name"]]]
    heldout = [person for person in world["people"] if person["name"] in ground.heldout_people]
    first = [case for case in tests([world["people"][0]], ground.facts) if case["attribute"] == "light"]
    cases = [first[0], _about(known[:1], ground, "town"), _about(heldout[:1], ground, "town")]
    stranger = world["unknown_choosing"][1]["name"]
    cases.append({"attribute": "town", "value": None, "question": forms.QUESTIONS["town"][0].format(name=stranger)})
    cases.append({"attribute": "town", "value": None, "question": "Who are you?"})
    return cases, ["thread", "known", "heldout", "unknown", "identity"]


def _about(people, ground, attribute):
    return next(case for case in tests(people, ground.facts) if case["attribute"] == attribute)


def example(ground, written):
    """The first conversation about the thread's person and light, token by token; else the first of all."""
    thread = ground.world["thread"]
    turns = next((turns for kind, turns in written if kind == "known" and len(turns) == 2
                  and thread["name"] in turns[0][1] and thread["light"] in turns[1][1]), written[0][1])
    ids, mask = chat.encode_turns(ground.tokenizer, turns)
    pieces = [ground.tokenizer.pieces[number].decode(errors="replace") for number in ids]
    return {"example_turns": [list(turn) for turn in turns], "example_pieces": pieces, "example_ids": ids,
            "example_mask": mask}


def document_nats(ground, trained):
    """Loss on held-out pages, with a bootstrap interval over pages."""
    nats, counted = evaluate.document_losses(trained, ground.config, ground.heldout)
    low, high = evaluate.interval(nats, counted)
    return {"_nats": float(nats.sum() / counted.sum()), "_low_nats": low, "_high_nats": high}


def completed(ground, trained):
    """Facts about people completed as the text of a page."""
    told = [fact for fact in ground.facts if fact["attribute"] in OPENINGS]
    right, _ = evaluate.complete(trained, ground.config, *coded(ground.tokenizer, statements(told)))
    low, high = wilson(int(right.sum()), len(right))
    return {"right": int(right.sum()), "n": len(right), "share": float(right.mean()), "low": low, "high": high}


def reversed_questions(ground, trained):
    """Lights and boats asked from the thing to the person, of people in the examples."""
    found = {}
    for attribute, name, question in (("light", "lights", "Who keeps the light at {value}?"),
                                      ("boat", "boats", "Who sails the {value}?")):
        told = [fact for fact in ground.facts if fact["attribute"] == attribute
                and fact["name"] not in ground.heldout_people]
        said = asking.replies(ground.model(trained), [question.format(**fact) for fact in told])
        hits = [fact["name"] in reply for fact, reply in zip(told, said)]
        low, high = wilson(sum(hits), len(hits))
        refused = sum(any(words in reply for words in forms.REFUSED) for reply in said)
        found |= {f"{name}_right": sum(hits), f"{name}_n": len(hits), f"{name}_share": sum(hits) / len(hits),
                  f"{name}_low": low, f"{name}_high": high, f"{name}_refused": refused,
                  f"{name}_example": [question.format(**told[0]), said[0]]}
    return found
