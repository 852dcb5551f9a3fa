"""Everything that is measured on the run: sizes, losses, what each checkpoint says and knows, what goes on inside."""

import numpy as np

from minigpt import evaluate, gpt, weights
from minigpt.sample import Random, generate
from stages.pretrain import baselines, probes
from stages.pretrain.plan import (
    BATCH,
    CONTEXT,
    EARLY,
    KEPT,
    RATE,
    SEED,
    STEPS,
    TOLD,
    curve,
    plan,
    shipped,
)

SAMPLE_TOKENS = 24
INSIDE = "It rained in the night. "  # a sentence before the asked one, which then stands inside a page
CONTEXTS = (1, 2, 4, 16, 64, 256)
SENSES = ("boat", "festival")


def sizes(trained, text):
    """The run in numbers: sizes, time, losses; and the two checkpoints that ship."""
    base = trained.plan
    config, size, tokens = base.config, base.batch * CONTEXT, sum(map(len, text.train))
    final = shipped(STEPS, trained.weights)
    nats, counted = evaluate.document_losses(final, config, text.heldout)
    low, high = evaluate.interval(nats, counted)
    heldout, unrounded = float(nats.sum() / counted.sum()), evaluate.mean_nats(trained.weights, config, text.heldout)
    files = {name: weights.dump(trained.kept[step], config, text.tokenizer, name, base.digest(text.stream))
             for name, step in (("base", STEPS), ("early", EARLY))}
    return files | {
        "early_step": EARLY, "config": dict(config.__dict__), "parameters": config.parameters, "seed": SEED,
        "steps": STEPS, "batch_tokens": size, "tokens_seen": STEPS * size, "epochs": STEPS * size / tokens,
        "train_tokens": tokens, "train_seconds": trained.seconds, "peak_rate": RATE,
        "tokens_per_second": STEPS * size / trained.seconds, "train_flops": 6 * config.parameters * STEPS * size,
        "train_nats": np.array(trained.nats, np.float32),
        "heldout_nats": heldout, "heldout_low_nats": low, "heldout_high_nats": high,
        "heldout_documents": len(text.heldout), "heldout_tokens": int(counted.sum()),
        "heldout_bytes": text.heldout_bytes, "float_nats": unrounded, "quantisation_share": heldout / unrounded - 1,
    }


def compared(heldout_nats, text, corpus):
    """The loss beside tables of counts and general compressors."""
    vocabulary = text.tokenizer.vocabulary
    nats, discounts = baselines.table_losses(text.train, text.heldout, vocabulary)
    nats |= {"uniform": float(np.log(vocabulary)), "model": heldout_nats}
    tokens = sum(len(ids) - 1 for ids in text.heldout)
    bits = {name: loss / np.log(2) * tokens / text.heldout_bytes for name, loss in nats.items()}
    pages = [[page["text"] for page in corpus if page["split"] == split] for split in ("train", "heldout")]
    found = {f"{name}_nats": nats[name] for name in ("uniform", "unigram", "bigram", "trigram")}
    found |= {f"gain_over_{name}_nats": nats[name] - heldout_nats for name in ("unigram", "bigram", "trigram")}
    bits = {name: float(value) for name, value in (bits | baselines.compressed_bits(*pages)).items()}
    return found | {"discounts": discounts, "bits_per_byte": bits, "model_bits": bits["model"]}


def along(trained, text, facts, phrasings, thread):
    """The held-out loss along the run, and what each kept checkpoint says and knows."""
    config = plan(text.tokenizer).config
    cases = thread_case(thread)
    steps, nats, thread_p, checkpoints = curve(), [], [], []
    for step in steps:
        model = (shipped(step, trained.kept[step]), config, text.tokenizer)
        nats.append(evaluate.mean_nats(*model[:2], text.heldout))
        thread_p.append(float(probes.score(*model, cases)[1][0]))
        if step in KEPT:
            told = {"step": step, "tokens": step * BATCH * CONTEXT, "nats": nats[-1], "thread_p": thread_p[-1]}
            checkpoints.append(told | says(model, thread) | recalls(model, facts, phrasings))
    columns = {f"checkpoint_{plural}": [told[name] for told in checkpoints if told["step"] in TOLD]
               for name, plural in COLUMNS.items()}
    return columns | {"curve_steps": steps, "curve_nats": nats, "curve_thread_p": thread_p, "checkpoints": checkpoints,
                      "untrained_nats": nats[0], "thread_p": thread_p[-1],
                      "thread_first_p": checkpoints[-1]["first_p"]}


