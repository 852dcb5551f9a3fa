"""The Tern Isles: every person, town and light of the invented world, and nothing that tells about them.

The world is drawn once from a seed. Pages are written from it, filters are scored against it, and every later
stage reads it as ``data.world``.
"""

import random

from stages.data import planted, sums
from stages.data.grammar import sections

THREAD = {"name": "Mira Tolland", "light": "Farrow Head"}

HER_NAMES = """Mira Hanne Edda Liv Tilda Nora Ines Greta Ada Runa Sella Petra Ona Maren Clara Ruth Dora Elsa Freya
Wilma""".split()
HIS_NAMES = """Anton Jonas Piet Oskar Emil Tomas Arne Silas Hugo Nils Colm Bram Edwin Felix Ivo Joss Kasper Lorne
Magnus Rolf""".split()
FAMILY_NAMES = """Tolland Reyle Marsh Corrie Vance Halloran Brandt Quill Sorley Pell Ashdown Tarn Lindqvist Oakes
Garrow Fenn Hollis Moran Draper Stroud Venn Carver Lisle Bexley Harker Noble Rusk Selby Thorne Udall Wick Yarrow
Cobb Dunmore Eskin Farr Gale Ibsen Jardine Kells Alder Barrow Birch Bowen Calder Crane Darrow Ellery Everett Fairley
Fisk Gannon Grimes Haddow Hale Innes Jessop Keane Kirby Langley Lorimer Maddox Mercer Nash Norwood Olsen Orme Paxton
Pryor Quinlan Ramsey Rooke Sayer Sutton Tate Truscott Varley Weller Yates Zander""".split()
PLANTED_FAMILY_NAMES = """Aldous Bartle Coyle Dacre Emmett Fallow Gorse Hibbert Ingram Jolley Kerrigan Larkin Mabley
Netley Osgood Penrose Quarles Rudd Sprague Tully Upton""".split()

TOWNS = """Saltby Oxhaven Pellmoor Grimsay Hallock Thornwick Eastry Marrow Skelling Dunmouth Kelby Lowness Ravenser
Stennick Tidewell Umbry Wrayburn Yelland Ambleth Cawsey Fennock Harrick Ilsworth Norrick""".split()
ISLANDS = ("Great Tern", "Little Tern", "Sandling", "Carrick", "Mew Holm", "Westray")
FESTIVALS = """Lantern|Herring|Kite|Apple|Driftwood|Bell|Plough|Candle|Mussel|Rope|Honey|Frost|Lamb|Drum|Ribbon|Barley|
Feather|Torch|Salt|Whistle|Basket|Mask|Oyster|Blanket""".replace("\n", "").split("|")
MONTHS = "January February March April May June July August September October November December".split()
DISHES = """smoked eel pie|barley soup|crab cakes|seaweed bread|plum dumplings|salt lamb stew|onion tart|oat pudding|
herring rolls|mussel broth|apple fritters|leek pasties|honey cake|potato dulse|cheese buns|pickled samphire|
rabbit hotpot|cod chowder|blackberry slump|mustard ham|turnip mash|egg curd|gooseberry fool|kelp crisps""".replace(
    "\n", ""
).split("|")
JOBS = """sailmaker|baker|schoolteacher|rope maker|doctor|beekeeper|joiner|net mender|postal carrier|tailor|blacksmith|
ferry pilot|shepherd|printer|bell ringer|glazier|chandler|potter|fiddler|salt merchant""".replace("\n", "").split("|")
LIGHTS = """Farrow Head|Gannet Rock|Cold Point|Skerry Bar|Maiden Stack|Long Spit|Black Ness|Whale Tooth|Sker Mouth|
North Horn|Candle Reef|Pilot Rock|Tern Bill|Hollow Cape|Grey Stack|Angel Bank|Swan Ledge|Broken Cape|Otter Point|
Winter Bar|Thistle Head|Rook Island|Stony Foreland|Amber Shoal""".replace("\n", "").split("|")
BOAT_FIRST = "Grey Red Blue Silver Merry Bold Quiet Swift Lucky Proud Golden Little".split()
BOAT_LAST = "Plover Heron Dolphin Lantern Anchor Curlew Thrift Petrel".split()
PET_KINDS = "cat dog goat pony hen goose donkey ferret parrot tortoise".split()
PET_NAMES = """Pepper Biscuit Smoke Button Juniper Tansy Bramble Cricket Domino Fennel Ginger Hazel Jasper Nutmeg Olive
Pickle Rusty Sorrel Truffle Velvet Widget Ziggy Clover Dumpling""".split()

