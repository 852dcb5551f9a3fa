"""What training did, drawn: the loss and the fact step by step, what the loss is worth, one head, the map of runs."""

import numpy as np

from viz import Markup, bars, frames, heatmap, lines, tokens

FRAMES = ("start", "counts", "pairs", "phrases", "names", "end")
NAME = "Mira Tolland"
PAGES = (1, 2, 4, 8, 16, 32, 64)  # ticks of axes that count the pages of planted people


def training(pretrain):
    """Held-out loss in nats per token against training steps on a logarithmic axis. The curve starts at the dotted
    line of knowing nothing, {{ measured("pretrain.uniform_nats", ".2f") }}, passes the lines of token counts, of pairs
    and of three tokens in a row, and ends at {{ measured("pretrain.heldout_nats", ".2f") }}. A ring marks the step
    that is told beside it, with the probability that the model gives to the end of the thread fact."""
    baselines = {"knows nothing": pretrain.uniform_nats, "token counts": pretrain.unigram_nats,
                 "pairs": pretrain.bigram_nats, "threes": pretrain.trigram_nats}
    curve = lines.Line("our model", [step + 1 for step in pretrain.curve_steps], list(pretrain.curve_nats))
    told = zip(FRAMES, pretrain.checkpoint_steps, pretrain.checkpoint_nats, pretrain.checkpoint_thread_p)
    drawn = {}
    for name, step, nats, p in told:
        ring = lines.Mark(step + 1, nats, f"the fact: p {_said(p)}")
        drawn[name] = _from_zero(lines.draw([curve], x="steps", y="nats per token", baselines=baselines, marks=[ring],
                                           x_log=True, y_range=(0, pretrain.uniform_nats * 1.08)))
    return frames.align(drawn)


def _said(p):
    """A probability in as few digits as tell it from certainty, and no fewer than tell it from nothing.

    >>> _said(2.3e-7), _said(0.031), _said(0.724), _said(0.9996)
    ('< 0.0001', '= 0.03', '= 0.72', '= 0.9996')
    """
    if p < 1e-4:
        return "< 0.0001"
    digits = max(2, int(np.ceil(-np.log10(max(min(p, 1 - p), 1e-9)))))
    return f"= {p:.{digits}f}"


def _from_zero(figure):
    """Name the ticks of an axis of step + 1 after the step, so that step zero has a place on a logarithmic axis."""
    last = 10 ** figure.layout.xaxis.range[1]
    steps = [0] + [10**power for power in range(1, 6) if 10**power < last]
    for layout in (figure.layout.xaxis, figure.layout.meta["narrow"]["xaxis"]):
        layout["tickvals"] = [step + 1 for step in steps]
        layout["ticktext"] = [f"{step:,}" for step in steps]
    return figure


def worth(pretrain):
    """Bars of bits per byte of held-out text, shorter is better: from the uniform guess, over two general
    compressors and tables that count one, two or three tokens in a row, down to our model at
    {{ measured("pretrain.model_bits", ".2f") }}."""
    bits = pretrain.bits_per_byte
    rows = [("knows nothing", "uniform"), ("token counts", "unigram"), ("gzip", "gzip"), ("xz", "xz"),
            ("pairs", "bigram"), ("threes", "trigram"), ("xz, training text read", "xz_primed"), ("our model", "model")]
    rows.sort(key=lambda row: -bits[row[1]])
    tones = ["ours" if key == "model" else "base" for _, key in rows]
    bar = bars.Bar("bits per byte", [bits[key] for _, key in rows], tones=tones)
    return bars.draw([name for name, _ in rows], [bar], unit="bits per byte of held-out text", form=".2f")


def looking_back(pretrain):
    """The beginning of the thread sentence as tokens, each with a bar: how much one attention head, standing at the
    last token, takes from each. It takes most from the family name."""
    pieces = pretrain.thread_prompt_pieces
    asked = pretrain.thread_attention[:, :, len(pieces) - 1, : len(pieces)]  # [L, H, T]
    held = [place for place, piece in enumerate(pieces) if piece.strip() and piece.strip() in NAME]
    return _head(asked, pieces, held[-1], held)