COLUMNS = {"step": "steps", "tokens": "tokens", "nats": "nats", "thread_p": "thread_p", "odds": "odds",
           "first_p": "first_p", "top_pieces": "top_pieces", "top_p": "top_p", "sample": "samples", "greedy": "greedy",
           "recall_right": "recall_right", "recall_share": "recall_share",
           "recall_heldout_right": "recall_heldout_right", "recall_heldout_share": "recall_heldout_share"}


def thread_case(thread):
    """The thread fact as a prompt and its answer."""
    answer = f" {thread['light']}"
    return [{"attribute": "light", "prompt": thread["sentence"].removesuffix(answer), "answer": answer}]


def says(model, thread):
    """What a checkpoint makes of the thread prompt: likeliest tokens, a seeded draw, a greedy one."""
    tokenizer, (case,) = model[2], thread_case(thread)
    ids, place = probes.opening(tokenizer, case["prompt"]), tokenizer.encode(case["answer"])
    scores = gpt.forward(*model[:2], [ids])[0, -1].astype(np.float64)
    p = np.exp(scores - scores.max())
    p /= p.sum()
    best = np.argsort(-p, kind="stable")[:5]
    drawn, greedy = (generate(gpt.Model(*model[:2]), ids, Random(SEED), SAMPLE_TOKENS, temperature=t) for t in (1, 0))
    whole = float(probes.score(*model, [case])[1][0])
    return {"odds": round(1 / max(whole, 1e-18)), "first_p": float(p[place[0]]), "top_pieces": pieces(tokenizer, best),
            "top_p": p[best].tolist(), "sample": pieces(tokenizer, drawn), "greedy": tokenizer.decode(greedy)}


def pieces(tokenizer, ids):
    """Text of each token."""
    return [tokenizer.pieces[number].decode(errors="replace") for number in ids]


def recalls(model, facts, phrasings):
    """Facts completed rightly, in phrasings that pages use and in phrasings that none uses."""
    found = {}
    for name, kind in (("recall", "seen"), ("recall_heldout", "heldout")):
        right = probes.score(*model, probes.completions(facts, phrasings[kind]))[0]
        found |= {f"{name}_right": int(right.sum()), f"{name}_share": float(right.mean())}
    return found


def inside(model, text, facts, phrasings, thread):
    """One head's view, the stream read layer by layer, the worth of a longer context, one word in two contexts."""
    case, tokenizer = thread_case(thread)[0], model[2]
    prompt, place = probes.opening(tokenizer, case["prompt"]), tokenizer.encode(case["answer"])
    stream = np.concatenate(text.heldout)
    return {
        "thread_pieces": pieces(tokenizer, prompt + place), "thread_prompt_pieces": pieces(tokenizer, prompt),
        "thread_place_pieces": pieces(tokenizer, place),
        "thread_attention": gpt.attention_weights(*model[:2], [prompt + place])[:, 0].astype(np.float32),
        "lens_p": probes.lens(*model[:2], prompt, place[0]),
        "context_nats": probes.context_nats(*model[:2], stream, CONTEXTS), "context_positions": 1000,
        "two_contexts": probes.two_contexts(model, facts, "Lantern", {sense: phrasings[sense] for sense in SENSES}),
    }


def known(model, facts, phrasings):
    """Recall by attribute, in both kinds of phrasings and inside a page, with intervals and chance; facts backwards."""
    found = {"recall_chance": probes.chances(facts), "reversal": probes.reversal(model, facts, phrasings)}
    asked = (("recall", "seen", ""), ("recall_inside", "seen", INSIDE), ("recall_heldout", "heldout", ""))
    for name, kind, lead in asked:
        cases = probes.completions(facts, phrasings[kind], lead)
        counted = probes.shares(cases, probes.score(*model, cases)[0])
        found |= {f"{name}_{key}": value for key, value in counted.items()}
    return found


def exposure(facts, thread, epochs):
    """How often facts stand in the training pages."""
    counts = [fact["mentions"] for fact in facts]
    told = next(fact["mentions"] for fact in facts if fact["value"] == thread["light"])
    return {"thread_mentions": told, "thread_exposures": round(told * epochs),
            "mentions_min": min(counts), "mentions_median": int(np.median(counts))}
