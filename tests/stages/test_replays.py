"""Frozen results, measured again: a cheap part of each is recomputed here and must agree."""

import math
from pathlib import Path

import numpy
import pytest

from press import cache, discover, replay

ROOT = Path(__file__).parents[2]
STAGES = discover.in_running_order(discover.stages(ROOT))
FROZEN = [stage for stage in STAGES if stage.frozen]
RELATIVE, ITEMS_IN_A_HUNDRED = 1e-3, 0.01


@pytest.fixture(scope="module")
def computed():
    """All results, quick ones run and frozen ones loaded; a frozen file that its receipt does not know stops here."""
    return cache.Cache(ROOT).all(discover.in_running_order(discover.stages(ROOT)))


def differences(now, then, name):
    """Where two values differ by more than the last bits of another machine may explain."""
    if isinstance(now, dict):
        return [found for key in now for found in differences(now[key], then[key], f"{name}.{key}")]
    if isinstance(now, (list, tuple, numpy.ndarray)):
        then = then[: len(now)]
        return [found for index, (one, other) in enumerate(zip(now, then))
                for found in differences(one, other, f"{name}.{index}")]
    if isinstance(now, (float, numpy.floating)):
        agrees = math.isclose(now, then, rel_tol=RELATIVE, abs_tol=1e-6) or \
            ("share" in name or "rate" in name) and abs(now - then) <= ITEMS_IN_A_HUNDRED
    elif type(now) is int and any(word in name for word in ("right", "wrong", "refused")):
        agrees = abs(now - then) <= max(1, ITEMS_IN_A_HUNDRED * max(now, then))
    else:
        agrees = now == then
    return [] if agrees else [f"{name}: now {now!r}, frozen {then!r}"]


@pytest.mark.parametrize("stage", FROZEN, ids=lambda stage: stage.slug)
def test_a_frozen_stage_can_be_replayed_in_part_and_agrees(stage, computed):
    assert stage.replays, f"stages/{stage.slug}/stage.py has no replay(results, ...)"
    results = computed[stage.slug].results
    again = replay.replay(stage, results, computed)
    assert again
    found = [one for name, value in again.items() for one in differences(value, getattr(results, name), name)]
    assert not found, "\n".join(found[:20])


def test_every_frozen_stage_was_refrozen_with_a_seed_that_its_receipt_names(computed):
    for stage in FROZEN:
        assert computed[stage.slug].receipt["seeds"], stage.slug