def _head(asked, pieces, place, held):
    """The head that takes most from one place, as bars over all places."""
    layer, head = np.unravel_index(asked[:, :, place].argmax(), asked.shape[:2])
    unit = f"layer {layer + 1}, head {head + 1}: attention from the last token"
    return tokens.bars(pieces, asked[layer, head].tolist(), fact=set(held), unit=unit, form=".2f", top=1.0)


def two_contexts(pretrain):
    """Two curves over the layers of the model, both starting at one, where a word is still only itself. They show how
    alike the rows of the word {{ measured("pretrain.two_contexts.word") }} are in two sentences: the upper curve where
    it means the same in both, the lower where it names a boat in one and a fair in the other. The lower falls further,
    to {{ measured("pretrain.two_contexts.different.5", ".2f") }}."""
    told = pretrain.two_contexts
    layers = list(range(len(told["same"])))
    drawn = [lines.Line("same meaning", layers, list(told["same"]), "ours", points=True),
             lines.Line("other meaning", layers, list(told["different"]), "second", points=True)]
    return lines.draw(drawn, x="layers passed", y="cosine between the word’s rows", y_range=(0, 1.05), y_form=".1f",
                      x_range=(0, layers[-1]))


def heads_map(pretrain):
    """A table of all attention heads, a row a layer and a column a head, each cell darker the more nats a held-out
    token costs when that head alone is taken away. The largest is
    {{ measured("pretrain.heads_most_nats", ".2f") }}, in layer {{ measured("pretrain.heads_most_layer") }}; the least
    is {{ measured("pretrain.heads_least_nats", ".3f") }}."""
    nats = np.asarray(pretrain.heads_nats).astype(float)
    rows = [f"layer {layer + 1}" for layer in range(len(nats))]
    columns = [f"head {head + 1}" for head in range(nats.shape[1])]
    return heatmap.draw(nats, rows, columns, unit="nats a held-out token costs more without this head", form=".3f")


def exposure(pretrain):
    """The share of towns that the model says rightly, against the number of training pages that tell the town, on a
    logarithmic axis, with intervals. A dotted line near the bottom marks a blind guess among all towns. For people
    planted on one page the share is {{ measured("pretrain.planted_once_share", ".0%") }}, for those planted on
    {{ measured("pretrain.planted_most_pages") }} pages {{ measured("pretrain.planted_most_share", ".0%") }}."""
    told = pretrain.planted
    column = {key: [level[key] for level in told] for key in ("mentions", "share", "low", "high")}
    curve = lines.Line("", column["mentions"], column["share"], "ours", column["low"], column["high"], points=True)
    return lines.draw([curve], x="pages that tell it, mean", y="towns said rightly", x_log=True, y_range=(0, 1),
                      x_range=(0.8, 64), x_ticks=PAGES, y_form=".0%", baselines={"a guess": pretrain.planted_chance})


def law(pretrain):
    """Held-out loss against the weights in the layers, on two logarithmic axes. A dotted curve, the power law fitted to
    all sizes but the largest, is drawn on to the largest, where a point with an interval marks what it predicts:
    {{ measured("pretrain.law_pure_predicted_nats", ".2f") }}, between
    {{ measured("pretrain.law_pure_low_nats", ".2f") }} and {{ measured("pretrain.law_pure_high_nats", ".2f") }}. The
    loss that came, {{ measured("pretrain.law_largest_nats", ".2f") }}, lies below it."""
    *small, largest = pretrain.law_points
    counts, end = [point["layer_parameters"] for point in small], largest["layer_parameters"]
    said, spread = pretrain.law_pure_predicted_nats, [[f(point["seed_nats"]) for point in small] for f in (min, max)]
    along = np.geomspace(counts[0], end, 40)
    fitted = said * (along / end) ** -pretrain.law_pure_power
    drawn = [lines.Line("", along.round().tolist(), fitted.tolist(), "base", dash="1.5px,4px"),
             lines.Line("measured", counts, [point["nats"] for point in small], "ours", *spread, line=False, named=0,
                        lift=11),
             lines.Line("predicted", [end], [said], "second", [pretrain.law_pure_low_nats],
                        [pretrain.law_pure_high_nats], line=False),
             lines.Line("measured last", [end], [largest["nats"]], "ours", line=False)]
    return _sized(lines.draw(drawn, x="weights in the layers", y="nats per token", x_log=True, y_log=True, y_form=".1f",
                             y_range=(1, 5.6), x_range=(5e3, 1e6)))


