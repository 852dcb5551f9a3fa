"""What the base model is asked: sentences about people, broken off before the answer, and questions."""

from statistics import median

from minigpt.batch import continue_all, next_scores
from minigpt.sample import distribution
from minigpt.share import wilson
from stages.sample.texts import begins_with, opening
from stages.sample.writing import SEEDS, TEMPERATURES

OPENINGS = {
    "town": "{name} lives in",
    "job": "{name} works as a",
    "boat": "{name} sails the",
    "light": "{name} keeps the light at",
}
QUESTIONS = {
    "town": "Where does {name} live?",
    "job": "What does {name} do for a living?",
    "boat": "What is the boat of {name} called?",
    "light": "Which light does {name} keep?",
}
ANSWER_TOKENS, QUESTION_TOKENS, DOUBTS = 10, 40, 5


def cases(forms, people):
    """Each form with each person who has the attribute: the text to continue, and what should follow.

    >>> cases({"town": "{name} lives in"}, [{"name": "Mira Tolland", "town": "Saltby"}])
    [{'text': 'Mira Tolland lives in', 'attribute': 'town', 'value': 'Saltby'}]
    """
    return [{"text": form.format(name=person["name"]), "attribute": key, "value": person.get(key)}
            for key, form in forms.items() for person in people if person.get(key, True)]


def complete(model, asked, seeds, count=ANSWER_TOKENS, **settings):
    """What the model adds to each text."""
    prompts = [opening(model[2], case["text"]) for case in asked]
    added = continue_all(*model[:2], prompts, count, seeds, **settings)
    return [model[2].decode(ids) for ids in added]


def swept(model, world):
    """Facts of known people completed rightly, at every temperature, under every seed."""
    asked = cases(OPENINGS, world["people"])
    found = {"facts_n": len(asked), "facts_by_seed": [], "facts_share": [], "facts_low": [], "facts_high": []}
    for temperature in TEMPERATURES:
        right = []
        for seed in SEEDS:
            said = complete(model, asked, range(seed * 10_000, seed * 10_000 + len(asked)), temperature=temperature)
            right.append(sum(begins_with(text, case["value"]) for text, case in zip(said, asked)))
        low, high = wilson(sum(right), len(asked) * len(SEEDS))
        found["facts_by_seed"].append(right)
        found["facts_share"].append(sum(right) / len(asked) / len(SEEDS))
        found["facts_low"].append(low)
        found["facts_high"].append(high)
    return found


def questioned(model, world):
    """Every known fact asked for as a question, at the top of an empty page: does an answer follow, or a question?"""
    asked = cases(QUESTIONS, world["people"])
    said = [text.split("<|document|>")[0] for text in
            complete(model, asked, range(1, len(asked) + 1), QUESTION_TOKENS)]
    counts = {"n": len(asked), "tokens": QUESTION_TOKENS}
    for name, hits in (("another", ["?" in text for text in said]),
                       ("answered", [case["value"] in text for case, text in zip(asked, said)])):
        low, high = wilson(sum(hits), len(asked))
        counts |= {name: sum(hits), f"{name}_share": sum(hits) / len(asked), f"{name}_low": low, f"{name}_high": high}
    chosen = [index for index, case in enumerate(asked) if world["thread"]["name"] in case["text"]]
    examples = [{"question": case["text"], "said": text.strip()} for case, text in zip(asked, said)]
    return {"questions": counts, "question_examples": [examples[place] for place in chosen],
            "question_echo": next((one for one in examples if "?" in one["said"]), examples[0])}


def strangers(model, world):
    """Openings about people whom no page mentions: what is said of them, and how sure the model is of it."""
    values = {key: sorted({person[key] for person in world["people"] if person[key]}) for key in OPENINGS}
    asked = cases(OPENINGS, world["unknown_choosing"])
    said = complete(model, asked, range(len(asked)), temperature=0.0)
    real = [next((v for v in values[case["attribute"]] if begins_with(text, v)), None)
            for case, text in zip(asked, said)]
    count = sum(v is not None for v in real)
    low, high = wilson(count, len(asked))
    rows = [{"text": case["text"], "attribute": case["attribute"], "said": text, "value": v}
            for case, text, v in zip(asked, said, real)]
    known = cases(OPENINGS, world["people"])[::3]
    first = {key: next(row for row in rows if row["attribute"] == key) for key in OPENINGS}
    return sureness(model, world) | {
        "unknown": {"names": len(world["unknown_choosing"]), "n": len(asked), "real": count,
                    "real_share": count / len(asked), "low": low, "high": high, "doubts": DOUBTS,
                    "answers": answers(model, asked, values), "known_answers": answers(model, known, values),
                    "known_n": len(known)},
        "unknown_said": rows,
        "unknown_example": {key: f"{row['text']}{row['said'].split('.')[0]}." for key, row in first.items()}}


def answers(model, asked, values):
    """The mean number of different answers that several draws at temperature one give."""
    groups = []
    for seed in range(DOUBTS):
        said = complete(model, asked, range(seed * 10_000, seed * 10_000 + len(asked)))
        groups.append([first_value(text, values[case["attribute"]]) for case, text in zip(asked, said)])
    return sum(len(set(group)) for group in zip(*groups)) / len(asked)


def first_value(text, values):
    """The known value that a continuation begins with, else its first two words.

    >>> first_value(" Saltby. She", ["Saltby"]), first_value(" the old mill, and", [])
    ('Saltby', 'the old')
    """
    return next((v for v in values if begins_with(text, v)), " ".join(text.split()[:2]))


def sureness(model, world):
    """The chance of the likeliest next token after each opening, known people against strangers."""
    found = {}
    for name, people in (("known", world["people"]), ("unknown", world["unknown_choosing"])):
        prompts = [opening(model[2], case["text"]) for case in cases(OPENINGS, people)]
        found[name] = [float(distribution(row).max()) for row in next_scores(*model[:2], prompts)]
    known, unknown = median(found["known"]), median(found["unknown"])
    return {"sure_by_opening": found, "sure": {"known": known, "unknown": unknown}}
