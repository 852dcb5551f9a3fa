"""corrections.yaml: every row has a verdict and an answer that rests on claims; every mistake is one sentence."""

import re
from types import SimpleNamespace

import pytest

from press import corrections, corrections_page, ledger
from press.fault import Fault
from tests.ledger.test_sources import WEAKNESS
from tests.press.project import ROOT, guide, make, plain

FILE = """\
corrections:
  nearly-right:
    topic: count
    said: It was told in print.
    verdict: imprecise
    source: tale-paper
    at: page 9
    answer: It was told there first.
    instead: [tale-origin]
  far-too-large:
    topic: count
    said: The tale's vocabulary has <50,000> entries.
    verdict: wrong
    by: a popular account
    answer: It has {tale-vocabulary}; the fact has {count.letters words} letters{tale-origin}.
    instead: [tale-vocabulary, tale-origin]
  left-out-origin:
    topic: elsewhere
    leaves_out: where it was told
    by: another account
    answer: In print.
    instead: [tale-origin]
errata:
  first-slip:
    date: 2026-11-24
    where: home
    said: Too little.
    now: Enough.
"""
PAGE = (
    "---\ntitle: Said\n---\n{{ corrections() }}\n\n## Left out\n\n{{ corrections.left_out() }}\n\n## Ours\n\n"
    "{{ errata() }}\n\n{{ corrections | length }} rows, {{ corrections.count('wrong') }} wrong\n"
)
LEDGER = ledger.read(ROOT)
OURS = corrections.read(ROOT, LEDGER)


def project(folder, text=FILE):
    return make(folder, {"corrections.yaml": text, "docs/corrections.md": PAGE})


@pytest.fixture
def built(tmp_path):
    guide(project(tmp_path)).build()
    return (tmp_path / "site/corrections/index.html").read_text(encoding="utf-8")


def row(text, id):
    return plain(re.search(rf'<article class="correction"[^>]* id="{id}".*?</article>', text, re.S)[0])


def test_a_row_has_what_is_said_the_verdict_the_answer_its_source_and_since_when(built):
    told = row(built, "far-too-large")
    assert "“The tale’s vocabulary has &lt;50,000&gt; entries.”" in told and "a popular account" in told
    assert '<b class="verdict">Wrong.</b> It has <a class="claim"' in told and "50,257" in told
    assert 'href="#cite-tale-vocabulary"' in told and ">sixteen</a> letters" in told
    assert "primary source: " in told and "A tale of tokens" in told and "since 2019-02" in told
    assert '<li id="cite-tale-origin"' in built and "3 rows, 1 wrong" in built


def test_a_statement_found_in_a_source_names_it_with_its_place(built):
    assert '<a href="https://example.org/tale.pdf" rel="noopener">A tale of tokens</a> (paper), page 9' in row(
        built, "nearly-right"
    )


def test_the_plainest_mistakes_of_a_topic_come_first_and_what_is_left_out_stands_apart(built):
    ids = ("count", "far-too-large", "nearly-right", "left-out", "left-out-origin")
    order = [built.index(f'id="{id}"') for id in ids]
    assert order == sorted(order)
    told = row(built, "left-out-origin")
    assert "Where it was told" in told and 'class="verdict"' not in told


def test_a_claim_without_a_place_in_the_answer_is_marked_at_its_end(built):
    assert re.search(r'told there first\.<a class="claim cite"[^>]*>', row(built, "nearly-right"))


