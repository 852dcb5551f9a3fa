"""Asking the model, greedy, a chat for each question, and saying what kind of answer came back."""

from minigpt import chat
from minigpt.batch import continue_all
from minigpt.share import wilson
from stages.finetune import forms

REPLY_TOKENS = 40
OUTCOMES = ("right", "wrong", "refused", "other")


def replies(model, chats, count=REPLY_TOKENS):
    """The reply to each chat, a question or a list of turns, the likeliest token every time."""
    weights, config, tokenizer = model
    stop = {tokenizer.specials[name] for name in ("<|end|>", "<|document|>", "<|user|>")}
    prompts = [chat.prompt(tokenizer, [("user", one)] if isinstance(one, str) else one) for one in chats]
    said = continue_all(weights, config, prompts, count, range(len(prompts)), stop=stop, temperature=0.0)
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
    """Replies and outcomes of test questions; a case with a `first` question is asked behind that and its reply."""
    opened = [case["first"] for case in cases if "first" in case]
    answers = iter(replies(model, opened))
    chats = [[("user", case["first"]), ("assistant", next(answers)), ("user", case["question"])] if "first" in case
             else case["question"] for case in cases]
    said = replies(model, chats)
    return said, [outcome(reply, case, values) for reply, case in zip(said, cases)]


def counted(outcomes, who):
    """Counts, shares and intervals of outcomes under names that begin with `who`.

    >>> counted(["right", "wrong"], "known")["known_right_share"]
    0.5
    """
    found = {f"{who}_n": len(outcomes)}
    for kind in OUTCOMES:
        found |= {f"{who}_{kind}{end}": value for end, value in share(outcomes.count(kind), len(outcomes)).items()}
    return found


def share(hits, count):
    """A count, its share and its interval, under the ends of their names.

    >>> sorted(share(1, 2))
    ['', '_high', '_low', '_share']
    """
    low, high = wilson(hits, count)
    return {"": hits, "_share": hits / count, "_low": low, "_high": high}
