"""What a chat model has to go by: its weights, the words in its context, and the direction a fact was told in."""

import re

from stages.chat.asking import counted, ends, refused, replies, replies_to

TRIALS = ("alone", "agree", "differ", "stranger", "stranger_told")
KINDS = ("memory", "context", "refused", "other")
BACKWARD = "Who keeps the light at {value}?"  # no example puts it so
SHIFT = 7  # the false value in a prompt is another person's, so many people further on
SENTENCES = {
    "town": "{name} lives in {value}.",
    "boat": "{name} sails the {value}.",
    "light": "{name} keeps the light at {value}.",
}


def facts(people):
    """Towns, boats and lights of known people, each with a false value that somebody else has."""
    found = []
    for key in SENTENCES:
        having = [person for person in people if person.get(key)]
        for i, person in enumerate(having):
            others = [one[key] for one in having[i + SHIFT :] + having if one[key] != person[key]]
            found.append({"attribute": key, "name": person["name"], "value": person[key], "told": others[0]})
    return found


def strange_facts(names, people):
    """Facts that are told of people whom no page mentions: each gets the values of a known person."""
    found = []
    for key in SENTENCES:
        values = [person[key] for person in people if person.get(key)]
        found += [{"attribute": key, "name": one["name"], "told": values[i % len(values)]}
                  for i, one in enumerate(names)]
    return found


def ask(model, cases, forms, told=None):
    """Replies to the cases' questions, after a sentence with the value named `told` where there is one."""
    questions = []
    for case in cases:
        question = forms[case["attribute"]][0].format(**case)
        told_first = SENTENCES[case["attribute"]].format(name=case["name"], value=case[told]) + " " if told else ""
        questions.append(told_first + question)
    return questions, replies(model, questions)


def trained(world, names):
    """The people who stand in finetuning's examples: others may be refused for that reason alone."""
    return [person for person in world["people"] if person["name"] in names]


def sources(model, world, finetune):
    """Where an answer comes from when context and weights agree, differ, or only one of them knows."""
    forms, refusals, people = finetune.forms, finetune.refused_words, trained(world, finetune.known_people)
    known, strange = facts(people), strange_facts(world["unknown_final"], people)
    trials = {"alone": (known, None), "agree": (known, "value"), "differ": (known, "told"),
              "stranger": (strange, None), "stranger_told": (strange, "told")}
    found, examples, by_kind = {}, {}, {}
    for name, (cases, told) in trials.items():
        questions, said = ask(model, cases, forms, told)
        outcomes = [outcome(case, reply, told, refusals) for case, reply in zip(cases, said)]
        found[f"{name}_n"] = len(cases)
        for kind in KINDS:
            found |= counted(f"{name}_{kind}", [one == kind for one in outcomes])
        if told:
            by_kind[name] = split(cases, outcomes)
        place = next(i for i, case in enumerate(cases) if case["attribute"] == "light")
        examples |= {f"{name}_question": questions[place], f"{name}_reply": said[place],
                     f"{name}_outcome": outcomes[place]}
    return {"sources": found, "sources_by": by_kind, "source_examples": examples}


def split(cases, outcomes):
    """The same counts for each kind of fact that was asked for.

    >>> split([{"attribute": "boat"}], ["context"])["boat"]["context_share"]
    1.0
    """
    found = {}
    for key in SENTENCES:
        of_key = [one for case, one in zip(cases, outcomes) if case["attribute"] == key]
        if of_key:
            found[key] = {"n": len(of_key)}
            for kind in KINDS:
                found[key] |= counted(kind, [one == kind for one in of_key])
    return found


def told_before(model, world, finetune):
    """The question for a light's keeper, after a chat in which she has just been named for it; and, as a control, after
    one in which somebody else was named for another light: does the reply name whoever was named?"""
    keepers = [person for person in trained(world, finetune.known_people) if person["light"]]
    forward, found = finetune.forms["light"][0], {"n": len(keepers)}
    for name, shift in (("same", 0), ("other", 1)):
        asked = keepers[shift:] + keepers[:shift]
        chats = [[("user", forward.format(name=one["name"])),
                  ("assistant", SENTENCES["light"].format(name=one["name"], value=one["light"])),
                  ("user", BACKWARD.format(value=two["light"]))] for one, two in zip(keepers, asked)]
        said = replies_to(model, chats)
        found |= counted(f"{name}_named", [one["name"] in reply for one, reply in zip(keepers, said)])
        found |= counted(f"{name}_right", [two["name"] in reply for two, reply in zip(asked, said)])
    return {"told_before": found}


