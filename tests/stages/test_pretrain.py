"""The pretrain stage: its parts on small cases, and cheap truths measured again from the frozen results."""

import io
import math
import signal
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy

from minigpt import evaluate, gpt, weights
from press import cache, discover
from stages.pretrain import anew, baselines, exposure, heads, law, measure, probes, sums, sweep, training
from stages.pretrain.plan import KEPT, SEED, STEPS, TOLD, Text, curve, plan, read

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def computed():
    """The results of this stage and of what it needs."""
    return cache.Cache(ROOT).all(discover.with_needs(ROOT, ["pretrain"]))


@pytest.fixture(scope="module")
def results(computed):
    return computed["pretrain"].results


@pytest.fixture(scope="module")
def data(computed):
    return computed["data"].results


@pytest.fixture(scope="module")
def text(computed):
    return read(computed["data"].results, computed["tokenize"].results)


@pytest.fixture(scope="module")
def model(results):
    return weights.load(results.base)[:3]


def small_plan(**changes):
    config = gpt.Config(vocabulary=16, context=8, width=8, heads=2, layers=1)
    return training.Plan(config, **({"steps": 12, "batch": 4, "rate": 1e-2, "seed": 1, "keep": (0, 5, 12)} | changes))


TOKENS = np.tile(np.arange(16), 40)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(training, "FOLDER", tmp_path)
    monkeypatch.setattr(training, "SAVE_EVERY", 4)
    return tmp_path


def test_an_interrupted_run_goes_on_and_equals_an_uninterrupted_one(folder, monkeypatch):
    whole = training.train_all(small_plan(), TOKENS, "whole", resume=False)

    def train_until_interrupted(*given):
        for step, nats in whole_train(*given):
            if step == 5:
                signal.raise_signal(signal.SIGINT)
            yield step, nats

    whole_train = training.train
    with monkeypatch.context() as patched:
        patched.setattr(training, "train", train_until_interrupted)
        with pytest.raises(SystemExit, match="stopped at step 5; the same command goes on from there"):
            training.train_all(small_plan(), TOKENS, "base")
    resumed = training.train_all(small_plan(), TOKENS, "base")
    assert resumed.nats == whole.nats
    assert resumed.kept.keys() == whole.kept.keys() == {0, 5, 12}
    assert all((resumed.kept[step][name] == w).all() for step in whole.kept for name, w in whole.kept[step].items())


def test_a_finished_run_is_not_repeated(folder):
    first = training.train_all(small_plan(), TOKENS, "base")
    again = training.train_all(small_plan(), TOKENS, "base")
    assert again.nats == first.nats and again.seconds == first.seconds


def test_another_text_or_plan_is_another_run(folder):
    digests = {small_plan().digest(TOKENS), small_plan(seed=2).digest(TOKENS), small_plan().digest(TOKENS[1:])}
    assert len(digests) == 3


def test_a_table_of_counts_gives_probabilities_that_sum_to_one():
    random = np.random.default_rng(1)
    table = baselines.Table(random.integers(0, 6, 200), 6, [0.5, 0.7, 0.7])
    for context in ([0, 1], [5, 5], [3, 2]):
        p = table.probability(np.array([context] * 6), np.arange(6))
        assert p.sum() == pytest.approx(1)
        assert (p > 0).all()


def test_a_longer_table_predicts_a_pattern_that_a_shorter_one_cannot():
    pages = [[0, *([1, 2, 1, 3] * 20)] for _ in range(12)]
    nats, _ = baselines.table_losses(pages[:10], pages[10:], 4)
    assert nats["unigram"] > nats["bigram"] > nats["trigram"]
    assert nats["trigram"] < 0.05


def test_a_page_longer_than_the_context_is_scored_token_by_token_once():
    ids = list(range(1, 40))
    scored = [aim for _, aims in evaluate.windows(ids, 8) for aim in aims if aim >= 0]
    assert scored == ids[1:]


def test_prompts_end_before_the_answer_and_only_there(data):
    for kind in ("seen", "heldout"):
        for case in probes.completions(data.facts, data.world["phrasings"][kind]):
            assert case["answer"].strip() not in case["prompt"]


def test_no_held_out_phrasing_stands_in_the_pages(data):
    pages = "\n".join(page["text"] for page in data.corpus)
    for fact in data.facts[::7]:
        for phrasing in data.world["phrasings"]["heldout"][fact["attribute"]]:
            assert phrasing.format(**{"a": "a", **fact}) not in pages


def test_lights_are_asked_backwards_by_name_only(data):
    cases = probes.backward(data.facts, data.world["phrasings"]["backward"], "light")
    assert len(cases) == 3 * sum(fact["attribute"] == "light" for fact in data.facts)
    names = {f" {person['name']}" for person in data.world["people"]}
    assert {case["answer"] for case in cases} <= names


def test_the_held_out_loss_is_that_of_the_shipped_weights(results, text, model):
    assert evaluate.mean_nats(*model[:2], text.heldout) == pytest.approx(results.heldout_nats, rel=1e-3)


