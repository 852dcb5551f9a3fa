"""corrections.yaml: every entry rests on claims, every mistake in it is one sentence with its line."""

import re
from types import SimpleNamespace

import pytest

from press import corrections, ledger
from press.fault import Fault
from tests.press.project import ROOT, guide, make

FILE = """\
corrections:
  far-too-large:
    topic: count
    said: The tale's vocabulary has <50,000> entries.
    by: a popular account
    instead: [tale-vocabulary, tale-origin]
    note: It counts one more.
  left-out-origin:
    topic: elsewhere
    leaves_out: where it was told
    by: another account
    instead: [tale-origin]
errata:
  first-slip:
    date: 2026-11-24
    where: home
    said: Too little.
    now: Enough.
"""
PAGE = "---\ntitle: Said\n---\n{{ corrections() }}\n\n## Ours\n\n{{ errata() }}\n\n{{ corrections | length }}\n"
OURS = corrections.read(ROOT, ledger.read(ROOT))


def project(folder, text=FILE):
    return make(folder, {"corrections.yaml": text, "docs/corrections.md": PAGE})


def test_a_page_sets_what_is_said_beside_what_the_sources_say(tmp_path):
    guide(project(tmp_path)).build()
    text = (tmp_path / "site/corrections/index.html").read_text(encoding="utf-8")
    first = text[text.index('id="far-too-large"') : text.index('id="left-out-origin"')]
    assert "“The tale&#x27;s vocabulary has &lt;50,000&gt; entries.”" in first and "a popular account" in first
    assert "has 50,257 entries." in first and 'href="#cite-tale-vocabulary"' in first and "since 2019-02" in first
    assert '<li id="cite-tale-origin"' in text and "mended 2026-11-24" in text and "<p>2" in text
    assert text.index('id="count"') < text.index('id="elsewhere"')


@pytest.mark.parametrize(
    "old, new, told",
    [
        ("tale-vocabulary, tale-origin", "tale-vocabluary", "Nearest: tale-vocabulary"),
        ("    said: The tale's", "    leaves_out: x\n    said: The tale's", "not exactly one of said and leaves_out"),
        ("    by: a popular account\n", "", "has no by"),
        ("note: It", "noet: It", "Nearest: note"),
        ("instead: [tale-origin]", "instead: tale-origin", "not a list"),
        ("date: 2026-11-24", "date: today", "today"),
        ("errata:", "erata:", 'has the key "erata"'),
        ("instead: [tale-origin]", 'instead: ["minigpt:nothing.here"]', "there is no code"),
    ],
)
def test_a_broken_entry_is_one_sentence(tmp_path, old, new, told):
    assert old in FILE
    with pytest.raises(Fault, match=re.escape(told)):
        guide(project(tmp_path, FILE.replace(old, new, 1))).check()


def test_a_claim_that_only_a_correction_uses_counts_as_used(tmp_path):
    text = FILE.replace("instead: [tale-origin]", "instead: [tale-vocabulary]")
    assert guide(project(tmp_path, text)).check()


@pytest.mark.parametrize(
    "dates, told",
    [
        ([("2020-05", "", "paper"), ("2019-02", "", "blog")], "since 2019-02"),
        ([("2019-02", "2024-10", "docs")], "as of 2024-10"),
        ([], ""),
    ],
)
def test_since_when_is_the_earliest_source(dates, told):
    claims = [SimpleNamespace(as_of=of, source=SimpleNamespace(date=date, kind=kind)) for date, of, kind in dates]
    assert corrections.since(claims) == told


def test_ours_are_fifty_or_more_and_no_two_say_the_same():
    assert len(OURS.said) >= 50
    said = [one.said or one.leaves_out for one in OURS.said]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("one", OURS.said, ids=lambda one: one.id)
def test_blame_is_told_in_general_terms(one):
    assert not re.search(r"Karpathy|YouTube|http", one.by)
    assert re.match(r"an? |the |other |tutorials |reviewers ", one.by)
    assert one.said.endswith(".") or one.leaves_out.endswith(".")
