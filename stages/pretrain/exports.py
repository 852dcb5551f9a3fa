"""What the browser gets: two checkpoints, how to draw the weights they began from, and what every kept step said."""

import re

import numpy as np

from minigpt import gpt, weights
from minigpt.chat import SPECIALS

READING = 60_000  # characters
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def base(pretrain):
    """The base model, int8 by row: the very file that every measurement about it was made on."""
    return ".safetensors", pretrain.base


def early(pretrain):
    """The model after the early checkpoint's steps."""
    return ".safetensors", pretrain.early


def random(pretrain, tokenize):
    """The model before its first step: its weights are not shipped but drawn from the seed of the run."""
    return {"config": pretrain.config, "seed": pretrain.seed, "merges": tokenize.merges, "specials": list(SPECIALS)}


def checkpoints(pretrain):
    """What each kept step scored and said, the held-out loss between them, and what tables of counts score."""
    nats = {name: getattr(pretrain, f"{name}_nats") for name in ("uniform", "unigram", "bigram", "trigram")}
    curve = {"steps": pretrain.curve_steps, "nats": pretrain.curve_nats, "thread_p": pretrain.curve_thread_p}
    return {"seed": pretrain.seed, "early_step": pretrain.early_step, "prompt_pieces": pretrain.thread_prompt_pieces,
            "baselines": nats, "curve": curve, "checkpoints": pretrain.checkpoints}


def reading(data):
    """Pages of the corpus for a reader who has no text at hand to train a model on."""
    pages = [page["text"] for page in data.corpus if page["split"] == "train"]
    return {"text": "\n".join(pages)[:READING]}


def recheck(pretrain, data):
    """What a reader's browser can work out again from the base model, each with the value that pages tell.

    A chance of words and the likeliest tokens are those of the frozen results; the loss on one held-out page is
    computed here from the same weights, since the results hold only the mean of all pages.
    """
    loaded, config, tokenizer, _ = weights.load(pretrain.base)
    begin, numbers = tokenizer.specials["<|document|>"], {piece: at for at, piece in enumerate(tokenizer.pieces)}
    fact, given = [begin, *tokenizer.encode(data.fact)], len(pretrain.thread_prompt_pieces)
    page = next(page["text"] for page in data.corpus if page["split"] == "heldout")
    read = [begin, *tokenizer.encode(page)][: config.context]
    nats = gpt.token_losses(loaded, config, np.array([read[:-1]]), np.array([read[1:]])).mean()
    likely = {numbers[piece.encode()]: p for piece, p in
              zip(pretrain.checkpoint_top_pieces[-1], pretrain.checkpoint_top_p[-1]) if piece.encode() in numbers}
    return {"checks": [
        {"figure": "training", "kind": "chance", "life": "base", "ids": fact, "from": given,
         "what": "the chance of the end of the thread fact, after its beginning", "expected": [pretrain.thread_p]},
        {"figure": "training", "kind": "distribution", "life": "base", "ids": fact[:given], "tokens": list(likely),
         "what": "the likeliest next tokens after the beginning", "expected": list(likely.values())},
        {"figure": "worth", "kind": "loss", "life": "base", "ids": read,
         "what": "the loss on the first held-out page, in nats a token", "expected": [float(nats)]},
    ]}


def words(data):
    """Every word of the training pages, small letters, so that the chat can say which word of a question is in none."""
    pages = (page["text"].lower() for page in data.corpus if page["split"] == "train")
    return {"words": sorted({word for page in pages for word in WORD.findall(page)})}
