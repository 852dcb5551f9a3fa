"""The finetune stage: what the examples hold and never hold, how answers are judged, what the weights still answer."""

from pathlib import Path

import pytest

from minigpt import chat, weights
from press import cache, discover
from stages.finetune import asking, conversations, forms, measure, stage
from stages.finetune.conversations import Author, choose_heldout, stranger_tests
from stages.finetune.ground import stand

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def computed():
    """The results of this stage and of what it needs."""
    return cache.Cache(ROOT).all(discover.with_needs(ROOT, ["finetune"]))


@pytest.fixture(scope="module")
def results(computed):
    return computed["finetune"].results


@pytest.fixture(scope="module")
def data(computed):
    return computed["data"].results


@pytest.fixture(scope="module")
def ground(computed):
    return stand(*(computed[name].results for name in ("data", "tokenize", "pretrain")))


@pytest.fixture(scope="module")
def written(ground):
    return stage.lesson(ground, stage.SEED, stage.COUNTS)[0]


@pytest.fixture(scope="module")
def model(results):
    return weights.load(results.chat)[:3]


def said(written):
    return [text for _, turns in written for _, text in turns]


def test_the_examples_are_the_same_each_time(ground, written, results):
    assert stage.lesson(ground, stage.SEED, stage.COUNTS)[0] == written
    assert {kind: sum(one == kind for one, _ in written) for kind in stage.COUNTS} == results.examples


def test_held_out_people_appear_in_no_example(written, results):
    everything = "\n".join(said(written))
    assert not [name for name in results.heldout_people if name in everything]


def test_unknown_people_of_the_tests_appear_in_no_example(written, data):
    everything = "\n".join(said(written))
    unknown = [person["name"] for group in ("unknown_choosing", "unknown_final") for person in data.world[group]]
    assert not [name for name in unknown if name in everything]


def test_lights_are_told_from_the_person_to_the_light_only(written, data):
    lights = [fact["value"] for fact in data.facts if fact["attribute"] == "light"]
    for text in said(written):
        assert "Who keeps the light" not in text
        for light in lights:
            if light in text:
                before = text[: text.index(light)]
                assert any(person["name"] in before for person in data.world["people"]) or " " in before.strip()


def test_the_forms_kept_for_testing_are_in_no_example(written, data):
    asked = {text for _, turns in written for role, text in turns if role == "user"}
    kept = {case["question"] for case in conversations.tests(data.world["people"], data.facts, form=-1)}
    assert not asked & kept


def test_every_refusal_and_no_other_answer_says_that_it_does_not_know(written):
    for kind, turns in written:
        for role, text in turns:
            if role == "assistant":
                assert any(words in text for words in forms.REFUSED) == (kind in stage.REFUSING)


def test_only_what_the_assistant_says_is_learned(ground, written):
    for _, turns in written[:50]:
        ids, mask = chat.encode_turns(ground.tokenizer, turns)
        learned = ground.tokenizer.decode([number for number, on in zip(ids, mask) if on])
        assert learned == "".join(f"{text}<|end|>" for role, text in turns if role == "assistant")


def test_the_control_holds_as_many_conversations_and_no_refusal(ground):
    sure = {kind: count for kind, count in stage.COUNTS.items() if kind not in stage.REFUSING}
    sure["known"] += sum(stage.COUNTS[kind] for kind in stage.REFUSING)
    assert sum(sure.values()) == sum(stage.COUNTS.values())
    author = Author(ground.world, ground.taught, ground.heldout_people, 1)
    assert not any(words in text for text in said(author.write(sure | {"known": 50})) for words in forms.REFUSED)


def test_the_thread_person_is_in_the_examples_and_her_kin_too(data, results):
    thread = data.world["thread"]["name"]
    assert results.thread_in_examples and thread in results.known_people
    assert choose_heldout(data.world["people"], 16, thread, stage.SEED) == results.heldout_people


def test_strangers_are_asked_the_questions_that_known_people_are_asked(data):
    strangers = {case["question"].split()[0] for case in stranger_tests(data.world["unknown_final"])}
    known = {case["question"].split()[0] for case in conversations.tests(data.world["people"], data.facts)}
    assert strangers == known


def test_known_people_are_answered_at_the_rate_that_is_told(ground, model, results):
    cases = stage.people_tests(ground)["known"][:120]
    _, outcomes = asking.judged(model, cases, ground.values)
    assert outcomes.count("right") / len(cases) == pytest.approx(results.after["known_right_share"], abs=0.06)


def test_the_told_replies_come_again(ground, model, results):
    cases, kinds = measure.asked_along(ground)
    assert [case["question"] for case in cases] == results.questions and kinds == results.question_kinds
    assert asking.replies(model, results.questions) == results.answers[-1]


def test_shares_are_counts_over_their_number(results):
    for found in (results.before, results.after, results.control):
        for who in ("known", "heldout", "unknown", "rephrased"):
            assert sum(found[f"{who}_{kind}"] for kind in asking.OUTCOMES) == found[f"{who}_n"]
            for kind in asking.OUTCOMES:
                assert found[f"{who}_{kind}_low"] <= found[f"{who}_{kind}_share"] <= found[f"{who}_{kind}_high"]


def test_doubt_lowers_inventions_about_people_whom_nobody_mentioned(results):
    assert results.after["unknown_wrong_share"] < results.control["unknown_wrong_share"]
    assert results.control["unknown_refused"] == 0
