"""What finetuning leaves of the base model: facts and sums as the text of a page, and the loss on held-out pages."""

import re

from minigpt import evaluate
from minigpt.batch import continue_all
from stages.finetune import asking
from stages.finetune.conversations import sum_asked
from stages.finetune.ground import OPENINGS, coded, statements

SUM_TOKENS = 72


def left(ground, trained):
    """Everything that is measured before and after: `facts_*`, `direct_*`, `running_*` and `heldout_*nats`."""
    nats, counted = evaluate.document_losses(trained, ground.config, ground.heldout)
    low, high = evaluate.interval(nats, counted)
    found = {"heldout_nats": float(nats.sum() / counted.sum()), "heldout_low_nats": low, "heldout_high_nats": high}
    for name, hits in (("facts", completed(ground, trained)), ("direct", direct(ground, trained)),
                       ("running", running(ground, trained))):
        found |= {f"{name}_n": len(hits)}
        found |= {f"{name}{end}": value for end, value in asking.share(sum(hits), len(hits)).items()}
    return found


def completed(ground, trained):
    """For each personal fact: is the sentence that tells it finished rightly at the top of a page?"""
    told = [fact for fact in ground.facts if fact["attribute"] in OPENINGS]
    return evaluate.complete(trained, ground.config, *coded(ground.tokenizer, statements(told)))[0].tolist()


def kept_sums(world):
    """The sums that no page and no example adds up: numbers and the text that asks, in the order of their terms."""
    sums = world["sums"]
    return [(numbers, sum_asked(numbers, sums["things"][place % len(sums["things"])], sums["frames"]))
            for terms in sorted(sums["heldout"]) for place, numbers in enumerate(sums["heldout"][terms])]


def direct(ground, trained):
    """For each kept sum as page text: is the answer, asked for at once, right?"""
    pairs = []
    for numbers, asked in kept_sums(ground.world):
        opening, end = ground.world["sums"]["frames"]["direct"].split(" {sum}")
        pairs.append((f"{asked} {opening}", f" {sum(numbers)}{end}"))
    return evaluate.complete(trained, ground.config, *coded(ground.tokenizer, pairs))[0].tolist()


def running(ground, trained):
    """For each kept sum as page text: does the model, begun with its first word, end running totals with the sum?"""
    sums, frames = kept_sums(ground.world), ground.world["sums"]["frames"]
    first = frames["run_first"].split(" {a}")[0]
    prompts, _ = coded(ground.tokenizer, [(f"{asked} {first}", "") for _, asked in sums])
    said = continue_all(trained, ground.config, prompts, SUM_TOKENS, range(len(prompts)), temperature=0.0)
    return [total(ground.tokenizer.decode(ids), frames) == sum(numbers) for (numbers, _), ids in zip(sums, said)]


def total(text, frames):
    """The number that the first sentence of the closing form gives, or None.

    >>> total(" 2 and 3 make 5. So the answer is 5. And", {"run_end": "So the answer is {sum}."})
    5
    """
    found = re.search(re.escape(frames["run_end"]).replace(re.escape("{sum}"), r"(\d+)"), text)
    return int(found[1]) if found else None


def asked_sums(ground, trained):
    """The kept sums asked in chat: right ones by the number of terms, with intervals."""
    sums, frames = kept_sums(ground.world), ground.world["sums"]["frames"]
    said = asking.replies(ground.model(trained), [asked for _, asked in sums], SUM_TOKENS)
    rows = []
    for terms in sorted({len(numbers) for numbers, _ in sums}):
        hits = [total(reply, frames) == sum(numbers)
                for (numbers, _), reply in zip(sums, said) if len(numbers) == terms]
        rows.append({"terms": terms, "n": len(hits)}
                    | {f"right{end}": value for end, value in asking.share(sum(hits), len(hits)).items()})
    return rows
