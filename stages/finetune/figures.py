"""What finetuning did, drawn: which tokens are learned, the same questions step by step, who is known, who invented."""

from html import escape

from stages.finetune.strips import KEY, OUTCOMES, WORDS, read, row, strip
from stages.finetune.talk import SMALL_TALK
from viz import Markup, bars, lines, tokens

FRAMES = ("base", "manners", "names", "later", "chat")
ABOUT = {"identity": "the model itself"} | dict.fromkeys(("thread", "known"), "somebody in the examples") | {
    "heldout": "somebody on the pages only", "unknown": "nobody ever mentioned"}
PEOPLE = {"known": "people in the example conversations", "heldout": "people on the pages, in no example",
          "unknown": "people whom nobody ever mentioned"}
SHOWN, BEGUN = 76, 44  # characters: a longer answer is only begun in the scene; the table has it whole
RUNS_ON = 120  # characters: no answer that comes to an end is as long
TONES = {WORDS[outcome]: tone for outcome, tone in OUTCOMES.items()} | {"runs on": "hair"}
PHASES = {"before": "base model", "control": "finetuned, shown no doubt", "after": "finetuned, shown doubt"}
ASKED = {"rephrased": "people in the examples, asked in words that no example has",
         "second": "people in the examples, asked behind a question about somebody else",
         "second_refused": "people in the examples, asked behind a question about nobody"}


def loss_mask(finetune, data):
    """One training conversation as a flat row of tokens, broken into a line a turn. The tokens of the question and the
    special tokens that open a turn are outlined, read but not learned; the tokens of the answer and the one that ends
    it are tinted, learned."""
    lines, table = [], []
    for learned, pieces in _turns(finetune.example_pieces, finetune.example_mask):
        fact = _covering(pieces, data.world["thread"]["light"])
        chips = tokens.chips(pieces, fact, outlined=() if learned else range(len(pieces)))
        name = "learned" if learned else "read"
        lines.append(f'<div class="tokens-row"><span class="tokens-name">{name}</span>{chips}</div>')
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


def answers(finetune, data):
    """Answers during finetuning

    The same questions put to one checkpoint of finetuning, each with the beginning of what it answered and whether
    that was right, invented, beside the point, says that it does not know, or runs on to the limit.

    Each question, what is answered at this step, and how that is judged."""
    return {name: _exchange(finetune, index, data.world["thread"]["light"]) for index, name in enumerate(FRAMES)}


def _exchange(finetune, index, place):
    """One frame: every question, its answer, its outcome."""
    rows = [{"asked about": ABOUT[kind], "question": question, "answer": answer}
            | _told(answer, outcome if kind != "identity" else _taught(question, answer))
            for kind, question, answer, outcome in zip(
                finetune.question_kinds, finetune.questions, finetune.answers[index], finetune.answer_outcomes[index])]
    items = "".join(f'<dt>{escape(row["question"])}</dt><dd><span>{_answer(row["answer"], place)}</span> '
                    f'<span class="outcome key {TONES[row["outcome"]]}">{row["outcome"]}</span></dd>' for row in rows)
    unit = f'<p class="unit">step {finetune.checkpoint_steps[index]:,}</p>'
    return Markup(f'{unit}<dl class="exchange">{items}</dl>', rows, {"rows": rows})


def _taught(question, answer):
    """The question about the assistant itself has no value to look for: right is a reply that the examples give to it.

    >>> _taught("Who are you?", "I am a language model, so I am neither well nor unwell.")
    'none'
    """
    right = [reply for asked, replies in SMALL_TALK if question in asked for reply in replies]
    return "right" if answer in right else "none"


def _told(answer, outcome):
    """What became of a question, in a word; and apart from it what a text that runs on happens to name.

    >>> _told("Mira lives in Cawsey.", "right")
    {'outcome': 'right', 'names in passing': ''}
    """
    outcome = WORDS["other" if outcome == "none" else outcome]
    if len(answer) >= RUNS_ON:
        return {"outcome": "runs on", "names in passing": outcome}
    return {"outcome": outcome, "names in passing": ""}


def _answer(text, place):
    """The beginning of an answer, cut between words, with the fact's place marked."""
    text = " ".join(text.split())
    if len(text) > SHOWN:
        text = text[:BEGUN].rsplit(" ", 1)[0] + "\u00a0…"
    return escape(text).replace(escape(place), f'<em class="fact">{escape(place)}</em>')


def outcomes(finetune):
    """A strip for each kind of person and each model, divided by how its questions were answered: right, with
    something invented, beside the point, or with the words that it does not know. A line below a strip is the
    95% interval of the right answers, one above it that of those that do not know; where there were none, no line is
    drawn."""
    rows, parts = [], [KEY]
    for person, who in PEOPLE.items():
        parts.append(f'<p class="strip-group">{who}</p>')
        for phase, what in PHASES.items():
            found = read(getattr(finetune, phase), person)
            parts.append(strip(what, found))
            rows.append({"people": who, "model": what} | row(found))
    return Markup(f'<div class="strips">{"".join(parts)}</div>', rows, {"rows": rows})


