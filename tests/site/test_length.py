"""A stage has between 900 and 1,800 words of running text, as a reader sees it who opens nothing."""

import pytest

from tests.site.conftest import STAGES

pytestmark = pytest.mark.browser

# Titles, paragraphs, lists, names of folds; without figures, captions, tables, widgets, samples, markers, sources.
WORDS = """() => {
  const blocks = "h1, h2, h3, p, li, summary";
  const aside = "nav, figure, table, pre, dl, .frame, .widget, .sampled, .provenance, .sources, .onward, .stage-line";
  const running = [...document.querySelector("article").querySelectorAll(blocks)].filter((one) =>
    !one.closest(aside) && !one.querySelector(blocks) && one.checkVisibility() && one.getClientRects().length);
  return running.map((one) => {
    const bare = one.cloneNode(true);
    bare.querySelectorAll(".cite, .tokens").forEach((part) => part.remove());
    return bare.textContent.split(/\\s+/).filter((word) => /[\\p{L}\\p{N}]/u.test(word)).length;
  }).reduce((sum, many) => sum + many, 0);
}"""


@pytest.mark.parametrize("place", STAGES)
def test_a_stage_is_an_essay_of_readable_length(page, address, place):
    page.goto(address + place)
    assert 900 <= page.evaluate(WORDS) <= 1800
