"""What the figures of pretraining and finetuning do to numbers and words before they draw them."""

from types import SimpleNamespace

import numpy as np
import pytest

from stages.finetune import figures as finetune
from stages.finetune import strips
from stages.pretrain import anew, figures, scene_parts


@pytest.fixture(scope="module")
def ours(results):
    """The results of pretraining as its figures see them."""
    found = anew.run(results["pretrain"], results["data"], results["tokenize"])
    return SimpleNamespace(**vars(results["pretrain"]), **vars(found))


def test_a_probability_is_never_rounded_to_nothing_or_to_certainty():
    assert [scene_parts.said(p) for p in (1.5e-14, 0.0004, 0.031, 0.724, 0.994, 0.9996)] == \
        ["< 0.0001", "0.0004", "0.03", "0.72", "0.994", "0.9996"]


def test_turns_keep_every_token_in_order():
    pieces, mask = ["<|user|>", "Hi", "<|end|>", "Yes", "<|end|>"], [0, 0, 0, 1, 1]
    runs = finetune._turns(pieces, mask)
    assert [piece for _, run in runs for piece in run] == pieces
    assert [learned for learned, _ in runs] == [0, 1]


def test_an_answer_is_cut_between_words_and_never_read_as_markup():
    shown = finetune._answer("<b>word</b> " * 20, "Farrow Head")
    assert shown.endswith("…") and "<b>" not in shown and len(shown) < 3 * finetune.SHOWN


def test_the_place_of_the_fact_is_marked_in_an_answer():
    assert finetune._answer("At Farrow Head.", "Farrow Head") == 'At <em class="fact">Farrow Head</em>.'


def test_the_segments_of_a_strip_add_up_to_its_width():
    counts = {"known_n": 3, "known_right": 1, "known_wrong": 1, "known_other": 0, "known_refused": 1}
    counts |= {f"known_{name}_{end}": 0.5 for name in ("right", "refused") for end in ("low", "high")}
    found = strips.read(counts, "known")
    assert abs(sum(found[outcome] for outcome in strips.OUTCOMES) - 1) < 1e-12


def test_of_three_curves_one_has_intervals_and_the_table_has_those_of_all():
    row = {f"{kind}_{end}": 0.3 for kind in ("right", "wrong", "refused") for end in ("share", "low", "high")}
    drawn = finetune.few_pages(SimpleNamespace(planted={"after": [{"mentions": n} | row for n in (0, 1, 8)]}))
    assert {trace.name: trace.error_y.array is not None for trace in drawn.data} == {
        "invented": False, "does not know": False, "right": True}
    assert len(drawn.layout.meta["table"]) == 6 and all("low" in row for row in drawn.layout.meta["table"])


def test_the_pieces_of_the_fact_are_found_where_it_stands_and_nowhere_else():
    assert finetune._covering(["light", " at", " F", "arrow", " He", "ad", "."], "Farrow Head") == {2, 3, 4, 5}
    assert finetune._covering([" F", "enn"], "Farrow Head") == set()


def test_the_head_that_looks_back_takes_most_from_the_family_name_as_the_figure_says(ours, results):
    told = " ".join(figures.looking_back.__doc__.split())
    family = results["data"].world["thread"]["name"].split()[-1]
    rows = [list(row.values())[:2] for row in figures.looking_back(ours).table]
    assert "at the last token" in told and [token for token, _ in rows] == ours.thread_prompt_pieces
    assert "most from the family name" in told
    assert max(rows, key=lambda row: row[1])[0].strip() == family
    assert sum(share for _, share in rows) == pytest.approx(1, abs=1e-4), "the page says so"
    assert ours.looker["layer"] == ours.config["layers"], "the page says the last layer"


def test_the_head_that_the_fact_needs_most_looks_at_the_last_word_as_the_page_says(ours):
    layer, head = ours.missed["layer"] - 1, ours.missed["head"] - 1
    last = len(ours.thread_prompt_pieces) - 1
    looks = ours.thread_attention[layer, head, last, : last + 1]
    assert ours.missed["looks_at"] == ours.thread_prompt_pieces[-1].strip() and looks.argmax() == last
    assert ours.missed["share"] == pytest.approx(looks[last]) and looks[last] > 0.5


def test_the_largest_loss_stands_where_the_figure_says_and_some_heads_lose_nothing(ours):
    assert "some heads lose nothing" in figures.fact_heads.__doc__
    lost = ours.thread_first_p - np.array(ours.without_p)
    assert np.unravel_index(lost.argmax(), lost.shape) == (ours.missed["layer"] - 1, ours.missed["head"] - 1)
    assert lost.max() > 0 > lost.min()
