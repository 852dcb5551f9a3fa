"""Learning rates for the long run, compared on short ones, and the chosen rate under other seeds."""

from minigpt import evaluate
from stages.pretrain.plan import OTHER_SEEDS, RATE, SEED, plan, shipped
from stages.pretrain.runs import finish

STEPS, RATES = 600, (2e-3, 4e-3, 8e-3)
SEEDS = (SEED, *OTHER_SEEDS)


def train(text):
    """All short runs, by (rate, seed)."""
    wanted = [(rate, SEED) for rate in RATES] + [(RATE, seed) for seed in OTHER_SEEDS]
    short = {(rate, seed): plan(text.tokenizer, steps=STEPS, rate=rate, seed=seed, keep=()) for rate, seed in wanted}
    return {(rate, seed): finish(one, text.stream, f"short, rate {rate:g}, seed {seed}")
            for (rate, seed), one in short.items()}


def measure(short, text):
    """Held-out losses of the short runs."""
    nats = {case: evaluate.mean_nats(shipped(STEPS, done.weights), done.plan.config, text.heldout)
            for case, done in short.items()}
    seeded = [nats[RATE, seed] for seed in SEEDS]
    return {"sweep_rates": list(RATES), "sweep_nats": [nats[rate, SEED] for rate in RATES], "short_steps": STEPS,
            "seeds": list(SEEDS), "seed_nats": seeded, "seed_low_nats": min(seeded), "seed_high_nats": max(seeded)}
