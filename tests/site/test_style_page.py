"""The style page has every part that the pages have, and what stands there as a sample is built as the real one is."""

import re

import pytest

from tests.site.conftest import ROOT
from tests.site.tags import OpenTags

SHEETS = [*sorted((ROOT / "docs" / "assets").glob("*.css")), ROOT / "docs" / "widgets" / "widgets.css"]
ELSEWHERE = {  # classes with a rule that pages have and the style page has not
    "bridge", "bridged", "of-short",  # text that only a shortened page shows
    "whole-contents", "whole-end", "whole-stage", "whole-title", "long-way",  # of the pages that gather all stages
    "by-day", "by-night",  # a chart there, which is a file
    "on-screen", "leads-on", "clamp", "is-ahead", "is-faint",  # no look of their own: what is not printed, cut, to come
    "embed-name", "c1",  # the name of a widget alone, heard and not seen; a comment in code
}  # fmt: skip
SAMPLES = {  # what is written by hand on the style page → where the real ones stand
    "stage-line": "guide/tokenize",
    "reading": "guide/pretrain",
    "onward": "guide/tokenize",
    "ledger-group": "guide/ledger",
    "trip": "",
    "glossary-term": "glossary",
    "lesson-page": "teach",
}


class Built(OpenTags):
    """A page's elements within <main>, each as its path of tags with classes."""

    def __init__(self, page):
        self.paths, self.classes = [], set()
        super().__init__(page[page.find("<main") : page.find("</main>")])

    def met(self, tag, told):
        classes = sorted((told.get("class") or "").split())
        self.classes |= set(classes)
        name = ".".join([tag, *classes])
        self.paths.append([*(around for _, around in self.open), name])
        return name

    def within(self, name):
        """Paths that begin at an element of a class."""
        places = ((path, next((at for at, one in enumerate(path) if name in one.split(".")[1:]), None))
                  for path in self.paths)
        return {tuple(path[at:]) for path, at in places if at is not None}


def built(site, place):
    return Built((site / place / "index.html").read_text(encoding="utf-8"))


def test_the_style_page_has_every_class_that_pages_have(site):
    rules = re.sub(r"/\*.*?\*/", "", "".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS), flags=re.S)
    ruled = set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", rules))
    pages = [path.parent for path in site.rglob("index.html") if path.parent.name != "style"]
    had = set().union(*(built(site, page).classes for page in pages))
    assert not (had & ruled) - built(site, "contribute/style").classes - ELSEWHERE


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_built_as_the_real_one(site, name):
    sample, real = built(site, "contribute/style").within(name), built(site, SAMPLES[name]).within(name)
    assert sample and not sample - real
