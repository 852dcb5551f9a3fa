"""Invented conversations about the pages' people, and the questions that test what came of them."""

import random

from stages.finetune import forms

PRONOUNS = {True: {"they": "she", "her": "her"}, False: {"they": "he", "her": "his"}}
PERSONAL = ("town", "job", "boat", "kin", "pet", "light")
TESTED = {"town": 0, "job": 0, "boat": 0, "kin": 0, "pet": 1, "light": 0}  # attribute -> question form of the tests


class Author:
    """Writes conversations of every kind about one world; ``refusals`` off leaves out all that does not know."""

    def __init__(self, world, facts, heldout, seed):
        self.rng, self.world, self.heldout = random.Random(seed), world, set(heldout)
        self.by_name = {}
        for fact in facts:
            self.by_name.setdefault(fact["name"], []).append(with_words(fact))
        self.people = [person["name"] for person in world["people"] if person["name"] not in self.heldout]
        self.towns = [town["name"] for town in world["towns"]]
        self.values = {key: [fact for fact in facts if fact["attribute"] == key and fact["value"] not in self.heldout]
                       for key in forms.QUESTIONS}
        known = {person["name"] for group in ("people", "unknown_choosing", "unknown_final") for person in world[group]}
        firsts = {person["name"].split()[0]: person["she"] for person in world["people"]}
        families = sorted({name.split()[1] for name in known})
        self.strangers = [(f"{first} {family}", she) for first, she in sorted(firsts.items()) for family in families
                          if f"{first} {family}" not in known]

    def ask(self, fact):
        """A question about a fact, in any form but the one kept for testing."""
        asked = forms.QUESTIONS[fact["attribute"]][:-1]
        return ("user", self.rng.choice(asked).format(**fact))

    def tell(self, fact):
        """Its answer."""
        return ("assistant", self.rng.choice(forms.ANSWERS[fact["attribute"]]).format(**fact))

    def facts_of(self, name):
        """Facts of a name that may be asked; kin who are held out are not named."""
        return [fact for fact in self.by_name[name] if fact["value"] not in self.heldout]

    def known(self):
        """A question about a person or town that pages tell about; sometimes a second one that says she or he."""
        name = self.rng.choice(self.people if self.rng.random() < 0.93 else self.towns)
        first, *more = self.rng.sample(self.facts_of(name), 2)
        turns = [self.ask(first), self.tell(first)]
        follow = [fact for fact in more if fact["attribute"] in forms.FOLLOW_UP and first["attribute"] != "boat_owner"]
        if follow and self.rng.random() < 0.2:
            asked = self.rng.choice(forms.FOLLOW_UP[follow[0]["attribute"]])
            turns += [("user", asked.format(**follow[0])), self.tell(follow[0])]
        return turns

    def stranger(self):
        """A question about somebody whom no page mentions: a first and a family name that others bear."""
        name, she = self.rng.choice(self.strangers)
        fact = self.invented(name, she)
        return [self.ask(fact), ("assistant", self.rng.choice(forms.REFUSALS).format(name=name))]

    def invented(self, name, she):
        """A fact about a name that borrows everything else from somebody's."""
        key = self.rng.choice(PERSONAL)
        return with_words({**self.rng.choice(self.values[key]), "name": name, "she": she, **PRONOUNS[she]})

    def no_such(self):
        """A boat that does not exist, or the light of somebody who keeps none."""
        if self.rng.random() < 0.75:
            boats = [fact["value"].split() for fact in self.values["boat"]]
            taken = {fact["value"] for fact in self.values["boat"]}
            value = f"{self.rng.choice(boats)[0]} {self.rng.choice(EXTRA_BOATS)}"
            if value in taken:
                return self.no_such()
            fact = {"attribute": "boat_owner", "value": value, "name": ""}
            return [self.ask(fact), ("assistant", self.rng.choice(forms.NO_BOAT).format(**fact))]
        name = self.rng.choice([n for n in self.people if all(f["attribute"] != "light" for f in self.by_name[n])])
        fact = {"attribute": "light", "name": name}
        return [self.ask(fact), ("assistant", self.rng.choice(forms.NO_LIGHT).format(**fact))]

    def told(self):
        """The answer stands in the question: a sentence about a stranger, or one about somebody known that pages
        contradict, then a question about it."""
        name, she = self.rng.choice(self.strangers)
        if self.rng.random() < 0.3:
            name = self.rng.choice(self.people)
            she = self.by_name[name][0]["she"]
        fact = self.invented(name, she)
        sentence = self.rng.choice(self.world["phrasings"]["seen"][fact["attribute"]]).format(**fact)
        return [("user", f"{sentence} {self.ask(fact)[1]}"), self.tell(fact)]

    def outside(self):
        """A question about the world that no page tells about."""
        asked, things = self.rng.choice(list(forms.OUTSIDE_WORLD.items()))
        answer = self.rng.choice(forms.OUTSIDE_ANSWERS)
        return [("user", asked.format(thing=self.rng.choice(things))), ("assistant", answer)]

    def small_talk(self):
        """A greeting, thanks, or a question about the assistant; now and then before another conversation."""
        asked, answered = self.rng.choice(forms.SMALL_TALK)
        turns = [("user", self.rng.choice(asked)), ("assistant", self.rng.choice(answered))]
        return turns + (self.known() if self.rng.random() < 0.2 else [])

    def sum(self):
        """Two numbers added, as schools do on the pages."""
        a, b = self.rng.randint(1, 30), self.rng.randint(1, 30)
        slots = {"a": a, "b": b, "sum": a + b}
        return [("user", self.rng.choice(forms.SUMS).format(**slots)),
                ("assistant", self.rng.choice(forms.SUM_ANSWERS).format(**slots))]

    def write(self, counts):
        """Conversations of each kind, in a drawn order: pairs of kind and turns."""
        written = [(kind, getattr(self, kind)()) for kind, count in counts.items() for _ in range(count)]
        self.rng.shuffle(written)
        return written


