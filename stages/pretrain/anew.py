"""Which heads the answer needs, two intervals, and a table longer than the page's own: in every build."""

from dataclasses import dataclass

import numpy as np

from minigpt import gpt, weights
from stages.pretrain import baselines, contexts, heads, measure, probes
from stages.pretrain.plan import read

LOOKS = 0.9  # of a head's attention, from which it is said to look at one place
DISCOUNT = 0.7  # what `baselines.tune` finds for five tokens in a row, in more seconds than a build should take


@dataclass(frozen=True)
class Results:
    """What becomes of the fact's first token when heads of the base model add nothing; how sure two figures are."""

    ending_tokens: int  # tokens of the ending of the thread sentence, all of which must come right
    without_p: list  # layer -> head -> chance of the fact's first token when that head alone is switched off
    ending_missed: dict  # the head that the whole ending needs most, and the chance of the ending without it
    lookers: int  # heads that look from the last word of the thread prompt at the family name
    looker: dict  # of the heads that look at the name, the one that the fact's first token needs most
    spared: dict  # of the heads that look at the name, the one that the fact's first token needs least
    layer_lookers: int  # heads of the last layer that look at the name
    layer_lookers_p: float  # chance of the fact's first token when all of these are switched off
    missed: dict  # of all heads, the one that the fact's first token needs most, and where it looks
    lens_places: list  # place of the fact's first token among all, read off before the first layer and after each
    model_low_bits: float  # lower end of the 95% interval of the loss on pages kept back, in bits per byte
    model_high_bits: float  # upper end of the 95% interval of the loss on pages kept back, in bits per byte
    fives_nats: float  # loss of guessing by the last four tokens, from counts
    contexts: dict  # things that the word of two meanings names; 95% intervals of its likeness, layer by layer


def run(pretrain, data, tokenize):
    """Every head off alone, and those of the last layer that look at the name off together; the long table."""
    loaded, config, tokenizer, _ = weights.load(pretrain.base)
    case = measure.thread_case(data.world["thread"])[0]
    ids, ending = probes.opening(tokenizer, case["prompt"]), tokenizer.encode(case["answer"])
    name = ids.index(tokenizer.encode(f" {data.world['thread']['name'].split()[-1]}")[-1])
    looks = np.asarray(pretrain.thread_attention)[:, :, len(ids) - 1, : len(ids)]  # [L, H, T]

    def p(layer, off):
        return chance(heads.without(loaded, config, layer, off), config, ids, ending[0])

    def whole(layer, head):
        return float(probes.score(heads.without(loaded, config, layer, [head]), config, tokenizer, [case])[1][0])

    every = [(layer, head) for layer in range(config.layers) for head in range(config.heads)]
    without = np.array([p(layer, [head]) for layer, head in every]).reshape(config.layers, config.heads)
    told = [(layer, head, float(without[layer, head])) for layer, head in np.argwhere(looks[:, :, name] > LOOKS)]
    last = [head for layer, head, _ in told if layer == config.layers - 1]
    most = np.unravel_index(without.argmin(), without.shape)
    place, bits = int(looks[most].argmax()), pretrain.model_bits / pretrain.heldout_nats
    return Results(
        ending_tokens=len(ending), without_p=without.tolist(), lookers=len(told),
        ending_missed=named(*min(((*one, whole(*one)) for one in every), key=lambda one: one[2])),
        looker=named(*min(told, key=lambda one: one[2])), spared=named(*max(told, key=lambda one: one[2])),
        layer_lookers=len(last), layer_lookers_p=p(config.layers - 1, last),
        missed=named(*most, float(without.min())) | {"looks_at": measure.pieces(tokenizer, [ids[place]])[0].strip(),
                                                     "share": float(looks[most][place])},
        lens_places=places(loaded, config, ids, ending[0]),
        model_low_bits=bits * pretrain.heldout_low_nats, model_high_bits=bits * pretrain.heldout_high_nats,
        fives_nats=fives(read(data, tokenize)),
        contexts=contexts.measure((loaded, config, tokenizer), pretrain.two_contexts, data))


def fives(text):
    """Held-out nats per token of a table of five tokens in a row."""
    table = baselines.Table(np.concatenate(text.train), text.tokenizer.vocabulary, [DISCOUNT] * 5)
    return baselines.table_nats(table, text.heldout, 5)


def named(layer, head, p):
    """A head as readers count it, from one, and a chance without it: of the fact's first token, or of its whole ending.

    >>> named(4, 0, 0.71)
    {'layer': 5, 'head': 1, 'p': 0.71}
    """
    return {"layer": int(layer) + 1, "head": int(head) + 1, "p": p}


def chance(weights_, config, ids, target):
    """Probability of a token as the next."""
    scores = gpt.forward(weights_, config, [ids])[0, -1].astype(np.float64)
    p = np.exp(scores - scores.max())
    return float(p[target] / p.sum())


def places(weights_, config, ids, target):
    """How many tokens are likelier than one, and it, if the stream were read before the first layer and after each."""
    scores = probes.rows_by_layer(weights_, config, ids)[:, -1] @ weights_["embedding"].T  # [L + 1, V]
    return [int((row > row[target]).sum()) + 1 for row in scores]
