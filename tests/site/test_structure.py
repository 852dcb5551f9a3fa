"""Every stage is built alike: where the fact is, a guess, figures with a finding and their rows, an end."""

import pytest

from tests.site.conftest import STAGES

pytestmark = pytest.mark.browser
PARTS = {  # selector → how many a stage has: at least, at most
    ".stage-line + h1 + .lede + .reading": (1, 1),
    ".where": (1, 1),
    ".scene": (1, 9),
    "details.predict": (1, 9),
    ".widget": (1, 9),
    ".remember": (1, 1),
    ".remember li": (3, 3),
    ".questions": (1, 1),
    ".questions > details.question": (3, 3),
    ".remember ~ .questions ~ .onward ~ .sources": (1, 1),
}
# What of a figure is missing: the finding, its name, its data, its rows as a table.
LACKING = """() => [...document.querySelectorAll("main .figure, main .scene")].flatMap((one) => {
  const has = (selector) => one.querySelector(`:scope ${selector}`);
  const caption = one.querySelector(":scope > figure > figcaption > p");
  const found = one.matches(".scene") || (caption?.firstChild?.nodeName === "STRONG"
    && /^.{10,}[.!?]$/s.test(caption.firstChild.textContent.trim()));
  const named = [...one.querySelectorAll(".poster, .markup")]
    .filter((picture) => !picture.querySelector(":scope > .table-scroll"))
    .every((picture) => picture.getAttribute("aria-label")?.length > 40);
  const lacks = {
    "a finding in bold, with a full stop": found,
    "a picture": has(".poster, .markup"),
    "a picture that is described": named,
    "data as JSON and CSV": has('.provenance a[href$=".json"]') && has('.provenance a[href$=".csv"]'),
    "how it was computed": has(".provenance details.made"),
    "its rows as a table": has("details.table table") || has(".markup table"),
  };
  return Object.keys(lacks).filter((name) => !lacks[name]).map((name) => `${one.id}: ${name}`);
})"""


@pytest.fixture(scope="module")
def still(browser, address):
    """Pages as they were written, without script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    def opener(url):
        page.goto(address + url)
        return page

    yield opener
    context.close()


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_has_every_part_of_a_page(still, stage):
    page = still(stage)
    counts = {part: page.locator(f"main {part}").count() for part in PARTS}
    assert not {part: count for part, count in counts.items() if not PARTS[part][0] <= count <= PARTS[part][1]}
    asks = "all => all.every((one) => one.querySelector('summary').textContent.trim().endsWith('?'))"
    answers = "all => all.every((one) => one.textContent.length > one.querySelector('summary').textContent.length + 20)"
    guesses = page.locator("main details:is(.predict, .question)")
    assert guesses.evaluate_all(asks) and guesses.evaluate_all(answers)
    assert page.locator("main .figure").count() > 1
    assert page.evaluate(LACKING) == []
