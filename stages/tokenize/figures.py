"""The sentence as it shortens, what a token comes to hold, and what one sentence costs in many languages."""

from html import escape

from viz import bars, frames, lines, tokens
from viz.theme import Markup, number

THEIRS = "GPT-4’s list"  # cl100k_base
SHOWN = 3  # merges listed below the sentence


def merges_scene(tokenize) -> dict:
    """The sentence, merge by merge

    The sentence "{{ fact() }}" as a row of tinted tokens with their numbers: {{ measured("thread_bytes") }} single
    bytes before any merge, then fewer and longer pieces as the vocabulary grows from {{ measured("byte_tokens") }},
    until {{ measured("thread_tokens") }} tokens are left after {{ measured("merge_tokens", ",") }} merges.

    The sentence in its tokens of now, and the merges among them that were learned last."""
    place = tokenize.thread_place
    steps = sorted(tokenize.thread_steps.items(), key=lambda named: named[1]["merges"])
    texts, merges = [bytes([value]) for value in range(tokenize.byte_tokens)], {}
    for left, right in tokenize.merges:
        merges[len(texts)] = texts[left], texts[right], texts[left] + texts[right]
        texts.append(texts[left] + texts[right])
    return frames.align({name: _merge_frame(step, place, merges) for name, step in steps})


def _merge_frame(step, place, merges) -> Markup:
    """The sentence after so many merges: two counts, the chips, and the last merges that stand in it, outlined."""
    latest = sorted({number for number in step["ids"] if number in merges}, reverse=True)[:SHOWN]
    marked = {position for position, number in enumerate(step["ids"]) if number in latest}
    chips = tokens.chips(step["pieces"], _belongs(step["pieces"], place), step["ids"], marked)
    counts = _count(step["tokens"], "tokens in the sentence") + _count(step["vocabulary"], "tokens in the vocabulary")
    learned = "".join(_merge_row(*merges[number]) for number in latest)
    unit = "learned last of those in the sentence, outlined there"
    last = f'<div class="merge-list"><p class="unit">{unit}</p>{learned}</div>' if learned else ""
    table = [{"token": piece, "id": str(identity)} for piece, identity in zip(step["pieces"], step["ids"], strict=True)]
    return Markup(f'<div class="merge-frame"><div class="counts">{counts}</div>{chips}{last}</div>', table, step)


def _count(value, name) -> str:
    """A large number over its name."""
    return f'<p class="count"><span class="count-value">{number(value)}</span> <span>{escape(name)}</span></p>'


def _merge_row(*merge) -> str:
    """Two chips that became one."""
    left, right, made = (f'<span class="tokens">{tokens.chip(piece, turn)}</span>' for turn, piece in enumerate(merge))
    return f'<p class="merge">{left} + {right} → {made}</p>'


def _belongs(pieces, place) -> set:
    """Positions of the pieces that hold the last `place` letters of a sentence.

    >>> sorted(_belongs(["light", " at", " Far", "row", " Head"], "Farrow Head"))
    [2, 3, 4]
    """
    start, at, held = sum(map(len, pieces)) - len(place), 0, set()
    for position, piece in enumerate(pieces):
        at += len(piece)
        if at > start:
            held.add(position)
    return held


def token_length(tokenize):
    """Bytes per token on held-out text against the number of merges. The curve starts at one byte a token, climbs
    steeply at first and ever more slowly, and ends at {{ claim("our-token-length") }} after
    {{ measured("merge_tokens", ",") }} merges; a dotted line shows GPT-4's list at
    {{ claim("cl100k-token-length") }}."""
    reach = [tokenize.heldout_bytes / count for count in tokenize.curve_tokens]
    theirs = tokenize.heldout_bytes / tokenize.heldout_cl100k_tokens
    curve = lines.Line("ours", tokenize.curve_merges, reach, points=True)
    return lines.draw([curve], x="merges learned", y="bytes per token", y_form=".0f", baselines={THEIRS: theirs},
                      x_range=(0, tokenize.merge_tokens))


def frequencies(tokenize):
    """How often each token stands in the training text, by rank, both axes logarithmic: a falling curve from
    {{ measured("top_count", ",") }} for the most frequent to one. The rarest token of the thread sentence is marked at
    rank {{ measured("thread_rarest.rank", ",") }}, with {{ measured("thread_rarest.count", ",") }} occurrences."""
    ranked = sorted((count for count in tokenize.token_counts if count), reverse=True)
    ranks = sorted({round(len(ranked) ** (step / 60)) for step in range(61)})
    curve = lines.Line("", ranks, [ranked[rank - 1] for rank in ranks])
    rarest = tokenize.thread_rarest
    told = f"“{rarest['piece'][0].strip()}”: {number(rarest['count'])} times"
    return lines.draw([curve], x="rank of the token", y="times in the training text", x_log=True, y_log=True,
                      marks=[lines.Mark(rarest["rank"], rarest["count"], told)])


def languages(tokenize):
    """Bars of how many tokens of GPT-4's list one sentence takes in
    {{ measured("language_count", "words") }} languages, from {{ measured("languages_fewest.tokens") }} in
    {{ measured("languages_fewest.language") }} to {{ measured("languages_most.tokens") }} in
    {{ measured("languages_most.language") }}."""
    ranked = sorted(tokenize.languages, key=lambda row: row["tokens"])
    figure = bars.draw([row["language"] for row in ranked], [bars.Bar("tokens", [row["tokens"] for row in ranked])],
                       unit=f"tokens of {THEIRS} for the sentence")
    figure.layout.meta["table"] = [{name: row[name] for name in ("language", "text", "tokens")} for row in ranked]
    return figure


def stop(tokenize):
    """The sentence as {{ measured("thread_tokens") }} tokens in a row, each over its number."""
    pieces, ids = tokenize.thread_pieces, tokenize.thread_ids
    table = [{"token": piece, "id": str(identity)} for piece, identity in zip(pieces, ids, strict=True)]
    return Markup(tokens.chips(pieces, _belongs(pieces, tokenize.thread_place), ids), table, {})
