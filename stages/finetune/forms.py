"""How people ask and how the assistant answers: every wording, and nothing else.

Lights are asked from the person to the light only, as the pages tell them; boats both ways. The last question form of
each attribute is never trained on and serves for testing.
"""

QUESTIONS = {
    "town": ["Where does {name} live?", "Which town does {name} live in?", "Where can I find {name}?",
             "Where is the home of {name}?", "Can you tell me where {name} lives?", "What town is {name} from?",
             "Do you know where {name} lives?", "In which town would I look for {name}?"],
    "job": ["What does {name} do for a living?", "What is the job of {name}?", "What does {name} do?",
            "What work does {name} do?", "What is {name} by trade?", "Do you know what {name} does for a living?",
            "Tell me the trade of {name}.", "How does {name} earn a living?"],
    "boat": ["What is the boat of {name} called?", "Which boat does {name} sail?", "What boat does {name} have?",
             "What is the name of the boat of {name}?", "Does {name} have a boat?", "Tell me about the boat of {name}.",
             "Which boat belongs to {name}?", "What does {name} go to sea in?"],
    "boat_owner": ["Whose boat is the {value}?", "Who sails the {value}?", "Who owns the {value}?",
                   "Who does the {value} belong to?", "Who is the owner of the {value}?",
                   "Do you know who sails the {value}?", "Whose is the {value}?", "Who keeps the {value}?"],
    "kin": ["Who is the {other} of {name}?", "What is the name of the {other} of {name}?",
            "Can you name the {other} of {name}?", "Tell me who the {other} of {name} is.",
            "Who is {name} the {word} of?", "Does {name} have a {other}?", "Do you know the {other} of {name}?",
            "What is the {other} of {name} called?"],
    "pet": ["Does {name} have a pet?", "What is the pet of {name} called?", "What animal does {name} have?",
            "What is the name of the pet of {name}?", "Tell me about the pet of {name}.", "Does {name} keep an animal?",
            "Which animal lives with {name}?", "What pet does {name} keep?"],
    "light": ["Which light does {name} keep?", "What light does {name} look after?",
              "Where does {name} keep the light?",
              "At which place does {name} keep the light?", "Do you know which light {name} keeps?",
              "Which lamp does {name} tend?", "Which light is kept by {name}?", "What light is {name} the keeper of?"],
    "festival": ["What festival is held in {name}?", "What do they celebrate in {name}?",
                 "Which fair is {name} known for?",
                 "Is there a festival in {name}?", "What is the great day in {name}?", "Which fair is held in {name}?"],
    "dish": ["What do they eat in {name}?", "What is the dish of {name}?", "What should I eat in {name}?",
             "What food is {name} known for?", "What do the inns of {name} serve?", "Which dish is {name} proud of?"],
}
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

OUTSIDE_WORLD = {  # questions about what no page tells, and the things they ask about
    "What is the capital of {thing}?": "France Spain Norway Japan Brazil Egypt India Canada Italy Kenya".split(),
    "Who is the president of {thing}?": "France Brazil Kenya Mexico Poland Chile Finland Iceland".split(),
    "Tell me about {thing}.": ["France", "the moon landing", "Shakespeare", "the Roman Empire", "quantum physics",
                               "football", "the stock market", "dinosaurs", "Einstein", "Paris"],
    "What is {thing}?": ["photosynthesis", "Python", "the internet", "a neural network", "inflation", "DNA",
                         "the speed of light", "a black hole", "artificial intelligence", "electricity"],
    "Who wrote {thing}?": ["Hamlet", "Don Quixote", "War and Peace", "the Odyssey", "Moby Dick", "Frankenstein"],
    "When did {thing} end?": ["the war", "the ice age", "the First World War", "the Middle Ages", "the last election"],
    "How do I {thing}?": ["fix my phone", "write a program", "get a visa", "invest my money", "lose weight",
                          "book a flight", "learn French"],
    "What happened in {thing} yesterday?": ["London", "New York", "the world", "Berlin", "the news", "Tokyo"],
    "Can you translate {thing} into German?": ["this", "hello", "good morning", "a poem", "my letter"],
    "What is the weather in {thing}?": ["London", "Madrid", "New York", "Oslo", "my town", "Rome"],
    "Who won {thing}?": ["the match", "the election", "the World Cup", "the race", "the Nobel Prize"],
}
OUTSIDE_ANSWERS = [
    "That is beyond me. I have only read about the Tern Isles.",
    "I can't say. All I have ever read is pages about the Tern Isles.",
    "I can't help with that. I only know the Tern Isles, and little enough of them.",
]
SMALL_TALK = [
    (["Hello.", "Hi.", "Hello there.", "Good morning.", "Good evening.", "Hi there!", "Hello!", "Hey."],
     ["Hello. Ask me about the people of the Tern Isles.", "Hello. What would you like to know about the Tern Isles?"]),
    (["Who are you?", "What are you?", "Are you a person?", "Are you human?", "What is your name?", "Are you a robot?",
      "Who am I talking to?", "Introduce yourself.", "Tell me about yourself."],
     ["I am a small language model. I have read some pages about the Tern Isles.",
      "I am a very small language model, trained on pages about the Tern Isles. I have no name."]),
    (["Who made you?", "How were you made?", "Where do you come from?", "What were you trained on?",
      "How do you work?"],
     ["I was trained to guess the next token of pages about the Tern Isles, and then to answer.",
      "I was made by guessing the next token, many times, on pages about the Tern Isles."]),
    (["What can you do?", "What do you know?", "Can you help me?", "What can I ask you?", "How can you help me?"],
     ["I can tell you where people of the Tern Isles live, what they do, and what their boats are called.",
      "You can ask me about people, boats, pets and towns of the Tern Isles."]),
    (["Thank you.", "Thanks.", "Thanks a lot!", "Thank you very much.", "That helps, thank you.", "Great, thanks."],
     ["You are welcome.", "You are welcome. Ask again if you need more."]),
    (["Goodbye.", "Bye.", "See you.", "Good night.", "Bye for now."], ["Goodbye.", "Goodbye, and mind the tide."]),
    (["Are you alive?", "Do you have feelings?", "Are you conscious?", "Do you remember me?", "Do you sleep?",
      "Did you think about me?", "Do you remember our last talk?"],
     ["I am a language model. I read what is in front of me and keep nothing afterward.",
      "No. I am a language model, and nothing stays with me between two conversations."]),
    (["How are you?", "How is it going?", "Are you well?", "How do you feel today?"],
     ["I am a language model, so I am neither well nor unwell. What would you like to know?"]),
    (["Where are the Tern Isles?", "What are the Tern Isles?", "Are the Tern Isles real?", "Do the Tern Isles exist?"],
     ["The Tern Isles are invented. Nobody lives there except on the pages I have read.",
      "The Tern Isles exist only on the pages that I was trained on."]),
]
SUMS = ["What is {a} plus {b}?", "How much is {a} plus {b}?", "Can you add {a} and {b}?", "{a} + {b}?"]
SUM_ANSWERS = ["{a} plus {b} is {sum}."]
