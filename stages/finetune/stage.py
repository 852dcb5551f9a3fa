"""Teach the base model to take turns, and measure what it answers, what it refuses and what it forgets."""

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from minigpt import chat, weights
from stages.finetune import asking, forms
from stages.finetune.conversations import Author, stranger_tests, tests
from stages.finetune.ground import stand
from stages.finetune.measure import (
    TOLD,
    completed,
    document_nats,
    example,
    masked_nats,
    reversed_questions,
    told_along,
)
from stages.finetune.training import BATCH, RATE, Lesson, train_on

COUNTS = {"known": 4800, "stranger": 1600, "no_such": 100, "told": 900, "outside": 300, "small_talk": 400, "sum": 200}
REFUSING = ("stranger", "no_such")  # kinds that say "I don't know"
REPLAY_SHARE, EPOCHS = 0.25, 4
SEED, OTHER_SEEDS = 1, (2, 3)
SEEDS = (SEED, *OTHER_SEEDS)


@dataclass(frozen=True)
class Results:
    """An assistant and what was measured on it, greedy, with weights rounded to eight bits; shares from 0 to 1."""

    chat: bytes
    config: dict
    seed: int
    steps: int
    epochs: int
    batch_rows: int
    peak_rate: float
    train_seconds: float
    train_nats: np.ndarray  # [steps] on the batch just met
    replay_share: float  # of the rows, pages that pretraining had read
    refusal_share: float  # of the conversations, answers that do not know
    conversations: int
    conversation_tokens: int
    answer_tokens: int  # where the mask is 1
    examples: dict  # conversations by kind
    people_in_examples: int
    people_heldout: int
    known_people: list
    heldout_people: list
    thread_in_examples: bool
    strangers: int  # names that no page has and that may be asked about in examples
    failures: dict  # of the base model: inventions about such names, facts it gets wrong, facts left out
    forms: dict  # attribute -> question forms; the last is in no example
    answers_forms: dict
    refusals: list
    refused_words: list
    example_turns: list
    example_pieces: list
    example_ids: list
    example_mask: list
    loss_before_nats: float  # on conversations that were not trained on
    loss_after_nats: float
    checkpoint_steps: list
    checkpoint_nats: list
    questions: list
    question_kinds: list
    answers: list
    answer_outcomes: list
    before: dict  # {known, heldout, unknown, rephrased}_{n, right, wrong, refused, other, …_share, …_low, …_high}
    after: dict
    control: dict  # trained without any refusal
    gain_of_doubt_share: float  # inventions about unknown people, without refusals less with them
    after_inventions: list  # what it says about unknown people when it does not refuse
    seeds: list
    seed_known_right: list
    seed_heldout_right: list
    seed_heldout_refused: list
    seed_unknown_wrong: list
    seed_unknown_refused: list
    reversal: dict  # lights and boats asked backwards in chat
    document_before_nats: float
    document_before_low_nats: float
    document_before_high_nats: float
    document_after_nats: float
    document_after_low_nats: float
    document_after_high_nats: float
    forgetting_nats: float
    completion_before: dict
    completion_after: dict


def lesson(ground, seed, counts):
    """Conversations written under a seed, without facts that the base model has no idea of, and pages to replay."""
    written = Author(ground.world, ground.taught, ground.heldout_people, seed).write(counts)
    coded = [chat.encode_turns(ground.tokenizer, turns) for _, turns in written]
    pages, end = np.concatenate(ground.train), ground.tokenizer.specials["<|end|>"]
    return written, Lesson(coded, pages, end, ground.config.context, REPLAY_SHARE, EPOCHS, seed)


def people_tests(ground):
    """Test questions by group: people in the examples, in none of them, nowhere; and forms that no example uses."""
    people = ground.world["people"]
    known = [person for person in people if person["name"] not in ground.heldout_people]
    heldout = [person for person in people if person["name"] in ground.heldout_people]
    return {"known": tests(known, ground.facts), "heldout": tests(heldout, ground.facts),
            "unknown": stranger_tests(ground.world["unknown_final"]), "rephrased": tests(known, ground.facts, form=-1)}


def outcomes(ground, trained):
    """How every group's questions were answered."""
    found = {}
    for who, cases in people_tests(ground).items():
        _, judged = asking.judged(ground.model(trained), cases, ground.values)
        found |= asking.counted(judged, who)
    return found


