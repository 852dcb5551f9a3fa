"""The chat stage: the exchange is what the model sees, its replies repeat, and what it was told runs one way."""

import re

import pytest

from minigpt import chat, weights
from stages.chat import asking, exchange, figures, memory


@pytest.fixture(scope="module")
def ours(results):
    return results["chat"]


@pytest.fixture(scope="module")
def model(results):
    return weights.load(results["finetune"].chat)


def test_the_exchange_is_what_the_template_makes_of_it(ours, model):
    tokenizer = model[2]
    turns = [("user", ours.question), ("assistant", ours.reply)]
    assert ours.exchange["ids"] == chat.encode_turns(tokenizer, turns)[0]
    assert chat.decode_turns(tokenizer, ours.exchange["ids"]) == turns
    assert ours.exchange["who"].count("template") == ours.exchange_tokens["template"] == 4
    assert sum(ours.exchange_tokens[name] for name in ("template", "reader", "model")) == ours.exchange_tokens["all"]


def test_the_chances_repeat_from_the_weights(results, ours, model):
    again = exchange.seen(model, ours.question, ours.reply, results["data"].world["thread"]["light"])
    assert again["exchange"]["chances"][0] is None
    assert again["exchange"]["chances"][1:] == pytest.approx(ours.exchange["chances"][1:], rel=1e-3, abs=1e-6)


def test_the_reply_is_what_the_likeliest_tokens_say(ours, model):
    assert asking.replies(model, [ours.question]) == [ours.reply]


def test_no_training_sentence_puts_a_light_before_its_keeper(results, ours):
    told = memory.told(results["data"])
    assert told == ours.told
    assert told["light_backward"] == 0 < told["light_sentences"]
    assert told["boat_backward"] > told["boat_sentences"] / 10


def test_nobody_is_asked_backward_in_the_corpus(results):
    pages = "\n".join(page["text"] for page in results["data"].corpus)
    assert not re.search(r"Who (keeps|tends|lights|looks after) ", pages)


def test_the_questions_asked_backward_are_in_no_example(results):
    forms = results["finetune"].forms
    assert not [form for form in forms["light"] if form.startswith("Who ")]
    assert forms["boat_owner"][-1].startswith("Who keeps the ") and memory.BACKWARD.startswith("Who keeps the ")


def test_both_directions_are_counted_again(results, ours, model):
    again = memory.directions(model, results["data"].world, results["finetune"])
    for name in figures.DIRECTIONS:
        count, right = again["directions"][f"{name}_n"], again["directions"][f"{name}_right"]
        assert count == ours.directions[f"{name}_n"]
        assert right == pytest.approx(ours.directions[f"{name}_right"], abs=max(1, count // 100))


def test_a_name_in_the_row_is_repeated_whether_it_is_right_or_wrong(results, ours, model):
    again = memory.told_before(model, results["data"].world, results["finetune"])["told_before"]
    assert again == pytest.approx(ours.told_before, rel=0.06, abs=1)
    assert ours.told_before["other_right"] + ours.told_before["other_named"] <= ours.told_before["n"]


def test_a_reply_goes_by_one_thing_only(ours):
    for trial in memory.TRIALS:
        assert sum(ours.sources[f"{trial}_{kind}"] for kind in memory.KINDS) == ours.sources[f"{trial}_n"]


def test_replies_told_apart_by_what_is_asked_are_all_the_replies(ours):
    for trial, by in ours.sources_by.items():
        for kind in ("n", *memory.KINDS):
            key = f"{trial}_{kind}"
            assert sum(one[kind] for one in by.values()) == ours.sources[key], key
    assert set(figures.TOLD) < set(ours.sources_by) and set(figures.ASKED) == set(ours.sources_by["differ"])
    assert not any(one["memory"] for one in ours.sources_by["stranger_told"].values())  # the bar that is left out


def test_a_falsehood_is_never_the_truth(results):
    for case in memory.facts(results["data"].world["people"]):
        assert case["told"] != case["value"]


def test_every_life_was_asked_the_same_number_of_times(ours):
    assert sorted(ours.lives) == sorted(exchange.LIVES) == sorted(figures.LIVES)
    assert all(0 <= life["named"] <= life["n"] == ours.lives_n for life in ours.lives.values())


def test_random_weights_do_not_know_the_light(ours):
    assert ours.lives["random"]["named"] == 0


def test_the_work_for_a_token_is_one_product_for_each_weight(results, ours, model):
    config = model[1]
    products = config.vocabulary * config.width + config.layers * 12 * config.width**2
    assert ours.work["weights"] == products == config.parameters
    assert ours.work["attention_full"] == 2 * config.layers * config.width * config.context


def test_a_stranger_is_told_of_in_the_words_of_the_pages(results):
    phrasings = results["data"].world["phrasings"]["seen"]
    for key, sentence in memory.SENTENCES.items():
        assert sentence in phrasings[key]
