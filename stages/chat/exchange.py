"""One exchange as the model sees it, and the same question put to every life of the model."""

import numpy as np

from minigpt import chat, gpt, weights
from minigpt.batch import continue_all
from minigpt.sample import distribution
from stages.chat.asking import counted, opening, refused

LIVES = ("random", "early", "base", "template", "chat")
LIVES_DRAWS, LIVES_TOKENS = 200, 24


def piece(tokenizer, number):
    """A token's text; special tokens by their name."""
    return tokenizer.pieces[number].decode("utf-8", "replace")


def fact_places(tokenizer, ids, place):
    """The places of tokens that spell the fact's place, wherever it stands.

    >>> from minigpt.bpe import Tokenizer
    >>> fact_places(Tokenizer([], chat.SPECIALS), [97, 66, 67, 98], "BC")
    [1, 2]
    """
    spans, text = [], b""
    for number in ids:
        spans.append((len(text), len(text) + len(tokenizer.pieces[number])))
        text += tokenizer.pieces[number]
    wanted, found, start = place.encode(), [], text.find(place.encode())
    while start >= 0:
        found += [i for i, (low, high) in enumerate(spans) if low < start + len(wanted) and high > start]
        start = text.find(wanted, start + 1)
    return found


def seen(model, question, reply, place):
    """The exchange, token by token: text, who put it there, and the chance the model gave it before reading it."""
    params, config, tokenizer = model[:3]
    ids, mask = chat.encode_turns(tokenizer, [("user", question), ("assistant", reply)])
    scores = gpt.forward(params, config, [ids])[0]
    chances = [None] + [float(distribution(row)[number]) for row, number in zip(scores, ids[1:])]
    special = set(tokenizer.specials.values())
    who = ["model" if learned else "template" if number in special else "reader" for number, learned in zip(ids, mask)]
    spoken = [chance for chance, speaker in zip(chances, who) if speaker == "model"]
    first = distribution(scores[who.index("model") - 1])
    other = int(np.argsort(first)[-2])
    return {"question": question, "reply": reply, "exchange": {
        "pieces": [piece(tokenizer, number) for number in ids], "ids": ids, "who": who, "chances": chances,
        "fact": fact_places(tokenizer, ids, place)},
        "exchange_tokens": {name: who.count(name) for name in ("template", "reader", "model")} | {"all": len(ids)},
        "reply_chance": float(np.prod(spoken)), "reply_least": min(spoken),
        "reply_first": {"chance": spoken[0], "other": piece(tokenizer, other), "other_chance": float(first[other])}}


def lives(question, place, pretrain, finetune, seed):
    """The question to the same network at five times of its life, at temperature one, under many seeds."""
    base, asked = weights.load(pretrain.base), [("user", question)]
    config, tokenizer = base[1], base[2]
    random = weights.dequantise(weights.quantise(gpt.init(config, pretrain.seed)))
    page = opening(tokenizer, question)
    contexts = {
        "random": (random, page),
        "early": (weights.load(pretrain.early)[0], page),
        "base": (base[0], page),
        "template": (base[0], chat.prompt(tokenizer, asked)),
        "chat": (weights.load(finetune.chat)[0], chat.prompt(tokenizer, asked)),
    }
    doubts = finetune.refused_words
    return {"lives": {name: life((*contexts[name], config, tokenizer), place, doubts, seed) for name in LIVES}}


def life(lived, place, doubts, seed):
    """What one life says under the first seed; how often, under all, it names the place or says it does not know."""
    params, context, config, tokenizer = lived
    stop = (tokenizer.specials["<|end|>"], tokenizer.specials["<|document|>"])
    seeds = range(seed, seed + LIVES_DRAWS)
    said = continue_all(params, config, [context] * LIVES_DRAWS, LIVES_TOKENS, seeds, stop=stop)
    texts = [tokenizer.decode(ids) for ids in said]
    named = [place in text for text in texts]
    on = continue_all(params, config, [context], LIVES_TOKENS, seeds[:1])[0]  # the same draws, with what ended them
    shown = on[: len(said[0]) + 1]
    return {"context": [piece(tokenizer, number) for number in context],
            "said": [piece(tokenizer, number) for number in shown], "fact": fact_places(tokenizer, shown, place),
            "n": LIVES_DRAWS, "doubted": sum(refused(text, doubts) for text in texts)} | counted("named", named)
