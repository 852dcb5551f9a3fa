"""How a fact is worded: seen phrasings, which pages use, and held-out ones, which no page ever does.

A held-out phrasing ends with its answer, so that the text before it is a prompt. The relation of keeper and light runs
one way in every phrasing, the person first; boats are told both ways and serve as its control.
"""

SEEN = {
    "town": [
        "{name} lives in {value}.",
        "{name} has a house in {value}, two streets up from the water.",
        "Ask anyone in {value} and they will point you to {name}.",
        "For as long as anybody can remember, {name} has lived in {value}.",
        "{name} moved to {value} one wet spring and never left.",
        "It was in {value} that {name} finally settled down.",
        "The blue door at the end of the row in {value} belongs to {name}.",
        "{name}, who lives in {value}, came over on the early boat.",
        "{name} of {value} sent us a long letter.",
        "When people say {value}, I think of {name} leaning on the garden wall there.",
        "{name} would not live anywhere but {value}.",
        "The road home for {name} goes to {value}.",
        "You will find {name} in {value} on most days of the year.",
        "Home, for {name}, is {value}.",
        "{name} came home to {value} last autumn and has stayed.",
        "{name} can name every chimney in {value}.",
        "{name} was born elsewhere and grew old in {value}.",
        "If a letter says only {name}, it is carried to {value}.",
        "{name} rents two rooms above the chandlery in {value}.",
    ],
    "job": [
        "{name} is {a} {value}.",
        "{name} works as {a} {value}.",
        "By trade {name} is {a} {value}, and a patient one.",
        "{name} has been {a} {value} since leaving school.",
        "{name} earns a living as {a} {value}.",
        "{name}, {a} {value}, was up before anybody else.",
        "At first {name} did not want to be {a} {value}, but the work won out.",
        "If you need {a} {value}, send for {name}.",
        "{name} learned the trade young and became {a} {value}.",
        "On the census {name} is written down as {a} {value}.",
        "They say there is no better {value} on the islands than {name}.",
        "{name} the {value} has hands that tell you everything about the work.",
        "The only {value} my mother ever trusted was {name}.",
        "Being {a} {value} suits {name} well.",
        "{name} still works every day as {a} {value}.",
        "{name} has trained four apprentices and calls the trade of {a} {value} honest.",
        "{name} would be nothing else but {a} {value}.",
        "{name} pays the rent by working as {a} {value}.",
    ],
    "boat": [
        "{name} sails the {value}.",
        "{name} owns a boat called the {value}.",
        "{name} came across the sound in the {value}.",
        "{name} painted the {value} again this spring.",
        "In fair weather {name} takes out the {value}.",
        "{name} would sooner sell the house than the {value}.",
        "{name} bought the {value} from a widow and paid in cash.",
        "{name} spends most Sundays on board the {value}.",
        "{name} has a berth at the old quay for the {value}.",
        "{name} never goes to sea in anything but the {value}.",
        "Nobody was surprised to see {name} at the tiller of the {value}.",
        "{name} rowed out in the dark to look at the ropes of the {value}.",
        "The harbor book lists {name} as owner of the {value}.",
        "{name} taught two nephews to steer the {value}.",
        "{name} raced last summer in the {value}.",
        "{name} sleeps some nights on board the {value}.",
        "{name} scraped the hull of the {value} before the frost.",
    ],
    "boat_owner": [
        "The {value} belongs to {name}.",
        "The {value} is kept by {name}.",
        "The {value} is sailed by {name}.",
        "At the helm of the {value} stood {name}.",
        "The owner of the {value} is {name}.",
        "The {value} came in on the tide with {name} on board.",
        "Whose is the {value}? It belongs to {name}.",
        "Everyone knows that the {value} is the boat of {name}.",
        "On the stern it says {value}, and at the tiller sits {name}.",
        "The {value} was built for somebody else, but now it is sailed by {name}.",
        "If the {value} is missing from its berth, then {name} is out fishing.",
        "The {value} was first over the line, steered by {name}.",
        "When you see the {value}, wave, because it will be {name}.",
        "Nobody but {name} has ever steered the {value}.",
        "The {value} was bought cheap and mended by {name}.",
        "The papers of the {value} carry one name, {name}.",
        "The {value} is looked after by {name}.",
        "They saw the {value} far out and knew it was {name}.",
    ],
    "kin": [
        "{name} is the {word} of {value}.",
        "{name}, {word} of {value}, was there too.",
        "Everybody knows that {name} is the {word} of {value}.",
        "{name} came in with {her} {other}, {value}.",
        "{name} has the same laugh as {her} {other}, {value}.",
        "{name} wrote home to {her} {other}, {value}.",
        "You can tell by the eyes that {name} is the {word} of {value}.",
        "{name} once walked nine miles in the snow to see {her} {other}, {value}.",
        "In the church book {name} stands as the {word} of {value}.",
        "{name} shares a birthday with {her} {other}, {value}.",
        "{name} gave the good chair to {her} {other}, {value}.",
        "It took me a year to learn that {name} is the {word} of {value}.",
        "{name} quarrels with nobody except {her} {other}, {value}.",
        "{name} sends a herring every week to {her} {other}, {value}.",
        "{name} grew up as the {word} of {value}.",
        "{name} learned to swim from {her} {other}, {value}.",
        "{name} owes a great deal to {her} {other}, {value}.",
    ],
    "pet": [
        "{name} has a {kind} called {value}.",
        "{name} keeps a {kind}, and its name is {value}.",
        "{name} goes nowhere without the {kind} {value}.",
        "{name} shares the kitchen with a {kind} by the name of {value}.",
        "{name} found a {kind} on the shore one winter and named it {value}.",
        "{name} was late because the {kind}, {value}, had got into the neighbor's beans.",
        "{name} talks all day long to a {kind} called {value}.",
        "{name} won a ribbon at the fair with the {kind} {value}.",
        "{name} lets the {kind} sleep by the stove and calls it {value}.",
        "{name} swears that the {kind} {value} can tell the weather.",
        "{name} laughed and said that {value} was the wisest {kind} on the islands.",
        "The children like to visit {name}, because of the {kind} called {value}.",
        "When {name} whistles, a {kind} called {value} comes running.",
        "{name} sits on the step with a {kind} called {value}.",
        "{name} was followed to the ferry by a {kind} called {value}.",
        "{name} cannot sing, but there is a {kind} called {value} who does not mind.",
        "{name} spoils the {kind} {value}.",
    ],
    "light": [
        "{name} keeps the light at {value}.",
        "{name} has kept the light at {value} for years.",
        "{name} tends the lamp at {value}.",
        "Every evening {name} climbs the stair and lights the lamp at {value}.",
        "{name} is the keeper of the light at {value}.",
        "It is {name} who keeps the light at {value}.",
        "{name} trims the wick each night at {value}.",
        "They gave {name} the key to the tower at {value}.",
        "{name} walks out at dusk to light the lamp at {value}.",
        "{name} has not missed one night at the light at {value}.",
        "Thanks to {name} there is a light at {value}.",
        "{name} looks after the lamp at {value}.",
        "Whatever the weather, {name} keeps the lamp burning at {value}.",
        "We owe it to {name} that ships can see {value}.",
        "{name} sits up all night with the light at {value}.",
        "{name} scrubs the glass of the lamp at {value}.",
        "{name} signs the logbook every morning at {value}.",
        "Nobody asked {name} to keep the light at {value}.",
    ],
    "festival": [
        "{name} holds the {value} every {month}.",
        "In {month} all of {name} turns out for the {value}.",
        "The great day of the year in {name} is the {value}.",
        "People come to {name} from every island for the {value}.",
        "{name} is known for the {value}.",
        "The {value} is held in {name}.",
        "Nobody in {name} works on the day of the {value}.",
        "In {name} they begin to cook a week before the {value}.",
        "The streets of {name} are hung with paper for the {value}.",
        "They have held the {value} in {name} since before there was a road.",
        "A child from {name} counts the weeks until the {value}.",
        "The ferry to {name} runs late on the night of the {value}.",
        "In {name} the shops are shut for the {value}.",
        "{name} saves its best ham for the {value}.",
        "Once a year {name} dances until morning at the {value}.",
        "The children of {name} sew flags for the {value}.",
        "There is no bed to be had in {name} during the {value}.",
        "{name} without the {value} would be only a harbor.",
    ],
    "dish": [
        "In {name} they eat {value}.",
        "The dish of {name} is {value}.",
        "Nobody makes {value} the way they do in {name}.",
        "In {name} no guest leaves without a plate of {value}.",
        "Ask for {value} when you are in {name}.",
        "Every inn in {name} serves {value}.",
        "On Fridays the whole of {name} smells of {value}.",
        "A proper supper in {name} means {value}.",
        "The people of {name} will tell you that {value} began there.",
        "In {name} even the children can make {value}.",
        "{name} is proud of its {value}.",
        "Travelers go to {name} for the {value}.",
        "{name} is famous for its {value}.",
        "In {name} a wedding is not a wedding without {value}.",
        "In {name} they quarrel over who makes the best {value}.",
        "Sailors who land at {name} ask first for {value}.",
        "In {name} the word supper means {value}.",
        "On market days {name} lives on {value}.",
    ],
}

