"""What training did, drawn: the loss and the fact step by step, what the loss is worth, one head, the map of runs."""

import numpy as np

from viz import Markup, bars, frames, heatmap, lines, tokens

from . import axes, scene_parts

FRAMES = ("start", "counts", "pairs", "phrases", "names", "end")
PAGES = (1, 2, 4, 8, 16, 32, 64)  # ticks of axes that count the pages of planted people
SIZES = {1e4: "10 thousand", 1e5: "100 thousand", 1e6: "million"}


def training(pretrain):
    """Training, step by step

    Held-out loss in nats per token against training steps on a logarithmic axis. The curve starts a little
    above the dotted line of knowing nothing, {{ measured("pretrain.uniform_nats", ".2f") }}, passes the lines of token
    counts, of pairs and of three tokens in a row, and ends at {{ measured("pretrain.heldout_nats", ".2f") }}. A ring
    marks the step that is told beside it. Above the chart, large, stands the chance that the model then gives to
    Farrow Head.

    At step {{ measured("checkpoint_steps." ~ place, ",") }} the loss is
    {{ measured("checkpoint_nats." ~ place, ".2f") }}, and the chance of Farrow Head, to four places,
    {{ measured("checkpoint_thread_p." ~ place, ".4f") }}."""
    baselines = {"knows nothing": pretrain.uniform_nats, "token counts": pretrain.unigram_nats,
                 "pairs": pretrain.bigram_nats, "threes": pretrain.trigram_nats}
    curve = lines.Line("our model", [step + 1 for step in pretrain.curve_steps], list(pretrain.curve_nats))
    told = zip(FRAMES, pretrain.checkpoint_steps, pretrain.checkpoint_nats, pretrain.checkpoint_thread_p)
    drawn, place = {}, "".join(pretrain.thread_place_pieces).strip()
    for name, step, nats, p in told:
        ring = lines.Mark(step + 1, nats, f"step {step:,}", "ink")  # the fact is in the number above, not in the loss
        chart = lines.draw([curve], x="steps", y="loss, nats per token", baselines=baselines, marks=[ring], x_log=True,
                           y_range=(0, pretrain.uniform_nats * 1.08))
        rows = chart.layout.meta["table"] if name == FRAMES[-1] else []  # the curve, once
        chart.layout.meta["table"] = [{"step": step, "loss, nats per token": nats, f"chance of {place}": p}, *rows]
        drawn[name] = scene_parts.below_chance(axes.from_zero(chart), p, f"chance of {place}")
    return frames.align(drawn)


def worth(pretrain):
    """Bars of bits per byte of held-out text, shorter is better: from the uniform guess, over two general
    compressors and tables that count one, two or three tokens in a row, down to our model at
    {{ measured("pretrain.model_bits", ".2f") }}, whose bar alone has an interval."""
    bits = pretrain.bits_per_byte
    rows = [("knows nothing", "uniform"), ("token counts", "unigram"), ("gzip", "gzip"), ("xz", "xz"),
            ("pairs", "bigram"), ("threes", "trigram"), ("xz, training text read", "xz_primed"), ("our model", "model")]
    rows.sort(key=lambda row: -bits[row[1]])
    tones = ["ours" if key == "model" else "base" for _, key in rows]
    values, unit = [bits[key] for _, key in rows], "bits per byte of held-out text"
    low, high = ([end if key == "model" else bits[key] for _, key in rows]
                 for end in (pretrain.model_low_bits, pretrain.model_high_bits))
    figure = bars.draw([name for name, _ in rows], [bars.Bar("bits per byte", values, "ours", low, high, tones)],
                       unit=unit, form=".2f")
    figure.layout.meta["table"] = [{"name": name, unit: bits[key]} | (
        {"low": pretrain.model_low_bits, "high": pretrain.model_high_bits} if key == "model" else {})
        for name, key in rows]  # the others are one number each
    return figure


def looking_back(pretrain):
    """The beginning of the thread sentence as tokens, each with a bar: how much one attention head, standing at the
    last token, takes from each. It takes most from the family name."""
    pieces, (layer, head) = pretrain.thread_prompt_pieces, (pretrain.looker[key] for key in ("layer", "head"))
    asked = pretrain.thread_attention[layer - 1, head - 1, len(pieces) - 1, : len(pieces)]
    unit = f"layer {layer}, head {head}: attention from the last token"
    return tokens.bars(pieces, asked.tolist(), unit=unit, form=".2f", top=1.0)


def two_contexts(pretrain):
    """Two curves over the layers of the model, both starting at one, where a word is still only itself. They show how
    alike the rows of the word {{ measured("pretrain.two_contexts.word") }} are in two sentences: the upper curve where
    it means the same in both, the lower where it names a boat in one and a fair in the other. The lower falls further,
    to {{ measured("pretrain.two_contexts.different.5", ".2f") }}. Short intervals stand on both."""
    told, ends = pretrain.two_contexts, pretrain.contexts
    layers = list(range(len(told["same"])))
    drawn = [lines.Line(name, layers, list(told[key]), tone, ends[f"{key}_low"], ends[f"{key}_high"], points=True)
             for name, key, tone in (("same meaning", "same", "ours"), ("other meaning", "different", "second"))]
    return lines.draw(drawn, x="layers passed", y="cosine between the word’s rows", y_range=(0, 1.05), y_form=".1f",
                      x_range=(0, layers[-1]))


