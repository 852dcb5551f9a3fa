"""Posters to measure apart from what stages have committed."""

import pytest

from tests.viz.samples import charts


@pytest.fixture(scope="session")
def drawn() -> dict:
    """Both posters of each chart, by name."""
    from viz import poster

    return {name: poster.draw(figure, name) for name, figure in charts().items()}
