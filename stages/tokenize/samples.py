"""The few texts of this stage that are not from the corpus, all written for it but one."""

# The thread sentence in other languages, names in the script of each, as a newspaper there would print it.
# The claim hindi-later-tokens counted the one in Hindi: whoever changes it counts again.
LANGUAGES = {
    "English": "Mira Tolland keeps the light at Farrow Head.",
    "German": "Mira Tolland hütet das Licht von Farrow Head.",
    "Spanish": "Mira Tolland cuida la luz de Farrow Head.",
    "Turkish": "Mira Tolland, Farrow Head'in ışığını koruyor.",
    "Chinese": "米拉·托兰守护着法罗角的灯光。",
    "Japanese": "ミラ・トランドはファロー岬の灯を守っている。",
    "Korean": "미라 톨런드는 패로곶의 등불을 지킨다.",
    "Russian": "Мира Толланд хранит огонь на мысе Фарроу-Хед.",
    "Arabic": "ميرا تولاند تحرس الضوء في فارو هيد.",
    "Greek": "Η Μίρα Τόλαντ φυλάει το φως στο Φάροου Χεντ.",
    "Hindi": "मीरा टोलैंड फ़ैरो हेड की बत्ती की देखभाल करती हैं।",
}

# One character each of one, two and three bytes.
LETTERS = ("e", "é", "€")

# Forms of a word that its reader takes for the same and a tokenizer does not.
SPELLINGS = ("strawberry", " strawberry", " Strawberry", " STRAWBERRY")

# Herman Melville, Moby-Dick, 1851, the opening: real English that our tokenizer was not trained on.
ELSEWHERE = (
    "Call me Ishmael. Some years ago—never mind how long precisely—having little or no money in my purse, and nothing "
    "particular to interest me on shore, I thought I would sail about a little and see the watery part of the world. "
    "It is a way I have of driving off the spleen and regulating the circulation. Whenever I find myself growing grim "
    "about the mouth; whenever it is a damp, drizzly November in my soul; whenever I find myself involuntarily pausing "
    "before coffin warehouses, and bringing up the rear of every funeral I meet; and especially whenever my hypos get "
    "such an upper hand of me, that it requires a strong moral principle to prevent me from deliberately stepping into "
    "the street, and methodically knocking people’s hats off—then, I account it high time to get to sea as soon as I "
    "can. This is my substitute for pistol and ball. With a philosophical flourish Cato throws himself upon his sword; "
    "I quietly take to the ship. There is nothing surprising in this. If they but knew it, almost all men in their "
    "degree, some time or other, cherish very nearly the same feelings towards the ocean with me."
)
