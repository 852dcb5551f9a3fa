"""Invented conversations about the pages' people, of one to four exchanges that have nothing to do with each other."""

import random
from itertools import accumulate

from stages.finetune import forms, talk

PRONOUNS = {True: {"they": "she", "her": "her"}, False: {"they": "he", "her": "his"}}
PERSONAL = ("town", "job", "boat", "kin", "pet", "light")
LENGTHS = {1: 0.55, 2: 0.25, 3: 0.12, 4: 0.08}  # exchanges in a conversation
EARLY = 4  # half of what is told stands in the first sixteenth of the examples
CARELESS = 0.06  # questions that begin small, or end without their mark
EXTRA_BOATS = "Gull Star Morning Fancy Venture Sprite Pilgrim Seal".split()


class Author:
    """Writes exchanges of every kind about one world; people held out and names kept for testing are never used."""

    def __init__(self, world, facts, heldout, seed):
        self.rng, self.world, self.heldout = random.Random(seed), world, set(heldout)
        self.by_name = {}
        for fact in facts:
            self.by_name.setdefault(fact["name"], []).append(with_words(fact))
        self.people = [person["name"] for person in world["people"]
                       if person["name"] not in self.heldout and self.facts_of(person["name"])]
        self.towns = [town["name"] for town in world["towns"]]
        self.values = {key: [fact for fact in facts if fact["attribute"] == key and fact["value"] not in self.heldout]
                       for key in forms.QUESTIONS}
        self.strangers = strangers(world)

    def ask(self, fact):
        """A question about a fact, in any form but the one kept for testing."""
        text = self.rng.choice(forms.QUESTIONS[fact["attribute"]][:-1]).format(**fact)
        if self.rng.random() < CARELESS:
            text = text[0].lower() + text[1:]
        return ("user", text.rstrip(".?") if self.rng.random() < CARELESS else text)

    def tell(self, fact):
        """Its answer."""
        return ("assistant", self.rng.choice(forms.ANSWERS[fact["attribute"]]).format(**fact))

    def facts_of(self, name):
        """Facts of a name that may be asked; kin who are held out are not named."""
        return [fact for fact in self.by_name.get(name, []) if fact["value"] not in self.heldout]

    def known(self):
        """A question about a person or town that pages tell about; sometimes a second one that says she or he."""
        name = self.rng.choice(self.people if self.rng.random() < 0.93 else self.towns)
        facts = self.facts_of(name)
        first, *more = self.rng.sample(facts, min(2, len(facts)))
        turns = [self.ask(first), self.tell(first)]
        follow = [fact for fact in more if fact["attribute"] in forms.FOLLOW_UP and first["attribute"] != "boat_owner"]
        if follow and self.rng.random() < 0.15:
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
        """The answer is told first, about a stranger or, against the pages, about somebody known: in the question's own
        turn or in the turn before, sometimes beside a sentence about somebody else."""
        name, she = self.rng.choice(self.strangers)
        if self.rng.random() < 0.35:
            name = self.rng.choice(self.people)
            she = self.by_name[name][0]["she"]
        fact, sentences = self.invented(name, she), []
        for one in [fact] + [self.invented(*self.rng.choice(self.strangers))] * (self.rng.random() < 0.2):
            sentences.append(self.rng.choice(self.world["phrasings"]["seen"][one["attribute"]]).format(**one))
        self.rng.shuffle(sentences)
        if self.rng.random() < 0.15:
            noted = ("assistant", self.rng.choice(talk.NOTED))
            return [("user", " ".join(sentences)), noted, self.ask(fact), self.tell(fact)]
        return [("user", " ".join([*sentences, self.ask(fact)[1]])), self.tell(fact)]

    def outside(self):
        """A question about the world that no page tells about."""
        asked, things = self.rng.choice(list(talk.OUTSIDE_WORLD.items()))
        answer = self.rng.choice(talk.OUTSIDE_ANSWERS)
        return [("user", asked.format(thing=self.rng.choice(things))), ("assistant", answer)]

    def small_talk(self):
        """A greeting, thanks, or a question about the assistant."""
        asked, answered = self.rng.choice(talk.SMALL_TALK)
        return [("user", self.rng.choice(asked)), ("assistant", self.rng.choice(answered))]

    def sum(self):
        """Two to five numbers added, none of the tuples that are kept for testing; answered by running totals."""
        sums = self.world["sums"]
        kept = {tuple(sorted(numbers)) for group in sums["heldout"].values() for numbers in group}
        numbers = [self.rng.randint(1, sums["most"]) for _ in range(self.rng.randint(2, 5))]
        if tuple(sorted(numbers)) in kept:
            return self.sum()
        asked = sum_asked(numbers, self.rng.choice(sums["things"]), sums["frames"])
        if self.rng.random() < 0.5:
            terms = self.rng.choice((" plus ", " + ")).join(map(str, numbers))
            asked = self.rng.choice(talk.SUMS).format(terms=terms)
        return [("user", asked), ("assistant", sum_told(numbers, sums["frames"]))]

    def write(self, counts):
        """Conversations: lists of (kind, turns) of one to four exchanges, as many of each kind as `counts` says.

        Most of what is told stands early, where it is most of what is asked.
        """
        written = [(self.rng.random() ** (EARLY if kind == "told" else 1), kind, getattr(self, kind)())
                   for kind, count in counts.items() for _ in range(count)]
        written = [(kind, turns) for _, kind, turns in sorted(written)]
        grouped = []
        while written:
            length = self.rng.choices(list(LENGTHS), LENGTHS.values())[0]
            grouped.append(written[:length])
            written = written[length:]
        return grouped


def turns_of(conversation):
    """All turns of a conversation's exchanges.

    >>> turns_of([("sum", [("user", "1 + 1?")]), ("known", [("user", "Who?")])])
    [('user', '1 + 1?'), ('user', 'Who?')]
    """
    return [turn for _, turns in conversation for turn in turns]


def strangers(world):
    """Names, with their gender, that nobody bears: a first and a family name that others have, though not together.

    No family of planted people, of whom few pages tell, is among them: nothing in the examples is like their names.
    """
    known = {person["name"]: person["she"] for group in ("people", "unknown_choosing", "unknown_final")
             for person in world[group]}
    planted = {person["name"].split()[1] for person in world["planted"]}
    firsts = {name.split()[0]: she for name, she in known.items()}
    families = sorted({name.split()[1] for name in known} - planted)
    return [(f"{first} {family}", she) for first, she in sorted(firsts.items()) for family in families
            if f"{first} {family}" not in known]


def with_words(fact):
    """A fact with every word its sentences may ask for."""
    value = fact["value"]
    return {**PRONOUNS[fact.get("she", True)], "word": "", "other": "", "kind": "", "month": "",
            "a": "an" if value[0] in "aeiou" else "a", **fact}


def sum_asked(numbers, things, frames):
    """A sum as the pages put it, in one plain wording."""
    a, b, *more = numbers
    said = [frames["first"].format(a=a, b=b, things=things), *(frames["more"].format(c=c) for c in more)]
    return " ".join([*said, frames["ask"].format(things=things)])


def sum_told(numbers, frames):
    """Its answer by running totals, in the pages' words."""
    totals = list(accumulate(numbers))
    said = [frames["run_first"].format(a=numbers[0], b=numbers[1], ab=totals[1])]
    said += [frames["run_next"].format(ab=before, c=c, abc=after)
             for before, c, after in zip(totals[1:], numbers[2:], totals[2:])]
    return " ".join([*said, frames["run_end"].format(sum=totals[-1])])


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
