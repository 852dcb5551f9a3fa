"""Pictures of the chat page."""

from html import escape

from viz import bars, tokens
from viz.theme import Markup, number

TOLD = {"differ": "a false {}", "stranger_told": "a stranger’s {}"}  # in front of the question
ASKED = ("boat", "light", "town")
DIRECTIONS = {
    "light_forward": "lights, forward",
    "light_backward": "lights, backward",
    "boat_forward": "boats, forward",
    "boat_backward": "boats, backward",
}
LIVES = {
    "random": "random weights",
    "early": "early in training",
    "base": "base",
    "template": "base in template",
    "chat": "finetuned",
}


def seen(chat):
    """The exchange as a row of {{ measured("exchange_tokens.all") }} tokens. Special tokens stand around the reader's
    question and the model's reply; under each of the {{ measured("exchange_tokens.model") }} tokens that the model
    wrote stands a column as tall as the chance it gave that token, the least {{ measured("reply_least", ".3f") }}."""
    told = chat.exchange
    rows = list(zip(told["pieces"], told["who"], told["chances"]))
    fact, last = set(told["fact"]), max(place for place, (_, who, _) in enumerate(rows) if who == "reader")
    made = [_place(piece, who, chance, turn, turn in fact) for turn, (piece, who, chance) in enumerate(rows)]
    lines = [tokens.grouped(told["pieces"][part], made[part]) for part in (slice(last + 2), slice(last + 2, None))]
    inner = '<span style="flex-basis:100%"></span>'.join(lines)  # the reply begins a line
    table = [{"token": piece, "written by": who, "chance": chance} for piece, who, chance in rows]
    return Markup(f'<div class="tokens with-ids" style="display:flex;gap:0.5rem 2px">{inner}</div>',
                  table, {"rows": table})


def _place(piece, who, chance, turn, fact):
    """One token: with an outline if the program put it there, its chance below as a column if the model wrote it."""
    column = f'<span class="chance"><span style="height:{chance or 0:.1%}"></span></span>'
    below = f"{column}{_chance(chance)}" if who == "model" else ""
    return tokens.chip(piece, turn, fact, outlined=who == "template", below=below, title=who)


def _chance(chance):
    """A chance in two decimals; one that would round to certainty is only called more than the last of them.

    >>> _chance(0.9996)
    '<span class="token-id">&gt;0.99</span>'
    """
    shown = number(chance, ".2f")
    return tokens.small(">0.99" if shown == "1.00" else shown)


def lives_scene(chat):
    """One question, five times

    What five lives of one network say after the same question, and how often each names the light in
    {{ measured("lives_n") }} tries: random weights {{ measured("lives.random.named") }}, early in training
    {{ measured("lives.early.named") }}, the base model {{ measured("lives.base.named") }}, the base model in the
    template {{ measured("lives.template.named") }}, finetuned {{ measured("lives.chat.named") }}.

    What this life is given, what it writes, and the tries of each life that name the light."""
    return {name: _life(chat, name) for name in LIVES}


def _life(chat, current):
    """The current life's text, under it one bar for each life, the current one at full strength."""
    life = chat.lives[current]
    specials = {place for place, piece in enumerate(life["context"]) if piece.startswith("<|")}
    context, said = tokens.chips(life["context"], outlined=specials), tokens.chips(life["said"], set(life["fact"]))
    bars_of = "".join(_bar(chat.lives[name], told, name == current) for name, told in LIVES.items())
    html = (f'<p class="unit">{escape(LIVES[current])}: given, then written</p>'
            f'<div style="min-height:11rem;max-width:37rem"><p style="margin:0 0 1rem">{context}</p>'
            f'<p style="margin:0">{said}</p></div>'
            f'<p class="unit">tries of {life["n"]} that name the light</p><ol class="token-bars">{bars_of}</ol>')
    row = {"names the light": life["named"], "tries": life["n"], "wrote first": "".join(life["said"])}
    return Markup(html, [row], {"life": LIVES[current]} | row)


def _bar(life, told, current):
    """How often one life names the light, in the fact's color where it does; what is not told now is faint."""
    told = f"<strong>{escape(told)}</strong>" if current else escape(told)
    kind = " is-fact" * bool(life["named"]) + " is-faint" * (not current)
    return (f'<li class="token-bar{kind}"><span class="bar-name">{told}</span><span class="bar-track">'
            f'<span class="bar-fill" style="width:{life["named_share"]:.1%}"></span>'
            f'<span class="bar-value">{life["named"]}</span></span></li>')


def two_memories(chat):
    """Bars for six kinds of question. Told a falsehood about somebody known, the reply goes by what it was told for
    {{ measured("sources_by.differ.boat.context_share", ".0%") }} of boats,
    {{ measured("sources_by.differ.light.context_share", ".0%") }} of lights and
    {{ measured("sources_by.differ.town.context_share", ".0%") }} of towns. Told the answer about a stranger, it gives
    it for {{ measured("sources_by.stranger_told.boat.context_share", ".0%") }} of boats,
    {{ measured("sources_by.stranger_told.light.context_share", ".0%") }} of lights and
    {{ measured("sources_by.stranger_told.town.context_share", ".0%") }} of towns."""
    kinds = {"context": ("by text", "second"), "memory": ("by weights", "ours"), "refused": ("does not know", "base"),
             "other": ("other", "third")}
    groups = [(trial, key) for trial in TOLD for key in ASKED]
    drawn = []
    for kind, (told, tone) in kinds.items():
        share, low, high = ([None if (trial, kind) == ("stranger_told", "memory")
                             else chat.sources_by[trial][key][f"{kind}_{end}"] for trial, key in groups]
                            for end in ("share", "low", "high"))
        drawn.append(bars.Bar(told, share, tone, low, high))
    names = [TOLD[trial].format(key) for trial, key in groups]
    return bars.draw(names, drawn, unit="share of replies", form=".0%", top=1.0)


def backwards(chat):
    """Four bars of questions answered rightly: lights forward {{ measured("directions.light_forward_right") }} and
    backward {{ measured("directions.light_backward_right") }} of {{ measured("directions.light_forward_n") }}, boats
    forward {{ measured("directions.boat_forward_right") }} and backward
    {{ measured("directions.boat_backward_right") }} of {{ measured("directions.boat_forward_n") }}."""
    told = chat.directions
    one = bars.Bar("right", [told[f"{name}_right_share"] for name in DIRECTIONS],
                   low=[told[f"{name}_right_low"] for name in DIRECTIONS],
                   high=[told[f"{name}_right_high"] for name in DIRECTIONS], tones=["ours", "ours", "base", "base"])
    return bars.draw(list(DIRECTIONS.values()), [one], unit="share answered rightly", form=".0%", top=1.0)


def stop(chat):
    """The question turned around, and what the model replies to it."""
    told = chat.direction_examples
    rows = {"asked": told["light_backward_question"], "reply": told["light_backward_reply"]}
    if "boat" in rows["reply"] and not chat.told["light_backward"]:
        rows["note"] = ("What it read always names the keeper before the light. Asked the other way around, it finds "
                        "nothing, and takes the question for one about a boat.")
    inner = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in rows.items())
    return Markup(f'<dl class="said">{inner}</dl>', [rows], {})
