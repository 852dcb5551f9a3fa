"""Which runs there are: what each is shown, for how long, in the order in which they are worth having."""

from dataclasses import dataclass

SEED, OTHER_SEEDS = 1, (2, 3)
SEEDS = (SEED, *OTHER_SEEDS)
ANSWERS, SHORT_ANSWERS = 36_000, 7_500  # exchanges in the examples of a run, and of a run of the curve
REFUSING = {"stranger": 0.9, "no_such": 0.1}  # kinds that say "I don't know", as parts of all refusals
OTHERS = {"told": 0.20, "outside": 0.03, "small_talk": 0.04, "sum": 0.08}  # shares that are the same in every run
DOUBT = 0.20  # share of refusals in the shipped model's examples
DOUBTS = (0.0, 0.05, 0.12, 0.20, 0.35)  # of the trade-off curve
REPLAY = 0.25
TOLD = (0, 40, 160, 600)  # steps whose replies are shown, before those of the last


@dataclass(frozen=True)
class Plan:
    """One run: its name, the share of refusals in its examples, how many answers, the share of replayed pages."""

    name: str
    seed: int = SEED
    doubt: float = DOUBT
    answers: int = ANSWERS
    replay: float = REPLAY
    keep: tuple = ()  # steps whose weights are kept beside the last

    def counts(self):
        """Exchanges by kind: what the refusals take, questions about known people lose.

        >>> Plan("small", doubt=0.2, answers=100).counts()
        {'stranger': 18, 'no_such': 2, 'told': 20, 'outside': 3, 'small_talk': 4, 'sum': 8, 'known': 45}
        """
        counts = {kind: round(self.answers * self.doubt * part) for kind, part in REFUSING.items()}
        counts |= {kind: round(self.answers * share) for kind, share in OTHERS.items()}
        return counts | {"known": self.answers - sum(counts.values())}


CHAT = Plan("chat", keep=TOLD)
SEEDED = [CHAT, *(Plan(f"chat, seed {seed}", seed) for seed in OTHER_SEEDS)]
CONTROL = Plan("never shown doubt", doubt=0.0)
NO_REPLAY = Plan("no replay", replay=0.0)
CURVE = [Plan(f"doubt {doubt:.2f}, seed {seed}", seed, doubt, SHORT_ANSWERS) for seed in SEEDS for doubt in DOUBTS]
ALL = [*SEEDED, CONTROL, NO_REPLAY, *CURVE]