def test_the_tables_lose_to_the_model(results):
    assert results.uniform_nats > results.unigram_nats > results.bigram_nats > results.trigram_nats
    assert results.gain_over_trigram_nats > 0
    assert results.trigram_nats - results.heldout_nats == pytest.approx(results.gain_over_trigram_nats)
    assert results.heldout_low_nats < results.heldout_nats < results.heldout_high_nats


def test_the_tables_can_be_counted_again(results, text):
    nats, discounts = baselines.table_losses(text.train, text.heldout, text.tokenizer.vocabulary)
    assert discounts == results.discounts
    for name in ("unigram", "bigram", "trigram"):
        assert nats[name] == pytest.approx(getattr(results, f"{name}_nats"), rel=1e-3)


def test_the_table_of_fives_has_the_discount_that_suits_it(text):
    assert baselines.tune(text.train, text.tokenizer.vocabulary, 5) == anew.DISCOUNT


def test_the_files_hold_the_configuration_and_the_tokenizer_that_the_page_tells(results, computed):
    for data, name in ((results.base, "base"), (results.early, "early")):
        _, config, tokenizer, metadata = weights.load(data)
        assert dict(config.__dict__) == results.config
        assert [list(pair) for pair in tokenizer.merges] == computed["tokenize"].results.merges
        assert metadata["checkpoint"] == name
        assert len(data) < 1_600_000
    assert results.parameters == gpt.Config(**results.config).parameters <= 1_500_000


def test_the_official_library_opens_both_files_and_finds_the_contracts_tensors(results):
    shapes = gpt.Config(**results.config).shapes
    for data in (results.base, results.early):
        tensors = safetensors.numpy.load(data)
        assert {name: w.shape for name, w in tensors.items() if not name.endswith(".scale")} == shapes
        assert all(tensors[f"{name}.scale"].shape == shape[:1] for name, shape in shapes.items())


def test_rounding_costs_less_than_half_a_percent(results):
    assert abs(results.quantisation_share) < 0.005


def test_the_random_life_is_the_first_point_of_the_curve(results, text):
    drawn = gpt.init(plan(text.tokenizer).config, SEED)
    assert evaluate.mean_nats(drawn, plan(text.tokenizer).config, text.heldout[:10]) == pytest.approx(
        math.log(results.config["vocabulary"]), abs=0.25)
    assert results.curve_steps == curve() and results.curve_steps[0] == 0 and results.curve_steps[-1] == STEPS
    assert results.untrained_nats == results.curve_nats[0] == results.checkpoint_nats[0]


def test_the_told_checkpoints_are_kept_ones(results):
    assert results.checkpoint_steps == list(TOLD)
    assert set(TOLD) <= set(KEPT) and results.early_step in KEPT
    assert [one["step"] for one in results.checkpoints] == sorted(KEPT)


def test_the_greedy_continuation_of_the_last_checkpoint_comes_again(results, data, model):
    told = measure.says(model, data.world["thread"])
    assert told["greedy"] == results.checkpoint_greedy[-1]
    assert told["first_p"] == pytest.approx(results.thread_first_p, rel=1e-3)


def test_what_heads_off_do_to_the_fact_is_worked_out_of_the_shipped_weights_in_each_build(computed, model):
    results, data = computed["pretrain"].results, computed["data"].results
    found = anew.run(results, data, computed["tokenize"].results)
    without = np.array(found.without_p)
    assert without.shape == (results.config["layers"], results.config["heads"])
    ids, place = ([list(model[2].pieces).index(piece.encode()) for piece in pieces]
                  for pieces in (results.thread_prompt_pieces, results.thread_place_pieces))
    assert anew.chance(*model[:2], ids, place[0]) == pytest.approx(results.thread_first_p, rel=1e-3)
    size = model[1].width // model[1].heads
    layer, head = found.missed["layer"] - 1, found.missed["head"] - 1
    name = f"layers.{layer}.attention.out"
    mask = np.ones(model[1].width, np.float32)
    mask[head * size : (head + 1) * size] = 0
    masked = model[0] | {name: model[0][name] * mask}
    assert anew.chance(masked, model[1], ids, place[0]) == pytest.approx(without.min())
    assert without[found.spared["layer"] - 1, found.spared["head"] - 1] > results.thread_first_p
    assert found.layer_lookers_p < found.looker["p"] < results.thread_first_p
    assert found.lens_places[-1] == 1 and found.ending_tokens == len(place)
    told = results.two_contexts
    for name in ("same", "different"):
        ends = [np.array(found.contexts[f"{name}_{end}"]) for end in ("low", "high")]
        assert (ends[0] - 1e-6 <= told[name]).all() and (told[name] <= ends[1] + 1e-6).all(), name
    assert found.contexts["different_high"][-1] < found.contexts["same_low"][-1]  # the figure's finding
    assert found.model_low_bits < results.model_bits < found.model_high_bits
    assert found.model_low_bits == pytest.approx(
        results.heldout_low_nats * results.heldout_tokens / results.heldout_bytes / np.log(2))


