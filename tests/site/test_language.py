"""What is not English says what it is, and which way it runs: for voices, fonts and the ends of lines."""

import re

import pytest

from press.language import CODES, LEFTWARD
from tests.site.tags import OpenTags

SCRIPTS = {  # what is written so is in one of these; a letter alone is a sign
    "[\u0370-\u03ff]{2,}": {"el"},
    "[\u0400-\u04ff]{2,}": {"ru"},
    "[\u0590-\u05ff]{2,}": {"he"},
    "[\u0600-\u06ff]{2,}": {"ar"},
    "[\u0900-\u097f]{2,}": {"hi"},
    "[\u3040-\u30ff]{2,}": {"ja"},
    "[\u4e00-\u9fff]{2,}": {"zh-Hans", "ja"},
    "[\uac00-\ud7af]{2,}": {"ko"},
}


class Spoken(OpenTags):
    """Texts of a page as (text, language, direction), its own language and direction where nothing else is said."""

    def __init__(self, page):
        self.found = []
        super().__init__(page)

    def met(self, _, told):
        language, direction = self.open[-1][1] if self.open else ("", "ltr")
        return told.get("lang", language), told.get("dir", direction)

    def handle_data(self, text):
        if self.open and self.open[-1][0] not in ("script", "style"):
            self.found.append((text, *self.open[-1][1]))


def strangers(page):
    """Texts in another script whose language or direction is not said."""
    for text, language, direction in Spoken(page).found:
        for script, languages in SCRIPTS.items():
            if re.search(script, text):
                right = language in languages and (direction == "rtl") == (language in LEFTWARD)
                yield from [] if right else [(text, language, direction)]
                break


def test_a_text_in_another_script_names_its_language(site, url):
    assert not list(strangers((site / url / "index.html").read_text(encoding="utf-8")))


@pytest.mark.parametrize("place", ["guide/tokenize", "contribute/style"])
def test_a_sentence_beside_the_name_of_a_language_is_in_it(site, place):
    page = (site / place / "index.html").read_text(encoding="utf-8")
    table = next(one for one in re.findall(r"<table>.*?</table>", page, re.S) if ">language</th>" in one)
    rows = re.findall(r"<tr><th[^>]*>(\w+)</th><td([^>]*)>", table)
    assert len(rows) > 8
    for name, told in rows:
        said = re.findall(r'lang="([\w-]+)"', told)
        assert said == ([] if name == "English" else [CODES[name]]), name
