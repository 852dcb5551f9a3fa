"""The network and the optimizer of minigpt once more, as anyone would write them with torch, for the benchmark."""

import numpy as np
import torch
import torch.nn.functional as F

from minigpt import gpt


class Twin:
    """The same weights, the same batch, the same steps: eager torch on the processor.

    Shapes are those of minigpt/gpt.py: B batch, T time, C width, H heads, D width of a head.
    """

    def __init__(self, config, seed, rate):
        self.config, self.rate = config, rate
        self.weights = {name: torch.tensor(w, requires_grad=True) for name, w in gpt.init(config, seed).items()}
        cosine, sine = gpt.angles(config, 0, config.context)
        self.turn = torch.tensor(cosine), torch.tensor(sine)
        self.adam = torch.optim.AdamW(self.weights.values(), betas=(0.9, 0.95), weight_decay=0.1, fused=True)

    def norm(self, x):
        return F.rms_norm(x, (self.config.width,), eps=gpt.EPSILON)

    def rotate(self, x):
        """Turn [B, H, T, D] by the angles of its times."""
        cosine, sine = (part[: x.shape[2]] for part in self.turn)
        a, b = x.chunk(2, -1)
        return torch.cat([a * cosine - b * sine, b * cosine + a * sine], -1)

    def scores(self, tokens):
        """Scores [B, T, V]."""
        weights, config = self.weights, self.config
        batch, time = tokens.shape
        x = F.embedding(tokens, weights["embedding"])
        for layer in range(config.layers):
            qkv, out, up, down = (weights[f"layers.{layer}.{name}"] for name in gpt.PARTS)
            parts = F.linear(self.norm(x), qkv).view(batch, time, 3, config.heads, -1)
            q, k, v = parts.permute(2, 0, 3, 1, 4)
            mixed = F.scaled_dot_product_attention(self.rotate(q), self.rotate(k), v, is_causal=True)
            x = x + F.linear(mixed.transpose(1, 2).reshape(batch, time, -1), out)
            x = x + F.linear(F.relu(F.linear(self.norm(x), up)).square(), down)
        return F.linear(self.norm(x), weights["embedding"])

    def step(self, inputs, targets, rate):
        """One forward, one backward, one step of the optimizer; return the loss."""
        inputs, targets = (torch.from_numpy(part.astype(np.int64)) for part in (inputs, targets))
        loss = F.cross_entropy(self.scores(inputs).flatten(0, 1), targets.flatten())
        self.adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.weights.values(), 1.0)
        self.adam.param_groups[0]["lr"] = rate
        self.adam.step()
        return loss.item()
