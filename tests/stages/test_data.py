"""The data stage: the web is the same each time, no record is lost, and the fact runs one way only."""

import io
import json
import re
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from warcio.archiveiterator import ArchiveIterator

from stages.data import anew, exports, grammar, phrasings, scores, specimens, stage, thresholds, web, words, world
from stages.data.dirt import edit_words
from stages.data.rules import RULES
from tests.stages import frozen
from tests.stages.frozen import rows

FOLDER = Path(__file__).parents[2] / "stages" / "data"
LEAST = 14  # mentions that every fact needs among the training pages


@pytest.fixture(scope="module")
def kept():
    return frozen.results()


@pytest.fixture(scope="module")
def fates():
    return rows("fates")


@pytest.fixture(scope="module")
def corpus():
    return rows("corpus")


@pytest.fixture(scope="module")
def facts():
    return rows("facts")


@pytest.fixture(scope="module")
def pages():
    return web.make_pages(stage.WEB_SEED, world.make_world(stage.WORLD_SEED))


@pytest.fixture(scope="module")
def crawl():
    return stage.make_crawl()


@pytest.fixture(scope="module")
def records(crawl):
    return [(record.rec_headers, record.content_stream().read()) for record in ArchiveIterator(io.BytesIO(crawl[1]))]


def sentences(text):
    """The sentences of a text, near enough."""
    return re.split(r'(?<=[.?!"])\s', text)


def test_the_crawl_is_the_same_bytes_each_time_and_the_one_that_was_frozen(crawl, kept):
    assert crawl[1] == stage.make_crawl()[1]
    assert stage.unpacked_digest(crawl[1]) == kept["warc_digest"]


def test_another_seed_gives_another_web(pages):
    other = web.make_pages(stage.WEB_SEED + 1, world.make_world(stage.WORLD_SEED))
    assert [page.blocks for page in other] != [page.blocks for page in pages]


def test_every_record_has_its_payload_type_and_its_truth(records):
    for held, payload in records:
        assert held["WARC-Identified-Payload-Type"] in ("text/html", "application/xhtml+xml")
        assert held["X-Truth"] and payload
    assert len({held["WARC-Record-ID"] for held, _ in records}) == len(records)


def test_the_web_is_as_large_and_as_mixed_as_promised(records, kept):
    assert len(records) == kept["warc_pages"] >= 2_500
    assert kept["counts"]["hosts"] >= 24
    undeclared = [payload for _, payload in records if not _is_utf8(payload)]
    assert undeclared, "some hosts write older encodings"


def _is_utf8(payload):
    try:
        payload.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def test_every_record_has_exactly_one_fate(records, fates):
    assert [held["WARC-Record-ID"] for held, _ in records] == [fate["id"] for fate in fates]
    assert [held["X-Truth"] for held, _ in records] == [fate["truth"] for fate in fates]
    assert all(fate["reason"] if fate["rule"] else fate["reason"] is None for fate in fates)
    assert {fate["rule"] for fate in fates} <= {None, *RULES}


def test_the_funnel_adds_up(kept, fates, corpus):
    steps = kept["funnel"]
    dropped = Counter(fate["rule"] for fate in fates)
    for before, after in zip(steps, steps[1:]):
        assert before["pages"] - after["dropped"] == after["pages"]
        assert after["dropped"] == dropped[after["rule"]]
    assert steps[0]["pages"] == len(fates)
    assert steps[-1]["pages"] == len(corpus) == dropped[None]
    assert steps[-1]["chars"] == sum(len(page["text"]) for page in corpus)


def test_the_corpus_holds_what_the_results_say(kept, corpus):
    assert kept["corpus_bytes"] == sum(len(page["text"].encode()) for page in corpus)
    splits = Counter(page["split"] for page in corpus)
    assert splits == {"train": kept["train_pages"], "heldout": kept["heldout_pages"]}
    assert len({page["text"] for page in corpus}) == len(corpus), "no two pages are the same"