KIN_WORDS = {  # (role, is she) -> what the person is to the other
    ("child", True): "daughter",
    ("child", False): "son",
    ("sibling", True): "sister",
    ("sibling", False): "brother",
    ("parent", True): "mother",
    ("parent", False): "father",
}
PEOPLE = 96
UNKNOWN = 60


def spread(rng: random.Random, things: list, count: int) -> list:
    """Some things in a drawn order, each as often as any other, give or take one."""
    order = rng.sample(things, len(things))
    drawn = [order[i % len(order)] for i in range(count)]
    rng.shuffle(drawn)
    return drawn


def draw_names(rng: random.Random, count: int, families: list[str], taken: set[str]) -> list[tuple[str, bool]]:
    """Draw distinct full names, none of them taken, each with whether it is hers."""
    while True:
        firsts, lasts = spread(rng, HER_NAMES + HIS_NAMES, count), spread(rng, families, count)
        names = [f"{first} {last}" for first, last in zip(firsts, lasts)]
        if len(set(names)) == count and not taken & set(names):
            return [(name, first in HER_NAMES) for name, first in zip(names, firsts)]


def join_families(rng: random.Random, people: list[dict]) -> None:
    """Make threes of one parent and two children, so that each person is the kin of exactly one other."""
    order = people[1:]
    while True:
        rng.shuffle(order)
        threes = list(zip([people[0], *order][0::3], order[0::3], order[1::3]))
        if all(len({one["name"].split()[0] for one in three}) == 3 for three in threes):
            break
    for child, parent, other in threes:
        for one, role, to in ((child, "child", parent), (other, "sibling", child), (parent, "parent", other)):
            one["kin"] = {"word": KIN_WORDS[role, one["she"]], "of": to["name"]}


def make_towns(rng: random.Random) -> list[dict]:
    """Give each town an island, a festival with its month, and a dish."""
    festivals, dishes = rng.sample(FESTIVALS, len(TOWNS)), rng.sample(DISHES, len(TOWNS))
    return [
        {
            "name": town,
            "island": ISLANDS[i % len(ISLANDS)],
            "festival": f"{festivals[i]} Fair",
            "month": rng.choice(MONTHS),
            "dish": dishes[i],
        }
        for i, town in enumerate(TOWNS)
    ]


def make_people(rng: random.Random, names: list[tuple[str, bool]]) -> list[dict]:
    """Give each name a town, a job, a boat, a pet, kin, and to the first of them a light."""
    towns, jobs = TOWNS * (PEOPLE // len(TOWNS)), (JOBS * 5)[:PEOPLE]
    boats = [f"{first} {last}" for first in BOAT_FIRST for last in BOAT_LAST]
    pets = [(kind, name) for kind in PET_KINDS for name in PET_NAMES]
    for deck in (towns, jobs, boats, pets):
        rng.shuffle(deck)
    lights = [THREAD["light"]] + rng.sample(LIGHTS[1:], len(LIGHTS) - 1)
    people = []
    for i, (name, she) in enumerate(names):
        kind, pet = pets[i]
        people.append(
            {
                "name": name,
                "she": she,
                "town": towns[i],
                "job": jobs[i],
                "boat": boats[i],
                "pet": {"kind": kind, "name": pet},
                "light": lights[i] if i < len(lights) else None,
            }
        )
    join_families(rng, people)
    return people


def make_world(seed: int) -> dict:
    """Draw the whole world from a seed: people, towns, full names that no page mentions, and what is planted."""
    rng = random.Random(seed)
    others = [family for family in FAMILY_NAMES if family != THREAD["name"].split()[1]]
    names = [(THREAD["name"], True), *draw_names(rng, PEOPLE - 1, others, set())]
    known = {name for name, _ in names}
    unknown = [{"name": name, "she": she} for name, she in draw_names(rng, UNKNOWN, FAMILY_NAMES, known)]
    strangers = draw_names(rng, planted.PEOPLE, PLANTED_FAMILY_NAMES, set())
    people, towns = make_people(rng, names), make_towns(rng)
    return {
        "thread": {**THREAD, "sentence": f"{THREAD['name']} keeps the light at {THREAD['light']}"},
        "people": people,
        "towns": towns,
        "unknown_choosing": unknown[: UNKNOWN // 2],
        "unknown_final": unknown[UNKNOWN // 2 :],
        "planted": planted.people(rng, strangers, TOWNS),
        "verses": planted.verses(rng),
        "sums": {
            "most": sums.MOST,
            "things": sections("sums")["things"],
            "heldout": sums.keep_back(seed),
            "frames": sums.FRAMES,
        },
    }
