"""Train language models on the pages, and measure at every step what they have learned."""

from dataclasses import dataclass

import numpy as np

from minigpt import evaluate, weights
from minigpt.train import batch_of, rate_at, train
from stages.pretrain import cleaning, everything, exposure, heads, law, measure, probes, sums, sweep
from stages.pretrain.everything import train_everything
from stages.pretrain.plan import BATCH, CONTEXT, OTHER_SEEDS, RATE, SEED, STEPS, plan, read, shipped
from stages.pretrain.training import begin

SEEDS = (SEED, *OTHER_SEEDS)


@dataclass(frozen=True)
class Results:
    """A trained model and what was measured on it; `_nats` is a mean of -log p, of held-out tokens unless said.

    The model is measured with its weights rounded to eight bits, as the browser gets them; before the first step
    they are the draws themselves.
    """

    base: bytes
    early: bytes
    early_step: int  # steps of the early model that ships
    config: dict  # shape of the model: layers, heads, width, context, vocabulary
    parameters: int  # numbers in the model that training adjusts
    seed: int  # what the random numbers of the long run start from
    steps: int  # how often the weights were moved
    batch_tokens: int  # tokens read in one step
    tokens_seen: int  # tokens read in all steps, each a guess with a correction
    epochs: float  # rounds: how often each training page was read
    train_tokens: int
    train_seconds: float  # seconds of the long run
    resumed_seconds: float  # seconds of all runs that were spent in earlier sittings of the command
    tokens_per_second: float
    train_flops: int  # six for each parameter and token
    peak_rate: float
    train_nats: np.ndarray  # [steps] on the batch just met
    curve_steps: list
    curve_nats: list
    curve_thread_p: list
    heldout_nats: float  # loss on pages kept back, at the end
    heldout_low_nats: float  # lower end of the 95% interval of the loss on pages kept back, pages drawn again
    heldout_high_nats: float  # upper end of the 95% interval of the loss on pages kept back
    heldout_documents: int  # pages kept back from training
    heldout_tokens: int
    heldout_bytes: int
    float_nats: float
    quantisation_share: float  # what rounding adds to the loss
    untrained_nats: float  # loss before the first step
    uniform_nats: float  # loss of giving every token the same chance: the logarithm of the vocabulary
    unigram_nats: float  # loss of guessing by how often each token stands in the training text
    bigram_nats: float  # loss of guessing by the last token, from counts
    trigram_nats: float  # loss of guessing by the last two tokens, from counts
    gain_over_unigram_nats: float
    gain_over_bigram_nats: float
    gain_over_trigram_nats: float
    discounts: dict
    bits_per_byte: dict
    model_bits: float  # bits for each byte of held-out pages, the weights not counted
    sweep_rates: list
    sweep_nats: list  # step size, rising -> loss after a short run
    short_steps: int  # steps of the short runs that choose the step size
    seeds: list  # where the random numbers of the short runs start
    seed_nats: list
    seed_low_nats: float
    seed_high_nats: float
    checkpoints: list[dict]
    checkpoint_steps: list  # the steps at which the model was kept
    checkpoint_tokens: list
    checkpoint_nats: list  # kept step -> loss
    checkpoint_thread_p: list  # kept step -> chance of the whole ending of the thread sentence
    checkpoint_odds: list  # kept step -> one chance in so many for the fact
    checkpoint_first_p: list
    checkpoint_top_pieces: list
    checkpoint_top_p: list  # kept step -> chances of the likeliest next tokens after the thread prompt
    checkpoint_samples: list  # kept step -> what the model writes after the thread prompt
    checkpoint_greedy: list
    checkpoint_recall_right: list
    checkpoint_recall_share: list  # kept step -> facts finished rightly in wordings of their pages
    checkpoint_recall_heldout_right: list
    checkpoint_recall_heldout_share: list
    thread_p: float  # chance of the whole ending of the thread sentence, at the end of training
    thread_first_p: float
    thread_pieces: list
    thread_prompt_pieces: list
    thread_place_pieces: list
    thread_attention: np.ndarray  # [L, H, T, T]
    thread_mentions: int
    thread_exposures: int  # how often the thread fact was read in training: its mentions times the rounds
    mentions_min: int  # mentions of the fact that is told most rarely
    mentions_median: int
    recall_right: dict
    recall_n: dict  # kind of fact -> sentences to finish, in wordings of their pages
    recall_low: dict
    recall_high: dict
    recall_share: dict  # kind of fact -> share finished rightly
    recall_chance: dict
    recall_inside_right: dict  # facts finished rightly behind a sentence that says nothing of them
    recall_inside_n: dict
    recall_inside_low: dict
    recall_inside_high: dict
    recall_inside_share: dict
    recall_heldout_right: dict
    recall_heldout_n: dict  # kind of fact -> sentences in wordings that no page uses
    recall_heldout_low: dict
    recall_heldout_high: dict
    recall_heldout_share: dict  # kind of fact -> share finished rightly in wordings that no page uses
    reversal: dict  # sentences that run from light or boat back to the person: right, of n, and by choice
    lens_p: list  # chance of the fact's first token, read off before the first layer and after each
    context_nats: dict  # tokens that the model is shown -> loss
    context_positions: int
    two_contexts: dict  # one word in two sentences: how alike its rows are, layer by layer
    heads: list[dict]  # what held-out tokens cost more without one head, with its interval
    heads_nats: np.ndarray  # [L, H]
    heads_layer_nats: list  # what held-out tokens cost more without all heads of a layer
    heads_sums_nats: list  # the layer's heads taken away one by one, added up
    heads_most_layer: int
    heads_most_head: int
    heads_most_nats: float  # the head that is missed most
    heads_least_nats: float  # the head that is missed least
    heads_median_nats: float  # the head in the middle of the list
    heads_pages: int  # held-out pages on which heads are taken away
    heads_tokens: int  # held-out tokens on which heads are taken away
    planted: list[dict]  # towns of planted people by planned pages: share right, its interval, mean mentions
    planted_people: list[dict]
    planted_wordings: int  # sentences asked about each planted person
    planted_each: int  # planted people for each number of pages
    planted_chance: float  # share that a blind guess would hit
    planted_unknown_share: float  # how often a town picked for people of whom no page tells is hit
    planted_unknown_low: float
    planted_unknown_high: float
    planted_unknown_n: int  # people of whom no page tells, as a control
    planted_half_pages: int  # the first level at which half of the answers are right, 0 where none is
    planted_once_share: float  # towns named rightly of people told of on one page
    planted_most_share: float
    planted_most_pages: int
    verses: list[dict]  # verses by copies: continued word for word, mean of -log p of what they should say
    verses_prompt_tokens: int  # tokens of a verse that are given
    verses_each: int  # verses for each number of copies
    verses_rest_tokens: float
    verses_control_n: int
    verses_control_tokens: int
    verses_control_right: int
    verses_control_share: float  # passages of unread pages that come out word for word
    verses_control_low: float
    verses_control_high: float
    verses_control_nats: float
    verses_once_nats: float
    verses_most_nats: float
    verses_once_right: int  # verses planted on one page that are recited whole
    verses_most_right: int  # verses on the most pages that are recited whole
    verses_most_copies: int  # pages on which the most copied verses were planted
    sums: list[dict]  # sums by number of terms, direct or by running totals, tuples held out or seen
    sums_share: dict  # kind of sum and number of terms -> share right
    sums_n: dict  # kind of sum and number of terms -> sums asked
    sums_low: dict
    sums_high: dict
    sums_example: dict
    law_points: list[dict]  # sizes: parameters, swept rates, held-out loss of each seed, float weights
    law_sizes: int  # sizes of model that were trained for the law
    law_seeds: list
    law_tokens: int  # tokens each size reads
    law_spread_nats: float  # spread of the loss between the seeds of one size, at most
    law_floor_nats: float  # the floor of the best curve that has one
    law_scale: float
    law_power: float
    law_predicted_nats: float  # what the curve with a floor says of the largest size
    law_low_nats: float  # lower end of the 95% interval of what the curve with a floor says of the largest size
    law_high_nats: float  # upper end of the 95% interval of what the curve with a floor says of the largest size
    law_largest_nats: float  # loss of the largest size
    law_miss_nats: float  # loss of the largest size less what the curve with a floor says
    law_largest_miss_nats: float  # the largest miss among the sizes that were fitted
    law_residuals_nats: list
    law_slopes: list  # steepness between neighboring sizes, on logarithmic axes
    law_whole_floor_nats: float  # floor of the curve when the table of tokens is counted in
    law_whole_scale: float
    law_whole_power: float
    law_whole_predicted_nats: float  # what the curve with a floor says when the table of tokens is counted in
    law_whole_low_nats: float  # lower end of the 95% interval of the forecast that counts in the table of tokens
    law_whole_high_nats: float  # upper end of the 95% interval of the forecast that counts in the table of tokens
    law_whole_miss_nats: float
    law_whole_residuals_nats: list
    law_whole_slopes: list
    law_pure_power: float  # power of the curve without a floor
    law_pure_predicted_nats: float  # what the curve without a floor says of the largest size
    law_pure_low_nats: float  # lower end of the 95% interval of what the curve without a floor says
    law_pure_high_nats: float  # upper end of the 95% interval of what the curve without a floor says
    law_pure_miss_nats: float  # loss of the largest size less what the curve without a floor says
    law_pure_residuals_nats: list
    versions_runs: list[dict]  # raw, filtered and deduplicated text, every seed
    versions_seeds: list
    versions_steps: int
    versions_tokens: int  # tokens that each network of the versions reads, once
    versions_parameters: int  # numbers in the small network that reads each version of the text
    versions_rate: float
    versions_prompt_tokens: int  # tokens of a passage that are given before the rest is asked for
    versions_next_tokens: int
    versions_n: dict  # passages by group
    versions_copies: dict  # how often a copied passage stands in each version, mean
    versions_nats: dict  # held-out loss by version: mean of the seeds, the least, the most
    versions_low_nats: dict  # version -> the lowest of its runs
    versions_high_nats: dict
    versions_bits: dict  # per byte
    versions_low_bits: dict
    versions_high_bits: dict
    versions_filter_gain_nats: float
    versions_copies_gain_nats: float
    versions_copied_share: dict  # passages said again to the end, by version
    versions_copied_low: dict
    versions_copied_high: dict  # version -> upper end of the 95% interval of passages recited
    versions_copied_nats: dict
    versions_single_share: dict
    versions_single_low: dict
    versions_single_high: dict
    versions_single_nats: dict
    versions_unread_share: dict
    versions_unread_low: dict
    versions_unread_high: dict
    versions_unread_nats: dict
    runs: list[dict]  # every run of this stage: parameters, tokens, operations, seconds
    runs_number: int  # training runs made for this page
    runs_seconds: float  # seconds that all training runs took together
    runs_flops: float


