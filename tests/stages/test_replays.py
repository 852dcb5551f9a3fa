"""Frozen results, measured again: a cheap part of each is recomputed here and must agree."""

import math
from pathlib import Path

import numpy
import pytest

from press import cache, discover, replay

ROOT = Path(__file__).parents[2]
FROZEN = sorted(path.parent.name for path in (ROOT / "stages").glob("*/frozen"))
RELATIVE, ITEMS_IN_A_HUNDRED = 1e-3, 0.01


@pytest.fixture(scope="module")
def stages():
    """Every stage by slug."""
    return {stage.slug: stage for stage in discover.in_running_order(discover.stages(ROOT))}


@pytest.fixture(scope="module")
def computed(stages):
    """All results, quick ones run and frozen ones loaded; a frozen file that its receipt does not know stops here."""
    return cache.Cache(ROOT).all(stages.values())


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


@pytest.mark.parametrize("slug", FROZEN)
def test_a_frozen_stage_can_be_replayed_in_part_and_agrees(slug, stages, computed):
    assert stages[slug].replays, f"stages/{slug}/stage.py has no replay(results, ...)"
    results = computed[slug].results
    again = replay.replay(stages[slug], results, computed)
    assert again
    found = [one for name, value in again.items() for one in differences(value, getattr(results, name), name)]
    assert not found, "\n".join(found[:20])


def test_every_frozen_stage_was_refrozen_with_a_seed_that_its_receipt_names(computed):
    for slug in FROZEN:
        assert computed[slug].receipt["seeds"], slug