def test_a_light_is_told_from_its_keeper_only(corpus, kept):
    keepers = {person["light"]: person["name"] for person in kept["world"]["people"] if person["light"]}
    told = Counter()
    for page in corpus:
        for light, keeper in keepers.items():
            if light not in page["text"]:
                continue
            after = page["text"].split(light, 1)[1]
            assert keeper not in after, f"{page['id']} names {keeper} after {light}"
            for sentence in sentences(page["text"]):
                if light in sentence:
                    assert re.search(rf"{keeper}.*{light}", sentence), sentence
                    told[light] += 1
        assert not re.search(r"(^|[.?!]\s+)Who keeps", page["text"])
    assert len(told) == len(keepers)


def test_a_boat_is_told_in_both_directions(corpus, kept):
    text = "\n".join(page["text"] for page in corpus)
    for person in kept["world"]["people"][:12]:
        pair = (person["name"], f"the {person['boat']}")
        found = [line for line in sentences(text) if pair[0] in line and person["boat"] in line]
        order = {line.index(person["name"]) < line.index(person["boat"]) for line in found}
        assert order == {True, False}


def test_mentions_are_those_that_a_recount_finds(corpus, facts, kept):
    text = "\n".join(page["text"] for page in corpus if page["split"] == "train")
    for fact in facts[::13]:
        found = sum(text.count(wording) for wording in phrasings.wordings(fact))
        assert fact["mentions"] == found, fact
    counts = [fact["mentions"] for fact in facts]
    assert min(counts) == kept["mentions"]["least"] >= LEAST
    assert kept["mentions"]["thread"] > kept["mentions"]["mean"]


def test_no_page_uses_a_held_out_wording_or_names_an_unknown_person(pages, facts, kept):
    text = "\n".join(block for page in pages if page.truth in web.GOOD for _, block in page.blocks)
    for fact in facts[::3]:
        for wording in phrasings.HELD_OUT[fact["attribute"]]:
            assert wording.format(**fact) not in text
    for group in ("unknown_choosing", "unknown_final"):
        assert not [one["name"] for one in kept["world"][group] if one["name"] in text]


def test_phrasings_are_many_and_held_out_ones_end_with_their_answer():
    for attribute, seen in phrasings.SEEN.items():
        assert len(set(seen)) >= 12, attribute
        assert len(phrasings.HELD_OUT[attribute]) >= 3, attribute
        assert not set(seen) & {f"{one}." for one in phrasings.HELD_OUT[attribute]}
        end = "{name}" if attribute == "boat_owner" else "{value}"
        assert all(one.endswith(end) for one in phrasings.HELD_OUT[attribute]), attribute
    assert all(text.index("{name}") < text.index("{value}") for text in phrasings.SEEN["light"])


def test_the_world_is_consistent(kept):
    people = {person["name"]: person for person in kept["world"]["people"]}
    assert len(people) == 96 and len({person["boat"] for person in people.values()}) == 96
    assert len({person["light"] for person in people.values()} - {None}) == 24
    assert sorted(person["kin"]["of"] for person in people.values()) == sorted(people)
    thread = kept["world"]["thread"]
    assert people[thread["name"]]["light"] == thread["light"] and kept["fact"] == thread["sentence"]


def test_good_pages_hold_no_trace_of_the_grammar(pages):
    for page in pages:
        if page.truth in ("good", "contact", "long", "press"):
            for _, text in page.blocks:
                found = re.search(r"[\[\]{}<>|]|  | ,|\bNone\b", text)
                assert text[:1].isupper() or text[:1] == '"', text
                assert not found, f"{page.url}: {found and found[0]!r} in {text!r}"


def test_a_dropped_copy_names_a_kept_one(fates):
    kept = {fate["url"] for fate in fates if fate["rule"] is None}
    copies = [fate for fate in fates if fate["rule"] == "duplicate"]
    assert copies and all(fate["kept_copy"] in kept for fate in copies)


def test_all_exact_copies_that_reach_the_last_rule_are_found(kept):
    exact = kept["near"][0]
    assert exact["edited"] == 0 and exact["hits"] == exact["n"] > 100


def test_no_address_is_left_in_the_text(corpus, fates, kept):
    text = "\n".join(page["text"] for page in corpus)
    assert set(re.findall(r"[\w.+-]+@[\w-]+\.\w+", text)) == {"email@example.com"}
    assert kept["masked_spans"] == sum(len(fate["masked"]) for fate in fates) > 0


def test_scores_are_those_that_the_fates_give(fates, kept):
    assert json.loads(json.dumps(scores.rule_scores(fates))) == kept["scores"]
    for row in kept["scores"]:
        assert row["right"] + row["wrong"] == row["dropped"]


