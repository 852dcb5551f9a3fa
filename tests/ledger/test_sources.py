"""sources.yaml against what this machine can work out, and against its own rules of speech."""

import importlib
import math
import re
from pathlib import Path

import pytest

from press import ledger

ROOT = Path(__file__).parents[2]
BOOK = ledger.read(ROOT)
RECOMPUTED = [claim for claim in BOOK.claims.values() if claim.recompute]
WEAKNESS = {
    "lecture-only": r"lecture",
    "verified-secondary": r"according to|not seen|not opened",
    "disputed": r"prints|others|whereas|while|and the code",
}


@pytest.mark.parametrize("claim", RECOMPUTED, ids=lambda claim: claim.id)
def test_what_can_be_recomputed_comes_out_as_claimed(claim):
    module, name = claim.recompute.split(":")
    found = getattr(importlib.import_module(module), name)()
    if claim.value is None:  # such a claim is recomputed as true or false
        assert found is True
    else:
        assert math.isclose(found, claim.value, rel_tol=1e-9), f"{claim.id} says {claim.value}, recomputed {found}"


def test_every_function_of_recompute_is_asked_for_or_is_a_step_of_one():
    import recompute

    asked = {claim.recompute.split(":")[1] for claim in RECOMPUTED}
    steps = {"cl100k", "published", "gpt_parameters", "llama_parameters"}
    there = {name for name, thing in vars(recompute).items() if getattr(thing, "__module__", "") == "recompute"}
    assert there == asked | steps


@pytest.mark.parametrize("claim", [claim for claim in BOOK.claims.values() if claim.status in WEAKNESS],
                         ids=lambda claim: claim.id)
def test_a_weak_claim_says_its_weakness_in_its_own_sentence(claim):
    assert re.search(WEAKNESS[claim.status], claim.says, re.I)


@pytest.mark.parametrize("claim", [claim for claim in BOOK.claims.values() if claim.status == "verified-primary"],
                         ids=lambda claim: claim.id)
def test_a_claim_read_in_its_source_does_not_say_that_it_was_seen_elsewhere(claim):
    assert not re.search(r"copies of|derivative|not opened|not seen|seen in|quotations|secondary|notes on",
                         claim.says + claim.caveat, re.I)  # fmt: skip


@pytest.mark.parametrize("claim", BOOK.claims.values(), ids=lambda claim: claim.id)
def test_a_claim_is_one_full_sentence_with_an_id_of_two_to_four_words(claim):
    assert claim.says[0].isupper() or claim.says.startswith("cl100k_base")
    assert claim.says.endswith(".")
    assert 2 <= len(claim.id.split("-")) <= 4


def test_a_lecture_is_located_by_share_and_not_by_invented_time():
    lectures = [claim for claim in BOOK.claims.values() if claim.source and claim.source.kind == "lecture"]
    assert lectures
    for claim in lectures:
        assert re.fullmatch(r"about \d+% through|opening section.*|whole lecture", claim.at), claim.id
        assert claim.status == "lecture-only" or claim.at == "whole lecture", claim.id
