"""What the figures of pretraining and finetuning do to numbers and words before they draw them."""

from stages.finetune import figures as finetune
from stages.finetune import strips
from stages.pretrain import figures as pretrain


def test_a_probability_is_never_rounded_to_nothing_or_to_certainty():
    assert [pretrain._said(p) for p in (1.5e-14, 0.0004, 0.031, 0.724, 0.994, 0.9996)] == \
        ["< 0.0001", "= 0.0004", "= 0.03", "= 0.72", "= 0.994", "= 0.9996"]


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


def test_the_pieces_of_the_fact_are_found_where_it_stands_and_nowhere_else():
    assert finetune._covering(["light", " at", " F", "arrow", " He", "ad", "."], "Farrow Head") == {2, 3, 4, 5}
    assert finetune._covering([" F", "enn"], "Farrow Head") == set()
