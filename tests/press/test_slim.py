"""Posters on a page say less than their files and show the same."""

import re

import pytest

from press.slim import Sheet, page, svg
from tests.press.project import ROOT

POSTERS = sorted(ROOT.glob("stages/*/posters/*.svg"))
COLORS = ":root{--fig-paper:#fbfaf6;--fig-ink:#111;--fig-soft:#555;--fig-hair:#ccc;--fig-base:#777;--fig-ours:#175;"
COLORS += "--fig-world:#24f;--fig-fact:#a31;--fig-second:#951;--fig-third:#748}.poster{width:640px}"


def drawn(path):
    """The picture without the line of its digest."""
    return path.read_text(encoding="utf-8").partition("\n")[2].strip()


def on_a_page(pictures):
    posters = "".join(f'<div class="poster wide" role="img">{picture}</div>' for picture in pictures)
    return f"<!doctype html><html><head><style>{COLORS}</style></head><body>{posters}</body></html>"


@pytest.mark.browser
@pytest.mark.parametrize("slug", sorted({path.parts[-3] for path in POSTERS}))
def test_not_a_pixel_of_a_poster_changes(browser, slug):
    full = on_a_page(drawn(path) for path in POSTERS if path.parts[-3] == slug)
    made = browser.new_page()
    pictures = []
    for text in (full, page(full)):
        made.set_content(text)
        pictures.append(made.screenshot(full_page=True))
    made.close()
    assert len(page(full)) < 0.75 * len(full)
    assert pictures[0] == pictures[1]


def test_a_style_that_two_posters_share_is_said_once():
    rule = '<path d="M0,0H9V9" style="fill: none; stroke: var(--fig-ink); stroke-opacity: 1;"/>'
    text = page(on_a_page([f"<svg>{rule}</svg>", f"<svg>{rule}{rule}</svg>"]))
    assert text.count("stroke:var(--fig-ink)") == 1 and len(re.findall(r'class="p0"', text)) == 3


def test_what_a_group_says_reaches_what_it_holds():
    text = '<svg><g style="stroke-miterlimit: 2; stroke: red;"><path d="M0,0L9,9L0,5"/></g></svg>'
    sheet = Sheet()
    assert svg(text, sheet) == '<svg><path d="M0,0L9,9L0,5" class="p0" /></svg>'
    assert ".poster .p0{stroke:red;stroke-miterlimit:2}" in sheet.html()


def test_words_that_are_shown_stay_and_hidden_ones_go():
    text = '<svg><text>shown &amp; told</text><g style="opacity: 0"><text>hidden</text></g></svg>'
    assert svg(text, Sheet()) == "<svg><text>shown &amp; told</text></svg>"


def test_a_page_without_posters_stays_as_it_is():
    text = "<html><head></head><body><svg><path/></svg></body></html>"
    assert page(text) == text
