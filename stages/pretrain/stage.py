"""Train language models on the pages, and measure at every step what they have learned."""

from dataclasses import dataclass

import numpy as np

from minigpt import evaluate, weights
from minigpt.train import batch_of, rate_at, train
from stages.pretrain import measure, probes, sweep
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
    early_step: int
    config: dict
    parameters: int
    seed: int
    steps: int
    batch_tokens: int
    tokens_seen: int
    epochs: float
    train_tokens: int
    train_seconds: float  # of the long run
    resumed_seconds: float  # of all runs, spent in earlier sittings of the command that made these results
    tokens_per_second: float
    train_flops: int  # six for each parameter and token
    peak_rate: float
    train_nats: np.ndarray  # [steps] on the batch just met
    curve_steps: list
    curve_nats: list
    curve_thread_p: list
    heldout_nats: float
    heldout_low_nats: float
    heldout_high_nats: float
    heldout_documents: int
    heldout_tokens: int
    heldout_bytes: int
    float_nats: float
    quantisation_share: float  # what rounding adds to the loss
    untrained_nats: float
    uniform_nats: float
    unigram_nats: float
    bigram_nats: float
    trigram_nats: float
    gain_over_unigram_nats: float
    gain_over_bigram_nats: float
    gain_over_trigram_nats: float
    discounts: dict
    bits_per_byte: dict
    model_bits: float
    sweep_rates: list
    sweep_nats: list
    short_steps: int
    seeds: list
    seed_nats: list
    seed_low_nats: float
    seed_high_nats: float
    checkpoints: list[dict]
    checkpoint_steps: list
    checkpoint_tokens: list
    checkpoint_nats: list
    checkpoint_thread_p: list
    checkpoint_odds: list
    checkpoint_first_p: list
    checkpoint_top_pieces: list
    checkpoint_top_p: list
    checkpoint_samples: list
    checkpoint_greedy: list
    checkpoint_recall_right: list
    checkpoint_recall_share: list
    checkpoint_recall_heldout_right: list
    checkpoint_recall_heldout_share: list
    thread_p: float
    thread_first_p: float
    thread_pieces: list
    thread_prompt_pieces: list
    thread_place_pieces: list
    thread_attention: np.ndarray  # [L, H, T, T]
    thread_mentions: int
    thread_exposures: int
    mentions_min: int
    mentions_median: int
    recall_right: dict
    recall_n: dict
    recall_low: dict
    recall_high: dict
    recall_share: dict
    recall_chance: dict
    recall_heldout_right: dict
    recall_heldout_n: dict
    recall_heldout_low: dict
    recall_heldout_high: dict
    recall_heldout_share: dict
    reversal: dict
    lens_p: list
    context_nats: dict
    context_positions: int
    two_contexts: dict


def run(data, tokenize) -> Results:
    """Every training, or what earlier sittings have left of it to do, and everything measured on them."""
    text = read(data, tokenize)
    facts, phrasings, thread = data.facts, data.world["phrasings"], data.world["thread"]
    trained = train_everything(data, tokenize)
    model = (shipped(STEPS, trained.base.weights), trained.base.plan.config, text.tokenizer)
    found = sweep.measure(trained.short, text) | {"resumed_seconds": trained.resumed_seconds()}
    found |= measure.sizes(trained.base, text)
    found |= measure.compared(found["heldout_nats"], text, data.corpus)
    found |= measure.along(trained.base, text, facts, phrasings, thread)
    found |= measure.inside(model, text, facts, phrasings["seen"], thread)
    found |= measure.known(model, facts, phrasings)
    return Results(**found, **measure.exposure(facts, thread, found["epochs"]))


def replay(results, data, tokenize):
    """The first steps of the run again, and the losses and recall of the shipped weights."""
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
            "recall_right": found["recall_right"], "recall_heldout_right": found["recall_heldout_right"]}
