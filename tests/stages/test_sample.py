"""The sample stage: its throws follow the model's chances, its counts count what they say, and the page may say so."""

import numpy as np
import pytest

from minigpt import weights
from minigpt.batch import continue_all, next_scores
from minigpt.gpt import Config, Model, init
from minigpt.sample import Random, distribution, generate
from minigpt.share import wilson
from stages.sample import anew, asking, draw, figures, texts, writing


@pytest.fixture(scope="module")
def ours(results):
    return results["sample"]


@pytest.fixture(scope="module")
def model(results):
    return weights.load(results["pretrain"].base)


def test_many_prompts_at_once_give_what_each_gives_alone():
    config = Config(vocabulary=64, context=32, width=16, heads=2, layers=2)
    params, prompts = init(config, 3), [[1, 2, 3], [4, 5, 6], [7], [8, 9, 10]]
    together = continue_all(params, config, prompts, 20, [1, 2, 3, 4], temperature=0.9, top_p=0.9)
    alone = [generate(Model(params, config), prompt, Random(seed), 20, temperature=0.9, top_p=0.9)
             for prompt, seed in zip(prompts, [1, 2, 3, 4])]
    assert together == alone


def test_a_row_that_meets_its_stop_ends_and_the_others_go_on():
    config = Config(vocabulary=8, context=32, width=16, heads=2, layers=1)
    params, prompts, seeds = init(config, 3), [[1], [2], [3], [4]], [1, 2, 3, 4]
    free = continue_all(params, config, prompts, 24, seeds)
    stopped = continue_all(params, config, prompts, 24, seeds, stop=(5,))
    assert stopped == [ids[: ids.index(5)] if 5 in ids else ids for ids in free]
    assert any(5 in ids for ids in free)


def test_wilsons_interval_is_the_one_in_the_textbook():
    low, high = wilson(8, 10)  # Wilson 1927, checked with statsmodels: 0.4902, 0.9433
    assert (low, high) == pytest.approx((0.490162, 0.943318), abs=1e-6)
    assert wilson(0, 20)[0] == pytest.approx(0) and wilson(20, 20)[1] == pytest.approx(1)


def test_the_scene_repeats_from_the_weights(results, ours, model):
    scores = next_scores(*model[:2], [texts.opening(model[2], ours.prompt)])[0]
    for name, settings in draw.SETTINGS.items():
        p = distribution(scores, **settings)
        assert p[ours.draw["ids"]].tolist() == pytest.approx(ours.draw[name], rel=1e-3, abs=1e-6)
        assert int((p > 0).sum()) == ours.kept_tokens[name]


def test_each_operation_leaves_chances_that_make_one(ours):
    for name in draw.SETTINGS:
        assert sum(ours.draw[name]) + ours.rest[name] == pytest.approx(1, abs=1e-9)
        line = ours.line[name]
        assert line[0][0] == 0 and line[-1][1] == pytest.approx(1)
        assert [part[1] for part in line[:-1]] == pytest.approx([part[0] for part in line[1:]], abs=1e-9)
        for start, end, row in line:
            assert row < 0 or end - start == pytest.approx(ours.draw[name][row], abs=1e-9)


def test_the_throw_lies_on_the_stretch_of_the_token_that_it_draws(ours):
    start, end, row = next(part for part in ours.line["top_p"] if part[0] <= ours.draw["uniform"] < part[1])
    assert row < 0 or ours.draw["ids"][row] == ours.draw["drawn_id"]


def test_temperature_keeps_the_order_and_cuts_never_add_a_token(ours):
    kept = [ours.kept_tokens[name] for name in draw.SETTINGS]
    assert kept == sorted(kept, reverse=True)
    for name in ("chances", "temperature"):
        assert ours.draw[name] == sorted(ours.draw[name], reverse=True)