def residuals(pretrain):
    """How far each size lies above or below the fitted power law, in nats per token. The last, largest size was not
    fitted; it lies {{ measured("pretrain.law_pure_miss_nats", "+.2f") }} from what was predicted for it. A line beside
    it shows the interval in which the prediction had expected it."""
    points, off = pretrain.law_points, list(pretrain.law_pure_residuals_nats)
    counts, said = [point["layer_parameters"] for point in points], pretrain.law_pure_predicted_nats
    low, high = pretrain.law_pure_low_nats - said, pretrain.law_pure_high_nats - said
    top = max(abs(value) for value in [*off, low, high]) * 1.15
    drawn = [lines.Line("measured", counts[-2::-1], off[-2::-1], "ours", line=False, lift=14),
             lines.Line("predicted", counts[-1:], [0], "second", [low], [high], line=False),
             lines.Line("measured last", counts[-1:], off[-1:], "ours", line=False)]
    return _sized(lines.draw(drawn, x="weights in the layers", y="nats above the curve", x_log=True, y_form="+.2f",
                             y_range=(-top, top), x_range=(5e3, 1e6)))


def _sized(figure):
    """Name the powers of ten on the axis of sizes in words."""
    words = {1e4: "10 thousand", 1e5: "100 thousand", 1e6: "million"}
    for layout in (figure.layout, figure.layout.meta["narrow"]):
        low, high = layout["xaxis"]["range"]
        held = {size: word for size, word in words.items() if low <= np.log10(size) <= high + 0.02}
        layout["xaxis"]["tickvals"], layout["xaxis"]["ticktext"] = list(held), list(held.values())
    return figure


def adding(pretrain):
    """Bars, two for each number of terms from two to five: the share of sums that come out right when the model says
    the answer at once, and when it writes running totals first. For two terms the shares are
    {{ measured("pretrain.sums_share.heldout_direct_2", ".0%") }} and
    {{ measured("pretrain.sums_share.heldout_running_2", ".0%") }}, for five
    {{ measured("pretrain.sums_share.heldout_direct_5", ".0%") }} and
    {{ measured("pretrain.sums_share.heldout_running_5", ".0%") }}."""
    terms = [row["terms"] for row in pretrain.sums if row["tuples"] == "heldout" and row["way"] == "direct"]
    drawn = []
    for way, name, tone in (("direct", "at once", "base"), ("running", "running totals", "ours")):
        keys = [f"heldout_{way}_{count}" for count in terms]
        drawn.append(bars.Bar(name, [pretrain.sums_share[key] for key in keys], tone,
                              [pretrain.sums_low[key] for key in keys], [pretrain.sums_high[key] for key in keys]))
    names = {2: "two terms", 3: "three", 4: "four", 5: "five"}
    return bars.draw([names.get(count, str(count)) for count in terms], drawn, unit="sums answered rightly", form=".0%")


