"""One palette: Python, style sheet and script name the same colors, and words in them can be read."""

import re
from pathlib import Path

import pytest

from viz.theme import DARK, LIGHT

DOCS = Path(__file__).parents[2] / "docs"
CSS = (DOCS / "assets" / "site.css").read_text(encoding="utf-8")
WORDS = ("ink", "soft", "fact", "ours", "world", "second", "third", "base")


def block(selector: str) -> dict:
    """The colors that a rule of site.css sets."""
    inside = CSS.split(selector + " {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", inside))


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(color[place:place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colors."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_style_sheet_sets_the_palette_of_the_charts():
    assert block(':root, [data-md-color-scheme="default"]') == LIGHT
    assert block('[data-md-color-scheme="slate"]') == DARK
    assert block("html.no-js, html.no-js [data-md-color-scheme]") == DARK


def test_live_figures_know_the_palette_they_replace():
    script = (DOCS / "widgets" / "explore.js").read_text(encoding="utf-8").split("const LIGHT = {", 1)[1]
    found = re.findall(r'"?([a-z0-9-]+)"?: "(#[0-9a-f]{6})"', script)
    assert dict(found) == LIGHT


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_words_in_every_tone_reach_aa_on_the_page(colors):
    for tone in WORDS:
        for ground in ("paper", "sheet"):
            assert contrast(colors[tone], colors[ground]) >= 4.5, (tone, ground)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_a_token_can_be_read_on_each_tint_also_where_it_is_the_fact(colors):
    for chip in ("chip-0", "chip-1", "chip-2", "chip-3"):
        assert contrast(colors["ink"], colors[chip]) >= 7
        assert contrast(colors["fact"], colors[chip]) >= 4.5
        assert contrast(colors["soft"], colors[chip]) >= 4.5