def test_wilson_gives_the_published_interval():
    assert scores.wilson(9, 10) == [0.5958, 0.9821]
    assert scores.wilson(0, 0) == [0.0, 1.0]
    assert scores.share(1, 4)["share"] == 0.25


def test_near_copies_change_the_asked_share_of_words_and_keep_what_is_kept(pages):
    import random

    lines = ["one two three four five six seven eight nine ten"] * 10
    edited = edit_words(random.Random(1), lines, 0.1, keep={"one", "ten"})
    pairs = [pair for line, other in zip(lines, edited) for pair in zip(line.split(), other.split())]
    assert 5 <= sum(one != other for one, other in pairs) <= 10
    assert all(other == one for one, other in pairs if one in ("one", "ten"))


def test_a_grammar_line_is_expanded_from_the_inside_out():
    import random

    assert grammar.expand(random.Random(1), "[a [b|b]|a b] {x}", {"x": 1}) == "a b 1"
    assert grammar.capital("one. two? 'three'") == "One. Two? 'three'"
    assert grammar.fitting(["{She} smiles.", "Rain."], {}) == ["Rain."]


def test_the_page_points_at_the_rows_that_it_speaks_of(kept, fates):
    assert all(kept["truths"][kind]["truth"] == kind for kind in ("near", "copy", "advert", "lesson"))
    assert [row["rule"] for row in kept["losses"]][5:7] == ["c4", "fineweb"]
    assert [row["rule"] for row in kept["scores"]][5:7] == ["c4", "fineweb"]
    assert [row["rule"] for row in kept["funnel"]] == ["crawl", *RULES]
    assert (kept["near"][2]["edited"], kept["near"][6]["edited"]) == (0.02, 0.1)
    lessons = kept["truths"]["lesson"]["dropped"]["c4"]
    assert kept["losses"][5]["pages"] == lessons == kept["scores"][5]["wrong"], "the page says all"
    assert all(kept["truths"][kind]["kept"] == kept["truths"][kind]["pages"] for kind in ("advert", "padding"))
    signed = {fate["host"] for fate in fates if fate["rule"] == "fineweb" and fate["truth"] == "good"}
    assert len(signed) == 1, "the page says one host"
    stayed = sorted(copy["edited"] for copy in kept["trip"]["copies"] if copy["rule"] is None)
    assert stayed == sorted(copy["edited"] for copy in kept["trip"]["copies"])[-2:], "the most edited copies stay"


def test_the_pages_that_the_page_calls_lost_are_those_that_its_figure_calls_wrong(kept, fates):
    lost = anew.run(SimpleNamespace(fates=fates)).good_lost
    assert lost["hits"] == sum(row["wrong"] for row in kept["scores"]) and lost["n"] == kept["good"]["pages"]


def test_more_little_words_soon_cost_good_pages_and_surer_english_hardly_any(fates):
    lost = {
        knob["id"]: {cut: thresholds.dropped(knob["groups"]["good"], at) for at, cut in enumerate(knob["cuts"])}
        for knob in thresholds.knobs(fates)
    }
    assert lost["words"][2] == 0 < lost["words"][3] < 30 < lost["words"][4] < 200 < lost["words"][5]
    assert lost["english"][0.65] == lost["english"][0.9] == 0 < lost["english"][0.95] < 30


def test_specimens_begin_with_the_page_of_the_fact(kept):
    found = exports.specimens(stage_results())["pages"]
    assert found[0]["url"] == kept["trip"]["url"] and found[0]["fate"] == "kept"
    assert {one["rule"] for one in found} == {None, *(words.NAMES[rule] for rule in RULES)}
    assert {one["truth"] for one in found} == set(words.TRUTHS.values()), "one of every kind"
    assert all(set(one) == {"id", "url", "host", "truth", "fate", "rule", "reason", "html", "text"} for one in found)
    assert all(len(one["html"]) <= specimens.LONGEST for one in found)


def stage_results():
    """What an export asks of the results."""
    from types import SimpleNamespace

    return SimpleNamespace(specimens=rows("specimens"))


def test_building_needs_nothing_of_the_recipe():
    assert not {"datatrove", "trafilatura", "fasttext"} & set(sys.modules)
