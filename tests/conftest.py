"""A browser for the tests that open pages: found, never skipped in silence."""

import functools
import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

with suppress(ImportError):  # where the data pipeline is tested, it is not there
    from hypothesis import HealthCheck, settings

    settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("patient")

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def browser_path():
    """A Chromium or Chrome; where there is none, the test fails and says what to install."""
    named = os.environ.get("BROWSER_PATH")
    found = named if named and Path(named).exists() else next((path for path in map(shutil.which, NAMES) if path), None)
    if not found:
        pytest.fail(
            "No Chromium or Chrome was found. Install one (Debian: apt-get install chromium), set BROWSER_PATH, "
            "or run make test, which gets one."
        )
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Playwright starts the browser that is there; root needs --no-sandbox."""
    args = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return browser_type_launch_args | {"executable_path": browser_path(), "args": args}


@pytest.fixture(scope="session")
def browser(browser):
    """A browser whose pages wait as long as a slow machine needs."""
    from playwright.sync_api import expect

    expect.set_options(timeout=60_000)

    def patient(make, **ways):
        made = make(**ways)
        made.set_default_timeout(120_000)
        return made

    for way in ("new_context", "new_page"):
        setattr(browser, way, functools.partial(patient, getattr(browser, way)))
    return browser


@pytest.fixture(scope="session")
def root():
    """The project's folder."""
    return Path(__file__).parents[1]


NEEDS_BROWSER = {"browser", "page", "context", "drawn"}


def pytest_collection_modifyitems(items):
    """A test that asks for a browser, or for posters drawn by one, is marked so: make check leaves it out."""
    for item in items:
        if NEEDS_BROWSER & set(getattr(item, "fixturenames", ())) or item.path.name == "test_poster.py":
            item.add_marker(pytest.mark.browser)
