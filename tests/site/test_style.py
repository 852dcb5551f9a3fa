"""A picture of each part on the style page, compared with the one that was last looked at; fonts are pinned."""

import os
import re

import pytest

from tests.pause import pause
from tests.site.conftest import ROOT
from tests.site.likeness import compared

pytestmark = pytest.mark.browser
PAGE = (ROOT / "docs/contribute/style.md").read_text(encoding="utf-8")
PICTURES = ROOT / "tests" / "site" / "pictures"
PARTS = {part: f"#style-{part}" for part in re.findall(r'id="style-([a-z-]+)"', PAGE)}
PARTS |= {"rail": ".rail", "sources": ".sources", "foot": ".foot", "note": ".popover"}
NARROW = ["top", "where", "lines", "groups", "token-bars", "matrix", "strips", "scene", "exchange", "controls"]
NARROW += ["widget", "trip", "correction", "report", "glossary", "rail", "foot"]  # what is arranged anew for a phone
WAYS = {"": ("light", 1000), "-dark": ("dark", 1000), "-phone": ("light", 360)}
SHOWN = [(way, part) for way in WAYS for part in PARTS if way != "-phone" or part in NARROW]
FONTS = """:root { --book: "Liberation Sans" !important; --plain: "Liberation Sans" !important;
  --mono: "Liberation Sans" !important; } math { font-family: "Liberation Sans" !important; }
  *, ::before, ::after { animation: none !important; transition: none !important; caret-color: transparent; }
  .entry { content-visibility: visible !important; }"""
# A part begins on a whole pixel, wherever those above it end: so its letters are drawn alike every time.
SNAP = """(one) => {
  one.scrollIntoView({ block: "start" });
  scrollBy(0, -80);
  const { left, top } = one.getBoundingClientRect();
  if (getComputedStyle(one).position === "static") one.style.position = "relative";
  if (getComputedStyle(one).position !== "relative") return;
  Object.assign(one.style, { left: `${Math.round(left) - left}px`, top: `${Math.round(top) - top}px` });
}"""
COUNTS = "all => all.forEach((one) => { one.textContent = '00'; })"  # of the report: they follow every page's words
TOLERANCE = 0.002  # of what is drawn


@pytest.fixture(scope="module")
def opened(browser, address):
    """The style page in one of its ways, with pinned fonts and without motion; opened once each."""
    pages = {}

    def opener(way):
        if way not in pages:
            scheme, width = WAYS[way]
            size = {"width": width, "height": 900}
            context = browser.new_context(viewport=size, reduced_motion="reduce", color_scheme=scheme)
            page = pages[way] = context.new_page()
            page.goto(address + "contribute/style/")
            page.add_style_tag(content=FONTS)
            page.locator("[data-widget]").scroll_into_view_if_needed()
            page.locator(".widget .pane .token").first.wait_for()
            page.locator("#style-report td.number").evaluate_all(COUNTS)
            pause(page, 300)
        return pages[way]

    yield opener
    for page in pages.values():
        page.context.close()


@pytest.fixture(scope="module")
def blank(browser):
    """A page to compare pictures on."""
    page = browser.new_page()
    yield page
    page.close()


def picture(page, part):
    """The part as it is drawn now."""
    if part == "note":
        page.locator("#style-voices a.measured").first.hover()
        page.locator(".popover:visible").wait_for()
        return page.locator(".popover").screenshot()
    page.mouse.move(0, 0)
    one = page.locator(PARTS[part])
    one.evaluate(SNAP)
    pause(page, 50)  # a scene looks where it is
    return one.screenshot()


@pytest.mark.parametrize(("way", "part"), SHOWN, ids=[part + way for way, part in SHOWN])
def test_a_part_looks_as_it_did_when_it_was_last_looked_at(opened, blank, way, part):
    """UPDATE=1 writes the picture anew; look at it, then commit it."""
    made, kept = picture(opened(way), part), PICTURES / f"{part}{way}.png"
    if os.environ.get("UPDATE"):
        kept.write_bytes(made)
    found = compared(blank, made, kept.read_bytes())
    mend = "look at it, then UPDATE=1 make test ARGS=tests/site/test_style.py"
    assert "size" not in found, f"{kept.stem}: {found['size']}. Mend: {mend}"
    assert found["share"] <= TOLERANCE, f"{kept.stem}: {found['share']:.1%} of what is drawn is another. Mend: {mend}"


def test_each_picture_is_of_a_part_and_each_narrow_part_is_there():
    known = {f"{part}{way}" for way, part in SHOWN}
    for path in PICTURES.glob("*.png"):
        if os.environ.get("UPDATE") and path.stem not in known:
            path.unlink()
    assert {path.stem for path in PICTURES.glob("*.png")} == known and set(NARROW) <= set(PARTS)
