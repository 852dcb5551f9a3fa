"""What the base model writes when nobody asks: pages begun by others, continued hot and cold."""

from minigpt.batch import continue_all
from minigpt.share import wilson
from stages.sample import texts

TEMPERATURES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
SEEDS = (1, 2, 3)
PAGES, OPENING_TOKENS, WRITTEN_TOKENS = 64, 8, 64
LOOP_PAGES, LOOP_TOKENS = 128, 240
LOOP_TEMPERATURES = (0.0, 0.25, 0.5, 0.75, 1.0)
MEASURES = ("repeated", "distinct", "unread", "copied")


def openings(model, data, count, longest):
    """The first tokens of held-out pages, and what these pages say after them; pages too short are passed over."""
    tokenizer, found = model[2], []
    for page in data.corpus:
        if page["split"] == "heldout" and len(found) < count:
            ids = texts.opening(tokenizer, page["text"])
            if len(ids) > OPENING_TOKENS + longest:
                found.append((ids[: OPENING_TOKENS + 1], ids[OPENING_TOKENS + 1 :][:longest]))
    return [first for first, _ in found], [rest for _, rest in found]


def measure(written, tokenizer, read):
    """Repetition, variety, unread words and copied runs of one set of texts; `read` is (words, codes of runs)."""
    return (texts.repeated_share(written), texts.distinct_share(written),
            texts.unread_share([tokenizer.decode(ids) for ids in written], read[0]),
            texts.copied_share(written, read[1]))


def reading(data, tokenizer):
    """What the training pages hold: their words, and the codes of their runs."""
    pages = [page["text"] for page in data.corpus if page["split"] == "train"]
    return ({word for text in pages for word in texts.words(f"a {text} a")},
            {code for text in pages for code in texts.shingles(tokenizer.encode(text))})


def swept(model, data):
    """The same openings continued at every temperature, under every seed."""
    firsts, rests = openings(model, data, PAGES, WRITTEN_TOKENS)
    read = reading(data, model[2])
    table = [[measure(continued(model, firsts, seed, temperature), model[2], read) for seed in SEEDS]
             for temperature in TEMPERATURES]
    by_seed = {name: [[run[i] for run in runs] for runs in table] for i, name in enumerate(MEASURES)}
    means = {name: [sum(runs) / len(runs) for runs in by_seed[name]] for name in MEASURES}
    return means | {"written_by_seed": by_seed, "control": dict(zip(MEASURES, measure(rests, model[2], read))),
                    "pages_n": len(firsts), "written_tokens": WRITTEN_TOKENS, "copied_run_tokens": texts.COPIED_RUN}


def continued(model, firsts, seed, temperature, count=WRITTEN_TOKENS):
    """Every opening continued once; the rows of a seed draw from streams of their own."""
    seeds = range(seed * 10_000, seed * 10_000 + len(firsts))
    return continue_all(*model[:2], firsts, count, seeds, temperature=temperature)


def looped(model, data):
    """Long continuations at several temperatures, greedy once and drawn under every seed: how many turn in a circle."""
    firsts, _ = openings(model, data, LOOP_PAGES, 0)
    rows, example = [], ""
    for temperature in LOOP_TEMPERATURES:
        seeds = SEEDS if temperature else SEEDS[:1]
        written = [continued(model, firsts, seed, temperature, LOOP_TOKENS) for seed in seeds]
        turning = [[ids for ids in texts_of_seed if texts.is_loop(ids)] for texts_of_seed in written]
        example = example or next((model[2].decode(ids) for one in turning for ids in one), "")
        count, n = sum(map(len, turning)), len(firsts) * len(seeds)
        low, high = wilson(count, n)
        rows.append({"temperature": temperature, "n": n, "looping": count, "by_seed": [len(one) for one in turning],
                     "share": count / n, "low": low, "high": high})
    counts = {"pages": len(firsts), "tokens": LOOP_TOKENS, "greedy": rows[0], "drawn": rows[-1], "rows": rows}
    return {"loops": counts, "loop_example": example}
