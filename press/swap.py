"""A finished site takes the place of the previous one in one step; whatever is killed before leaves that one whole."""

import ctypes
import fcntl
import os
import shutil
from contextlib import contextmanager

AT_FDCWD, RENAME_EXCHANGE = -100, 2


def into_place(fresh, place):
    """Make `fresh` stand at `place`; the old folder is removed afterwards."""
    if not place.exists():
        fresh.rename(place)
    elif exchange(fresh, place):
        shutil.rmtree(fresh, ignore_errors=True)
    else:
        old = place.with_name(f".{place.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        place.rename(old)
        fresh.rename(place)
        shutil.rmtree(old, ignore_errors=True)


def exchange(one, other):
    """Swap two folders atomically where the system can (Linux); whether it did."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return call(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0


def recover(place):
    """Put back the previous site if a build was killed between two renames."""
    old = place.with_name(f".{place.name}.old")
    if old.exists() and not place.exists():
        old.rename(place)


@contextmanager
def alone(folder, what, say):
    """One build (or one refreeze) at a time in a folder; a second one waits. The lock dies with its process."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / f"{what}.lock", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say(f"another {what} is running here; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
