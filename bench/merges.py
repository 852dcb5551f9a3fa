"""Learns the merges of the guide's corpus with minigpt and with the textbook, and prints the seconds of each."""

import gzip
import json
import time
from pathlib import Path

from minigpt import bpe, chat
from tests.minigpt.textbook import textbook_train

CORPUS = Path(__file__).parents[1] / "stages" / "data" / "frozen" / "corpus.jsonl.gz"
VOCABULARY = 2048


def compare(tries=5):
    """The best of some tries of ours, one of the textbook's, which takes long enough to be steady."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines]
    texts = [page["text"] for page in pages if page["split"] == "train"]
    seconds = []
    for _ in range(tries):
        start = time.perf_counter()
        merges = bpe.train(texts, VOCABULARY, chat.SPECIALS).merges
        seconds.append(time.perf_counter() - start)
    start = time.perf_counter()
    same = textbook_train(texts, len(merges)) == merges
    slow = time.perf_counter() - start
    print(f"{len(texts):,} pages, {sum(map(len, texts)):,} characters, {len(merges):,} merges, the same: {same}")
    print(f"minigpt {min(seconds):.3f} s, textbook {slow:.2f} s, ratio {slow / min(seconds):.1f}")
