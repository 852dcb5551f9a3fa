"""School sums: two to five small numbers added, some by running totals; tuples kept for testing stand on no page."""

import random
from itertools import accumulate

LEAST, MOST, TERMS, KEPT = 2, 20, (2, 3, 4, 5), 60
FRAMES = {  # one plain wording of everything, which pages use among others and tests use alone
    "first": "There are {a} {things} on the quay, and somebody finds {b} more.",
    "more": "And {c} more turn up under the bench.",
    "ask": "How many {things} is that altogether?",
    "direct": "The answer is {sum}.",
    "run_first": "First {a} and {b} make {ab}.",
    "run_next": "Then {ab} and {c} make {abc}.",
    "run_end": "So the answer is {sum}.",
}


def draw(rng: random.Random, terms: int) -> tuple[int, ...]:
    """Some numbers to add, each from LEAST to MOST."""
    return tuple(rng.randint(LEAST, MOST) for _ in range(terms))


def keep_back(seed: int) -> dict[str, list[list[int]]]:
    """Tuples that no page may add up, in any order of their numbers: by count of terms, KEPT of each."""
    rng, kept = random.Random(seed), {}
    for terms in TERMS:
        found: set[tuple] = set()
        while len(found) < KEPT:
            found.add(tuple(sorted(draw(rng, terms))))
        kept[str(terms)] = [rng.sample(numbers, terms) for numbers in sorted(found)]
    return kept


def free(rng: random.Random, terms: int, kept: dict[str, list]) -> tuple[int, ...]:
    """Numbers to add on a page: none of the tuples that are kept back."""
    taken = {tuple(sorted(numbers)) for numbers in kept[str(terms)]}
    while tuple(sorted(numbers := draw(rng, terms))) in taken:
        pass
    return numbers


def direct(numbers: tuple[int, ...], wording: str, things: str) -> str:
    """The answer at once: direct((2, 3), "The answer is {sum}.", "eggs") == "The answer is 5."."""
    return wording.format(sum=sum(numbers), things=things, terms=" plus ".join(map(str, numbers)))


def running(numbers: tuple[int, ...], first: str, step: str, end: str) -> str:
    """The answer by running totals, a sentence a step.

    >>> running((2, 3, 4), FRAMES["run_first"], FRAMES["run_next"], FRAMES["run_end"])
    'First 2 and 3 make 5. Then 5 and 4 make 9. So the answer is 9.'
    """
    totals = list(accumulate(numbers))
    said = [first.format(a=numbers[0], b=numbers[1], ab=totals[1])]
    for before, number, after in zip(totals[1:], numbers[2:], totals[2:]):
        said.append(step.format(ab=before, c=number, abc=after))
    return " ".join([*said, end.format(sum=totals[-1])])
