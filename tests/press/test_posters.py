"""Posters: drawn once, known by the digest of what they show, kept where no browser is."""

import pytest

from tests.press.project import change, guide, make

FIGURE = '''
def curve(count):
    """A curve through the letters."""
    return Chart(count.letters)


class Chart:
    def __init__(self, n):
        self.n = n

    def to_plotly_json(self):
        return {"data": [{"name": "letters", "x": [0, 1], "y": [0, self.n]}], "layout": {}}

    def to_json(self):
        return '{"data": []}'
'''


class Artist:
    """A stand-in for viz.poster that counts what it draws."""

    def __init__(self, browser=True):
        self.browser, self.drawn = browser, 0

    def chrome(self):
        return self.browser

    def digest(self, figure):
        return f"{figure.n:064d}"

    def draw(self, figure, prefix):
        self.drawn += 1
        size = 'width="9" height="5"'
        return {width: f'<svg id="{prefix}-{width}" {size}>{figure.n}</svg>' for width in ("wide", "narrow")}

    def colors(self):
        return {"--ink": "#111"}, {"--ink": "#eee"}


@pytest.fixture
def folder(tmp_path):
    make(tmp_path)
    path = tmp_path / "stages" / "count" / "figures.py"
    path.write_text(path.read_text() + FIGURE)
    change(
        tmp_path,
        "stages/count/page.md",
        "It is a beginning.",
        '{% call figure("curve") %}**Up.** It rises.{% endcall %}\n\nIt is a beginning.',
    )
    return tmp_path


def page(folder):
    return (folder / "site/guide/count/index.html").read_text()


def test_a_missing_poster_is_drawn_where_a_browser_is_and_then_kept(folder):
    artist = Artist()
    guide(folder, artist=artist).build()
    assert artist.drawn == 1 and '<svg id="count-curve-wide" width="9" height="5">16</svg>' in page(folder)
    assert (folder / "stages/count/posters/curve.narrow.svg").read_text().startswith(f"<!-- sha256 {16:064d} -->\n")
    change(folder, "docs/index.md", "title: Home", "title: Home page")
    guide(folder, artist=artist).build()
    assert artist.drawn == 1


def test_without_a_browser_the_table_stands_in_and_a_warning_says_so(folder):
    made = guide(folder, artist=Artist(browser=False))
    made.build()
    assert any("curve.wide.svg is missing" in text and "--posters" in text for text in made.said)
    assert '<div class="poster absent">' in page(folder) and ">16</td>" in page(folder)


def test_a_stale_poster_is_shown_with_a_warning_until_posters_are_asked_for(folder):
    guide(folder, artist=Artist()).build()
    change(folder, "stages/count/stage.py", "Ada counts the hens", "Ada counts the ten hens")
    made = guide(folder, artist=Artist())
    made.build()
    assert any("curve.wide.svg is stale" in text for text in made.said) and ">16</svg>" in page(folder)
    (folder / "stages/count/posters/gone.wide.svg").write_text("")
    guide(folder, artist=Artist(), redraw=True).build()
    assert ">19</svg>" in page(folder) and not (folder / "stages/count/posters/gone.wide.svg").exists()


def test_a_check_draws_nothing(folder):
    artist = Artist()
    guide(folder, artist=artist).check()
    assert artist.drawn == 0 and not (folder / "stages/count/posters").exists()
