"""What is seen of a long run: a bar of the records that are done, and none of what the libraries say meanwhile."""

import os
import sys
import threading
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def quiet(path: Path):
    """Send what libraries and their workers print to a file; gives the screen for what is ours."""
    sys.stderr.flush()
    screen = os.dup(2)
    with open(path, "w", encoding="utf-8") as file:
        os.dup2(file.fileno(), 2)
    try:
        with os.fdopen(os.dup(screen), "w") as ours:
            yield ours
    finally:
        os.dup2(screen, 2)
        os.close(screen)


@contextmanager
def progress(folder: Path, total: int, screen):
    """A bar of the records that left the filters, counted in the files that any executor writes."""
    from tqdm import tqdm

    done, seen = threading.Event(), {}
    with tqdm(total=total, desc="cleaning", unit=" records", file=screen) as bar:

        def look(last: bool = False) -> None:
            for place in ("dropped", "filtered"):
                for path in (folder / place).rglob("*.jsonl"):
                    if path.parent.name != "duplicate":
                        bar.update(count_lines(path, seen))

        def watch() -> None:
            while not done.wait(1):
                look()

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set(), watcher.join(), look()


def count_lines(path: Path, seen: dict) -> int:
    """New lines in a file since it was last looked at."""
    with open(path, "rb") as file:
        file.seek(seen.get(path, 0))
        found = file.read()
    seen[path] = seen.get(path, 0) + len(found)
    return found.count(b"\n")
