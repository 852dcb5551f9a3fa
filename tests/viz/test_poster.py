"""Posters: drawn alike every time, colored by the page, and readable in the widest face a reader may have."""

import re
from pathlib import Path

from tests.viz.samples import charts
from viz import poster
from viz.theme import LIGHT

STAGES = Path(__file__).parents[2] / "stages"
COMMITTED = sorted(STAGES.glob("*/posters/*.svg"))
FACES = ("Liberation Sans", "DejaVu Sans")
MEASURE = """face => {
  const svg = document.querySelector("svg"), edge = svg.getBoundingClientRect(), found = [];
  const texts = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim());
  for (const text of texts) text.style.fontFamily = `"${face}"`;
  const boxes = texts.map((text) => [text.textContent, text.getBoundingClientRect()]);
  for (const [words, box] of boxes)
    if (box.left < edge.left - 1 || box.right > edge.right + 1 || box.top < edge.top - 1
        || box.bottom > edge.bottom + 1) found.push(`"${words}" is cut at the edge`);
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
    const [one, a] = boxes[i], [other, b] = boxes[j];
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const tall = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 1 && tall > 4) found.push(`"${one}" lies over "${other}"`);
  }
  for (const text of texts)
    if (parseFloat(getComputedStyle(text).fontSize) < 12) found.push(`"${text.textContent}" is smaller than 12 px`);
  return found;
}"""


def faults(page, svg: str) -> list:
    """What is cut, covered or too small in a poster, in each face."""
    page.set_content(f"<!doctype html><body style='margin:60px'>{svg}")
    return [f"{face}: {fault}" for face in FACES for fault in page.evaluate(MEASURE, face)]


def test_a_poster_is_drawn_the_same_twice():
    figure = charts()["scene-8"]
    assert poster.draw(figure, "one") == poster.draw(charts()["scene-8"], "one")


def test_two_posters_on_a_page_share_no_id(drawn):
    ids = [found for pair in drawn.values() for svg in pair.values() for found in re.findall(r'\bid="([^"]+)"', svg)]
    assert len(ids) == len(set(ids))


def test_numbers_in_words_keep_their_digits():
    text = '<svg><path d="M1.2345,6"/><text>p = 0.0000002</text></svg>'
    assert "M1.23,6" in poster.normalise(text, "p")
    assert "p = 0.0000002" in poster.normalise(text, "p")


def test_a_figure_that_changes_changes_its_digest():
    before, after = charts()["two"], charts()["two"]
    after.data[0].update(name="another name")
    assert poster.digest(before) != poster.digest(after)


def test_every_color_of_a_poster_follows_the_page(drawn):
    for name, pair in drawn.items():
        for svg in pair.values():
            fixed = re.findall(r"(?:fill|stroke|color): (rgb[^;]+);(?! (?:fill|stroke)-opacity: 0;)", svg)
            assert not fixed, f"{name} keeps {fixed}"
            assert "var(--fig-" in svg
            assert not [tone for tone, color in LIGHT.items() if color in svg]


def test_no_label_of_a_chart_is_cut_covered_or_small(page, drawn):
    found = {f"{name} {variant}": faults(page, svg) for name, pair in drawn.items() for variant, svg in pair.items()}
    assert not {name: told for name, told in found.items() if told}


def test_no_label_of_a_committed_poster_is_cut_covered_or_small(page):
    found = {file.relative_to(STAGES).as_posix(): faults(page, file.read_text(encoding="utf-8")) for file in COMMITTED}
    assert not {name: told for name, told in found.items() if told}
