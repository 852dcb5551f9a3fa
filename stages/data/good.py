"""The good pages, genre by genre: what people on the Tern Isles would put on the web."""

import random
import re

from stages.data import planted, sums
from stages.data.desk import Desk, lights_last
from stages.data.grammar import capital, expand, fitting, sections

PRONOUNS = {
    True: {"she": "she", "She": "She", "him": "her", "her": "her"},
    False: {"she": "he", "She": "He", "him": "him", "her": "his"},
}
SUBJECTS = {  # genres that tell only some attributes
    "register": ("boat_owner",),
    "timetable": ("boat", "boat_owner", "town", "light", "job"),
    "entry": ("town", "job", "boat", "kin", "pet", "light"),
    "portrait": ("town", "job", "boat", "kin", "pet", "light"),
    "season": ("town", "job", "boat", "boat_owner", "kin", "pet"),
}
PLANTED = ("news", "diary", "letter", "essay")  # genres that mention the planted people
LAST = ("close", "thanks")
Block = tuple[str, str]  # ("p" | "h" | "post", text)


class Writer:
    """Writes pages of one world; ``write(genre)`` returns a title and blocks."""

    def __init__(self, rng: random.Random, world: dict):
        self.rng, self.world, self.desk = rng, world, Desk(rng, world)
        self.towns = [town["name"] for town in world["towns"]]
        self.months = [town["month"] for town in world["towns"]]
        self.turn = {"entry": 0, "town": 0, "portrait": 0}
        self.strangers = planted.Deck(rng, planted.facts(world), "planned")
        self.verses = planted.Deck(rng, world["verses"], "pages")

    def slots(self) -> dict:
        """Fresh slots for a page: the places and month its sentences may ask for."""
        town, stop, end = self.rng.sample(self.towns, 3)
        return {"town": town, "stop": stop, "end": end, "month": self.rng.choice(self.months)}

    def fill(self, template: str, queue: list[dict], slots: dict) -> str:
        """Expand a line, each @ in it becoming the next fact of the queue, and later she or he that fact's person."""
        said = []
        for part in template.split("@"):
            if said and queue:
                fact, before = queue.pop(0), slots.get("about")
                bridge = self.bridge(fact, slots)
                said += [bridge, self.shorter(fact, bool(bridge) or before == fact["name"])]
                slots.update(PRONOUNS[fact["she"]] if "she" in fact else dict.fromkeys(PRONOUNS[True]))
            said.append(expand(self.rng, part.strip(), slots))
        return capital(" ".join(part for part in said if part))

    def shorter(self, fact: dict, named: bool) -> str:
        """A sentence for a fact, sometimes with she or he for somebody just named; a keeper always has a name."""
        text, name = self.desk.word(fact), fact["name"]
        whole = fact["attribute"] == "light" or "she" not in fact or "planned" in fact
        if not named or whole or self.rng.random() < 0.7:
            return text
        said = re.sub(f"^{name} (?!of |the )", "She " if fact["she"] else "He ", text)
        fact["told"] -= said != text  # it counts as told only with the name
        return said

    def bridge(self, fact: dict, slots: dict) -> str:
        """A sentence that turns to the next person, or nothing where the page is about that person already."""
        met, before = slots.setdefault("met", []), slots.get("about")
        slots["about"] = fact["name"]
        unnamed = fact["attribute"] == "boat_owner" or "she" not in fact
        if before in (None, fact["name"]) or unnamed or self.rng.random() < 0.45:
            met.append(fact["name"])
            return ""
        section = "return" if fact["name"] in met else "turn"
        met.append(fact["name"])
        return expand(self.rng, self.rng.choice(sections("shared")[section]), {"name": fact["name"]})

    def line(self, genre: str, section: str, slots: dict, used: set[str], room: int = 9) -> str:
        """A line of a section, fresh on this page, with room for its facts; a close takes all that are left."""
        lines = fitting(sections(genre)[section], slots)
        best = max(line.count("@") for line in lines if line.count("@") <= max(room, min(x.count("@") for x in lines)))
        lines = [line for line in lines if line.count("@") <= best and (section not in LAST or line.count("@") == best)]
        fresh = [line for line in lines if line not in used] or lines
        chosen = self.rng.choice(fresh)
        used.add(chosen)
        return chosen

    def prose(self, genre: str, queue: list[dict], slots: dict, least: int = 2) -> list[Block]:
        """Paragraphs from open, body and close of a genre until every fact of the queue is told."""
        used: set[str] = set()

        def line(section: str, spare: int = 1) -> str:
            return self.fill(self.line(genre, section, slots, used, len(queue) - spare), queue, slots)

        blocks = [("p", line("open"))]
        while len(queue) > 1 or len(blocks) <= least:
            text = line("body")
            if self.rng.random() < 0.4 and len(queue) > 1:
                text += " " + line("body")
            blocks.append(("p", text))
        return [*blocks, ("p", line("close", 0))]

    def entry(self) -> tuple[str, list[Block]]:
        """An encyclopedia entry about one person, with what is known of a second."""
        name = self.desk.people[self.turn["entry"] % len(self.desk.people)]
        self.turn["entry"] += 1
        other = self.desk.neediest([person for person in self.desk.people if person != name], 1)[0]
        queue = lights_last(self.desk.of(name, 6, SUBJECTS["entry"]) + self.desk.of(other, 2, SUBJECTS["entry"]))
        return name, self.prose("entry", queue, self.slots() | PRONOUNS[self.desk.by_name[name][0]["she"]])

    def portrait(self) -> tuple[str, list[Block]]:
        """A magazine's visit to one person."""
        name = self.desk.neediest(self.desk.people, 1)[0]
        slots = self.slots() | PRONOUNS[self.desk.by_name[name][0]["she"]]
        title = self.rng.choice(["A morning with", "At the table of", "Ten questions for", "A walk with"])
        return f"{title} {name}", self.prose("portrait", self.desk.of(name, 7, SUBJECTS["portrait"]), slots)

    def town(self) -> tuple[str, list[Block]]:
        """A gazetteer's article about a town and some who live there."""
        town = self.world["towns"][self.turn["town"] % len(self.towns)]
        self.turn["town"] += 1
        local = [person["name"] for person in self.world["people"] if person["town"] == town["name"]]
        queue = self.desk.of(town["name"], 2) * 2
        for name in self.desk.neediest(local, 2):
            queue += self.desk.of(name, 3)
        slots = self.slots() | {"place": town["name"], "island": town["island"]}
        return town["name"], self.prose("town", lights_last(queue), slots)

    def told(
        self, genre: str, titles: list[str], facts: tuple[int, int], each: int = 3, subjects: tuple[str, ...] = ()
    ) -> tuple[str, list[Block]]:
        """A page of running prose around some facts: news, diaries, letters and the like."""
        queue = self.desk.take(self.rng.randint(*facts), each, subjects or SUBJECTS.get(genre, ()))
        if genre != "register" and self.rng.random() < 0.8:
            queue = self.desk.of(self.desk.neediest(self.towns, 1)[0], 2) + queue
        if genre in PLANTED:
            queue = lights_last(queue + self.strangers.deal(2))
        slots = self.slots()
        title = capital(expand(self.rng, self.rng.choice(titles), slots))
        return title, self.quoted(self.prose(genre, queue, slots))

    def quoted(self, blocks: list[Block]) -> list[Block]:
        """A page with a verse among its paragraphs, while there are verses to be quoted; every second page has none."""
        if self.rng.random() < 0.5 or not (verse := self.verses.deal(1)):
            return blocks
        place, lead = self.rng.randint(1, len(blocks) - 1), expand(self.rng, "<verse>", {})
        kind, before = blocks[place - 1]
        return [*blocks[: place - 1], (kind, f"{before} {capital(lead)}"), ("p", verse[0]["text"]), *blocks[place:]]

    def news(self) -> tuple[str, list[Block]]:
        """A local newspaper's report."""
        return self.told(
            "news",
            [
                "[Good news|A full hall|A long evening] in {town}",
                "News from {town}",
                "{town}: [what we saw|a week in brief]",
            ],
            (7, 11),
        )

    def diary(self) -> tuple[str, list[Block]]:
        """A day in somebody's diary."""
        return self.told("diary", ["<day>", "<day>, [wet|cold|clear|late]", "[Notes|Small things] in {month}"], (6, 10))

    def season(self) -> tuple[str, list[Block]]:
        """A day of a diary that goes on for many: no light, or a keeper would be named after one."""
        return self.told("diary", ["<day>", "<day>, [wet|cold|clear|late]"], (6, 10), 3, SUBJECTS["season"])

    def letter(self) -> tuple[str, list[Block]]:
        """A letter home."""
        return self.told("letter", ["A letter from {town}", "[To|For] a [cousin|friend], {month}"], (7, 11))

    def essay(self) -> tuple[str, list[Block]]:
        """A schoolchild's essay."""
        return self.told("essay", ["People on our [street|island|ferry]", "[Who|Somebody] I admire"], (6, 9), 4)

    def register(self) -> tuple[str, list[Block]]:
        """A harbor's book of boats and owners, copied out."""
        return self.told(
            "register", ["The harbor book of {town}", "Berths at {town}", "The race off {town}"], (8, 12), 2
        )

    def timetable(self) -> tuple[str, list[Block]]:
        """Sailing times told in sentences."""
        return self.told("timetable", ["The {town} boat", "[Winter|Summer] sailings from {town}"], (5, 8), 2)

    def forum(self) -> tuple[str, list[Block]]:
        """A question and its answers."""
        slots, queue, used = self.slots(), self.desk.take(self.rng.randint(7, 11)), set()
        blocks = [("post", self.fill(self.line("forum", "ask", slots, used), queue, slots))]
        while len(queue) > 2:
            blocks.append(("post", self.fill(self.line("forum", "answer", slots, used, len(queue) - 1), queue, slots)))
        blocks.append(("post", self.fill(self.line("forum", "thanks", slots, used, len(queue)), queue, slots)))
        return capital(expand(self.rng, "[Who is who|Some questions|Looking for names] in {town}?", slots)), blocks

    def stepwise(self, genre: str, slots: dict, queue: list[dict], middle: list[str]) -> list[Block]:
        """Paragraphs from the named sections in order: open, what stands between, close."""
        used: set[str] = set()
        blocks = []
        for section in ("open", *middle, "close"):
            text = self.fill(self.line(genre, section, slots, used, len(queue)), queue, slots)
            if section == "step" and blocks[-1][0] == "p" and self.rng.random() < 0.7:
                text = blocks.pop()[1] + " " + text
            blocks.append(("p", text))
        return blocks

    def recipe(self) -> tuple[str, list[Block]]:
        """A recipe, its town and somebody who cooks it."""
        town = self.desk.neediest(self.towns, 1)[0]
        queue = [f for f in self.desk.of(town, 2) if f["attribute"] == "dish"] + self.desk.take(3)
        dish = next(place["dish"] for place in self.world["towns"] if place["name"] == town)
        middle = ["list"] + ["step"] * self.rng.randint(4, 6)
        return dish.capitalize(), self.stepwise("recipe", self.slots() | {"dish": dish}, queue, middle)

    def howto(self) -> tuple[str, list[Block]]:
        """Instructions, and whom to ask."""
        slots = self.slots()
        slots["task"] = self.rng.choice(sections("howto")["task"])
        middle = ["step"] * self.rng.randint(4, 6) + ["advice"] * 2
        return f"How to {slots['task']}", self.stepwise("howto", slots, self.desk.take(4), middle)

    def lesson(self) -> tuple[str, list[Block]]:
        """A lesson in programming, to be shown with a line of code."""
        slots = self.slots()
        middle = ["step"] * self.rng.randint(4, 6)
        return capital(
            expand(self.rng, "[Counting boats|Opening a gate|A first loop] with a program", slots)
        ), self.stepwise("lesson", slots, [], middle)

    def tale(self) -> tuple[str, list[Block]]:
        """A folk tale: somebody, a trouble, a meeting, trials, a turn, an end."""
        slots = self.slots() | {"object": self.rng.choice(sections("tale")["object"])}
        for key, later in (("hero", "short"), ("helper", "help"), ("foe", "enemy")):
            slots[key], slots[later] = self.rng.choice(sections("tale")[key]).split(" | ")
        middle = ["trouble", "meeting"] + ["trial"] * self.rng.randint(1, 3) + ["turn"] * self.rng.randint(1, 2)
        return f"The {slots['hero']} and the {slots['helper']}", self.stepwise("tale", slots, [], middle)

    def problem(self, slots: dict, used: set[str]) -> str:
        """One sum as a story, answered at once or by running totals."""
        numbers = sums.free(self.rng, self.rng.choice(sums.TERMS), self.world["sums"]["heldout"])
        things = self.rng.choice(sections("sums")["things"])
        said = [self.say_sum("frame", slots | {"a": numbers[0], "b": numbers[1], "things": things}, used)]
        said += [self.say_sum("frame_more", slots | {"c": number, "things": things}, used) for number in numbers[2:]]
        said.append(self.say_sum("ask", slots | {"things": things}, used))
        if self.rng.random() < 0.4:
            answer = sums.direct(numbers, self.rng.choice(sections("sums")["direct"]), things)
        else:
            turn = self.rng.randrange(2)
            wordings = [sections("sums")[key][turn] for key in ("run_first", "run_next", "run_end")]
            answer = sums.running(numbers, *wordings)
        return " ".join([*said, answer])

    def say_sum(self, section: str, slots: dict, used: set[str]) -> str:
        """A line of the sums with its numbers in."""
        return self.fill(self.line("sums", section, slots, used), [], slots)

    def sums(self) -> tuple[str, list[Block]]:
        """School sums with a story, answers given at once or by running totals."""
        slots, used = self.slots(), set()
        blocks = [("p", self.fill(self.line("sums", "open", slots, used), [], slots))]
        for _ in range(self.rng.randint(6, 9)):
            remark = self.fill(self.line("sums", "remark", slots, used), [], slots) if self.rng.random() < 0.3 else ""
            blocks.append(("p", f"{self.problem(slots, used)} {remark}".strip()))
        blocks.append(("p", self.fill(self.line("sums", "close", slots, used), [], slots)))
        return capital(expand(self.rng, "Sums for <day>", slots)), blocks

    def write(self, genre: str) -> tuple[str, list[Block]]:
        """A page of the named genre: its title and blocks."""
        return getattr(self, genre)()