@pytest.mark.parametrize(
    "old, new, told",
    [
        ("instead: [tale-vocabulary, tale-origin]", "instead: [tale-vocabluary]", "Nearest: tale-vocabulary"),
        ("    said: The tale's", "    leaves_out: x\n    said: The tale's", "not exactly one of said and leaves_out"),
        ("    by: a popular account\n", "", "neither by nor source"),
        ("verdict: wrong", "verdict: worng", "Nearest: wrong"),
        ("    verdict: wrong\n", "", 'the verdict on "far-too-large" is ""'),
        ("    leaves_out: where", "    verdict: wrong\n    leaves_out: where", "leaves out and has a verdict"),
        ("    answer: In print.\n", "", "has no answer"),
        ("answer: In print.", "answer: On 7 pages.", 'the naked number "7"'),
        ("answer: In print.", "answer: In {tale-vocabulary}.", "which its instead does not list"),
        ("answer: In print.", "answer: In {count.letter}.", "Nearest: letters"),
        ("source: tale-paper", "source: tale-papre", "Nearest: tale-paper"),
        ("    at: page 9\n", "", "no place in it"),
        ("    by: another", "    byy: another", "Nearest: by"),
        ("instead: [tale-origin]", "instead: tale-origin", "not a list"),
        ("date: 2026-11-24", "date: today", "today"),
        ("errata:", "erata:", 'has the key "erata"'),
        ("instead: [tale-origin]", 'instead: ["minigpt:nothing.here"]', "there is no code"),
    ],
)
def test_a_broken_row_is_one_sentence(tmp_path, old, new, told):
    assert old in FILE
    with pytest.raises(Fault, match=re.escape(told)):
        guide(project(tmp_path, FILE.replace(old, new, 1))).check()


def test_a_claim_that_only_a_correction_uses_counts_as_used(tmp_path):
    text = FILE.replace("answer: In print.", "answer: In {tale-vocabulary} words.").replace(
        "    instead: [tale-origin]\nerrata", "    instead: [tale-vocabulary]\nerrata"
    )
    assert guide(project(tmp_path, text)).check()


@pytest.mark.parametrize(
    "dates, told",
    [
        ([("2020-05", "", "paper"), ("2019-02", "", "blog")], "since 2020-05"),
        ([("2019-02", "2024-10", "docs")], "as of 2024-10"),
        ([], ""),
    ],
)
def test_since_when_is_the_latest_source(dates, told):
    claims = [SimpleNamespace(as_of=of, source=SimpleNamespace(date=date, kind=kind)) for date, of, kind in dates]
    assert corrections_page.since(claims) == told


@pytest.mark.parametrize(
    "ids, label",
    [
        (["gpt2-vocabulary"], "primary source"),
        (["gpt2-vocabulary", "judge-is-fooled"], "sources"),
        (["finetune-compute-share"], "primary source"),
        (["minigpt:sample.distribution"], "our own code"),
    ],
)
def test_a_source_is_called_primary_only_where_it_was_read_itself(ids, label):
    assert corrections_page.sources(ids, corrections_page.cited(ids, LEDGER))[0] == label


def test_ours_are_fifty_or_more_and_no_two_say_the_same():
    assert len(OURS.said) >= 50
    said = [one.said or one.leaves_out for one in OURS.said]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("one", OURS.said, ids=lambda one: one.id)
def test_a_row_is_courteous_and_its_answer_is_whole_sentences(one):
    assert not re.search(r"Karpathy|YouTube|http|reviewer|fact.check", one.by + one.answer)
    assert not one.by or re.match(r"an? ", one.by)
    assert one.said.endswith(".") or one.leaves_out.endswith(".")
    assert one.answer[0].isupper() and re.search(r"[.}]\.?$", one.answer)


@pytest.mark.parametrize("one", OURS.said, ids=lambda one: one.id)
def test_an_answer_says_where_its_evidence_is_weak(one):
    for claim in (LEDGER.claims[id] for id in one.instead if ":" not in id):
        if claim.status in WEAKNESS:
            assert re.search(WEAKNESS[claim.status], one.answer, re.I), claim.id


@pytest.mark.parametrize("one", OURS.said, ids=lambda one: one.id)
def test_terms_of_the_trade_are_not_left_unexplained(one):
    told = corrections.PLACE.sub("", f"{one.said} {one.leaves_out} {one.answer}")
    assert not re.search(r"MinHash|petaflop|TruthfulQA|calibration|RLHF|perplexity", told)
    assert "MMLU" not in told or "examination (MMLU)" in told


def test_a_place_that_two_claims_share_is_told_once():
    places = ("a.py; b.py, f()", "a.py; c.py")
    claims = [SimpleNamespace(source="tale", status="verified-primary", at=at) for at in places]
    _, told = corrections_page.sources([], claims)
    assert list(told["tale"]) == ["a.py", "b.py, f()", "c.py"]
