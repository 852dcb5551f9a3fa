"""The browser's byte-pair encoders against tiktoken and against our own in Python."""

import json
import unicodedata

import pytest

from tests.widgets.fuzz import fuzzed

pytestmark = pytest.mark.browser

def assigned_long_ago(text: str) -> bool:
    """Whether every character has a class in Python's Unicode table, so that newer tables agree on it."""
    return all(unicodedata.category(letter) != "Cn" for letter in text)


LOAD = """async () => {
  const { unpack } = await import("../widgets/cl100k.js");
  const packed = await fetch("../assets/tokenize/cl100k.bin");
  const plain = packed.body.pipeThrough(new DecompressionStream("gzip"));
  window.cl100k = unpack(await new Response(plain).arrayBuffer());
}"""


ONE_KIND = ["\ufeff", "\u0085", "\ud800", "\udfff", " ", "\t", "\n", "\r\n", "0", "12", "a", "S's ", "\u0301", "😀",
            "漢", "א ", "👩‍👧"]


def test_cl100k_in_the_browser_gives_tiktokens_ids_for_ten_thousand_strings(sheet, cl100k):
    sheet.evaluate(LOAD)
    texts = [text for text in fuzzed(14_000, seed=11) if assigned_long_ago(text)]
    texts += [letters * times for letters in ONE_KIND for times in (1, 2, 3, 4, 7, 64, 129, 1000)]
    assert len(texts) >= 10_000
    got = json.loads(sheet.evaluate("json => JSON.stringify(JSON.parse(json).map(text => cl100k.encode(text)))",
                                    json.dumps(texts)))
    wrong = [text for text, ids in zip(texts, got) if ids != cl100k.encode_ordinary(text)]
    assert not wrong, f"{len(wrong)} of {len(texts)} differ, first {wrong[0]!r}"


def test_the_packed_vocabulary_weighs_less_than_450_kilobytes(cl100k, assets):
    assert (assets / "tokenize" / "cl100k.bin").stat().st_size < 450_000


def test_cl100k_in_the_browser_decodes_what_it_encodes(sheet, cl100k):
    sheet.evaluate(LOAD)
    texts = fuzzed(300, seed=12)
    same = sheet.evaluate("json => JSON.parse(json).every(t => cl100k.decode(cl100k.encode(t)) === t.toWellFormed())",
                          json.dumps(texts))
    assert same


@pytest.mark.parametrize("letter", ["a", " ", "a ", "\\n ", "1"])
def test_twice_the_text_costs_about_twice_the_time(sheet, cl100k, letter):
    sheet.evaluate(LOAD)
    seconds = sheet.evaluate("""letter => {
      const texts = [1, 2].map(millions => JSON.parse(`"${letter}"`).repeat(millions * 1e6 / letter.length));
      const best = [Infinity, Infinity];
      for (const turn of [0, 1, 0, 1, 0, 1, 0, 1]) {
        const start = performance.now();
        cl100k.encode(texts[turn]);
        best[turn] = Math.min(best[turn], (performance.now() - start) / 1000);
      }
      return best;
    }""", letter)
    assert seconds[1] < 2.5 * seconds[0] + 0.2, seconds
