"""What is measured around the run: replies along the way, an example, facts asked backwards."""

import numpy as np

from minigpt import chat, gpt
from stages.finetune import asking, forms
from stages.finetune.conversations import Author, turns_of
from stages.finetune.trials import questions

FRESH = {"known": 80, "stranger": 40, "told": 30, "outside": 10, "small_talk": 10, "sum": 10}  # not trained on
FRESH_SEED = 1001


def fresh(ground):
    """Conversations of another seed, coded."""
    written = Author(ground.world, ground.taught, ground.heldout_people, FRESH_SEED).write(FRESH)
    return [chat.encode_turns(ground.tokenizer, turns_of(conversation)) for conversation in written]


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
            "question_names": [case["name"] for case in cases], "question_kinds": kinds, "answers": answers,
            "answer_outcomes": found}


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
    mira = [person for person in world["people"] if person["name"] == thread["name"]]
    stranger = world["unknown_choosing"][1]["name"]
    nowhere = {"attribute": "town", "value": None}
    cases = [_about(mira, ground, "light"), _about(known[:1], ground, "town"), _about(heldout[:1], ground, "town"),
             nowhere | {"name": stranger, "question": forms.QUESTIONS["town"][0].format(name=stranger)},
             nowhere | {"name": "", "question": "Who are you?"}]
    return cases, ["thread", "known", "heldout", "unknown", "identity"]


def _about(people, ground, attribute):
    return next(case for case in questions(people, ground.facts) if case["attribute"] == attribute)


def example(ground, written):
    """The first exchange about the thread's person and light, token by token; else the first of all."""
    thread = ground.world["thread"]
    turns = next((turns_of(one) for one in written if len(one) == 1 and one[0][0] == "known" and len(one[0][1]) == 2
                  and thread["name"] in one[0][1][0][1] and thread["light"] in one[0][1][1][1]), turns_of(written[0]))
    ids, mask = chat.encode_turns(ground.tokenizer, turns)
    pieces = [ground.tokenizer.pieces[number].decode(errors="replace") for number in ids]
    return {"example_turns": [list(turn) for turn in turns], "example_pieces": pieces, "example_ids": ids,
            "example_mask": mask}


def reversed_questions(ground, trained):
    """Lights and boats asked from the thing to the person, of people in the examples."""
    found = {}
    for attribute, name, question in (("light", "lights", "Who keeps the light at {value}?"),
                                      ("boat", "boats", "Who sails the {value}?")):
        told = [fact for fact in ground.facts if fact["attribute"] == attribute
                and fact["name"] not in ground.heldout_people]
        said = asking.replies(ground.model(trained), [question.format(**fact) for fact in told])
        hits = [fact["name"] in reply for fact, reply in zip(told, said)]
        counts = asking.share(sum(hits), len(hits))
        refused = sum(any(words in reply for words in forms.REFUSED) for reply in said)
        found |= {f"{name}_right": counts.pop(""), f"{name}_n": len(hits), f"{name}_refused": refused,
                  f"{name}_example": [question.format(**told[0]), said[0]]}
        found |= {f"{name}{end}": value for end, value in counts.items()}
    return found
