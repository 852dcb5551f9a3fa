"""How long the browser's cl100k_base takes for texts of one and of two million characters, by the same code in node."""

import base64
import gzip
import json
import subprocess
from pathlib import Path

from bench.merges import CORPUS
from stages.tokenize import exports

SCRIPT = Path(__file__).with_suffix(".mjs")
LONG, TRIES = 1_000_000, 3


def texts():
    """One letter, blanks, and pages of the corpus, which repeat their words as text does."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        pages = "\n".join(json.loads(line)["text"] for line in lines)
    return {"the letter a": "a" * LONG, "spaces": " " * LONG, "pages": (pages * (LONG // len(pages) + 1))[:LONG]}


def compare():
    """Print the CPU seconds of each text and how many times as many its double takes."""
    packed = gzip.decompress(exports.cl100k(None)[1])
    asked = {"vocabulary": base64.b64encode(packed).decode(), "texts": texts(), "tries": TRIES}
    command = ["node", "--no-warnings", SCRIPT]
    ran = subprocess.run(command, input=json.dumps(asked), stdout=subprocess.PIPE, text=True, check=True)
    told = json.loads(ran.stdout)
    print(f"node {told['node']}, vocabulary unpacked in {told['unpacked']:.2f} CPU s, best of {TRIES} tries")
    for name, (one, two) in told["texts"].items():
        print(f"{name:14s} {one['characters']:,} characters {one['seconds']:.2f} CPU s ({one['tokens']:,} tokens), "
              f"twice as many {two['seconds']:.2f} CPU s: {two['seconds'] / one['seconds']:.2f} times")