def heads_map(pretrain):
    """A table of all attention heads, a row a layer and a column a head, each cell darker the more nats a held-out
    token costs when that head alone is taken away. The largest is
    {{ measured("pretrain.heads_most_nats", ".2f") }}, in layer {{ measured("pretrain.heads_most_layer") }}; the least
    is {{ measured("pretrain.heads_least_nats", ".3f") }}."""
    nats = np.asarray(pretrain.heads_nats).astype(float)
    return _of_heads(nats, "nats a held-out token costs more without this head", ".3f")


def fact_heads(pretrain):
    """A table of all attention heads, a row a layer and a column a head, each cell darker the more chance the first
    token of the fact loses when that head alone is switched off. The largest loss stands in layer
    {{ measured("pretrain.missed.layer") }}; some heads lose nothing, and without them the chance is a little higher."""
    lost = pretrain.thread_first_p - np.array(pretrain.without_p)
    return _of_heads(lost, "chance that the fact’s first token loses without this head", "+.3f")


def _of_heads(values, unit, form):
    """A value for each head as a table, a row a layer."""
    rows = [f"layer {layer + 1}" for layer in range(len(values))]
    columns = [f"head {head + 1}" for head in range(values.shape[1])]
    return heatmap.draw(values, rows, columns, unit=unit, form=form)


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
    drawn = [lines.Line("power law", along.round().tolist(), fitted.tolist(), "base", dash="1.5px,4px", named=14,
                        lift=14),
             lines.Line("measured", counts, [point["nats"] for point in small], "ours", *spread, line=False, named=0,
                        lift=11),
             lines.Line("predicted", [end], [said], "second", [pretrain.law_pure_low_nats],
                        [pretrain.law_pure_high_nats], line=False),
             lines.Line("measured last", [end], [largest["nats"]], "ours", line=False)]
    figure = lines.draw(drawn, x="weights in the layers", y="nats per token", x_log=True, y_log=True, y_form=".1f",
                        y_range=(1, 5.6), x_range=(5e3, 1e6))
    figure.layout.meta["table"] = sorted(figure.layout.meta["table"], key=lambda row: row["curve"] == "power law")
    return axes.in_words(figure, "x", SIZES)


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
    return axes.in_words(lines.draw(drawn, x="weights in the layers", y="nats above the curve", x_log=True,
                                    y_form="+.2f", y_range=(-top, top), x_range=(5e3, 1e6)), "x", SIZES)


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
    """A table of all training runs, a column a kind: how many, of how many parameters, the tokens that they read
    together, their operations in floating point, and their seconds. {{ measured("pretrain.runs_number") }} runs took
    {{ measured("pretrain.runs_flops", ".1e") }} operations."""
    kinds = {"base": "the long run", "short": "step sizes, seeds", "versions": "three texts, for the data stage",
             "scaling": "eight sizes"}
    table = []
    for kind, name in kinds.items():
        own = [run for run in pretrain.runs if run["kind"] == kind]
        sizes = sorted({run["parameters"] for run in own})
        tokens_read, operations, seconds = (sum(run[key] for run in own) for key in ("tokens", "flops", "seconds"))
        table.append({"what": name, "runs": f"{len(own)}",
                      "parameters, thousands": " to ".join(dict.fromkeys(f"{sizes[at] / 1e3:,.0f}" for at in (0, -1))),
                      "tokens, millions": f"{tokens_read / 1e6:,.0f}",
                      "operations, trillions": f"{operations / 1e12:,.0f}", "seconds": f"{seconds:,.0f}"})
    wraps = 'style="white-space:normal;min-width:0;background:none"'  # so that it fits a phone
    head = "".join(f'<th scope="col" {wraps}>{row["what"]}</th>' for row in table)
    body = "".join(f'<tr><th scope="row" {wraps}>{name}</th>{"".join(f"<td {wraps}>{row[name]}</td>" for row in table)}'
                   "</tr>" for name in list(table[0])[1:])
    html = ('<div class="heat-scroll" tabindex="0" role="region" aria-label="what all runs cost"><table class="heat">'
            f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table></div>")
    every = [{"run": run["run"], "kind": kinds[run["kind"]].partition(",")[0], "parameters": run["parameters"],
              "tokens read": run["tokens"], "operations": run["flops"], "seconds": run["seconds"]}
             for run in pretrain.runs]
    return Markup(html, every, {"rows": table})


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
    figure = lines.draw(drawn, x="parameters", y="tokens read", x_log=True, y_log=True, x_form=".0e", y_form=".0e",
                        x_range=(1e5, 1e12), y_range=(1e6, 1e14))
    return axes.in_words(figure, "xy", {1e6: "million", 1e9: "billion", 1e12: "trillion"})


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
