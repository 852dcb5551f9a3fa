"""The trials of the pretrain stage on small cases: sweeps, laws, versions of a text, planted things, heads, sums."""

from types import SimpleNamespace

import numpy as np
import pytest

from minigpt import bpe, chat, gpt
from stages.pretrain import cleaning, exposure, heads, law, runs, scaling, sums, versions
from stages.pretrain.plan import CONTEXT, HEADS, LAYERS, WIDTH
from stages.pretrain.training import Plan

BYTES = bpe.Tokenizer([], chat.SPECIALS)
FRAMES = {"first": "There are {a} {things} on the quay, and somebody finds {b} more.",
          "more": "And {c} more turn up under the bench.", "ask": "How many {things} is that altogether?",
          "direct": "The answer is {sum}.", "run_first": "First {a} and {b} make {ab}.",
          "run_next": "Then {ab} and {c} make {abc}.", "run_end": "So the answer is {sum}."}


def test_the_sizes_grow_and_the_largest_is_the_base_model_but_for_its_context():
    counts = [size.plan(2048, 1e-3, 1).config.parameters for size in scaling.SIZES]
    assert counts == sorted(counts) and len(counts) >= 7
    assert counts[0] < 50_000
    last = scaling.SIZES[-1]
    assert (last.width, last.heads, last.layers) == (WIDTH, HEADS, LAYERS)
    assert gpt.Config(2048, CONTEXT, WIDTH, HEADS, LAYERS).parameters == counts[-1]


def test_every_size_reads_equally_many_tokens():
    plans = [size.plan(2048, rate, 1) for size in scaling.SIZES for rate in size.rates]
    assert len({plan.steps * plan.batch * plan.config.context for plan in plans}) == 1


def test_a_sweep_goes_on_while_the_best_rate_stands_at_an_edge_and_ends_at_the_limits():
    asked = []

    def loss_at(rate):
        asked.append(rate)
        return abs(np.log2(rate / 3.2e-2))

    assert scaling.sweep(loss_at, (4e-3, 8e-3, 1.6e-2)) == pytest.approx(3.2e-2)
    assert max(asked) == pytest.approx(6.4e-2)  # one beyond the best shows that it is the best
    assert scaling.sweep(lambda rate: -rate, (4e-3, 8e-3)) <= scaling.MOST
    assert scaling.sweep(lambda rate: rate, (4e-3, 8e-3)) >= scaling.LEAST


COUNTS = [6e3, 14e3, 25e3, 83e3, 147e3, 307e3, 442e3]


def test_a_law_without_noise_is_found_and_predicts_the_next_size():
    true = law.Law(0.9, 150.0, 0.45)
    found, said, low, high = law.predict(COUNTS, true.at(COUNTS), 983e3)
    assert found.power == pytest.approx(0.45, abs=0.005)
    assert said == pytest.approx(float(true.at(983e3)), abs=1e-3)
    assert low <= said <= high


def test_the_interval_of_a_prediction_covers_most_new_runs(monkeypatch):
    monkeypatch.setattr(law, "DRAWS", 200)
    random, true, held = np.random.default_rng(1), law.Law(0.9, 150.0, 0.45), 0
    for _ in range(40):
        losses = true.at(COUNTS) + random.normal(size=len(COUNTS)) * 0.02
        came = float(true.at(983e3)) + random.normal() * 0.02
        _, _, low, high = law.predict(COUNTS, losses, 983e3)
        held += low <= came <= high
    assert held >= 34


def test_slopes_of_a_law_with_a_floor_flatten():
    slopes = law.slopes(COUNTS, law.Law(0.9, 150.0, 0.45).at(COUNTS))
    assert all(first < second < 0 for first, second in zip(slopes, slopes[1:]))


def test_operations_are_counted_product_by_product():
    config = gpt.Config(vocabulary=16, context=8, width=4, heads=2, layers=3)
    plan, c, t = Plan(config, 5, 2, 1e-3, 1), 4, 8
    layer = 2 * (3 * c * c + c * c + 4 * c * c + 4 * c * c) + 2 * 2 * t * c  # of one token, attention to a whole row
    forward = 3 * layer + 2 * 16 * c
    assert runs.flops_of(plan) == 3 * forward * 5 * 2 * 8


def test_a_removed_head_no_longer_matters_and_the_others_do():
    config = gpt.Config(vocabulary=16, context=8, width=8, heads=2, layers=2)
    weights = gpt.init(config, 3)
    cut = heads.without(weights, config, 1, [0])
    tokens = np.array([[1, 5, 3, 2]])
    name = "layers.1.attention.qkv"

    def with_other_values(weights, head):
        qkv = weights[name].copy()
        qkv[2 * 8 + head * 4 : 2 * 8 + (head + 1) * 4] += 1  # the head's rows of the values
        return gpt.forward(weights | {name: qkv}, config, tokens)

    assert np.allclose(with_other_values(cut, 0), gpt.forward(cut, config, tokens))
    assert not np.allclose(with_other_values(cut, 1), gpt.forward(cut, config, tokens))
    assert not np.allclose(gpt.forward(cut, config, tokens), gpt.forward(weights, config, tokens))
    assert (weights["layers.1.attention.out"] == gpt.init(config, 3)["layers.1.attention.out"]).all()