def test_attention_of_the_thread_sentence_is_one_row_a_token(results):
    layers, heads, rows, columns = results.thread_attention.shape
    assert (layers, heads) == (results.config["layers"], results.config["heads"])
    assert rows == columns == len(results.thread_pieces)
    assert np.allclose(results.thread_attention.sum(-1), 1, atol=1e-5)


def test_the_weights_files_of_both_lives_differ(results):
    early, base = (weights.load(data)[0] for data in (results.early, results.base))
    assert any((early[name] != base[name]).any() for name in base)


def test_a_corpus_without_held_out_pages_stops_with_a_sentence(computed):
    data = type("Data", (), {"corpus": [{"text": "A page.", "split": "train"}]})
    with pytest.raises(ValueError, match="no training or no held-out pages"):
        read(data, computed["tokenize"].results)


def test_the_text_is_one_stream_of_all_training_pages():
    text = Text(None, [[9, 1], [9, 2, 3]], [], 0)
    assert text.stream.tolist() == [9, 1, 9, 2, 3]


def test_a_saved_run_is_one_file_that_numpy_opens(folder):
    run = training.begin(small_plan())
    training.save(run, folder / "run.npz")
    with np.load(io.BytesIO((folder / "run.npz").read_bytes())) as arrays:
        assert "weights/embedding" in arrays.files and "kept/0/embedding" in arrays.files


def test_the_curve_is_laid_again_through_all_sizes_but_the_largest(results):
    *small, largest = results.law_points
    counts, nats = ([point[key] for point in small] for key in ("layer_parameters", "nats"))
    fitted, said, low, high = law.predict(counts, nats, largest["layer_parameters"])
    assert fitted.power == pytest.approx(results.law_power)
    assert said == pytest.approx(results.law_predicted_nats)
    assert (low, high) == pytest.approx((results.law_low_nats, results.law_high_nats), rel=1e-3)
    assert results.law_miss_nats == pytest.approx(largest["nats"] - said)
    assert largest["parameters"] == results.parameters


def test_every_rate_that_was_taken_is_the_best_of_its_sweep(results):
    for point in results.law_points:
        assert point["rate"] == point["swept_rates"][int(np.argmin(point["swept_nats"]))]
        assert point["tokens"] == results.law_tokens


def test_the_table_of_runs_holds_every_run_once(results):
    names = [run["run"] for run in results.runs]
    assert len(names) == len(set(names)) == results.runs_number
    kinds = {kind: [run for run in results.runs if run["kind"] == kind] for kind in
             ("base", "short", "versions", "scaling")}
    assert sum(map(len, kinds.values())) == len(names)
    assert kinds["base"][0]["seconds"] == results.train_seconds and kinds["base"][0]["tokens"] == results.tokens_seen
    assert len(kinds["short"]) == len(sweep.RATES) + len(sweep.SEEDS) - 1
    assert len(kinds["versions"]) == 3 * len(results.versions_seeds)
    assert {run["tokens"] for run in kinds["scaling"]} == {results.law_tokens}
    assert all(run["flops"] > run["six_nd_flops"] for run in results.runs)


def test_versions_read_equally_many_tokens_and_show_every_seed(results):
    assert {run["tokens"] for run in results.runs if run["kind"] == "versions"} == {results.versions_tokens}
    for name, nats in results.versions_nats.items():
        own = [run["nats"] for run in results.versions_runs if run["version"] == name]
        assert len(own) == len(results.versions_seeds)
        assert nats == pytest.approx(np.mean(own))
        assert results.versions_low_nats[name] <= nats <= results.versions_high_nats[name]


def test_a_head_is_removed_again(results, text, model):
    layer, head = results.heads_most_layer - 1, results.heads_most_head - 1
    cut = heads.without(model[0], model[1], layer, [head])
    more = evaluate.mean_nats(cut, model[1], text.heldout) - results.heldout_nats
    assert more == pytest.approx(results.heads_most_nats, rel=1e-2)
    assert results.heads_nats[layer, head] == results.heads_nats.max()


def test_strangers_given_a_town_show_what_guessing_scores(results):
    assert results.planted_unknown_low <= results.planted_chance <= results.planted_unknown_high


def test_verses_are_recited_again(results, data, text, model):
    again = exposure.verses(model, data.verses, text.heldout)
    for now, then in zip(again["verses"], results.verses, strict=True):
        assert abs(now["right"] - then["right"]) <= 1
        assert now["nats"] == pytest.approx(then["nats"], rel=1e-2)


def test_some_sums_are_added_again(results, data, model):
    told = data.world["sums"]
    right, _ = sums.answered(model, told["heldout"]["3"][:20], told, "running")
    assert abs(sum(right) / 20 - results.sums_share["heldout_running_3"]) < 0.35
    assert sums.answered(model, told["heldout"]["2"], told, "direct")[0].count(True) == pytest.approx(
        results.sums_share["heldout_direct_2"] * results.sums_n["heldout_direct_2"], abs=1)
