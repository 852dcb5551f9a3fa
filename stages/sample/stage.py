"""From chances to text: one draw from close by, a thousand against theory, and what a base model writes."""

from dataclasses import dataclass

import numpy as np

from minigpt import weights
from minigpt.batch import next_scores
from stages.sample import asking, draw, texts, writing

SEED = 1


@dataclass(frozen=True)
class Results:
    """Everything the page tells. Shares run from 0 to 1, intervals are Wilson's 95 %, lists follow `temperatures`."""

    seed: int  # what the draw of the scene starts from
    prompt: str  # the thread sentence without its end
    prompt_pieces: list  # text of each token
    prompt_tokens: int  # tokens of the thread prompt
    vocabulary_tokens: int  # tokens that could be drawn
    drawn_pieces: list  # the token that the scene's draw takes
    fact_pieces: list  # the first token of the fact's place
    settings: dict  # temperature, top_k and top_p of the scene
    draw: dict  # rows of the scene: pieces, ids, scores, and their chances after each operation
    kept_tokens: dict  # operation -> tokens that can still be drawn
    rest: dict  # operation -> chance of all tokens without a row of their own
    fact_chance: dict  # operation -> chance of the fact's token
    line: dict  # operation -> the line from 0 to 1, in the order of ids, as [start, end, row]; row -1 is the others
    draw_counts: np.ndarray  # [streams, points] draws of the fact's token so far, after every tenth draw
    draws: dict  # length and number of the streams, expected count and deviation, the first, how many lie within two
    again_texts: list  # the prompt continued under seeds 1, 2, 3
    again: dict  # seeds, different texts among them, whether one seed gives one text
    temperatures: list
    facts_n: int  # facts asked for, once under each seed
    facts_by_seed: list  # temperature -> seed -> completed rightly
    facts_share: list  # temperature, rising -> facts about known people finished rightly
    facts_low: list
    facts_high: list
    pages_n: int  # held-out pages whose first words are continued
    written_tokens: int  # tokens written from each beginning
    repeated: list  # share of four-token runs that the same text has already said, mean of the seeds
    distinct: list  # share of four-token runs that are new among all texts
    unread: list  # share of words that stand on no training page
    copied: list  # share of long runs that stand word for word on a training page
    copied_run_tokens: int  # tokens of a run that counts as copied
    written_by_seed: dict  # repeated, distinct, unread and copied -> temperature -> seed
    control: dict  # repeated, distinct, unread and copied in what the pages themselves say at this place
    loops: dict  # pages, tokens; rows by temperature: texts that end in a loop; its first is greedy, its last drawn
    loop_example: str
    questions: dict  # continuations with another question, and with the answer in them
    question_examples: list  # the thread person's questions, and what followed
    question_echo: dict  # the first question of all that another question follows
    unknown: dict  # openings about names that no page has: real values said, and how many answers five draws give
    unknown_said: list  # every opening about a name that no page has, and what followed
    unknown_example: dict  # attribute -> opening about a name that no page has, and what followed
    sure: dict  # median chance of the likeliest next token, for known and for unknown names
    sure_by_opening: dict  # chance of the likeliest next token, opening by opening, for known and for unknown names


def run(data, tokenize, pretrain):
    """Measure the base model as the browser runs it: with its weights rounded to eight bits."""
    model = weights.load(pretrain.base)
    found = near(model, data.world["thread"])
    found |= writing.swept(model, data) | writing.looped(model, data) | asking.swept(model, data.world)
    found |= asking.questioned(model, data.world) | asking.strangers(model, data.world)
    return Results(seed=SEED, temperatures=list(writing.TEMPERATURES), **found)


def near(model, thread):
    """The scene's draw, a thousand more like it, and the same prompt under many seeds."""
    tokenizer = model[2]
    place = f" {thread['light']}"
    prompt = thread["sentence"].removesuffix(place)
    ids, fact_id = tokenizer.encode(prompt), tokenizer.encode(place)[0]
    scores = next_scores(*model[:2], [texts.opening(tokenizer, prompt)])[0]
    found = draw.one_draw(scores, tokenizer, fact_id, SEED) | draw.thousand_draws(scores, fact_id)
    return found | draw.again(model, texts.opening(tokenizer, prompt)) | {
        "prompt": prompt, "prompt_pieces": [draw.piece(tokenizer, number) for number in ids], "prompt_tokens": len(ids),
        "vocabulary_tokens": len(scores), "fact_pieces": [draw.piece(tokenizer, fact_id)],
        "drawn_pieces": [found["draw"]["drawn"]], "settings": draw.SETTINGS["top_p"]}


def replay(results, data, pretrain):
    """The cheap parts again: the scene, the thousand draws, the sureness about strangers."""
    model = weights.load(pretrain.base)
    found = near(model, data.world["thread"]) | asking.sureness(model, data.world)
    return {name: found[name] for name in ("prompt", "fact_chance", "kept_tokens", "draws", "again", "sure")}