def crawl():
    """A stand-in for the data stage: two pages with copies, many without."""
    page = "The ferry to {} leaves at {} and comes back when the herring are in and the lamps are lit in the harbor."
    clean = {f"u{number}": page.format(f"Saltby{number}", number) for number in range(60)}
    known = [{"id": f"i{key}", "url": key, "copy_of": None} for key in clean]
    corpus = [{"id": f"i{key}", "text": text, "split": "train"} for key, text in clean.items()]
    filtered = [{"source": key, "version": "filtered", "text": text} for key, text in clean.items()]
    filtered += [{"source": key, "version": "filtered", "text": clean[key]} for key in ("u7", "u8") for _ in range(2)]
    raw = [{**page, "version": "raw", "text": f"Menu Home\n{page['text']}"} for page in filtered]
    return SimpleNamespace(corpus=corpus, fates=known, versions=raw + filtered)


def test_versions_are_of_equal_length_and_read_once(monkeypatch):
    monkeypatch.setattr(versions, "CONTEXT", 16)
    cut, steps = versions.equal(crawl(), BYTES)
    assert {len(version.stream) for version in cut.values()} == {steps * versions.BATCH * 16 + 16 + 1}
    for version in cut.values():
        assert (len(version.stream) - 16 - 1) // 16 // versions.BATCH == steps  # an epoch is the whole run


def test_copies_stay_together_when_a_version_is_cut():
    ordered = versions.ordered(versions.pages_of(crawl()))
    for pages in ordered.values():
        first = pages[:6] if len(pages) > 60 else pages[:2]
        assert all("Saltby7" in text or "Saltby8" in text for text in first)


def test_passages_are_grouped_by_how_often_they_stand_in_each_version(monkeypatch):
    monkeypatch.setattr(versions, "MOST_STEPS", 10**6)
    monkeypatch.setattr(versions, "CONTEXT", 16)
    data = crawl()
    pages = {name: [text for _, text in own] for name, own in versions.pages_of(data).items()}
    cut = {name: versions.Version(own, np.zeros(1)) for name, own in pages.items()}
    groups = cleaning.grouped(cut, ["A page that nobody has read, about the price of rope and oil."], BYTES)
    assert [many for _, many in groups["copied"]] == [(3, 3, 1)] * 2
    assert len(groups["single"]) == 58 and {many for _, many in groups["single"]} == {(1, 1, 1)}
    assert [many for _, many in groups["unread"]] == [(0, 0, 0)]


def test_data_without_versions_stops_with_a_sentence():
    data = crawl()
    data.versions = [page for page in data.versions if page["version"] == "raw"]
    with pytest.raises(ValueError, match="no filtered pages: recompute the data stage"):
        versions.pages_of(data)


def test_planted_people_count_once_each_and_strangers_show_what_guessing_scores(monkeypatch):
    known = {"Ann Pell": "Saltby", "Bo Marsh": "Oxhaven"}

    def score(weights, config, tokenizer, cases):
        right = [known.get(" ".join(case["prompt"].split()[:2])) == case["answer"].strip() for case in cases]
        return np.array(right), np.ones(len(cases))

    monkeypatch.setattr(exposure.probes, "score", score)
    slots = [{"attribute": "town", "name": name, "she": True, "value": "Saltby", "planned": k, "mentions": k}
             for name, k in (("Ann Pell", 4), ("Bo Marsh", 4), ("Cy Vance", 1))]
    phrasings = {"town": ["{name} lives in {value}.", "{name} has a house in {value}.", "In {value} lives {name}."]}
    found = exposure.planted((None,) * 3, slots, phrasings, ["Saltby", "Oxhaven"], [{"name": "Di Wick", "she": True}])
    assert [(one["planned"], one["n"], one["share"]) for one in found["planted"]] == [(1, 1, 0), (4, 2, 0.5)]
    assert found["planted_wordings"] == 2 and found["planted_unknown_share"] == 0 and found["planted_chance"] == 0.5
    assert found["planted_half_pages"] == 4


def test_sums_are_judged_by_the_number_behind_the_answer(monkeypatch):
    written = {"direct": "{total}.", "running": " 3 and 4 make 7. So the answer is {total}. And more"}

    def continue_all(weights, config, prompts, count, seeds, **settings):
        asked = [BYTES.decode(ids[1:]) for ids in prompts]
        assert all(text.endswith(("The answer is", "First")) for text in asked)
        texts = [written["direct" if text.endswith("is") else "running"].format(total=7) for text in asked]
        return [BYTES.encode(" " * text.endswith("is") + said) for text, said in zip(asked, texts)]

    monkeypatch.setattr(sums, "continue_all", continue_all)
    told = {"frames": FRAMES, "things": ["eggs"], "heldout": {"2": [[3, 4], [3, 5]], "3": [[3, 4, 5]]}}
    page = f"{sums.question([2, 9], FRAMES, 'nails')} The answer is 11."
    found = sums.measure((None, None, BYTES), [page], told)
    assert found["sums_share"] == {"heldout_direct_2": 0.5, "heldout_running_2": 0.5, "heldout_direct_3": 0,
                                   "heldout_running_3": 0, "seen_direct_2": 0, "seen_running_2": 0}
    assert found["sums_example"]["running_2"].endswith("First 3 and 4 make 7. So the answer is 7. And more")


def test_tuples_on_pages_are_found_by_their_plain_wording():
    pages = [f"{sums.question(numbers, FRAMES, 'apples')} That makes it." for numbers in ([2, 3], [4, 5, 6])]
    found = sums.seen(["Sums. " + " ".join(pages)], {"frames": FRAMES, "heldout": {"2": [], "3": []}})
    assert found == {"2": [[2, 3]], "3": [[4, 5, 6]]}
