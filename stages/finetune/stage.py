"""Teach the base model to take turns, and measure what it answers, what it refuses and what it forgets."""

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from minigpt import weights
from stages.finetune import asking, forgetting, forms, plans, trials
from stages.finetune.conversations import Author
from stages.finetune.everything import lesson, trained
from stages.finetune.ground import stand
from stages.finetune.measure import example, masked_nats, reversed_questions, told_along
from stages.finetune.training import BATCH, RATE

SEEDS = plans.SEEDS


@dataclass(frozen=True)
class Results:
    """An assistant and what was measured on it, greedy, with weights rounded to eight bits; shares from 0 to 1."""

    chat: bytes
    config: dict
    seed: int  # what the random numbers of the run start from
    steps: int  # how often the weights were moved in finetuning
    batch_rows: int
    peak_rate: float
    train_seconds: float  # seconds of the finetuning run that ships
    resumed_seconds: float  # seconds of all runs that were spent in earlier sittings of the command
    train_nats: np.ndarray  # [steps] loss on the batch just met
    replay_share: float  # share of the rows read in finetuning that were pages of pretraining
    refusal_share: float  # share of the exchanges in the examples that do not know
    conversations: int  # example conversations that a program wrote
    conversation_tokens: int  # tokens of all example conversations
    answer_tokens: int  # tokens of the example conversations that are learned, where the mask is 1
    examples: dict  # exchanges in the example conversations, by kind
    exchanges: int  # questions with their answers in the examples
    several_share: float  # share of the example conversations with more than one exchange
    people_in_examples: int  # people whom the examples ask about
    people_heldout: int  # people on the pages whom no example asks about
    known_people: list
    heldout_people: list
    thread_in_examples: bool
    strangers: int  # names that no page has and that may be asked about in examples
    failures: dict  # base model: inventions about names that no page has, facts it gets wrong, facts left out
    forms: dict  # attribute -> question forms; the last is in no example
    forms_count: int  # forms of question about people in the examples
    answers_forms: dict
    refusals: list
    refused_words: list
    example_turns: list
    example_pieces: list
    example_ids: list
    example_mask: list
    loss_before_nats: float  # loss on conversations that were not trained on, before finetuning
    loss_after_nats: float
    checkpoint_steps: list  # the steps at which the scene asks
    checkpoint_nats: list
    questions: list  # the questions of the scene
    question_names: list  # whom each question of the scene is about
    question_kinds: list
    answers: list  # kept step -> what the model answers to each question of the scene
    answer_outcomes: list
    before: dict  # answers of the base model by group: n, right, wrong, refused, other; shares, intervals
    after: dict  # answers of the finetuned model by group: n, right, wrong, refused, other; shares, intervals
    control: dict  # answers by group of a model trained without any example that does not know
    gain_of_doubt_share: float  # inventions about unknown people: share without refusals in the examples less that with
    after_inventions: list  # what the finetuned model says about unknown people when it does not refuse
    seeds: list
    seed_known_right: list
    seed_known_refused: list
    seed_heldout_right: list
    seed_heldout_refused: list  # draw of the examples -> refusals about people on the pages, in no example
    seed_unknown_wrong: list  # draw of the examples -> inventions about people who do not exist
    seed_unknown_refused: list
    curve: dict  # share of refusals among the exchanges -> known right and refused, unknown wrong: every seed, mean
    planted: dict  # model -> answers about the towns of people whom so many pages mention
    reversal: dict  # lights and boats asked backwards in chat
    sums: list  # sums asked in chat, by number of terms
    left: dict  # before finetuning, after, and without replay: facts and sums as page text, loss on held-out pages
    forgetting_nats: float


def run(data, tokenize, pretrain) -> Results:
    """Train all plans, then ask everything before and after."""
    ground = stand(data, tokenize, pretrain)
    started = perf_counter()
    runs = {plan.name: trained(ground, plan) for plan in plans.ALL}
    resumed = sum(run.seconds for run in runs.values()) - (perf_counter() - started)
    shipped = runs[plans.CHAT.name]
    found = described(ground) | told_along(ground, shipped.kept)
    found |= {"steps": shipped.steps, "train_seconds": shipped.seconds, "resumed_seconds": max(0.0, resumed),
              "train_nats": np.array(shipped.nats, np.float32), "sums": forgetting.asked_sums(ground, shipped.last)}
    found |= known_and_unknown(ground, runs) | kept_and_lost(ground, runs)
    found |= {"curve": curve(ground, runs), "planted": {
        name: trials.planted(ground, runs[plan.name].last)
        for name, plan in (("after", plans.CHAT), ("control", plans.CONTROL))}}
    receipt = weights.load(pretrain.base)[3]["receipt"]
    return Results(chat=weights.dump(shipped.last, ground.config, ground.tokenizer, "chat", receipt), **found)


