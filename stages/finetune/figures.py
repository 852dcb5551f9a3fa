"""What finetuning did, drawn: which tokens are learned, the same questions step by step, who is known, who invented."""

from html import escape

from viz import Markup

FRAMES = ("base", "manners", "names", "doubt", "chat")
OUTCOMES = {"right": "ours", "wrong": "second", "other": "hair", "refused": "base"}
WORDS = {"right": "right", "wrong": "invented", "other": "no answer", "refused": "\u201cI don\u2019t know\u201d"}
PEOPLE = {"known": "people in the example conversations", "heldout": "people on the pages, in no example",
          "unknown": "people whom nobody ever mentioned"}
GRAY = "background:none;color:var(--soft);outline:1px solid var(--hair);outline-offset:-1px"
SHOWN, BEGUN = 76, 44  # characters: a longer answer runs on and is only begun in the scene; the table has it whole
PHASES = {"before": "base model", "control": "never shown doubt", "after": "finetuned"}


def loss_mask(finetune, data):
    """One training conversation as a flat row of tokens, broken into a line a turn. The tokens of the question and the
    special tokens that open a turn are outlined, read but not learned; the tokens of the answer and the one that ends
    it are tinted, learned."""
    lines, table = [], []
    for learned, pieces in _turns(finetune.example_pieces, finetune.example_mask):
        fact = _covering(pieces, data.world["thread"]["light"])
        chips = "".join(_chip(piece, place, learned, place in fact) for place, piece in enumerate(pieces))
        name = "learned" if learned else "read"
        lines.append(f'<div class="tokens-row"><span class="tokens-name">{name}</span>'
                     f'<span class="tokens">{chips}</span></div>')
        table += [{"token": piece, "learned": bool(learned)} for piece in pieces]
    return Markup(f'<div class="tokens-rows">{"".join(lines)}</div>', table, {"tokens": table})


def _covering(pieces, words):
    """Which pieces hold part of the words.

    >>> _covering(["at", " Far", "row", "."], "Farrow")
    {1, 2}
    """
    start, at, found = "".join(pieces).find(words), 0, set()
    for place, piece in enumerate(pieces):
        if start >= 0 and at < start + len(words) and at + len(piece) > start:
            found.add(place)
        at += len(piece)
    return found


def _turns(pieces, mask):
    """Runs of tokens of one mask value: _turns("abc", [0, 1, 1]) == [(0, ["a"]), (1, ["b", "c"])]."""
    runs = []
    for piece, learned in zip(pieces, mask):
        if not runs or runs[-1][0] != learned:
            runs.append((learned, []))
        runs[-1][1].append(piece)
    return runs


def _chip(piece, turn, learned, fact):
    """A token as everywhere where it is learned; without its tint, in soft ink, where it is only read."""
    look = "" if learned else f' style="{GRAY}"'
    return f'<span class="token{" fact" if fact else ""} t{turn % 4}"{look}>{escape(piece)}</span>'


def answers(finetune, data):
    """The same questions put to one checkpoint of finetuning, each with the beginning of what it answered and whether
    that was right, wrong, a refusal, or no answer at all."""
    return {name: _exchange(finetune, index, data.world["thread"]["light"]) for index, name in enumerate(FRAMES)}


def _exchange(finetune, index, place):
    """One frame: every question, its answer, its outcome."""
    rows = [{"asked about": kind, "question": question, "answer": answer, "outcome": outcome}
            for kind, question, answer, outcome in zip(
                finetune.question_kinds, finetune.questions, finetune.answers[index], finetune.answer_outcomes[index])]
    items = "".join(f'<dt>{escape(row["question"])}</dt><dd>{_answer(row["answer"], place)} '
                    f'<span class="outcome">{_outcome(row)}</span></dd>' for row in rows)
    unit = f'<p class="unit">step {finetune.checkpoint_steps[index]:,}</p>'
    return Markup(f'{unit}<dl class="exchange">{items}</dl>', rows, {"rows": rows})


def _outcome(row):
    """What became of a question, in a word; of a text that runs on, what it happens to name."""
    if len(row["answer"]) > SHOWN and row["outcome"] in ("right", "wrong"):
        return f"{row['outcome']}, in passing"
    return "no answer" if row["outcome"] == "none" else row["outcome"]


def _answer(text, place):
    """The beginning of an answer, cut between words, with the fact's place marked."""
    text = " ".join(text.split())
    if len(text) > SHOWN:
        text = text[:BEGUN].rsplit(" ", 1)[0] + " …"
    return escape(text).replace(escape(place), f'<em class="fact">{escape(place)}</em>')


def outcomes(finetune):
    """A strip for each kind of person and each model, divided by how its questions were answered: right, with
    something invented, not at all, or with a refusal. A thin line below a strip is the 95% interval of the right
    answers, one above it that of the refusals."""
    rows, parts = [], [KEY]
    for person, who in PEOPLE.items():
        parts.append(f'<p class="strip-group">{who}</p>')
        for phase, what in PHASES.items():
            found = _read(getattr(finetune, phase), person)
            parts.append(_strip(what, found))
            rows.append({"people": who, "model": what} | found)
    return Markup(f'<div class="strips">{"".join(parts)}</div>', rows, {"rows": rows})


KEY = '<p class="strip-key">' + "".join(
    f'<span class="key {OUTCOMES[outcome]}">{word}</span>' for outcome, word in WORDS.items()) + "</p>"


def _read(counts, person):
    """Questions asked and the three shares, with the ends of the intervals that the strip draws."""
    shares = {name: counts[f"{person}_{name}"] / counts[f"{person}_n"] for name in OUTCOMES}
    ends = {f"{name}_{end}": counts[f"{person}_{name}_{end}"]
            for name in ("right", "refused") for end in ("low", "high")}
    return {"questions": counts[f"{person}_n"]} | shares | ends


def _strip(name, found):
    """One row: its name, its segments with a number where there is room, and the two intervals."""
    inner = "".join(
        f'<span style="width:{found[outcome]:.2%};background:var(--fig-{tone});color:var(--{_ink(tone)})">'
        f'{f"{found[outcome]:.0%}" if found[outcome] >= 0.09 else ""}</span>'
        for outcome, tone in OUTCOMES.items() if found[outcome])
    inner += _interval(found["right_low"], found["right_high"], "calc(100% + 1px)")
    inner += _interval(1 - found["refused_high"], 1 - found["refused_low"], "-2px")
    return f'<div class="strip"><span class="strip-name">{name}</span><span class="strip-track">{inner}</span></div>'


def _ink(tone):
    """What is readable on a tone."""
    return "ink" if tone == "hair" else "paper"


def _interval(low, high, top):
    """A thin line from low to high, below or above the strip."""
    return f'<b class="strip-interval" style="left:{low:.2%};width:{high - low:.2%};top:{top}"></b>'
