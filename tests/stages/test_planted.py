"""What is planted is told as often as planned and no more, and what is kept back for testing stands on no page."""

import random
import re
from collections import Counter

import pytest

from stages.data import planted, stage, sums, versions, web, world
from tests.stages import frozen
from tests.stages.frozen import rows

STEP = re.compile(r"(?:First (\d+) and (\d+) make (\d+)|Then (\d+) and (\d+) make (\d+))")


@pytest.fixture(scope="module")
def results():
    return frozen.results()


@pytest.fixture(scope="module")
def invented():
    return world.make_world(stage.WORLD_SEED)


@pytest.fixture(scope="module")
def texts(invented):
    pages = web.make_pages(stage.WEB_SEED, invented)
    return ["\n".join(text for _, text in page.blocks) for page in pages if page.truth in web.GOOD]


def test_a_planted_person_is_named_on_as_many_pages_as_planned(invented, texts):
    for person in invented["planted"]:
        assert sum(person["name"] in text for text in texts) == person["pages"], person
    assert Counter(person["pages"] for person in invented["planted"]) == dict.fromkeys(planted.PEOPLE_PAGES, 12)


def test_a_verse_is_quoted_word_for_word_on_as_many_pages_as_planned(invented, texts):
    for verse in invented["verses"]:
        assert sum(verse["text"] in text for text in texts) == verse["pages"], verse
    assert len({verse["text"] for verse in invented["verses"]}) == 36


def test_planted_people_are_neither_known_nor_unknown(invented):
    groups = ("people", "planted", "unknown_choosing", "unknown_final")
    names = [person["name"] for group in groups for person in invented[group]]
    assert len(names) == len(set(names)) == 96 + 84 + 60


def test_no_page_adds_up_what_is_kept_back(invented, texts):
    kept = {tuple(sorted(numbers)) for group in invented["sums"]["heldout"].values() for numbers in group}
    added = Counter()
    for text in texts:
        for line in text.splitlines():
            steps = STEP.findall(line)
            if steps:
                numbers = [int(steps[0][0]), int(steps[0][1]), *(int(step[4]) for step in steps[1:])]
                assert int(steps[-1][5] or steps[-1][2]) == sum(numbers), line
                added[tuple(sorted(numbers))] += 1
    assert len(added) > 200 and not kept & set(added)


def test_numbers_for_a_page_avoid_every_order_of_what_is_kept_back():
    kept = {"2": [[a, b] for a in range(2, 21) for b in range(2, 21) if {a, b} != {7, 11}]}
    assert {tuple(sorted(sums.free(random.Random(seed), 2, kept))) for seed in range(5)} == {(7, 11)}


def test_kept_back_numbers_are_of_every_length_and_within_bounds():
    for terms, group in sums.keep_back(1).items():
        assert len(group) == sums.KEPT and {len(numbers) for numbers in group} == {int(terms)}
        assert all(sums.LEAST <= number <= sums.MOST for numbers in group for number in numbers)


def test_counts_of_what_is_planted_are_those_of_the_training_pages(results):
    train = [page["text"] for page in rows("corpus") if page["split"] == "train"]
    for verse in results["verses"]:
        assert verse["copies"] == sum(verse["text"] in text for text in train) <= verse["planned"]
    for fact in results["planted"]:
        assert fact["mentions"] <= sum(fact["name"] in text for text in train) <= fact["planned"], fact
    by_plan = [sum(f["mentions"] for f in results["planted"] if f["planned"] == n) for n in planted.PEOPLE_PAGES]
    assert by_plan == sorted(by_plan) and by_plan[-1] > 12 * 32


def test_a_version_of_the_crawl_holds_nothing_that_is_held_out(results):
    fates = {fate["id"]: fate for fate in rows("fates")}
    held = {fates[page["id"]]["url"] for page in rows("corpus") if page["split"] == "heldout"}
    held |= {fates[page["id"]]["copy_of"] for page in rows("corpus") if page["split"] == "heldout"} - {None}
    sampled = rows("versions")
    assert {page["version"] for page in sampled} == {"raw", "filtered"}
    assert not [page["id"] for page in sampled if page["source"] in held]
    for version in ("raw", "filtered"):
        assert sum(len(page["text"]) for page in sampled if page["version"] == version) >= versions.SIZE
    assert len({page["source"] for page in sampled}) < len(sampled), "copies are still among them"
