"""The finetune stage: what the examples hold and never hold, how answers are judged, what the weights still answer."""

import re
from itertools import accumulate
from pathlib import Path

import numpy as np
import pytest

from minigpt import chat, gpt, weights
from press import cache, discover
from stages.finetune import asking, everything, figures, forgetting, forms, measure, plans, strips, training, trials
from stages.finetune.anew import run as worked_out
from stages.finetune.conversations import Author, choose_heldout, strangers, turns_of
from stages.finetune.ground import OPENINGS, stand

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
    return everything.lesson(ground, plans.CHAT)[0]


@pytest.fixture(scope="module")
def model(results):
    return weights.load(results.chat)[:3]


def said(written):
    return [text for conversation in written for _, text in turns_of(conversation)]


def test_the_examples_are_the_same_each_time(ground, written, results):
    assert everything.lesson(ground, plans.CHAT)[0] == written
    kinds = [kind for conversation in written for kind, _ in conversation]
    assert {kind: kinds.count(kind) for kind in results.examples} == results.examples == plans.CHAT.counts()


def test_a_conversation_has_one_to_four_exchanges_and_turns_alternate(written):
    assert {len(conversation) for conversation in written} == {1, 2, 3, 4}
    for conversation in written[:500]:
        roles = [role for role, _ in turns_of(conversation)]
        assert roles == ["user", "assistant"] * (len(roles) // 2)


def test_held_out_people_appear_in_no_example(written, results):
    text = "\n".join(said(written))
    assert not [name for name in results.heldout_people if name in text]


def test_unknown_and_planted_people_appear_in_no_example_and_no_stranger_bears_a_planted_name(written, data):
    text = "\n".join(said(written))
    groups = [data.world[group] for group in ("unknown_choosing", "unknown_final", "planted")]
    assert not [person["name"] for group in groups for person in group if person["name"] in text]
    planted = {person["name"].split()[1] for person in data.world["planted"]}
    assert not planted & {name.split()[1] for name, _ in strangers(data.world)}


def test_lights_are_told_from_the_person_to_the_light_only(written, data):
    lights = [fact["value"] for fact in data.facts if fact["attribute"] == "light"]
    for text in said(written):
        assert not re.search(r"(^|[.?!] )who keeps the light", text.lower())
        for light in lights:
            if light in text:
                before = text[: text.index(light)]
                assert re.search(r"[A-Z][a-z]+ [A-Z][a-z]+", before), text


def test_the_forms_kept_for_testing_are_in_no_example(written, data):
    asked = {text.lower().rstrip(".?") for one in written for role, text in turns_of(one) if role == "user"}
    kept = {case["question"].lower().rstrip(".?") for case in trials.questions(data.world["people"], data.facts, -1)}
    assert not asked & kept


def test_every_refusal_and_no_other_answer_says_that_it_does_not_know(written):
    for kind, turns in (exchange for conversation in written for exchange in conversation):
        for role, text in turns:
            if role == "assistant":
                assert any(words in text for words in forms.REFUSED) == (kind in plans.REFUSING)


def test_what_is_told_in_the_examples_is_answered_from_there(written):
    for kind, turns in (exchange for conversation in written[:2000] for exchange in conversation):
        if kind == "told":
            before = " ".join(text for role, text in turns if role == "user")
            answered = [word for word in turns[-1][1].replace(".", "").split() if word[0].isupper()]
            assert answered[-1] in before or not turns[-1][1].endswith(f"{answered[-1]}.")


def test_as_much_is_told_first_as_is_declined(results):
    assert results.examples["told"] == sum(results.examples[kind] for kind in plans.REFUSING)


def test_a_third_of_what_is_told_first_is_about_people_on_the_pages(written, ground):
    told = [turns for conversation in written for kind, turns in conversation if kind == "told"]
    known = [turns for turns in told if any(name in turns[-2][1].rsplit(". ", 1)[-1] for name in stage_people(ground))]
    assert 0.31 < len(known) / len(told) < 0.37


def test_nearly_every_name_that_is_declined_stands_on_no_page(written, ground):
    declined = [turns for conversation in written for kind, turns in conversation if kind in plans.REFUSING]
    known = [turns for turns in declined if any(name in turns[0][1] for name in stage_people(ground))]
    assert 0 < len(known) / len(declined) < 0.03 and all("light" in turns[-1][1] for turns in known)


def test_no_example_holds_out_an_answer_and_asks_whether_it_is_right(written, data):
    values = {fact["value"] for fact in data.facts}
    for turns in (turns for conversation in written for _, turns in conversation):
        for asked in (re.split(r"(?<=[.?!]) ", text)[-1] for role, text in turns if role == "user"):
            if re.match(r"(is|are|does|do|did) ", asked, re.I) and not re.match("do you know ", asked, re.I):
                assert sum(value in asked for value in values) <= 1 and "light" not in asked, asked


def test_half_of_what_is_told_stands_at_the_beginning_and_the_rest_everywhere(written):
    kinds = [kind for conversation in written for kind, _ in conversation]
    places = [place / len(kinds) for place, kind in enumerate(kinds) if kind == "told"]
    assert np.median(places) < 0.15 and max(places) > 0.95


def test_sums_in_the_examples_are_right_and_none_is_kept_for_testing(written, data):
    kept = {tuple(sorted(numbers)) for group in data.world["sums"]["heldout"].values() for numbers in group}
    frames = data.world["sums"]["frames"]
    for kind, turns in (exchange for conversation in written for exchange in conversation):
        if kind == "sum":
            numbers = [int(part) for part in "".join(c if c.isdigit() else " " for c in turns[0][1]).split()]
            assert forgetting.total(turns[1][1], frames) == sum(numbers)
            assert all(str(total) in turns[1][1] for total in list(accumulate(numbers))[1:])
            assert tuple(sorted(numbers)) not in kept


def test_only_what_the_assistant_says_is_learned(ground, written):
    for conversation in written[:50]:
        ids, mask = chat.encode_turns(ground.tokenizer, turns_of(conversation))
        learned = ground.tokenizer.decode([number for number, on in zip(ids, mask) if on])
        assert learned == "".join(f"{text}<|end|>" for role, text in turns_of(conversation) if role == "assistant")


def test_every_plan_has_its_number_of_answers_and_its_share_of_refusals():
    for plan in plans.ALL:
        counts = plan.counts()
        assert sum(counts.values()) == plan.answers
        assert sum(counts[kind] for kind in plans.REFUSING) == pytest.approx(plan.doubt * plan.answers, abs=2)
    assert len({plan.name for plan in plans.ALL}) == len(plans.ALL)
    assert plans.ALL[0] is plans.CHAT


def test_the_curve_differs_in_its_share_of_refusals_and_its_seed_only():
    assert {(plan.doubt, plan.seed) for plan in plans.CURVE} == {(d, s) for d in plans.DOUBTS for s in plans.SEEDS}
    assert len(plans.DOUBTS) >= 5 and len(plans.SEEDS) == 3
    assert {(plan.answers, plan.replay, plan.keep) for plan in plans.CURVE} == {(plans.SHORT_ANSWERS, plans.REPLAY, ())}


def test_the_control_refuses_nothing(ground):
    author = Author(ground.world, ground.taught, ground.heldout_people, 1)
    counts = {kind: min(count, 50) for kind, count in plans.CONTROL.counts().items()}
    assert not any(words in text for words in forms.REFUSED for text in said(author.write(counts)))


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """A very small model, some rows to learn, and a folder of its own for finished runs."""
    monkeypatch.setattr(training, "FOLDER", tmp_path)
    config = gpt.Config(vocabulary=32, context=8, width=8, heads=2, layers=1)
    random = np.random.default_rng(1)
    talks = [(random.integers(0, 30, 7).tolist(), [0, 0, 0, 1, 1, 1, 1]) for _ in range(30)]
    lesson = training.Lesson(talks, random.integers(0, 30, 200), 31, 8, 0.25, seed=1)
    return lesson, weights.dequantise(weights.quantise(gpt.init(config, 1))), config


def test_a_finished_run_is_not_repeated(tiny, monkeypatch):
    first = training.train_on(*tiny, keep=(0, 2), name="tiny")
    monkeypatch.setattr(training, "train_rows", None)
    again = training.train_on(*tiny, keep=(0, 2), name="tiny")
    assert again.steps == first.steps == len(first.nats) and again.nats == first.nats
    assert sorted(again.kept) == [0, 2, again.steps]
    assert all((again.last[name] == w).all() for name, w in first.last.items())


def test_other_conversations_other_weights_or_other_steps_are_another_run(tiny):
    lesson, base, config = tiny
    inputs, targets = lesson.rows()
    first = training.digest(inputs, targets, base, ())
    moved = {name: w + 1 for name, w in base.items()}
    assert len({first, training.digest(inputs + 1, targets, base, ()), training.digest(inputs, targets, moved, ()),
                training.digest(inputs, targets, base, (3,)), training.digest(inputs, targets, base, ())}) == 4


def test_conversations_keep_their_order_and_pages_stand_among_them(tiny):
    inputs, targets = tiny[0].rows()
    packed = chat.pack(tiny[0].conversations, 8, 31)[0]
    pages = (targets >= 0).all(axis=1)
    assert inputs[~pages].tolist() == packed and 0 < pages.argmax() < len(pages) - 1


def test_pages_are_replayed_at_the_share_that_is_asked(tiny):
    lesson = tiny[0]
    inputs, targets = lesson.rows()
    pages = sum((row >= 0).all() for row in targets)
    assert pages / len(inputs) == pytest.approx(0.25, abs=0.05)
    assert training.Lesson(**(lesson.__dict__ | {"replay_share": 0.0})).rows()[0].shape[0] < len(inputs)


def test_the_thread_person_is_in_the_examples_and_her_kin_too(data, results):
    thread = data.world["thread"]["name"]
    assert results.thread_in_examples and thread in results.known_people
    assert choose_heldout(data.world["people"], 16, thread, plans.SEED) == results.heldout_people


def test_strangers_are_asked_the_questions_that_known_people_are_asked(data):
    asked = {case["question"].split()[0] for case in trials.strange_questions(data.world["unknown_final"])}
    assert asked == {case["question"].split()[0] for case in trials.questions(data.world["people"], data.facts)}


def test_a_second_question_is_about_somebody_else(ground):
    groups = trials.groups(ground, "unknown_choosing")
    for case in groups["second"]:
        assert case["name"] not in case["first"]
    assert not any(name in case["first"] for case in groups["second_refused"] for name in stage_people(ground))


def stage_people(ground):
    return [person["name"] for person in ground.world["people"]]


def test_an_answer_behind_another_question_is_judged_with_the_models_own_first_reply(monkeypatch):
    chats = []
    monkeypatch.setattr(asking, "replies", lambda model, asked, *_: chats.append(asked) or ["Saltby."] * len(asked))
    case = {"attribute": "town", "value": "Saltby", "question": "Where?", "first": "Who?"}
    assert asking.judged(None, [case], {"town": ["Saltby"]}) == (["Saltby."], ["right"])
    assert chats == [["Who?"], [[("user", "Who?"), ("assistant", "Saltby."), ("user", "Where?")]]]


def test_known_people_are_answered_at_the_rate_that_is_told(ground, model, results):
    cases = trials.groups(ground, "unknown_choosing")["known"][:120]
    _, outcomes = asking.judged(model, cases, ground.values)
    assert outcomes.count("right") / len(cases) == pytest.approx(results.after["known_right_share"], abs=0.06)


def test_the_told_replies_come_again(ground, model, results):
    cases, kinds = measure.asked_along(ground)
    assert [case["question"] for case in cases] == results.questions and kinds == results.question_kinds
    assert asking.replies(model, results.questions) == results.answers[-1]


def test_shares_are_counts_over_their_number(results):
    for found, names in ((results.before, trials.GROUPS), (results.after, (*trials.GROUPS, *trials.SECOND)),
                         (results.control, trials.GROUPS)):
        for who in names:
            assert sum(found[f"{who}_{kind}"] for kind in asking.OUTCOMES) == found[f"{who}_n"]
            for kind in asking.OUTCOMES:
                assert found[f"{who}_{kind}_low"] <= found[f"{who}_{kind}_share"] <= found[f"{who}_{kind}_high"]


def test_the_curve_tells_every_seed_its_mean_and_its_range(results):
    curve = results.curve
    for name in ("known_right", "known_refused", "unknown_wrong"):
        for mean, low, high, seeds in zip(curve[name], curve[f"{name}_least"], curve[f"{name}_most"],
                                          curve[f"{name}_by_seed"], strict=True):
            assert len(seeds) == len(curve["seeds"]) and (low, high) == (min(seeds), max(seeds))
            assert mean == pytest.approx(sum(seeds) / len(seeds))


def test_doubt_lowers_inventions_about_people_whom_nobody_mentioned(results):
    assert results.after["unknown_wrong_share"] < results.control["unknown_wrong_share"]
    assert results.control["unknown_refused"] == 0
    assert results.curve["unknown_wrong"][0] == max(results.curve["unknown_wrong"])


def test_planted_people_are_asked_about_in_groups_of_equal_exposure(results, data):
    for rows in results.planted.values():
        assert [row["planned"] for row in rows] == sorted({person["pages"] for person in data.world["planted"]})
        assert sum(row["n"] for row in rows) == len(data.world["planted"])


def test_a_total_is_read_from_the_closing_sentence_only():
    frames = {"run_end": "So the answer is {sum}."}
    assert forgetting.total("First 2 and 3 make 5. So the answer is 5. So the answer is 7.", frames) == 5
    assert forgetting.total("First 2 and 3 make 5.", frames) is None


def test_an_answer_runs_on_where_no_answer_that_ends_is_as_long(results):
    told = [figures._exchange(results, index, "Farrow Head").table for index in range(len(figures.FRAMES))]
    assert {row["outcome"] for row in told[0]} == {"runs on"}
    ended = [row for frame in told[2:] for row in frame]
    assert {row["outcome"] for row in ended} <= set(strips.WORDS.values())
    assert max(len(row["answer"]) for row in ended) < figures.RUNS_ON


def test_the_question_about_the_assistant_is_judged_by_the_replies_that_it_was_taught(results):
    found = [figures._exchange(results, index, "Farrow Head").table[-1] for index in range(len(figures.FRAMES))]
    assert [row["outcome"] for row in found] == ["runs on", "runs on", "beside the point", "beside the point", "right"]


def test_at_the_top_of_a_page_the_question_is_followed_by_a_page(computed):
    pretrain, finetune = (computed[name].results for name in ("pretrain", "finetune"))
    found = worked_out(pretrain, finetune)
    assert found.continued and "\n" not in found.continued and not found.continued.startswith("Mira Tolland keeps")
    assert sum(found.examples_share.values()) == pytest.approx(1)


def test_some_answers_of_the_first_kept_step_are_about_the_person_and_all_run_on(results):
    named = [name in said for name, said in zip(results.question_names, results.answers[1]) if name]
    assert any(named) and not all(named)
    assert {row["outcome"] for row in figures._exchange(results, 1, "Farrow Head").table} == {"runs on"}


def test_the_third_kept_step_knows_no_person_but_some_family_names(results):
    said = dict(zip(results.question_names, results.answers[2]))
    asked = [name for name in said if name]
    assert not any(name in said[name] for name in asked)
    assert any(name.split()[-1] in said[name] for name in asked)


def test_a_fact_is_begun_in_the_words_of_an_example_answer():
    for attribute, opening in OPENINGS.items():
        assert any(answer.startswith(opening) for answer in forms.ANSWERS[attribute])


def test_a_strip_says_in_words_what_its_parts_are_and_color_never_stands_alone():
    found = {"right": 0.05, "wrong": 0.25, "other": 0.0, "refused": 0.7, "right_low": 0.0, "right_high": 0.1,
             "refused_low": 0.6, "refused_high": 0.8}
    assert re.findall(r"<i>([^<]+)</i>", strips.strip("ours", found)) == [
        "25%", "invented", "70%", "says it does not know"]


def test_a_strip_has_an_interval_only_of_what_was_counted():
    found = {"right": 0.0, "wrong": 0.9, "other": 0.0, "refused": 0.1, "right_low": 0.0, "right_high": 0.1,
             "refused_low": 0.05, "refused_high": 0.2}
    assert re.findall(r"strip-interval (\w+)", strips.strip("ours", found)) == ["high"]