def described(ground):
    """The examples of the shipped model in numbers, and one of them token by token."""
    written, learned = lesson(ground, plans.CHAT)
    kinds = [kind for conversation in written for kind, _ in conversation]
    author = Author(ground.world, ground.taught, ground.heldout_people, plans.SEED)
    return {
        "seed": plans.SEED, "config": dict(ground.config.__dict__), "batch_rows": BATCH, "peak_rate": RATE,
        "replay_share": plans.REPLAY, "refusal_share": sum(kind in plans.REFUSING for kind in kinds) / len(kinds),
        "conversations": len(written), "exchanges": len(kinds),
        "several_share": sum(len(one) > 1 for one in written) / len(written),
        "conversation_tokens": sum(len(ids) for ids, _ in learned.conversations),
        "answer_tokens": sum(sum(mask) for _, mask in learned.conversations),
        "examples": {kind: kinds.count(kind) for kind in plans.CHAT.counts()},
        "people_in_examples": len(author.people), "people_heldout": len(ground.heldout_people),
        "known_people": author.people, "heldout_people": ground.heldout_people, "strangers": len(author.strangers),
        "thread_in_examples": ground.world["thread"]["name"] in author.people, "failures": ground.failures,
        "forms": forms.QUESTIONS, "forms_count": sum(len(forms.QUESTIONS[key]) - 1 for key in trials.PERSONAL),
        "answers_forms": forms.ANSWERS, "refused_words": forms.REFUSED,
        "refusals": forms.REFUSALS + forms.NO_BOAT + forms.NO_LIGHT,
    } | example(ground, written)


def known_and_unknown(ground, runs):
    """Who is answered and who is refused: before, after, without refusals, under every seed."""
    everything = (*trials.GROUPS, *trials.SECOND)
    seeded = [trials.outcomes(ground, runs[plan.name].last, everything) for plan in plans.SEEDED]
    after, control = seeded[0], trials.outcomes(ground, runs[plans.CONTROL.name].last, trials.GROUPS)
    columns = {f"seed_{name}": [one[f"{name}_share"] for one in seeded]
               for name in ("known_right", "known_refused", "heldout_right", "heldout_refused", "unknown_wrong",
                            "unknown_refused")}
    cases = trials.groups(ground, "unknown_final")["unknown"]
    said, judged = asking.judged(ground.model(runs[plans.CHAT.name].last), cases, ground.values)
    return columns | {
        "before": trials.outcomes(ground, ground.base, trials.GROUPS), "after": after, "control": control,
        "seeds": list(plans.SEEDS),
        "gain_of_doubt_share": control["unknown_wrong_share"] - after["unknown_wrong_share"],
        "after_inventions": [f"{case['question']} {reply}" for case, reply, kind in zip(cases, said, judged)
                             if kind != "refused"][:12]}


def kept_and_lost(ground, runs):
    """Pages, facts and sums before and after, with and without replay; conversations; facts asked backwards."""
    shipped = runs[plans.CHAT.name].last
    left = {"before": forgetting.left(ground, ground.base), "after": forgetting.left(ground, shipped),
            "no_replay": forgetting.left(ground, runs[plans.NO_REPLAY.name].last)}
    return {"left": left, "forgetting_nats": left["after"]["heldout_nats"] - left["before"]["heldout_nats"],
            "loss_before_nats": masked_nats(ground, ground.base), "loss_after_nats": masked_nats(ground, shipped),
            "reversal": reversed_questions(ground, shipped)}


def curve(ground, runs):
    """Right and refused answers about known people, inventions about unknown ones, as the share of refusals moves."""
    names = {"known_right", "known_refused", "known_wrong", "unknown_wrong", "unknown_refused"}
    found = {"doubts": list(plans.DOUBTS), "seeds": list(plans.SEEDS), "answers": plans.SHORT_ANSWERS,
             "steps": runs[plans.CURVE[0].name].steps}
    by_seed = {name: [] for name in names}
    for doubt in plans.DOUBTS:
        asked = [trials.outcomes(ground, runs[plan.name].last, ("known", "unknown"), "unknown_choosing")
                 for plan in plans.CURVE if plan.doubt == doubt]
        for name in names:
            by_seed[name].append([one[f"{name}_share"] for one in asked])
        found |= {"known_n": asked[0]["known_n"], "unknown_n": asked[0]["unknown_n"]}
    for name, shares in by_seed.items():
        found |= {name: [sum(one) / len(one) for one in shares], f"{name}_by_seed": shares,
                  f"{name}_least": [min(one) for one in shares], f"{name}_most": [max(one) for one in shares]}
    return found


def replay(results, data, tokenize, pretrain):
    """The shipped weights asked again, and the examples written again."""
    ground = stand(data, tokenize, pretrain)
    shipped = weights.load(results.chat)[0]
    return {"after": trials.outcomes(ground, shipped, (*trials.GROUPS, *trials.SECOND)),
            "loss_after_nats": masked_nats(ground, shipped), "sums": forgetting.asked_sums(ground, shipped),
            "example_ids": example(ground, lesson(ground, plans.CHAT)[0])["example_ids"]}
