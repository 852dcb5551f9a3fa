"""What each attention head is worth: the held-out loss with its output taken away, page by page."""

import numpy as np

from minigpt import evaluate


def without(weights, config, layer, heads):
    """The same weights with the heads' columns of the output product set to nothing.

    >>> from minigpt.gpt import Config, init
    >>> config = Config(vocabulary=8, context=4, width=4, heads=2, layers=1)
    >>> without(init(config, 1), config, 0, [1])["layers.0.attention.out"][0, 2:].tolist()
    [0.0, 0.0]
    """
    name, width = f"layers.{layer}.attention.out", config.width // config.heads
    out = weights[name].copy()
    for head in heads:
        out[:, head * width : (head + 1) * width] = 0
    return weights | {name: out}


def measure(model, heldout):
    """Nats that a token costs more without each head, with intervals over pages; and without all heads of a layer."""
    weights, config, _ = model
    whole, counted = evaluate.document_losses(weights, config, heldout)

    def costs(layer, heads):
        nats, _ = evaluate.document_losses(without(weights, config, layer, heads), config, heldout)
        return (float((nats - whole).sum() / counted.sum()), *evaluate.interval(nats - whole, counted))

    rows = [{"layer": layer + 1, "head": head + 1, **dict(zip(("nats", "low_nats", "high_nats"), costs(layer, [head])))}
            for layer in range(config.layers) for head in range(config.heads)]
    layers = [costs(layer, range(config.heads))[0] for layer in range(config.layers)]
    nats = np.array([row["nats"] for row in rows]).reshape(config.layers, config.heads)
    most = rows[int(nats.argmax())]
    return {"heads": rows, "heads_nats": nats.astype(np.float32), "heads_layer_nats": layers,
            "heads_most_layer": most["layer"], "heads_most_head": most["head"], "heads_most_nats": most["nats"],
            "heads_least_nats": float(nats.min()), "heads_median_nats": float(np.median(nats)),
            "heads_pages": len(heldout), "heads_tokens": int(counted.sum()),
            "heads_sums_nats": nats.sum(1).astype(float).tolist()}
