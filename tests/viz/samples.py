"""One chart of each kind, the ones whose labels have collided or fallen off the edge."""

from viz import bars, frames, lines

STEPS = [1, 3, 6, 12, 25, 50, 100, 200, 400, 800, 1600, 3000]
LOSSES = [7.62, 6.7, 6.2, 5.5, 4.9, 4.2, 3.4, 2.55, 1.75, 1.15, 0.7, 0.5]
BASELINES = {"knows nothing": 7.62, "word counts": 5.1, "pairs": 3.0, "triples": 2.15}


def loss(count: int):
    """The curve up to a step, with its last point marked."""
    curve = lines.Line("our model", STEPS[:count], LOSSES[:count])
    mark = lines.Mark(STEPS[count - 1], LOSSES[count - 1], f"step {STEPS[count - 1]}: the fact has p = 0.03")
    return lines.draw([curve], x="steps", y="nats per token", x_log=True, x_range=(1, 3000), baselines=BASELINES,
                      marks=[mark])


def charts() -> dict:
    """Charts that have made labels collide or fall off the edge."""
    worse = lines.Line("half the data", STEPS, [loss + 0.1 for loss in LOSSES], "second")
    two = [lines.Line("our model", STEPS, LOSSES), worse]
    direct = bars.Bar("straight to the answer", [0.65, 0.29, 0.32], "base", [0.57, 0.2, 0.22], [0.74, 0.38, 0.42])
    running = bars.Bar("with running total", [0.93, 0.86, 0.67], "ours", [0.83, 0.77, 0.57], [0.99, 0.94, 0.77])
    partly = bars.Bar("by running total", [0.93, None, 0.67], "ours", [0.83, None, 0.57], [0.99, None, 0.77])
    pages = bars.Bar("pages", [1204, 121, 12], tones=["ours", "ours", "fact"])
    long = ["English only", "Repeats itself over and over again", "Near copy"]
    return {
        **{f"scene-{count}": figure for count, figure in frames.align({n: loss(n) for n in (2, 8, 12)}).items()},
        "two": lines.draw(two, x="steps", y="nats per token", x_log=True, baselines=BASELINES),
        "grouped": bars.draw(["two terms", "three", "four"], [direct, running], unit="share of sums", form=".0%"),
        "partly": bars.draw(["two terms", "three", "four"], [partly, direct], unit="share of sums", form=".0%"),
        "long": bars.draw(long, [pages], unit="pages dropped"),
    }
