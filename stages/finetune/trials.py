"""The test questions: about people in the examples, in none of them, nowhere; in other words; behind another question;
and about people whom only a few pages mention."""

from stages.finetune import asking, forms
from stages.finetune.conversations import PERSONAL, with_words

TESTED = {"town": 0, "job": 0, "boat": 0, "kin": 0, "pet": 1, "light": 0}  # attribute -> question form of the tests
SHIFT = 101  # a second question follows one about the fact so many places further on
GROUPS = ("known", "heldout", "unknown", "rephrased", "unknown_rephrased")
SECOND = ("second", "second_refused", "second_unknown")  # asked second: known after known, known after unknown, …


def questions(people, facts, form=None):
    """One question for every personal fact of these people: attribute, name, question, value. `form` -1 is the form
    that no example uses."""
    names = {person["name"] for person in people}
    return [{"attribute": fact["attribute"], "name": fact["name"], "value": fact["value"],
             "question": forms.QUESTIONS[fact["attribute"]][TESTED[fact["attribute"]] if form is None else form]
             .format(**with_words(fact))}
            for fact in facts if fact["name"] in names and fact["attribute"] in PERSONAL]


def strange_questions(people, form=None):
    """The same questions about people whom no page mentions; no value is right."""
    slots = {"other": "sister", "word": "sister"}
    return [{"attribute": key, "name": person["name"], "value": None,
             "question": forms.QUESTIONS[key][first if form is None else form].format(name=person["name"], **slots)}
            for person in people for key, first in TESTED.items()]


def groups(ground, unknown):
    """Test questions by group; `unknown` is the group of names that no page has."""
    people = ground.world["people"]
    known = questions([person for person in people if person["name"] not in ground.heldout_people], ground.facts)
    heldout = [person for person in people if person["name"] in ground.heldout_people]
    strange = strange_questions(ground.world[unknown])
    return {
        "known": known, "heldout": questions(heldout, ground.facts), "unknown": strange,
        "rephrased": questions([one for one in people if one not in heldout], ground.facts, form=-1),
        "unknown_rephrased": strange_questions(ground.world[unknown], form=-1),
        "second": behind(known[SHIFT:] + known[:SHIFT], known), "second_refused": behind(strange, known),
        "second_unknown": behind(known, strange),
    }


def behind(firsts, cases):
    """The cases, each behind a question that has nothing to do with it.

    >>> behind([{"question": "Who?"}], [{"question": "Where?"}, {"question": "When?"}])
    [{'question': 'Where?', 'first': 'Who?'}, {'question': 'When?', 'first': 'Who?'}]
    """
    return [{**case, "first": firsts[place % len(firsts)]["question"]} for place, case in enumerate(cases)]


def outcomes(ground, trained, names, unknown="unknown_final"):
    """How the questions of these groups were answered."""
    found = {}
    for who, cases in groups(ground, unknown).items():
        if who in names:
            found |= asking.counted(asking.judged(ground.model(trained), cases, ground.values)[1], who)
    return found


def planted(ground, trained):
    """People whom so many pages mention and no example: their towns asked, counted by the number of pages planned."""
    rows = []
    for pages in sorted({fact["planned"] for fact in ground.planted}):
        facts = [fact for fact in ground.planted if fact["planned"] == pages]
        cases = [{"attribute": "town", "value": fact["value"],
                  "question": forms.QUESTIONS["town"][TESTED["town"]].format(name=fact["name"])} for fact in facts]
        counts = asking.counted(asking.judged(ground.model(trained), cases, ground.values)[1], "town")
        mentions = sum(fact["mentions"] for fact in facts) / len(facts)
        rows.append({"planned": pages, "mentions": mentions}
                    | {name.removeprefix("town_"): value for name, value in counts.items()})
    return rows
