"""What the tiny model of "train here" writes after some seconds of one processor, by the widget's own code, in node."""

import gzip
import json
import subprocess
from pathlib import Path

from bench.merges import CORPUS
from stages.pretrain.exports import READING

SCRIPT = Path(__file__).with_suffix(".mjs")
SECONDS, SEEDS = (5, 10, 15, 20, 30), (1, 2, 3)


def reading():
    """The text that the widget offers."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines]
    return "\n".join(page["text"] for page in pages if page["split"] == "train")[:READING]


def compare():
    """Print the share of written words that stand in the text, for every seed and time."""
    asked = json.dumps({"text": reading(), "seconds": SECONDS, "seeds": SEEDS})
    ran = subprocess.run(["node", "--no-warnings", SCRIPT], input=asked, stdout=subprocess.PIPE, text=True, check=True)
    first, *rows = map(json.loads, ran.stdout.splitlines())
    print(f"node {first['node']}, {first['config']}, {first['tokens']:,} tokens to learn from")
    print(f"all alike {first['uniform']:.2f} nats; counted pairs {first['bigram']:.2f} nats, "
          f"{first['pairs']:.0%} known words")
    for row in rows:
        print(f"seed {row['seed']}  {row['seconds']:2d} CPU s  {row['steps']:6,d} steps  "
              f"{row['nats']:.2f} nats held out  {row['share']:.0%} known words  {row['written'][:60]!r}")
    for seconds in SECONDS:
        shares = [row["share"] for row in rows if row["seconds"] == seconds]
        told = ", ".join(f"{share:.0%}" for share in shares)
        print(f"after {seconds:2d} CPU s: {told} of the words stand in the text")
