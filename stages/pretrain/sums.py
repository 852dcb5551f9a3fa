"""School sums: the answer at once against running totals, by how many numbers are added."""

import re

import numpy as np

from minigpt.batch import continue_all
from minigpt.share import wilson
from stages.pretrain.probes import opening

DIRECT_TOKENS, RUNNING_TOKENS, MOST_SEEN, SEED = 8, 96, 60, 1


def question(numbers, frames, things):
    """The story of a sum and what it asks.

    >>> frames = {"first": "{a} {things} and {b}.", "more": "And {c}.", "ask": "How many {things}?"}
    >>> question([1, 2, 3], frames, "eggs")
    '1 eggs and 2. And 3. How many eggs?'
    """
    said = [frames["first"].format(a=numbers[0], b=numbers[1], things=things)]
    said += [frames["more"].format(c=number, things=things) for number in numbers[2:]]
    return " ".join([*said, frames["ask"].format(things=things)])


def begun(frame):
    """A frame up to its first slot.

    >>> begun("The answer is {sum}.")
    'The answer is'
    """
    return frame.split("{")[0].rstrip()


def found_in(frame, text):
    """The first number behind the two words that stand before the frame's slot, or None.

    >>> found_in("So the answer is {sum}.", "Then 3 and 4 make 7. The answer is 7. And")
    7
    """
    before = " ".join(frame.split("{sum}")[0].split()[-2:])
    match = re.search(rf"{re.escape(before)} (\d+)\b", text)
    return int(match[1]) if match else None


def answered(model, tuples, sums, way):
    """Which sums come out right, answered directly or by running totals; also the texts that were written."""
    weights, config, tokenizer = model
    frames, things = sums["frames"], sums["things"]
    frame = "direct" if way == "direct" else "run_first"
    asked = [f"{question(numbers, frames, things[place % len(things)])} {begun(frames[frame])}"
             for place, numbers in enumerate(tuples)]
    length = DIRECT_TOKENS if way == "direct" else RUNNING_TOKENS
    written = continue_all(weights, config, [opening(tokenizer, text) for text in asked], length,
                           seeds=[SEED] * len(asked), temperature=0)
    texts = [f"{begun(frames[frame])}{tokenizer.decode(ids)}" for ids in written]
    end = frames["direct" if way == "direct" else "run_end"]
    return [found_in(end, text) == sum(numbers) for text, numbers in zip(texts, tuples)], texts


def seen(pages, sums):
    """Tuples that training pages add up in the plain wording of the tests, by number of terms; a drawn sample.

    >>> frames = {"first": "{a} {things} and {b}.", "more": "And {c}.", "ask": "How many?"}
    >>> seen(["x 1 eggs and 2. And 3. How many? y"], {"frames": frames, "heldout": {"2": [], "3": []}})
    {'2': [], '3': [[1, 2, 3]]}
    """
    frames, found = sums["frames"], {terms: set() for terms in sums["heldout"]}
    first, more = pattern(frames["first"]), pattern(frames["more"])
    for match in re.finditer(f"{first}((?: {more})*)", "\n".join(pages)):
        numbers = [int(number) for number in re.findall(r"\d+", match[0])]
        if str(len(numbers)) in found:
            found[str(len(numbers))].add(tuple(numbers))
    random = np.random.default_rng(SEED)
    return {terms: [list(sorted(own)[place]) for place in sorted(random.permutation(len(own))[:MOST_SEEN])]
            for terms, own in found.items()}


def pattern(frame):
    """A frame as a pattern: a number for each letter, one word for the things."""
    escaped = re.escape(frame)
    return re.sub(r"\\\{\w\\\}", r"\\d+", escaped).replace(r"\{things\}", r"\w+")


def measure(model, pages, sums):
    """Shares right by number of terms, way and kind of tuple, as rows; an example of each way."""
    rows, example = [], {}
    for kind, tuples in (("heldout", sums["heldout"]), ("seen", seen(pages, sums))):
        for terms, own in tuples.items():
            for way in ("direct", "running") if own else ():
                right, texts = answered(model, own, sums, way)
                low, high = wilson(sum(right), len(right))
                rows.append({"tuples": kind, "terms": int(terms), "way": way, "n": len(right), "right": sum(right),
                             "share": sum(right) / len(right), "low": low, "high": high})
                if kind == "heldout":
                    asked = question(own[0], sums["frames"], sums["things"][0])
                    example[f"{way}_{terms}"] = f"{asked} {texts[0].splitlines()[0]}"
    shares = {f"{row['tuples']}_{row['way']}_{row['terms']}": row["share"] for row in rows}
    return {"sums": rows, "sums_share": shares, "sums_n": {key: row["n"] for key, row in zip(shares, rows)},
            "sums_low": {key: row["low"] for key, row in zip(shares, rows)},
            "sums_high": {key: row["high"] for key, row in zip(shares, rows)}, "sums_example": example}
