"""From an invented raw web to clean text: make the crawl, run the recipe, follow every page to its fate."""

import hashlib
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

from stages.data import phrasings, planted
from stages.data.archive import write_warc
from stages.data.counts import count_planted, count_verses, count_world, shares, summarize, training
from stages.data.fates import follow, funnel, read_records, tally
from stages.data.rules import CHANGED
from stages.data.scores import by_truth, count_backward, count_mentions, losses, near_found, rule_scores
from stages.data.specimens import choose, thread_trip
from stages.data.versions import sample_versions
from stages.data.web import BLOCKED, make_pages
from stages.data.world import make_world

SEEDS = [7, 11, 13, 17]
WORLD_SEED, WEB_SEED, ARCHIVE_SEED, SPLIT_SEED = SEEDS
HELDOUT_SHARE = 0.04


@dataclass(frozen=True)
class Results:
    """What the data stage knows when it is done."""

    fact: str  # the thread fact, a sentence without its period
    world: dict  # the invented world: people, towns, unknown names, phrasings (seen, heldout, backward)
    facts: list  # every fact of the world, and how often the training pages tell it
    corpus: list  # the clean pages, each in the train or the heldout split
    fates: list  # what became of every page of the crawl, by which rule and for which reason
    specimens: list  # pages to leaf through, raw HTML beside extracted text
    funnel: list  # pages, characters and words left after every rule
    reasons: list  # pages dropped for each reason of each rule
    scores: list  # what each rule got right and wrong, against the planted truth
    truths: dict  # by kind of page how many there were, how many were kept and what dropped the others
    near: list  # near-copies found, by share of words edited, beside what theory expects
    changed: list  # the thresholds of FineWeb that were changed here, with the reason
    trip: dict  # the page that tells the thread fact: raw, extracted, its copies and their fates
    good: dict  # good pages in the crawl, and how many the recipe lost
    dirt: dict  # dirty pages in the crawl, and how many the recipe dropped
    shares: dict  # of the crawl: pages kept, characters kept, text in the markup, English among the texts
    losses: list  # good pages lost to each rule
    backward_sentences: int  # sentences of the clean text that name a light and not its keeper before it
    counts: dict  # how large the invented world and its web are
    planted: list  # people of whom one thing is told on a planned number of pages, and how often training pages do
    verses: list  # verses, the planned number of pages that quote each, and the training pages that do
    versions: list  # pages of the raw and of the filtered crawl, to train on beside the clean ones
    versions_pages: dict  # how many pages each of these versions has in all
    mentions: dict  # how often the training pages tell a fact: least, mean, most, and the thread fact
    warc_bytes: int  # size of the crawl file, packed
    warc_digest: str  # sha256 of the crawl file, unpacked
    warc_pages: int  # pages in the crawl
    html_chars: int  # characters of HTML in the crawl
    corpus_bytes: int  # bytes of clean text
    corpus_words: int  # words of clean text
    train_pages: int  # clean pages to train on
    heldout_pages: int  # clean pages held out
    masked_spans: int  # e-mail and public IP addresses masked
    seeds: list  # seeds of the world, its web, the crawl file and the split


def make_crawl() -> tuple[dict, bytes]:
    """The invented world and its web as a WARC; pure Python, seconds."""
    world = make_world(WORLD_SEED)
    return world, write_warc(ARCHIVE_SEED, make_pages(WEB_SEED, world))


def run_recipe(warc: bytes, records: list[dict], world: dict) -> list[dict]:
    """Run the recipe on the WARC in a folder of its own and follow every record."""
    from stages.data.recipe import clean, read_documents

    with tempfile.TemporaryDirectory() as folder:
        crawl, out = Path(folder, "crawl"), Path(folder, "out")
        crawl.mkdir()
        (crawl / "web.warc.gz").write_bytes(warc)
        clean(crawl, out, BLOCKED)
        return follow(records, out, read_documents, phrasings.thread_wordings(world))