def run(data, tokenize) -> Results:
    """Every training, or what earlier sittings have left of it to do, and everything measured on them."""
    text = read(data, tokenize)
    trained = train_everything(data, tokenize)
    facts, phrasings, thread = data.facts, data.world["phrasings"], data.world["thread"]
    model = (shipped(STEPS, trained.base.weights), trained.base.plan.config, text.tokenizer)
    found = measure.sizes(trained.base, text) | sweep.measure(trained.short, text) | everything.counted(trained)
    found |= measure.compared(found["heldout_nats"], text, data.corpus)
    found |= measure.along(trained.base, text, facts, phrasings, thread)
    found |= measure.inside(model, text, facts, phrasings["seen"], thread) | heads.measure(model, text.heldout)
    found |= measure.known(model, facts, phrasings) | measure.exposure(facts, thread, found["epochs"])
    found |= planted(model, data) | exposure.verses(model, data.verses, text.heldout)
    found |= sums.measure(model, pages(data, "train"), data.world["sums"]) | law.measure(trained.grown, text)
    found |= cleaning.measure(trained.versions, trained.version_runs, text, pages(data, "heldout"))
    return Results(**found)


def pages(data, split):
    """The clean pages of a split."""
    return [page["text"] for page in data.corpus if page["split"] == split]


def planted(model, data):
    """The towns of people whom only so many pages name."""
    world = data.world
    towns = [town["name"] for town in world["towns"]]
    return exposure.planted(model, data.planted, world["phrasings"]["seen"], towns, world["unknown_choosing"])


def replay(results, data, tokenize):
    """The first steps of the long run again, and losses, recall and exposure of the shipped weights."""
    text = read(data, tokenize)
    base, stream = plan(text.tokenizer), text.stream
    fresh = begin(base)
    steps = train(fresh.weights, base.config, lambda step: batch_of(stream, CONTEXT, BATCH, SEED, step),
                  lambda step: rate_at(step, STEPS, RATE), fresh.adam, 0, 20)
    model = weights.load(results.base)[:3]
    nats, counted = evaluate.document_losses(*model[:2], text.heldout)
    found = measure.known(model, data.facts, data.world["phrasings"])
    case = measure.thread_case(data.world["thread"])
    return {"train_nats": np.array([nats for _, nats in steps], np.float32),
            "heldout_nats": float(nats.sum() / counted.sum()), "thread_p": float(probes.score(*model, case)[1][0]),
            "recall_right": found["recall_right"], "recall_heldout_right": found["recall_heldout_right"],
            "planted": planted(model, data)["planted"]}