def test_a_thousand_draws_keep_to_theory(ours):
    assert ours.draw_counts.shape == (draw.STREAMS, draw.DRAWS // draw.EVERY)
    off = (ours.draw_counts[:, -1] - ours.draws["expected"]) / ours.draws["deviation"]
    assert int((np.abs(off) <= 2).sum()) == ours.draws["inside"]
    assert abs(off.mean()) < 5 / draw.STREAMS**0.5


def test_one_seed_gives_one_text_and_many_seeds_give_many(ours):
    assert ours.again["repeatable"] is True
    assert 1 <= ours.again["different"] <= ours.again["seeds"]


def test_what_is_written_at_three_temperatures_begins_as_the_frozen_results_say(results, ours):
    written = anew.written(results["pretrain"].base, ours.prompt, ours.seed)
    assert written["one"].startswith(ours.again_texts[0].strip())
    place = results["tokenize"].thread_place
    assert [place in text for text in written.values()] == [True, True, False]
    cold = anew.written(results["pretrain"].base, ours.prompt, ours.seed + 1)
    assert cold["zero"] == written["zero"] and cold["one"] != written["one"]


def test_about_a_few_strangers_the_model_is_as_sure_as_about_people_it_knows(ours):
    strangers, known = (sorted(ours.sure_by_opening[name]) for name in ("unknown", "known"))
    assert strangers[-1] > known[len(known) // 2] and known[-1] - strangers[-1] < 0.02
    assert strangers[len(strangers) // 2] < known[len(known) // 2] - 0.1


def test_greedy_facts_are_counted_again(results, ours, model):
    asked = asking.cases(asking.OPENINGS, results["data"].world["people"])
    said = asking.complete(model, asked, range(len(asked)), temperature=0.0)
    right = sum(texts.begins_with(text, case["value"]) for text, case in zip(said, asked))
    assert ours.facts_n == len(asked)
    assert ours.facts_by_seed[0] == pytest.approx([right] * 3, abs=max(1, len(asked) // 100))


def test_intervals_hold_their_shares(ours):
    for low, share, high in zip(ours.facts_low, ours.facts_share, ours.facts_high):
        assert low <= share <= high
    assert ours.unknown["low"] <= ours.unknown["real_share"] <= ours.unknown["high"]


def test_strangers_stand_on_no_training_page(results):
    pages = "\n".join(page["text"] for page in results["data"].corpus)
    assert not [one["name"] for one in results["data"].world["unknown_choosing"] if one["name"] in pages]


def test_what_strangers_are_given_is_what_the_text_says(ours):
    for row in ours.unknown_said:
        assert row["value"] is None or texts.begins_with(row["said"], row["value"])
    assert sum(row["value"] is not None for row in ours.unknown_said) == ours.unknown["real"]


def test_pages_that_are_continued_were_held_out(results, ours, model):
    firsts, rests = writing.openings(model, results["data"], writing.PAGES, writing.WRITTEN_TOKENS)
    assert len(firsts) == len(rests) == ours.pages_n
    held = "\n".join(page["text"] for page in results["data"].corpus if page["split"] == "heldout")
    assert all(model[2].decode(ids[1:]) in held for ids in firsts)


def test_a_circle_is_found_and_a_list_is_not_one():
    assert texts.is_loop([5, 6, 7] * 20)
    assert not texts.is_loop(list(range(60)))
    assert not texts.is_loop([1, 2, 3, 4] * 4 + list(range(100, 140)))


def test_texts_that_turn_in_a_circle_are_counted_at_every_temperature_under_every_seed(ours):
    rows = ours.loops["rows"]
    assert [row["temperature"] for row in rows] == list(writing.LOOP_TEMPERATURES)
    assert rows[0] == ours.loops["greedy"] and rows[-1] == ours.loops["drawn"]
    for row in rows:
        assert len(row["by_seed"]) == (len(writing.SEEDS) if row["temperature"] else 1)
        assert row["n"] == ours.loops["pages"] * len(row["by_seed"]) and row["looping"] == sum(row["by_seed"])
        assert row["low"] <= row["share"] <= row["high"]


def test_some_greedy_texts_turn_in_a_circle_again(results, ours, model):
    firsts, _ = writing.openings(model, results["data"], writing.LOOP_PAGES, 0)
    written = writing.continued(model, firsts[:32], 1, 0.0, writing.LOOP_TOKENS)
    looping = sum(map(texts.is_loop, written))
    assert abs(looping / 32 - ours.loops["greedy"]["share"]) < 0.2
    assert texts.is_loop(model[2].encode(ours.loop_example)) or not ours.loop_example


def test_repetition_is_a_share_of_what_was_said_already(ours):
    assert len(ours.repeated) == len(ours.temperatures)
    for mean, runs in zip(ours.repeated, ours.written_by_seed["repeated"]):
        assert 0 <= min(runs) <= mean <= max(runs) < 1


def test_a_frame_shows_every_row_and_never_moves_the_others(ours):
    frames = figures.one_draw(ours)
    assert 4 <= len(frames) <= 8
    rows = [[row["token or others"] for row in frame.table[:-1]] for frame in frames.values()]
    assert all(row == rows[0] for row in rows)
    assert all(frame.html.count("is-fact") == 1 for frame in frames.values())


def test_the_others_are_of_one_pale_tint_as_a_bar_and_on_the_line_for_gray_is_what_is_cut(ours):
    frame = figures.one_draw(ours)["temperature"].html
    assert "2,040 others" in frame and "is-tail" in frame and "fill:var(--rest)" in frame
    assert "is-cut" not in frame and "fig-base" not in frame