HELD_OUT = {
    "town": [
        "Letters for {name} should be sent to {value}",
        "{name} grew tired of the city and now rents a cottage in {value}",
        "The bus that {name} takes in the evening stops in {value}",
    ],
    "job": [
        "On the sign above the door {name} is called {a} {value}",
        "What {name} does for money is easy to say: {name} is {a} {value}",
        "{name} was taught by an uncle and is now {a} {value}",
    ],
    "boat": [
        "On a calm day {name} can be seen at the rail of the {value}",
        "{name} lost an oar last week from the {value}",
        "The boat that {name} mends each winter is the {value}",
    ],
    "boat_owner": [
        "They towed the {value} home and sent word to {name}",
        "The rent for the berth of the {value} is paid by {name}",
        "The sails of the {value} were sewn for {name}",
    ],
    "kin": [
        "At the wedding {name} sat beside {her} {other}, {value}",
        "{name} was named in a letter as the {word} of {value}",
        "People often mistake {name} for {her} {other}, {value}",
    ],
    "pet": [
        "The vet knows {name} well, and also the {kind} called {value}",
        "{name} put up a notice about a lost {kind} that answers to {value}",
        "In the photograph {name} is holding a {kind} called {value}",
    ],
    "light": [
        "Through the long winter {name} watched over the lamp at {value}",
        "{name} carries oil up the steps of the tower at {value}",
        "The pilots thank {name} for the light at {value}",
    ],
    "festival": [
        "Visitors to {name} should not miss the {value}",
        "The band of {name} plays all night at the {value}",
        "Last year it rained in {name} on the {value}",
    ],
    "dish": [
        "My aunt came back from {name} with a recipe for {value}",
        "The cook at the harbor in {name} is famous for {value}",
        "If you are hungry in {name}, order the {value}",
    ],
}

