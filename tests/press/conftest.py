"""What the tests of press share: what a tiny project leaves in Python's own tables is put back."""

import sys

import pytest

from press import modules


@pytest.fixture(scope="module", autouse=True)
def imports_put_back():
    """A tiny project is imported as `stages`, from its own folder; after a file's tests both are what they were."""
    path = list(sys.path)
    ours = {name: module for name, module in sys.modules.items() if name.split(".")[0] == "stages"}
    yield
    modules.forget()
    sys.path[:] = path
    sys.modules.update(ours)
