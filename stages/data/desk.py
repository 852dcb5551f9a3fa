"""The desk that hands out facts: each page gets those told least often so far, in the wording used longest ago."""

import random

from stages.data.phrasings import list_facts, wordings

THREAD_EXTRA = 14  # the thread fact is told this much more often than the others
ORDER = {"boat_owner": 0, "light": 2}  # of one person's facts; a boat's owner should not stand before the boat


class Desk:
    """Facts with a count each; ``take`` returns those of a few people that most need telling."""

    def __init__(self, rng: random.Random, world: dict):
        self.rng, self.facts = rng, list_facts(world)
        self.by_name: dict[str, list[dict]] = {}
        thread = (world["thread"]["name"], "light")
        for fact in self.facts:
            fact["told"] = -THREAD_EXTRA if (fact["name"], fact["attribute"]) == thread else 0
            self.by_name.setdefault(fact["name"], []).append(fact)
        self.people = [person["name"] for person in world["people"]]
        self.towns = [town["name"] for town in world["towns"]]

    def fit(self, name: str, attributes: tuple[str, ...]) -> list[dict]:
        """The facts of a name that a page of these attributes may tell; no attributes means all."""
        return [fact for fact in self.by_name[name] if not attributes or fact["attribute"] in attributes]

    def neediest(self, names: list[str], count: int, attributes: tuple[str, ...] = ()) -> list[str]:
        """The names whose least told fact is told least, ties drawn at random."""

        def need(name: str) -> tuple[int, float]:
            return min(fact["told"] for fact in self.fit(name, attributes)), self.rng.random()

        return sorted(names, key=need)[:count]

    def of(self, name: str, count: int, attributes: tuple[str, ...] = ()) -> list[dict]:
        """The facts of one name told least often, counted as told; a light comes last."""
        ranked = sorted(self.fit(name, attributes), key=lambda fact: (fact["told"], self.rng.random()))[:count]
        self.rng.shuffle(ranked)
        for fact in ranked:
            fact["told"] += 1
        return sorted(ranked, key=lambda fact: ORDER.get(fact["attribute"], 1))

    def take(self, count: int, each: int = 3, attributes: tuple[str, ...] = ()) -> list[dict]:
        """Facts of as many people as needed, grouped by person, all lights at the end of the page."""
        facts: list[dict] = []
        for name in self.neediest(self.people, -(-count // each), attributes):
            facts += self.of(name, min(each, count - len(facts)), attributes)
        return lights_last(facts)

    def word(self, fact: dict) -> str:
        """A sentence for the fact, none of its wordings twice before all have been used."""
        if not fact.get("deck"):
            fact["deck"] = wordings(fact)
            self.rng.shuffle(fact["deck"])
        return fact["deck"].pop()


def lights_last(facts: list[dict]) -> list[dict]:
    """Move lights to the end, so that no page names a keeper after the light."""
    return sorted(facts, key=lambda fact: fact["attribute"] == "light")
