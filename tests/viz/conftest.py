"""Posters to measure where no stage has committed any."""

import pytest

from tests.viz.samples import charts


@pytest.fixture(scope="session")
def drawn() -> dict:
    """Both posters of each chart, by name."""
    from viz import poster

    return {name: poster.draw(figure, name) for name, figure in charts().items()}
