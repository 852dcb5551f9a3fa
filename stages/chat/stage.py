"""What a chat is to the model: one row of tokens, continued; what it can use, and what it cannot turn around."""

from dataclasses import dataclass

from minigpt import weights
from stages.chat import exchange, memory, unheard
from stages.chat.asking import replies

SEED = 1  # the first of the seeds under which the lives are asked


@dataclass(frozen=True)
class Results:
    """Everything the page tells. Shares run from 0 to 1, intervals are Wilson's 95 %; every reply is greedy."""

    seed: int  # first of the seeds under which the lives are asked
    question: str  # the question about the thread fact
    reply: str
    reply_pieces: list  # text of the tokens of the reply to the thread's question
    exchange: dict  # tokens of the question and its reply: pieces, ids, who put each there, its chance
    exchange_tokens: dict  # tokens of the question and its reply, by who put them there, and all
    reply_chance: float  # chance of the whole reply to the thread's question
    reply_least: float  # chance of the least likely token in the reply
    reply_first: dict  # chance of the reply's first token; the likeliest other one and its chance
    lives: dict  # life -> context, what it said; of all draws, how many named the fact or said that it does not know
    lives_share: dict  # life -> share of draws that name the fact
    lives_n: int  # draws of a reply for each life of the model
    sources: dict  # questions with and without words in front: replies by weights, by text, refused, other; intervals
    sources_by: dict  # replies with words in front, by what is asked (town, boat, light): by weights, by text, other
    reading: dict  # base model after a sentence with another value: goes by it (context), or by its weights (memory)
    source_examples: dict  # question about the first light and its reply, with and without words in front
    told: dict  # training sentences with a light and its keeper, or a boat and its owner; how many put the name last
    directions: dict  # light and boat, both ways: n, right, refused with share, low, high; refusals about boats
    told_before: dict  # the keeper asked for after a turn that named her (same), or another (other): named, right
    direction_examples: dict  # the thread fact asked for from either end, and the replies
    unheard: dict  # yes-or-no questions and statements about lights, famous people's homes: n, right, refused, beyond
    unheard_examples: dict  # question and reply about the thread; the first famous person whose name was not kept
    in_file: int  # how often the fact's place stands, as text, in the file of the model
    work: dict  # multiply-adds for a token: weights, attention over one token and over a full context; places in a row


def run(data, tokenize, pretrain, finetune):
    """Measure the finetuned model as the browser runs it: with its weights rounded to eight bits."""
    model = weights.load(finetune.chat)
    found = talked(model, data.world, finetune) | memory.sources(model, data.world, finetune)
    found |= memory.directions(model, data.world, finetune) | memory.told_before(model, data.world, finetune)
    found |= unheard.unheard(model, data.world, finetune)
    found["in_file"] = finetune.chat.count(data.world["thread"]["light"].encode())
    found |= memory.reading(weights.load(pretrain.base), data.world)
    found |= exchange.lives(found["question"], data.world["thread"]["light"], pretrain, finetune, SEED)
    shares = {name: life["named_share"] for name, life in found["lives"].items()}
    return Results(seed=SEED, lives_share=shares, lives_n=exchange.LIVES_DRAWS,
                   told=memory.told(data), **found)


def talked(model, world, finetune):
    """The thread's question and the model's reply, token by token, with the work they took."""
    question = finetune.forms["light"][0].format(name=world["thread"]["name"])
    reply = replies(model, [question])[0]
    found = exchange.seen(model, question, reply, world["thread"]["light"])
    said = [piece for piece, who in zip(found["exchange"]["pieces"], found["exchange"]["who"]) if who == "model"]
    return found | {"reply_pieces": said[:-1], "work": work(model[1], len(found["exchange"]["ids"]))}


def work(config, tokens):
    """Multiply-adds for one token, and for a row of `tokens`.

    Every weight is used once a token (the embedding at the end, as the head); attention compares the token with all
    before it and mixes them: 2 C for each, in every layer.
    """
    each = 2 * config.layers * config.width
    return {"weights": config.parameters, "attention_first": each, "attention_full": each * config.context,
            "attention_full_share": each * config.context / config.parameters, "context": config.context,
            "exchange": tokens * config.parameters + each * tokens * (tokens + 1) // 2}


def replay(results, data, finetune):
    """The exchange again, token by token, and all lights and boats in both directions."""
    model = weights.load(finetune.chat)
    found = talked(model, data.world, finetune)
    found |= memory.directions(model, data.world, finetune)
    return {name: found[name] for name in ("question", "reply", "exchange_tokens", "reply_least", "directions", "work")}