def split(fates: list[dict]) -> list[dict]:
    """The kept pages as a corpus, a few of them held out by a seeded draw."""
    rng = random.Random(SPLIT_SEED)
    return [
        {
            "id": fate["id"],
            "host": fate["host"],
            "genre": fate["genre"],
            "text": fate["text"],
            "split": "heldout" if rng.random() < HELDOUT_SHARE else "train",
        }
        for fate in fates
        if fate["rule"] is None
    ]


def run() -> Results:
    """Make the web, clean it, and count everything."""
    from tqdm import tqdm

    bar = tqdm(total=4, desc="data: writing the web")
    world, warc = make_crawl()
    records = read_records(warc)
    bar.update(), bar.set_description(f"data: cleaning {len(records)} pages")
    fates = run_recipe(warc, records, world)
    bar.update(), bar.set_description("data: counting facts")
    corpus = split(fates)
    facts = phrasings.list_facts(world)
    told = count_mentions(facts, training(corpus))
    bar.update(), bar.set_description("data: done")
    results = gather(world, warc, records, fates, corpus, [{**fact, "mentions": n} for fact, n in zip(facts, told)])
    bar.update(), bar.close()
    return results


def gather(world: dict, warc: bytes, records: list, fates: list, corpus: list, facts: list) -> Results:
    """All results from the finished parts."""
    thread = next(f for f in facts if f["attribute"] == "light" and f["name"] == world["thread"]["name"])
    told, texts = [fact["mentions"] for fact in facts], [page["text"] for page in corpus]
    good, dirt = summarize(fates)
    html = {record["id"]: record["html"] for record in records}
    sampled, sampled_pages = sample_versions(records, fates, corpus, SPLIT_SEED)
    # fmt: off
    return Results(
        fact=world["thread"]["sentence"],
        world={**world, "phrasings": {"seen": phrasings.SEEN, "heldout": phrasings.HELD_OUT,
                                      "backward": phrasings.BACKWARD}},
        facts=facts, corpus=corpus, fates=[{k: v for k, v in fate.items() if k != "text"} for fate in fates],
        specimens=choose(fates, html), funnel=funnel(fates), reasons=tally(fates), scores=rule_scores(fates),
        truths=by_truth(fates), near=near_found(fates), changed=CHANGED, trip=thread_trip(world, fates, html),
        good=good, dirt=dirt, shares=shares(funnel(fates)), losses=losses(fates),
        backward_sentences=count_backward(world["people"], texts), counts=count_world(world, fates),
        planted=count_planted(planted.facts(world), corpus), verses=count_verses(world["verses"], corpus),
        versions=sampled, versions_pages=sampled_pages,
        mentions={"least": min(told), "mean": round(sum(told) / len(told), 1), "most": max(told),
                  "thread": thread["mentions"]},
        warc_bytes=len(warc), warc_digest=unpacked_digest(warc), warc_pages=len(records),
        html_chars=sum(record["html_chars"] for record in records),
        corpus_bytes=sum(len(text.encode()) for text in texts), corpus_words=sum(len(text.split()) for text in texts),
        train_pages=sum(page["split"] == "train" for page in corpus),
        heldout_pages=sum(page["split"] == "heldout" for page in corpus),
        masked_spans=sum(len(fate["masked"]) for fate in fates), seeds=SEEDS,
    )
    # fmt: on


def unpacked_digest(warc: bytes) -> str:
    """The sha256 of a WARC's unpacked bytes; packed bytes may differ with the zlib of a machine."""
    import gzip

    return hashlib.sha256(gzip.decompress(warc)).hexdigest()


def replay(results: Results) -> dict:
    """Make the crawl again and measure it: the generator without the recipe."""
    world, warc = make_crawl()
    records = read_records(warc)
    return {
        "warc_digest": unpacked_digest(warc),
        "warc_pages": len(records),
        "html_chars": sum(record["html_chars"] for record in records),
        "fact": world["thread"]["sentence"],
        "backward_sentences": count_backward(world["people"], [page["text"] for page in results.corpus]),
    }
