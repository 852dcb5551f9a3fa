"""What the data stage keeps frozen, as its files have it."""

import gzip
import json
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "stages" / "data" / "frozen"


def rows(name):
    """The rows of a file."""
    with gzip.open(FOLDER / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def results():
    """The fields of its Results that are no rows."""
    return json.loads((FOLDER / "results.json").read_text(encoding="utf-8"))
