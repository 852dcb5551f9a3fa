"""The browser that measures posters, and posters to measure where no stage has committed any."""

import os
import shutil

import pytest

from tests.viz.samples import charts


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Launch the Chromium at hand, else Playwright's own; root needs --no-sandbox."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, names)), None)
    return {**browser_type_launch_args, "executable_path": found, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def drawn() -> dict:
    """Both posters of each chart, by name."""
    from viz import poster

    return {name: poster.draw(figure, name) for name, figure in charts().items()}