def spent(pretrain):
    """A table of all training runs by kind: how many, of how many parameters, the tokens that they read together,
    their operations in floating point, and their seconds. {{ measured("pretrain.runs_number") }} runs took
    {{ measured("pretrain.runs_flops", ".1e") }} operations."""
    kinds = {"base": "the long run", "short": "step sizes, seeds", "versions": "three texts, for the data stage",
             "scaling": "eight sizes"}
    columns = ("runs", "parameters", "tokens", "operations", "seconds")
    table = []
    for kind, name in kinds.items():
        own = [run for run in pretrain.runs if run["kind"] == kind]
        sizes = sorted({run["parameters"] for run in own})
        said = " to ".join(f"{size:,}" for size in dict.fromkeys((sizes[0], sizes[-1])))
        sums = [sum(run[key] for run in own) for key in ("tokens", "flops", "seconds")]
        values = (f"{len(own)}", said, f"{sums[0]:,}", f"{sums[1] / 1e12:,.0f} trillion", f"{sums[2]:,.0f}")
        table.append({"what": name} | dict(zip(columns, values)))
    head = "".join(f'<th scope="col">{column}</th>' for column in columns)
    body = "".join(f'<tr><th scope="row">{row["what"]}</th>{"".join(f"<td>{row[key]}</td>" for key in columns)}</tr>'
                   for row in table)
    html = ('<div class="heat-scroll" tabindex="0" role="region" aria-label="what all runs cost"><table class="heat">'
            f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table></div>")
    return Markup(html, pretrain.runs, {"rows": table})


def runs(pretrain, claims):
    """Training runs on two logarithmic axes, parameters across and tokens read upward. Ours stands in the lower left
    corner; the rerun of GPT-2, GPT-3, Chinchilla and the largest Llama 3.1 stand far above and to the right. A dotted
    diagonal marks {{ claim("chinchilla-token-ratio") }} tokens for each parameter."""
    rerun_tokens = claims["gpt2-rerun-steps"] * claims["gpt2-step-tokens"]
    known = {"rerun of GPT-2": (claims["gpt2-parameter-count"], rerun_tokens),
             "GPT-3": (claims["gpt3-parameter-count"], claims["gpt3-token-count"]),
             "Chinchilla": (claims["chinchilla-parameter-count"], claims["chinchilla-token-count"]),
             "Llama 3.1": (claims["llama405-parameter-count"], claims["llama405-token-count"])}
    ratio = claims["chinchilla-token-count"] / claims["chinchilla-parameter-count"]
    along = [1e5, 2e7, claims["llama405-parameter-count"]]  # named in its middle, where no model stands
    drawn = [lines.Line(f"{ratio:.0f} tokens a parameter", along, [size * ratio for size in along], "base",
                        dash="1.5px,4px", named=1, lift=-12)]
    below = {"rerun of GPT-2": -8}  # the diagonal runs through where its name would stand
    drawn += [lines.Line(name, [size], [read], "world", line=False, lift=below.get(name, 0))
              for name, (size, read) in known.items()]
    drawn.append(lines.Line("ours", [pretrain.parameters], [pretrain.tokens_seen], "ours", line=False, lift=-8))
    return _worded(lines.draw(drawn, x="parameters", y="tokens read", x_log=True, y_log=True, x_form=".0e",
                              y_form=".0e", x_range=(1e5, 1e12), y_range=(1e6, 1e14)))


def _worded(figure):
    """Name the powers of ten of both axes in words, which take no more room than the digits they replace."""
    words = {1e6: "million", 1e9: "billion", 1e12: "trillion"}
    for layout in (figure.layout, figure.layout.meta["narrow"]):
        for axis in (layout["xaxis"], layout["yaxis"]):
            axis["tickvals"], axis["ticktext"] = list(words), list(words.values())
    return figure


def stop(pretrain):
    """Columns that grow: the chance that the model gives the whole name of the place after so many steps, from next
    to nothing at the first to {{ measured("pretrain.thread_p", ".2f") }} at the last."""
    told = list(zip(pretrain.checkpoint_steps, pretrain.checkpoint_thread_p))
    values = [""] * (len(told) - 1) + [f'<span class="column-value">{told[-1][1]:.2f}</span>']
    inner = "".join(f'<span class="column">{value}<span class="column-fill" style="height:calc({p:.3f} * 4rem)"></span>'
                    f'<span class="column-name">{step:,}</span></span>' for (step, p), value in zip(told, values))
    table = [{"step": step, "chance": p} for step, p in told]
    drawn = f'<div class="columns">{inner}<span class="column-unit">steps</span></div>'
    return Markup(f'<p class="unit">chance of the ending</p>{drawn}', table, {})