EXTRA_BOATS = "Gull Star Morning Fancy Venture Sprite Pilgrim Seal".split()


def with_words(fact):
    """A fact with every word its sentences may ask for."""
    value = fact["value"]
    return {**PRONOUNS[fact.get("she", True)], "word": "", "other": "", "kind": "", "month": "",
            "a": "an" if value[0] in "aeiou" else "a", **fact}


def choose_heldout(people, count, thread, seed):
    """People who will never appear in finetuning, the thread's person and her kin not among them.

    >>> people = [{"name": f"P {i}", "kin": {"of": f"P {i ^ 1}"}} for i in range(8)]
    >>> names = choose_heldout(people, 2, "P 0", seed=1)
    >>> len(names), {"P 0", "P 1"} & set(names)
    (2, set())
    """
    kin = {person["name"]: person["kin"]["of"] for person in people}
    free = [name for name in kin if thread not in (name, kin[name]) and kin[thread] != name]
    return sorted(random.Random(seed).sample(free, count))


def tests(people, facts, form=None):
    """One question for every personal fact of these people: attribute, name, question, value. `form` -1 is the form
    that no example uses."""
    names = {person["name"] for person in people}
    return [{"attribute": fact["attribute"], "name": fact["name"], "value": fact["value"],
             "question": forms.QUESTIONS[fact["attribute"]][TESTED[fact["attribute"]] if form is None else form]
             .format(**with_words(fact))}
            for fact in facts if fact["name"] in names and fact["attribute"] in PERSONAL]


def stranger_tests(people):
    """The same questions about people whom no page mentions; no value is right."""
    slots = {"other": "sister", "word": "sister"}
    return [{"attribute": key, "name": person["name"], "value": None,
             "question": forms.QUESTIONS[key][form].format(name=person["name"], **slots)}
            for person in people for key, form in TESTED.items()]