def run(data, tokenize, pretrain) -> Results:
    """Finetune, without refusals as a control, under other seeds; ask everything before and after."""
    ground = stand(data, tokenize, pretrain)
    written, learned = lesson(ground, SEED, COUNTS)
    started = perf_counter()
    kept, steps, losses = train_on(learned, ground.base, ground.config, TOLD, "conversations")
    seconds = perf_counter() - started
    found = described(ground, written, learned) | told_along(ground, kept)
    after = outcomes(ground, kept[steps])
    found |= {"seed": SEED, "steps": steps, "train_seconds": seconds, "train_nats": np.array(losses, np.float32),
              "before": outcomes(ground, ground.base), "after": after}
    found |= other_runs(ground, after)
    found |= kept_and_lost(ground, kept[steps])
    file = weights.dump(kept[steps], ground.config, ground.tokenizer, "chat", weights.load(pretrain.base)[3]["receipt"])
    return Results(chat=file, **found)


def described(ground, written, learned):
    """The examples in numbers, and one of them token by token."""
    kinds = [kind for kind, _ in written]
    ids = sum(len(ids) for ids, _ in learned.conversations)
    author = Author(ground.world, ground.taught, ground.heldout_people, SEED)
    return {
        "config": dict(ground.config.__dict__), "epochs": EPOCHS, "batch_rows": BATCH, "peak_rate": RATE,
        "replay_share": REPLAY_SHARE, "refusal_share": sum(kind in REFUSING for kind in kinds) / len(kinds),
        "conversations": len(written), "conversation_tokens": ids,
        "answer_tokens": sum(sum(mask) for _, mask in learned.conversations),
        "examples": {kind: kinds.count(kind) for kind in COUNTS}, "people_in_examples": len(author.people),
        "people_heldout": len(ground.heldout_people), "known_people": author.people,
        "heldout_people": ground.heldout_people, "strangers": len(author.strangers),
        "thread_in_examples": ground.world["thread"]["name"] in author.people,
        "failures": ground.failures,
        "forms": forms.QUESTIONS, "answers_forms": forms.ANSWERS, "refused_words": forms.REFUSED,
        "refusals": forms.REFUSALS + forms.NO_BOAT + forms.NO_LIGHT,
    } | example(ground, written)


def other_runs(ground, after):
    """The same without refusals, and under other seeds."""
    def last(seed, counts, name):
        kept, steps, _ = train_on(lesson(ground, seed, counts)[1], ground.base, ground.config, (), name)
        return outcomes(ground, kept[steps])

    sure = {kind: count for kind, count in COUNTS.items() if kind not in REFUSING}
    sure["known"] += sum(COUNTS[kind] for kind in REFUSING)
    control = last(SEED, sure, "without refusals")
    runs = [after, *(last(seed, COUNTS, f"seed {seed}") for seed in OTHER_SEEDS)]
    columns = {f"seed_{name}": [one[f"{name}_share"] for one in runs]
               for name in ("known_right", "heldout_right", "heldout_refused", "unknown_wrong", "unknown_refused")}
    return columns | {"control": control, "seeds": [SEED, *OTHER_SEEDS],
                      "gain_of_doubt_share": control["unknown_wrong_share"] - after["unknown_wrong_share"]}


def kept_and_lost(ground, trained):
    """Pages and facts before and after; conversations not trained on; facts asked backwards."""
    cases = people_tests(ground)["unknown"]
    said, judged = asking.judged(ground.model(trained), cases, ground.values)
    found = {"after_inventions": [f"{case['question']} {reply}" for case, reply, kind in zip(cases, said, judged)
                                  if kind != "refused"][:12]}
    for when, one in (("before", ground.base), ("after", trained)):
        found |= {f"document_{when}{name}": value for name, value in document_nats(ground, one).items()}
        found |= {f"completion_{when}": completed(ground, one), f"loss_{when}_nats": masked_nats(ground, one)}
    found["forgetting_nats"] = found["document_after_nats"] - found["document_before_nats"]
    return found | {"reversal": reversed_questions(ground, trained)}


def replay(results, data, tokenize, pretrain):
    """The shipped weights asked again, and the examples written again."""
    ground = stand(data, tokenize, pretrain)
    trained = weights.load(results.chat)[0]
    written, _ = lesson(ground, SEED, COUNTS)
    return {"after": outcomes(ground, trained), "completion_after": completed(ground, trained),
            "document_after_nats": document_nats(ground, trained)["_nats"],
            "loss_after_nats": masked_nats(ground, trained), "example_ids": example(ground, written)["example_ids"]}
