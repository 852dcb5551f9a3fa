"""The exports of the sources, read by programs that are not ours and against the rules of CSL."""

import json
from types import SimpleNamespace

import pytest
from pybtex.database import parse_string
from pybtex.plugin import find_plugin
from pybtex.richtext import Text

from press import bibliography, ledger
from tests.press.project import ROOT

SOURCES = list(ledger.read(ROOT).sources.values())
CSL_TYPES = {"article", "document", "webpage", "software", "dataset", "speech", "post-weblog"}


def source(**given):
    told = {"id": "a-paper", "title": "T", "by": ("Gao et al.",), "date": "2020-12", "kind": "paper"}
    return SimpleNamespace(**told | {"url": "https://arxiv.org/abs/2101.00027", "read": "2026-11-24"} | given)


@pytest.fixture(scope="module")
def parsed():
    return parse_string(bibliography.bibtex(SOURCES), "bibtex")


def test_another_program_reads_every_source_with_title_authors_year_and_address(parsed):
    assert set(parsed.entries) == {one.id for one in SOURCES}
    for one in SOURCES:
        entry = parsed.entries[one.id]
        assert entry.fields["title"].strip("{}").replace("\\", "") == one.title
        assert entry.fields["year"] == one.date[:4] and entry.fields["url"] == one.url
        others = any("et al." in name or "contributors" in name for name in one.by)
        assert len(entry.persons["author"]) == len(one.by) + others


def test_another_program_sets_a_list_of_references_from_it(parsed):
    style = find_plugin("pybtex.style.formatting", "plain")()
    text = find_plugin("pybtex.backends", "plaintext")()
    told = {one.key: one.text.render(text) for one in style.format_bibliography(parsed)}
    assert "Penedo, Kydlicek, Ben Allal" in told["fineweb-paper"]
    assert "Andrej Karpathy" in told["deep-dive"] and "Gao and others" in told["pile-paper"]


@pytest.mark.parametrize("title", ["50 % of A & B_1", "#1 for all"])
def test_signs_that_latex_reads_are_escaped(title):
    entry = parse_string(bibliography.bibtex([source(title=title)]), "bibtex").entries["a-paper"]
    assert str(Text.from_latex(entry.fields["title"])) == title


def test_the_csl_file_has_what_a_reference_manager_asks_for():
    made = json.loads(bibliography.csl(SOURCES))
    assert [item["id"] for item in made] == [one.id for one in SOURCES]
    for item in made:
        assert item["type"] in CSL_TYPES and item["title"] and item["URL"].startswith("https://")
        assert all("literal" in name or "family" in name for name in item["author"])
        for date in (item["issued"], item["accessed"]):
            assert all(isinstance(part, int) for part in date["date-parts"][0]) and 1 <= len(date["date-parts"][0]) <= 3


def test_an_institution_is_one_name_and_a_paper_on_arxiv_carries_its_number():
    entry = parse_string(bibliography.bibtex([source(by=("Llama Team, AI at Meta",))]), "bibtex").entries["a-paper"]
    assert len(entry.persons["author"]) == 1 and entry.fields["eprint"] == "2101.00027"
    assert json.loads(bibliography.csl([source(by=("OpenAI",))]))[0]["author"] == [{"literal": "OpenAI"}]
