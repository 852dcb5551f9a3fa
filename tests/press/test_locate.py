"""Deep links: to a page, a file, a line, a second, a phrase; and none where none can be."""

import pytest

from press import ledger, locate
from tests.press.project import ROOT

CLAIMS = [claim for claim in ledger.read(ROOT).claims.values() if claim.source]


@pytest.mark.parametrize(
    "url, at, written, to",
    [
        ("https://x.org/a.pdf", "page 4", "", "https://x.org/a.pdf#page=4"),
        ("https://arxiv.org/abs/2203.02155", "section 1, pages 2 and 3", "", "https://arxiv.org/pdf/2203.02155#page=2"),
        ("https://arxiv.org/abs/2203.02155", "section 1", "", ""),
        ("https://arxiv.org/abs/2305.11206", "Abstract", "1,000", "https://arxiv.org/abs/2305.11206#:~:text=1%2C000"),
        ("https://github.com/a/b", "src/m.py, lines 7 and 8", "", "https://github.com/a/b/blob/HEAD/src/m.py#L7"),
        ("https://github.com/a/b", "usage recommendations", "0.6", ""),
        ("https://github.com/a/b", "README, introduction", "", "https://github.com/a/b#readme"),
        ("https://github.com/a/b/blob/main/C.md", "a table", "", "https://github.com/a/b/blob/main/C.md"),
        ("https://a.github.io/b/", "plots/x.csv, first row", "1", "https://github.com/a/b/blob/HEAD/plots/x.csv"),
        ("https://www.youtube.com/watch?v=x", "at 1:02:03", "", "https://www.youtube.com/watch?v=x&t=3723s"),
        ("https://www.youtube.com/watch?v=x", "about 8% through", "", ""),
    ],
)
def test_a_place_becomes_the_deepest_link_its_source_allows(url, at, written, to):
    assert locate.link(url, at, written) == to


def test_the_text_of_a_file_is_asked_of_the_file_and_not_of_its_page():
    raw = "https://raw.githubusercontent.com/a/b/main/docs/C.md"
    assert locate.text_url("https://github.com/a/b/blob/main/docs/C.md", "a table") == raw
    assert locate.text_url("https://arxiv.org/abs/2305.11206", "Abstract") == "https://arxiv.org/abs/2305.11206"


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_a_claim_that_names_a_page_a_line_or_a_file_of_a_repository_has_a_deep_link(claim):
    named = locate.PAGE.search(claim.at) or locate.LINE.search(claim.at) or (
        "github" in claim.source.url and locate.PATH.search(claim.at)
    )
    assert not named or locate.link(claim.source.url, claim.at, claim.as_written)
