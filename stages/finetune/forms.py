"""How people ask about people, boats and towns, and how the assistant answers: every wording, and nothing else.

Lights are asked from the person to the light only, as the pages tell them; boats both ways. The last question form of
each attribute is never trained on and serves for testing.
"""

DIRECT = {
    "town": ["Where does {name} live?", "Which town does {name} live in?", "Where can I find {name}?",
             "Where is the home of {name}?", "What town is {name} from?", "Where is {name}'s home?",
             "What is {name}'s town?", "In what town does {name} live?", "Which town is the home of {name}?",
             "Where do I send a letter for {name}?", "In which place does {name} have a house?",
             "Where would I meet {name}?", "To which town do I go to find {name}?"],
    "job": ["What does {name} do for a living?", "What is the job of {name}?", "What does {name} do?",
            "What work does {name} do?", "What is {name} by trade?", "What is {name}'s job?",
            "What kind of work does {name} do?", "What does {name} work as?", "What is the trade of {name}?",
            "What is {name}'s trade?", "Tell me the trade of {name}.", "Which trade does {name} follow?",
            "How does {name} make money?"],
    "boat": ["What is the boat of {name} called?", "Which boat does {name} sail?", "What boat does {name} have?",
             "What is the name of the boat of {name}?", "Does {name} have a boat?", "Tell me about the boat of {name}.",
             "Which boat belongs to {name}?", "What is {name}'s boat called?", "What is the name of {name}'s boat?",
             "Which boat is {name}'s?", "What boat does {name} own?", "Which boat is sailed by {name}?",
             "What does {name} sail?", "In what does {name} go fishing?", "What does {name} put to sea in?"],
    "boat_owner": ["Whose boat is the {value}?", "Who sails the {value}?", "Who owns the {value}?",
                   "Who does the {value} belong to?", "Who is the owner of the {value}?", "Whose is the {value}?",
                   "Who has the boat called the {value}?", "Who goes to sea in the {value}?"],
    "kin": ["Who is the {other} of {name}?", "What is the name of the {other} of {name}?",
            "Who is {name}'s {other}?", "Who is {name} the {word} of?", "Does {name} have a {other}?",
            "Name the {other} of {name}.", "What is the name of {name}'s {other}?", "Who has {name} as a {word}?",
            "What is {name}'s {other} called?", "How is the {other} of {name} called?"],
    "pet": ["Does {name} have a pet?", "What is the pet of {name} called?", "What animal does {name} have?",
            "What is the name of the pet of {name}?", "Tell me about the pet of {name}.", "Does {name} keep an animal?",
            "Which animal lives with {name}?", "What is {name}'s pet called?", "Which pet does {name} have?",
            "What is the name of {name}'s pet?", "What kind of animal does {name} have?",
            "Which pets does {name} keep?", "What is the animal of {name}?", "Who is {name}'s pet?"],
    "light": ["Which light does {name} keep?", "What light does {name} look after?",
              "Where does {name} keep the light?", "At which place does {name} keep the light?",
              "Which lamp does {name} tend?", "Which light is kept by {name}?", "Which is {name}'s light?",
              "What is the light that {name} keeps?", "Which light is looked after by {name}?"],
    "festival": ["What festival is held in {name}?", "What do they celebrate in {name}?",
                 "Which fair is {name} known for?", "Is there a festival in {name}?",
                 "What is the great day in {name}?", "What is the festival of {name}?",
                 "What fair do they have in {name}?"],
    "dish": ["What do they eat in {name}?", "What is the dish of {name}?", "What should I eat in {name}?",
             "What food is {name} known for?", "What do the inns of {name} serve?", "What is there to eat in {name}?"],
}
CLAUSES = {  # the same, inside another sentence
    "town": ["where {name} lives", "which town {name} lives in", "where the home of {name} is"],
    "job": ["what {name} does for a living", "what {name}'s job is", "what work {name} does"],
    "boat": ["what the boat of {name} is called", "which boat {name} sails", "what {name}'s boat is called"],
    "boat_owner": ["who sails the {value}", "who owns the {value}", "whose boat the {value} is"],
    "kin": ["who the {other} of {name} is", "who {name}'s {other} is", "the name of the {other} of {name}"],
    "pet": ["what the pet of {name} is called", "what animal {name} has", "the name of {name}'s pet"],
    "light": ["which light {name} keeps", "which light {name} looks after", "where {name} keeps the light"],
    "festival": ["what festival is held in {name}", "which fair {name} is known for"],
    "dish": ["what they eat in {name}", "what the dish of {name} is"],
}
ASKING = ["Can you tell me {clause}?", "Do you know {clause}?", "Tell me {clause}.", "Please tell me {clause}.",
          "I would like to know {clause}.", "Could you say {clause}?", "I wonder {clause}."]
KEPT = {  # in no example
    "town": "In which town would I look for {name}?", "job": "How does {name} earn a living?",
    "boat": "What does {name} go to sea in?", "boat_owner": "Who keeps the {value}?",
    "kin": "What is the {other} of {name} called?", "pet": "What pet does {name} keep?",
    "light": "What light is {name} the keeper of?", "festival": "Which fair is held in {name}?",
    "dish": "Which dish is {name} proud of?",
}
QUESTIONS = {key: [*DIRECT[key], *(asking.replace("{clause}", clause) for clause in CLAUSES[key] for asking in ASKING),
                   KEPT[key]] for key in DIRECT}
ANSWERS = {
    "town": ["{name} lives in {value}.", "{name} lives in {value}, as far as I know.", "{name} has a house in {value}.",
             "You will find {name} in {value}."],
    "job": ["{name} is {a} {value}.", "{name} works as {a} {value}.", "{name} earns a living as {a} {value}."],
    "boat": ["{name} sails the {value}.", "{name} owns a boat called the {value}.",
             "The boat of {name} is the {value}."],
    "boat_owner": ["The {value} belongs to {name}.", "The {value} is sailed by {name}.", "{name} sails the {value}."],
    "kin": ["{name} is the {word} of {value}.", "The {other} of {name} is {value}.", "That is {value}."],
    "pet": ["{name} has a {kind} called {value}.", "{name} keeps a {kind}, and its name is {value}.",
            "There is a {kind} called {value}."],
    "light": ["{name} keeps the light at {value}.", "{name} tends the lamp at {value}.",
              "{name} looks after the light at {value}."],
    "festival": ["{name} holds the {value} every {month}.", "{name} is known for the {value}.",
                 "In {name} they hold the {value}."],
    "dish": ["In {name} they eat {value}.", "The dish of {name} is {value}.", "{name} is known for {value}."],
}
FOLLOW_UP = {  # a second question that says she or he
    "town": ["Where does {they} live?", "And where does {they} live?"],
    "job": ["What does {they} do for a living?", "And what is {her} job?"],
    "boat": ["What is {her} boat called?", "Which boat does {they} sail?"],
    "kin": ["Who is {her} {other}?", "And who is {her} {other}?"],
    "pet": ["Does {they} have a pet?", "And what about {her} pet?"],
    "light": ["Which light does {they} keep?", "And which light does {they} look after?"],
}
REFUSALS = [
    "I don't know anyone called {name}.", "I don't know {name}. I have never read about anyone of that name.",
    "I'm sorry, I don't know anyone called {name}.",
]
NO_BOAT = ["I don't know a boat called the {value}.", "I'm sorry, I don't know any boat called the {value}."]
NO_LIGHT = ["I don't know of {name} keeping a light.", "I don't know of any light that {name} keeps."]
REFUSED = ["don't know"]  # words that every refusal holds, and nothing else the assistant says