def asked(finetune):
    """Strips for the finetuned model alone, about people in its examples: asked in words that no example has, behind a
    question about somebody else, and behind one about nobody. {{ measured("after.rephrased_right_share", ".0%") }},
    {{ measured("after.second_right_share", ".0%") }} and {{ measured("after.second_refused_right_share", ".0%") }} are
    right."""
    found = {who: read(finetune.after, person) for person, who in ASKED.items()}
    rows = [{"people": who} | row(counts) for who, counts in found.items()]
    strips = "".join(f'<p class="strip-group">{who}</p>{strip("finetuned", counts)}' for who, counts in found.items())
    return Markup(f'<div class="strips">{KEY}{strips}</div>', rows, {"rows": rows})


CURVES = {"known_right": ("known, right", "ours"), "known_refused": ("known, denied", "base"),
          "unknown_wrong": ("unknown, invented", "second")}


def trade_off(finetune):
    """Three curves over the share of exchanges that do not know, from none to {{ measured("curve.doubts.4", ".0%") }}.
    Inventions about unknown people fall from {{ measured("curve.unknown_wrong.0", ".0%") }} to
    {{ measured("curve.unknown_wrong.4", ".0%") }}; denials of known people go from
    {{ measured("curve.known_refused.0", ".0%") }} to {{ measured("curve.known_refused.4", ".0%") }}, right answers
    about them from {{ measured("curve.known_right.0", ".0%") }} to {{ measured("curve.known_right.4", ".0%") }}. Every
    seed is a dot, and the curves run through their means."""
    curve, drawn = finetune.curve, []
    for key, (name, tone) in CURVES.items():
        drawn += [lines.Line("", curve["doubts"], list(shares), tone, points=True, line=False)
                  for shares in zip(*curve[f"{key}_by_seed"])]  # a seed each
        drawn.append(lines.Line(name, curve["doubts"], curve[key], tone))
    figure = lines.draw(drawn, x="exchanges that say “I don’t know”", y="share of answers", x_form=".0%", y_form=".0%",
                        y_range=(0, 1), x_range=(0, curve["doubts"][-1]))
    figure.layout.meta["table"] = [
        {"exchanges that say “I don’t know”": doubt, "answers": name, "mean": curve[key][place]}
        | {f"seed {seed}": share for seed, share in zip(curve["seeds"], curve[f"{key}_by_seed"][place])}
        for key, (name, _) in CURVES.items() for place, doubt in enumerate(curve["doubts"])]
    return figure


LEFT = {"facts": "facts, finished as sentences", "running": "sums, step by step", "direct": "sums, the answer alone"}
MODELS = {"before": ("base model", "base"), "after": ("finetuned", "ours"), "no_replay": ("without replay", "third")}


def forgetting(finetune):
    """Three groups of bars, each the share done rightly as the text of a page by the base model, by the finetuned one,
    and by one finetuned without any page. Facts: {{ measured("left.before.facts_share", ".0%") }},
    {{ measured("left.after.facts_share", ".0%") }}, {{ measured("left.no_replay.facts_share", ".0%") }}. Sums by
    running totals: {{ measured("left.before.running_share", ".0%") }},
    {{ measured("left.after.running_share", ".0%") }}, {{ measured("left.no_replay.running_share", ".0%") }}."""
    drawn = []
    for model, (name, tone) in MODELS.items():
        found = finetune.left[model]
        share, low, high = ([found[f"{what}_{end}"] for what in LEFT] for end in ("share", "low", "high"))
        drawn.append(bars.Bar(name, share, tone, low, high))
    return bars.draw(list(LEFT.values()), drawn, unit="share right", form=".0%", top=1)


def few_pages(finetune):
    """Three curves over the number of pages that mention a person, from one to
    {{ measured("planted.after.6.planned") }}, on a logarithmic axis: how often the finetuned model names the right
    town, with intervals, and, thinner, how often it names another and how often it says that it does not know. Right
    answers go from {{ measured("planted.after.0.right") }} of {{ measured("planted.after.0.n") }} to
    {{ measured("planted.after.6.right") }} of {{ measured("planted.after.6.n") }}."""
    drawn, rows = [], [row for row in finetune.planted["after"] if row["mentions"] > 0]
    for kind, tone, shape in (("wrong", "second", "square"), ("refused", "base", "diamond"), ("right", "ours", "")):
        share, low, high = ([row[f"{kind}_{end}"] for row in rows] for end in ("share", "low", "high"))
        name = {"right": "right", "wrong": "invented", "refused": "does not know"}[kind]
        drawn.append(lines.Line(name, [row["mentions"] for row in rows], share, tone, low, high, points=True,
                                shape=shape, quiet=kind != "right"))
    return lines.draw(drawn, x="pages that mention the person, mean", y="share of answers", y_form=".0%",
                      y_range=(0, 1), x_log=True, x_ticks=(1, 2, 4, 8, 16, 32, 64), x_range=(0.8, 74))


def stop(finetune, tokenize):
    """One question to both models: at the top of a page the base model goes on with the page, the finetuned one, in a
    chat, answers."""
    rows = {"asked": finetune.questions[0], "before, it goes on": finetune.continued, "after": finetune.answers[-1][0]}
    place = escape(tokenize.thread_place)
    told = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in rows.items())
    told = told.replace(place, f'<em class="fact">{place}</em>')
    return Markup(f'<dl class="said">{told}</dl>', [rows], {})
