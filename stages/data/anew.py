"""Good pages that the recipe lost, counted by the judgment that grades its rules: in every build."""

from dataclasses import dataclass

from .scores import rightly, share, source
from .thresholds import GOOD


@dataclass(frozen=True)
class Results:
    """What each build counts from the fates that are kept."""

    good_lost: dict  # good pages dropped, but for those whose text stayed at another address


def run(data):
    """The frozen count leaves out all that was dropped as a copy, although most of these are copies of nothing."""
    sources = {fate["url"]: source(fate) for fate in data.fates}
    good = [fate for fate in data.fates if fate["truth"] in GOOD]
    return Results(share(sum(bool(fate["rule"]) and not rightly(fate, sources) for fate in good), len(good)))
