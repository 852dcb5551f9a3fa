"""What training did, drawn: the loss and the fact step by step, what the loss is worth, one head, the map of runs."""

import numpy as np

from viz import Markup, bars, frames, lines, tokens

FRAMES = ("start", "counts", "pairs", "phrases", "names", "end")
FREE = {"phrases": "sw", "names": "sw", "end": "sw"}  # below the curve, which has little room above it by then
NAME = "Mira Tolland"


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
        ring = lines.Mark(step + 1, nats, f"the fact: p {_said(p)}", side=FREE.get(name, ""))
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
    return "= " + np.format_float_positional(round(p, digits), trim="-")


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
    """The beginning of the thread sentence as tokens, each with a bar, drawn for two attention heads: how much the
    head, standing at the last token, takes from each. One takes most from the end of the first name, the other from
    the family name."""
    pieces = pretrain.thread_prompt_pieces
    asked = pretrain.thread_attention[:, :, len(pieces) - 1, : len(pieces)]  # [L, H, T]
    held = [place for place, piece in enumerate(pieces) if piece.strip() and piece.strip() in NAME]
    drawn = [_head(asked, pieces, place, held) for place in held[-2:]]
    rows = [row for one in drawn for row in one.table]
    html = "".join(f'<div style="margin-bottom:1.4em">{one.html}</div>' for one in drawn)
    return Markup(html, rows, {"rows": rows})


def _head(asked, pieces, place, held):
    """The head that takes most from one place, as bars over all places."""
    layer, head = np.unravel_index(asked[:, :, place].argmax(), asked.shape[:2])
    unit = f"layer {layer + 1}, head {head + 1}: attention from the last token"
    return tokens.bars(pieces, asked[layer, head].tolist(), fact=set(held), unit=unit, form=".2f", top=1.0)


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
    ends = [1e5, claims["llama405-parameter-count"]]
    drawn = [lines.Line(f"{ratio:.0f} a parameter", ends, [size * ratio for size in ends], "base", dash="1.5px,4px")]
    drawn += [lines.Line(name, [size], [read], "world", line=False) for name, (size, read) in known.items()]
    drawn.append(lines.Line("ours", [pretrain.parameters], [pretrain.tokens_seen], "ours", line=False))
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
    inner = "".join(f'<span class="column"><span class="column-fill" style="height:calc({p:.3f} * 4rem)"></span>'
                    f'<span class="column-name">{step:,}</span></span>' for step, p in told)
    table = [{"step": step, "chance": p} for step, p in told]
    return Markup(f'<div class="columns">{inner}<span class="column-unit">steps</span></div>', table, {})
