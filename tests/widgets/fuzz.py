"""Strings that find what a tokenizer gets wrong."""

import random

ALPHABETS = [
    "abc ABC", "the light at Farrow Head ", "0123456789 ,.", " \t\n\r", "\u00a0\u2003\u3000\u0085\ufeff\u180e\u200b \n",
    "'sS'tT'lL'vV'eErRmMdD\u017f\u212a ", "éàüñçß", "漢字仮名交じり文ひらがな", "한국어", "עברית العربية", "हिन्दी ไทย",
    "😀👩‍👩‍👧‍👦🏳️‍🌈👍🏽", "e\u0301a\u0308\u0323", "½²Ⅷ٣௧", "!?#$%&()*+-/<=>@[]^_`{|}~", "\ud800\udc00\udfff\ud83dx",
    "𝔘𝔫𝔦𐍈𝟘", "<|endoftext|><|user|>", "\x00\x01\x7f\u2028\u2029",
]


def fuzzed(count: int, seed: int) -> list[str]:
    """Strings that mix the alphabets, with long runs now and then, some with lone surrogates."""
    chance = random.Random(seed)

    def part() -> str:
        letters = chance.choice(ALPHABETS)
        if chance.random() < 0.1:
            return chance.choice(letters) * chance.randint(5, 300)
        if chance.random() < 0.1:
            return "".join(chr(chance.randint(1, 0xFFFF)) for _ in range(chance.randint(1, 8)))
        return "".join(chance.choice(letters) for _ in range(chance.randint(1, 12)))

    return ["".join(part() for _ in range(chance.randint(1, 8))) for _ in range(count)]
