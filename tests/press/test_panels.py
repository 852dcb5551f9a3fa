"""What a reader is shown about a claim: its panel, its ledger entry, how an error in it is reported."""

import json
import re
from html import unescape

import pytest
import yaml

from press import report_link
from tests.press.project import ROOT, change, guide, make, plain, write

SECOND = """\
---
title: More
nav: more
---
The tale was told{{ cite('tale-origin') }} and {{ claim('tale-vocabulary') }}.
"""
REPO = {"REPO_URL": "https://example.org/repo"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = make(tmp_path_factory.mktemp("panels"), {"docs/more.md": SECOND})
    guide(folder, environ=REPO).build()
    return folder / "site"


def page(site, name):
    return (site / name / "index.html").read_text(encoding="utf-8")


def panel(text, id):
    return plain(re.search(rf'<li id="cite-{id}".*?</li>', text, re.S).group())


def test_a_panel_says_what_the_source_prints_where_when_and_with_what_caveat(site):
    told = panel(page(site, "guide/count"), "tale-vocabulary")
    for part in (
        "has 50,257 entries.", "“50,257”", 'href="https://example.org/tale.pdf#page=4"',
        'A. Writer, 2019-02',
        "2026-11-24", "read in the primary source", "It counts one special token.",
    ):  # fmt: skip
        assert part in told


def test_a_source_is_named_in_full_once_and_then_by_the_number_of_that_entry(site):
    first, second = (panel(page(site, "more"), id) for id in ("tale-origin", "tale-vocabulary"))
    assert "as-before" not in first and "A. Writer, 2019-02" in first
    assert '<a class="as-before" href="#cite-tale-origin">As 1</a><span class="in-full"><a href="https' in second
    assert 'href="https://example.org/tale.pdf#page=4"' in second and "In the ledger" in second


def test_a_panel_links_to_other_pages_and_claims_that_lean_on_it(site):
    told = panel(page(site, "guide/count"), "tale-vocabulary")
    assert '<dt>also used in</dt><dd><a href="../../more/#ref-tale-vocabulary-1">More</a>' in told
    assert '<dt>leads to</dt><dd><a href="../ledger/#ratio-large">' in told
    assert "also used in" in panel(page(site, "more"), "tale-origin")


def test_nothing_is_said_of_other_pages_where_there_are_none(tmp_path):
    guide(make(tmp_path)).build()
    assert "also used in" not in page(tmp_path / "site", "guide/count")


def test_every_page_and_claim_opens_a_prefilled_issue(site):
    for name in ("guide/count", "guide/ledger", "more"):
        assert "https://example.org/repo/issues/new?template=error.yml&amp;where=" in page(site, name), name
    told = unescape(re.search(r'class="report" href="([^"]*)"', panel(page(site, "more"), "tale-origin")).group(1))
    assert told == "https://example.org/repo/issues/new?template=error.yml&where=ledger%20entry%20tale-origin"
    entry = re.search(r'<article class="entry" id="ratio-large".*?</article>', page(site, "guide/ledger"), re.S).group()
    assert "where=ledger%20entry%20ratio-large" in entry


def test_the_repository_has_the_form_that_the_links_fill_in():
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / report_link.FORM).read_text(encoding="utf-8"))
    assert "where" in [part.get("id") for part in form["body"]]


def test_without_the_repository_no_page_offers_a_report(tmp_path):
    guide(make(tmp_path)).build()
    assert not any("issues/new" in path.read_text(encoding="utf-8") for path in tmp_path.glob("site/**/*.html"))


def test_an_entry_carries_what_it_is_filtered_by(site):
    text = page(site, "guide/ledger")
    assert re.search(r'id="tale-vocabulary" data-kind="cited" data-stage="count" data-source="tale-paper"'
                     r' data-status="verified-primary"', text)  # fmt: skip
    assert 'id="ratio-large" data-kind="derived" data-stage="count"' in text
    assert 'id="count.letters" data-kind="measured" data-stage="count"' in text
    assert '<option value="tale-paper">A tale of tokens</option>' in text


