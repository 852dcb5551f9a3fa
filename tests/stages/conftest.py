"""The results of all stages, for the tests of those that build on others."""

from pathlib import Path

import pytest

from press import discover
from press.cache import Cache

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def results():
    """The results of every stage, from the cache where it has them."""
    found = Cache(ROOT, draft=True, say=lambda *_: None).all(discover.in_running_order(discover.stages(ROOT)))
    return {slug: computed.results for slug, computed in found.items()}
