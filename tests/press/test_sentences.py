"""The sentence around each number of ours, read from a page's Markdown."""

import pytest

from press import sentences


def number(text="3", anchor="use-a.b-1"):
    return f'<a class="measured" id="{anchor}" href="../ledger/#a.b" data-from="stages/a">{text}</a>'


def told(text):
    return "".join(sentences.found(text, {})["use-a.b-1"])


@pytest.mark.parametrize(
    "text, sentence",
    [
        (f"A long first sentence that ends here. The second has {number()} hens in a large yard by the sea. A third.",
         "The second has 3 hens in a large yard by the sea."),
        (f"It has {number()} hens. They all live in one yard.", "It has 3 hens. They all live in one yard."),
        (f"A first sentence. It has {number()}.", "A first sentence. It has 3."),
        (f"It costs 1.5 times {number()}, e.g. in a *bad* [year](x.md) of `rain`, or more than that.",
         "It costs 1.5 times 3, e.g. in a bad year of rain, or more than that."),
        (f"Not this.\n\n- An item of a list that is long enough, {number()}\n- Another item",
         "An item of a list that is long enough, 3"),
        (f'Cited 5<sup>2</sup> beside {number()} hens, which are many for so small a yard.{{: .framing }}',
         "Cited 5 beside 3 hens, which are many for so small a yard."),
        (f"| hens | {number()} | 4 |", "hens · 3 · 4"),
        (f"Asked how many hens, it says: *There are. Or {number()} hens.* Then it goes on in quite another way.",
         "Asked how many hens, it says: “There are. Or 3 hens.”"),
        (f"First. (Of the hens in the yard there are {number()}, all counted by hand.) Then the next.",
         "(Of the hens in the yard there are 3, all counted by hand.)"),
        (f'<li>\n<a class="trip-name" href="hens/">hens</a> Of all the hens in the yard we count {number()}\n</li>',
         "Of all the hens in the yard we count 3"),
        (f"Two numbers, {number('4', 'use-a.c-1')} and {number()}, both of them hens &amp; counted by hand.",
         "Two numbers, 4 and 3, both of them hens & counted by hand."),
    ],
)  # fmt: skip
def test_a_sentence_is_whole_and_plain(text, sentence):
    assert told(text) == sentence


def test_a_very_long_sentence_is_cut_at_words_on_both_sides():
    words = " ".join(f"word{n}" for n in range(100))
    made = told(f"{words} {number()} {words}.")
    assert made.startswith("… word") and made.endswith(" …") and " 3 " in made
    assert len(made) < sentences.LONG + 20


def test_a_page_without_numbers_of_ours_has_no_sentences():
    assert sentences.found("Nothing *here* but [words](x.md).", {}) == {}
