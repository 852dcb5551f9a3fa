"""Asking the finetuned model, the likeliest token every time."""

from minigpt import chat
from minigpt.batch import continue_all
from minigpt.share import wilson

REPLY_TOKENS, END_TOKENS = 40, 8


def replies(model, questions):
    """The reply to each question in a chat of its own, greedy."""
    return replies_to(model, [[("user", question)] for question in questions])


def replies_to(model, chats):
    """The reply to the last turn of each chat, without the token that ends it."""
    weights, config, tokenizer = model[:3]
    prompts = [chat.prompt(tokenizer, turns) for turns in chats]
    stop = (tokenizer.specials["<|end|>"], tokenizer.specials["<|document|>"])
    said = continue_all(weights, config, prompts, REPLY_TOKENS, range(len(prompts)), stop=stop, temperature=0.0)
    return [tokenizer.decode(ids).strip() for ids in said]


def opening(tokenizer, text):
    """A page that begins with the text, as numbers."""
    return [tokenizer.specials["<|document|>"], *tokenizer.encode(text)]


def ends(model, texts):
    """How a base model goes on after each text, greedy."""
    weights, config, tokenizer = model[:3]
    prompts = [opening(tokenizer, text) for text in texts]
    said = continue_all(weights, config, prompts, END_TOKENS, range(len(prompts)), temperature=0.0)
    return [tokenizer.decode(ids) for ids in said]


def counted(name, hits):
    """A count of hits with its share and interval, under names that begin alike.

    >>> counted("right", [True, False])["right_share"]
    0.5
    """
    low, high = wilson(sum(hits), len(hits))
    return {name: sum(hits), f"{name}_share": sum(hits) / len(hits), f"{name}_low": low, f"{name}_high": high}


def refused(reply, refusals):
    """Whether a reply says that it does not know."""
    return any(words in reply for words in refusals)
