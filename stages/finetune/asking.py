"""Asking the model, greedy, a chat for each question, and saying what kind of answer came back."""

from minigpt import chat
from minigpt.batch import continue_all
from minigpt.share import wilson
from stages.finetune import forms

REPLY_TOKENS = 40
OUTCOMES = ("right", "wrong", "refused", "other")


def replies(model, questions):
    """The reply to each question, the likeliest token every time."""
    weights, config, tokenizer = model
    stop = {tokenizer.specials[name] for name in ("<|end|>", "<|document|>", "<|user|>")}
    prompts = [chat.prompt(tokenizer, [("user", question)]) for question in questions]
    said = continue_all(weights, config, prompts, REPLY_TOKENS, range(len(prompts)), stop=stop, temperature=0.0)
    return [tokenizer.decode(ids).strip() for ids in said]


def outcome(reply, case, values):
    """right: names the value; refused: says that it does not know; wrong: names another; other: names none.

    >>> case, values = {"attribute": "town", "value": "Saltby"}, {"town": ["Saltby", "Kelby"]}
    >>> [outcome(reply, case, values) for reply in ("In Saltby.", "In Kelby.", "I don't know.", "Hm.")]
    ['right', 'wrong', 'refused', 'other']
    """
    if any(words in reply for words in forms.REFUSED):
        return "refused"
    if case["value"] and case["value"] in reply:
        return "right"
    return "wrong" if any(value in reply for value in values[case["attribute"]]) else "other"


def judged(model, cases, values):
    """Replies and outcomes of test questions."""
    said = replies(model, [case["question"] for case in cases])
    return said, [outcome(reply, case, values) for reply, case in zip(said, cases)]


def counted(outcomes, who):
    """Counts, shares and intervals of outcomes under names that begin with `who`.

    >>> counted(["right", "wrong"], "known")["known_right_share"]
    0.5
    """
    found = {f"{who}_n": len(outcomes)}
    for kind in OUTCOMES:
        hits = outcomes.count(kind)
        low, high = wilson(hits, len(outcomes))
        found |= {f"{who}_{kind}": hits, f"{who}_{kind}_share": hits / len(outcomes),
                  f"{who}_{kind}_low": low, f"{who}_{kind}_high": high}
    return found
