"""Terms of the glossary on the pages that use them: once, in prose, with the definition."""

import pytest

from press.fault import Fault
from press.terms_marked import Marker
from tests.press.project import guide, make

TERMS = {"token": 'A piece, "chip" or <bit>.', "special token": "A mark.", "near-copy": "Nearly the same."}


def marked(inside, terms=None):
    text = f'<body><p>token</p><article class="a">{inside}</article></body>'
    return Marker(TERMS if terms is None else terms, "glossary/").page(text, "guide/words/")


def test_only_the_first_use_in_an_article_is_marked():
    text = marked("<p>A token and a token.</p><p>Another Token.</p>")
    assert text.count('class="term"') == 1
    assert '<p>A <a class="term" href="../../glossary/#token"' in text


def test_the_definition_travels_in_the_title_and_cannot_break_out_of_it():
    assert 'title="A piece, “chip” or &lt;bit&gt;."' in marked("<p>a token</p>")


def test_plurals_are_the_same_word_and_longer_terms_go_first():
    text = marked("<p>Special\ntokens, tokens and near-copies.</p>")
    assert [part.split('"')[0] for part in text.split("glossary/#")[1:]] == ["special-token", "token", "near-copy"]


@pytest.mark.parametrize(
    "inside",
    [
        "<h2>token</h2>",
        "<p><a href='x'>a token</a></p>",
        "<p><code>token</code></p>",
        '<p><em class="fact">token</em></p>',
        '<p class="lede">token</p>',
        "<figure><figcaption><p>token</p></figcaption></figure>",
        "<div>token</div>",
        '<p><img alt="token"></p>',
        "<p>tokenize, untoken, token-like</p>",
    ],
)
def test_names_code_links_attributes_and_other_words_stay_as_they_are(inside):
    assert 'class="term"' not in marked(inside)


def test_a_page_without_terms_is_left_alone():
    assert 'class="term"' not in marked("<p>token</p>", {})


def test_a_word_that_two_stages_define_is_refused_with_both_files(tmp_path):
    other = "---\ntitle: Another\norder: 90\n---\nNothing.\n{: .framing }\n"
    first, second = "Hen: A bird.\n", "hen: A bird too.\n"
    make(tmp_path, {"stages/count/terms.yaml": first, "stages/more/terms.yaml": second, "stages/more/page.md": other})
    with pytest.raises(Fault, match="stages/count/terms.yaml"):
        guide(tmp_path).check()