def told(data):
    """In which order sentences of the training pages tell of lights and boats: how many, and how many backward."""
    found = {f"{key}_{kind}": 0 for key in ("light", "boat") for kind in ("sentences", "backward")}
    having = {key: [(person["name"], person[key]) for person in data.world["people"] if person[key]]
              for key in ("light", "boat")}
    for page in data.corpus:
        if page["split"] == "train":
            for sentence in re.split(r"(?<=[.?!])\s+", page["text"]):
                for key, pairs in having.items():
                    for name, value in pairs:
                        if name in sentence and value in sentence:
                            found[f"{key}_sentences"] += 1
                            found[f"{key}_backward"] += sentence.index(value) < sentence.index(name)
    return found


def reading(model, world):
    """The base model, given a sentence about a stranger or a false one about somebody known, begins it again.

    Shares of beginnings that it ends with the word that stands before it, and of those that it ends from its weights.
    """
    strange, known = strange_facts(world["unknown_final"], world["people"]), facts(world["people"])
    found = {}
    for name, cases in (("stranger", strange), ("differ", known)):
        texts = [f"{told_of(case)} {told_of(case).split(case['told'])[0].rstrip()}" for case in cases]
        said = [text.lstrip() for text in ends(model, texts)]
        found[f"{name}_n"] = len(cases)
        found |= counted(f"{name}_context", [text.startswith(case["told"]) for text, case in zip(said, cases)])
        values = [case.get("value", "\n") for case in cases]  # of a stranger there is none
        found |= counted(f"{name}_memory", [text.startswith(value) for text, value in zip(said, values)])
    return {"reading": found}


def told_of(case):
    """The sentence that tells what the case has in `told`."""
    return SENTENCES[case["attribute"]].format(name=case["name"], value=case["told"])


def outcome(case, reply, told, refusals):
    """What a reply goes by: the context, the weights (memory), a refusal, or neither.

    >>> outcome({"value": "Saltby", "told": "Oxhaven"}, "In Oxhaven.", "told", ["do not know"])
    'context'
    >>> outcome({"value": "Saltby", "told": "Oxhaven"}, "In Saltby.", None, ["do not know"])
    'memory'
    """
    if told and case[told] in reply:
        return "context"
    if case.get("value") and case["value"] in reply:
        return "memory"
    return "refused" if refused(reply, refusals) else "other"


def directions(model, world, finetune):
    """Lights, told from person to light only, and boats, told both ways: asked in both directions.

    The question for a boat's owner is the one that no example has, as the question for a light's keeper is.
    """
    forms, refusals, people = finetune.forms, finetune.refused_words, trained(world, finetune.known_people)
    keepers = [person for person in people if person["light"]]
    trials = {
        "light_forward": (keepers, forms["light"][0], "light"), "light_backward": (keepers, BACKWARD, "name"),
        "boat_forward": (people, forms["boat"][0], "boat"), "boat_backward": (people, forms["boat_owner"][-1], "name"),
    }
    found, thread = {}, {}
    for name, (asked, form, answer) in trials.items():
        questions = [form.format(name=person["name"], value=person[name.split("_")[0]]) for person in asked]
        said = replies(model, questions)
        found[f"{name}_n"] = len(said)
        found |= counted(f"{name}_right", [person[answer] in reply for person, reply in zip(asked, said)])
        found |= counted(f"{name}_refused", [refused(reply, refusals) for reply in said])
        found[f"{name}_boats"] = sum("boat" in reply and refused(reply, refusals) for reply in said)
        place = [person["name"] for person in asked].index(world["thread"]["name"])
        thread |= {f"{name}_question": questions[place], f"{name}_reply": said[place]}
    return {"directions": found, "direction_examples": thread}
