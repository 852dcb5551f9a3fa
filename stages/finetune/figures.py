"""What finetuning did, drawn: which tokens are learned, the same questions step by step, who is known, who invented."""

from html import escape

from viz import Markup

FRAMES = ("base", "manners", "names", "doubt", "chat")
OUTCOMES = {"right": "ours", "wrong": "second", "refused": "base"}
PEOPLE = {"known": "in the examples", "heldout": "on pages only", "unknown": "nowhere"}
PHASES = {"before": "base model", "control": "no refusals taught", "after": "finetuned"}


def loss_mask(finetune):
    """One training conversation as a flat row of tokens, broken into a line a turn. The tokens of the question and the
    special tokens that open a turn are gray, read but not learned; the tokens of the answer and the one that ends
    it are tinted, learned."""
    lines, table = [], []
    for learned, pieces in _turns(finetune.example_pieces, finetune.example_mask):
        chips = "".join(_chip(piece, place, learned) for place, piece in enumerate(pieces))
        name = "learned" if learned else "read"
        lines.append(f'<div class="tokens-row"><span class="tokens-name">{name}</span>'
                     f'<span class="tokens">{chips}</span></div>')
        table += [{"token": piece, "learned": bool(learned)} for piece in pieces]
    return Markup(f'<div class="tokens-rows">{"".join(lines)}</div>', table, {"tokens": table})


def _turns(pieces, mask):
    """Runs of tokens of one mask value: _turns("abc", [0, 1, 1]) == [(0, ["a"]), (1, ["b", "c"])]."""
    runs = []
    for piece, learned in zip(pieces, mask):
        if not runs or runs[-1][0] != learned:
            runs.append((learned, []))
        runs[-1][1].append(piece)
    return runs


def _chip(piece, turn, learned):
    """A token as everywhere where it is learned; without its tint, in soft ink, where it is only read."""
    look = "" if learned else ' style="background:none;color:var(--soft)"'
    return f'<span class="token t{turn % 4}"{look}>{escape(piece)}</span>'


def answers(finetune):
    """The same questions put to one checkpoint of finetuning, each with the whole answer that it gave and whether
    the answer was right, wrong, a refusal, or no answer at all."""
    return {name: _exchange(finetune, index) for index, name in enumerate(FRAMES)}


def _exchange(finetune, index):
    """One frame: every question, its answer, its outcome."""
    rows = [{"asked about": kind, "question": question, "answer": answer, "outcome": outcome}
            for kind, question, answer, outcome in zip(
                finetune.question_kinds, finetune.questions, finetune.answers[index], finetune.answer_outcomes[index])]
    items = "".join(f'<dt>{escape(row["question"])}</dt><dd>{escape(row["answer"])} '
                    f'<span class="outcome">{escape(row["outcome"])}</span></dd>' for row in rows)
    unit = f'<p class="unit">step {finetune.checkpoint_steps[index]:,}</p>'
    return Markup(f'{unit}<dl class="exchange">{items}</dl>', rows, {"rows": rows})


def outcomes(finetune):
    """Strips of one hundred percent, one for each kind of person and each model: the share of questions answered
    right, answered with something invented, and refused. Thin lines over the inner borders are 95 % intervals."""
    rows, parts = [], [KEY]
    for person, who in PEOPLE.items():
        parts.append(f'<p class="strip-group">{who}</p>')
        for phase, what in PHASES.items():
            found = _read(getattr(finetune, phase), person)
            parts.append(_strip(what, found))
            rows.append({"people": who, "model": what} | found)
    return Markup(f'<div class="strips">{"".join(parts)}</div>', rows, {"rows": rows})


KEY = '<p class="strip-key">' + "".join(
    f'<span><i style="background:var(--fig-{tone})"></i>{word}</span>'
    for word, tone in (("right", "ours"), ("invented", "second"), ("refused", "base"))) + "</p>"


def _read(counts, person):
    """Questions asked and the three shares, with the ends of the intervals that the strip draws."""
    shares = {name: counts[f"{person}_{name}"] / counts[f"{person}_n"] for name in OUTCOMES}
    ends = {f"{name}_{end}": counts[f"{person}_{name}_{end}"] for name in ("right", "refused") for end in ("low", "high")}
    return {"questions": counts[f"{person}_n"]} | shares | ends


def _strip(name, found):
    """One row: its name, three segments with a number where there is room, and the two intervals."""
    inner = "".join(
        f'<span style="width:{found[outcome]:.2%};background:var(--fig-{tone});color:var(--paper)">'
        f'{f"{found[outcome]:.0%}" if found[outcome] >= 0.09 else ""}</span>'
        for outcome, tone in OUTCOMES.items() if found[outcome])
    inner += _interval(found["right_low"], found["right_high"], "25%")
    inner += _interval(1 - found["refused_high"], 1 - found["refused_low"], "75%")
    return f'<div class="strip"><span class="strip-name">{name}</span><span class="strip-track">{inner}</span></div>'


def _interval(low, high, top):
    """A thin line from low to high, at a height of its own so that two never cross."""
    return f'<b class="strip-interval" style="left:{low:.2%};width:{high - low:.2%};top:{top}"></b>'