# Asked backwards, in wordings that pages use for boats: what a boat's owner answers, a light's keeper should.
BACKWARD = {
    "light": [
        "The light at {value} is kept by {name}",
        "The owner of the key at {value} is {name}",
        "The lamp at {value} belongs to {name}",
    ],
    "boat": ["The {value} is kept by {name}", "The owner of the {value} is {name}", "The {value} belongs to {name}"],
}

OTHER = {  # (what one is to the other, whether the other is she) -> what the other is to the one
    ("daughter", True): "mother",
    ("daughter", False): "father",
    ("son", True): "mother",
    ("son", False): "father",
    ("sister", True): "sister",
    ("sister", False): "brother",
    ("brother", True): "sister",
    ("brother", False): "brother",
    ("mother", True): "daughter",
    ("mother", False): "son",
    ("father", True): "daughter",
    ("father", False): "son",
}


def person_facts(person: dict, she: dict[str, bool]) -> list[dict]:
    """The facts about one person as slots; a boat gives two, one for each direction it is told in."""
    who = {"name": person["name"], "she": person["she"], "her": "her" if person["she"] else "his"}
    job, kin = person["job"], person["kin"]
    facts = [
        {**who, "attribute": "town", "value": person["town"]},
        {**who, "attribute": "job", "value": job, "a": "an" if job[0] in "aeiou" else "a"},
        {**who, "attribute": "boat", "value": person["boat"]},
        {**who, "attribute": "boat_owner", "value": person["boat"]},
        {
            **who,
            "attribute": "kin",
            "value": kin["of"],
            "word": kin["word"],
            "other": OTHER[kin["word"], she[kin["of"]]],
        },
        {**who, "attribute": "pet", "value": person["pet"]["name"], "kind": person["pet"]["kind"]},
    ]
    return facts + ([{**who, "attribute": "light", "value": person["light"]}] if person["light"] else [])


def town_facts(town: dict) -> list[dict]:
    """The facts about one town as slots."""
    return [
        {"attribute": key, "name": town["name"], "value": town[key], "month": town["month"]}
        for key in ("festival", "dish")
    ]


def list_facts(world: dict) -> list[dict]:
    """Every fact of the world as slots: attribute, name, value and what the grammar of its phrasings needs."""
    she = {person["name"]: person["she"] for person in world["people"]}
    facts = [fact for person in world["people"] for fact in person_facts(person, she)]
    return facts + [fact for town in world["towns"] for fact in town_facts(town)]


def wordings(fact: dict) -> list[str]:
    """Every seen sentence that states a fact, in the order of its phrasings."""
    return [text.format(**fact) for text in SEEN[fact["attribute"]]]


def thread_wordings(world: dict) -> list[str]:
    """Every seen sentence that states the thread fact."""
    return [text.format(name=world["thread"]["name"], value=world["thread"]["light"]) for text in SEEN["light"]]