def test_every_place_of_use_is_linked_each_page_named_once(site):
    text = page(site, "guide/ledger")
    entry = re.search(r'<article class="entry" id="count.letters".*?</article>', text, re.S).group()
    places = re.findall(r'href="\.\./count/#(use-count\.letters-\d+)"', entry)
    assert len(places) == len(set(places)) >= 4
    assert entry.count("A sentence is written</a>") == 1
    assert 'aria-label="A sentence is written, place 2">2</a>' in entry
    assert all(f'id="{place}"' in page(site, "guide/count") for place in places)


def entry(text, id):
    return re.search(rf'<article class="entry" id="{id}".*?</article>', text, re.S).group()


def test_a_measured_value_is_told_by_the_sentence_it_stands_in_then_by_its_name(site):
    told = entry(page(site, "guide/ledger"), "count.letters")
    assert '<p class="says">We begin with <b>sixteen</b> letters.' in told
    assert "result <code>letters</code> of" in told and "About <code>letters</code>: letters in the fact." in told


def test_a_value_that_only_a_figures_description_tells_says_so(tmp_path):
    make(tmp_path)
    change(tmp_path, "stages/count/stage.py", "    pieces: list[str]", "    pieces: list[str]\n    hens: int = 7")
    change(tmp_path, "stages/count/figures.py", "squares in a row.", 'squares, {{ measured("hens") }} hens.')
    guide(tmp_path).build()
    told = entry(page(tmp_path / "site", "guide/ledger"), "count.hens")
    assert "Told in the description of the figure “It grows”" in told and "About <code>" not in told


def test_a_claim_that_only_a_derived_one_uses_names_it(tmp_path):
    make(tmp_path)
    change(tmp_path, "stages/count/page.md", '{{ claim("tale-vocabulary") }}', "many")
    guide(tmp_path).build()
    told = entry(page(tmp_path / "site", "guide/ledger"), "tale-vocabulary")
    assert 'the derived claim <a href="#ratio-large">' in told and "nowhere" not in told


def test_entries_stand_in_a_group_for_each_page_that_is_open_until_script_folds_it(site):
    text = page(site, "guide/ledger")
    groups = re.findall(r'<details class="ledger-group" id="([^"]*)" open><summary>(.*?)</summary>', text)
    assert ("cited-count", 'words <span class="count">2</span>') in groups
    assert text.index('id="measured-count"') < text.index('id="count.letters"')
    fold = re.search(r"<script>\s*for \(const group.*?</script>", text, re.S)
    assert fold and text.index('id="count.letters"') < text.rindex(fold[0])


def test_cited_code_is_told_by_its_place_and_not_in_a_programmers_words(tmp_path):
    change(make(tmp_path), "stages/count/page.md", "It is a beginning.", 'Code{{ cite("stages:count.stage.run") }}.')
    guide(tmp_path).build()
    told = panel(page(tmp_path / "site", "guide/count"), "stages-count.stage.run")
    says = re.search(r'<p class="says">(.*?)</p>', told).group(1)
    assert says == "<span>Our own code does this: </span><code>run</code>, stages/count/stage.py, line 12."
    assert "Ada counts the hens" in re.search(r"<pre.*?</pre>", told, re.S).group()


def test_a_recomputed_claim_is_marked_so(tmp_path):
    make(tmp_path)
    write(tmp_path, "again.py", "def size():\n    return 50257\n")
    change(tmp_path, "sources.yaml", "    at: page 4\n", "    at: page 4\n    recompute: again:size\n")
    guide(tmp_path).build()
    assert 'data-kind="cited recomputed"' in page(tmp_path / "site", "guide/ledger")


def test_the_twin_says_the_same_as_the_page(site):
    twin = json.loads((site / "guide/ledger.json").read_text(encoding="utf-8"))
    text = page(site, "guide/ledger")
    ids = [one["id"] for one in twin["claims"] + twin["measured"]]
    assert ids and all(f'<article class="entry" id="{id}"' in text for id in ids)
    assert len(re.findall(r'<article class="entry" id="[^"]*" data-kind', text)) == len(ids)


def test_a_copied_number_is_kept_apart_from_its_marker(site):
    paragraph = re.search(r"<p>A vocabulary of.*?</p>", page(site, "guide/count"), re.S).group()
    paragraph = re.sub(r'<span class="heard">.*?</span>', "", paragraph)  # spoken, and not to be selected
    assert "A vocabulary of 50,257\xa0[1] tokens\xa0[2]," in unescape(re.sub(r"<[^>]*>", "", paragraph))
