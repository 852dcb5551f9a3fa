"""What became of every page: kept, or dropped by which rule for which reason, and which copy of it was kept."""

import io
import re
from collections import defaultdict
from html import unescape
from pathlib import Path

from stages.data.rules import RULES, STOP_WORDS

PRIVATE = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b\d{1,3}(?:\.\d{1,3}){3}\b")


def read_records(warc: bytes) -> list[dict]:
    """Every response record of a WARC with its headers and decoded HTML, in crawl order."""
    from warcio.archiveiterator import ArchiveIterator

    records = []
    for record in ArchiveIterator(io.BytesIO(warc)):
        held, payload = record.rec_headers, record.content_stream().read()
        html = payload.decode(held["X-Encoding"])
        url = held["WARC-Target-URI"]
        records.append(
            {
                "id": held["WARC-Record-ID"],
                "url": url,
                "host": url.split("/")[2],
                "truth": held["X-Truth"],
                "genre": held["X-Genre"],
                "copy_of": held.get_header("X-Copy-Of"),
                "edited": float(held.get_header("X-Edited") or 0),
                "html": html,
                "html_chars": len(html),
            }
        )
    return records


def fate_of(
    record: dict, dropped: dict[str, tuple[str, dict]], clean: dict[str, dict], filtered: dict[str, dict]
) -> dict:
    """One page's fate: its truth, the rule and reason that dropped it or None, its size, what was masked in it."""
    key = record["id"]
    rule, document = dropped[key] if key in dropped else (None, clean[key])
    text = "" if rule == "url" else document.get("text", "")
    held = document["metadata"]
    before = filtered[key]["text"] if rule is None else ""
    return {
        **{
            field: record[field] for field in ("id", "url", "host", "truth", "genre", "copy_of", "edited", "html_chars")
        },
        "rule": rule,
        "reason": held.get("filter_reason") or ("near_copy" if rule == "duplicate" else None),
        "chars": len(text),
        "words": len(text.split()),
        "stop_words": len(STOP_WORDS & set(text.split())),
        "cluster": held.get("minhash_cluster_id", -1),
        "language": held.get("language"),
        "language_score": round(held.get("language_score") or 0.0, 4),
        "masked": PRIVATE.findall(before) if before != text else [],
        "text": text,
    }


def follow(records: list[dict], out: Path, read_documents, wordings: list[str]) -> list[dict]:
    """The fate of every record, by joining what the recipe kept and dropped; a record in neither is an error."""
    dropped = {one["id"]: (rule, one) for rule in RULES for one in read_documents(out / "dropped" / rule)}
    clean, filtered = ({one["id"]: one for one in read_documents(out / folder)} for folder in ("clean", "filtered"))
    lost = [record["url"] for record in records if record["id"] not in dropped and record["id"] not in clean]
    if lost or len(dropped) + len(clean) != len(records):
        raise ValueError(f"stages/data: {len(lost)} records left no trace in the recipe's output, first {lost[:1]}")
    fates = [fate_of(record, dropped, clean, filtered) for record in records]
    kept = {fate["cluster"]: fate["url"] for fate in fates if fate["rule"] is None and fate["cluster"] >= 0}
    texts = {fate["url"]: shingles(fate["text"]) for fate in fates}
    for fate, record in zip(fates, records):
        told = unescape(record["html"]), fate["text"]
        fate["fact_raw"], fate["fact"] = (any(wording in text for wording in wordings) for text in told)
        fate["similarity"] = similarity(texts[fate["url"]], texts[fate["copy_of"]]) if fate["copy_of"] else None
        fate["kept_copy"] = kept.get(fate["cluster"]) if fate["rule"] == "duplicate" else None
    return fates


def shingles(text: str, words: int = 5) -> set[tuple]:
    """The runs of five words of a text, in small letters and without marks: what two copies are compared by."""
    found = re.findall(r"\w+", text.lower())
    return {tuple(found[i : i + words]) for i in range(len(found) - words + 1)}


def similarity(one: set, other: set) -> float:
    """Shared runs over all runs of two texts: similarity({1, 2}, {2, 3}) == 0.3333."""
    return round(len(one & other) / len(one | other), 4) if one or other else 0.0


def funnel(fates: list[dict]) -> list[dict]:
    """What is left after every rule, the whole crawl first; markup counts until extraction has taken it off."""
    left = list(fates)
    steps = [{"rule": "crawl", "dropped": 0, **measure(left, False)}]
    for i, rule in enumerate(RULES):
        before, left = len(left), [fate for fate in left if fate["rule"] != rule]
        steps.append({"rule": rule, "dropped": before - len(left), **measure(left, i > 0)})
    return steps


def measure(left: list[dict], extracted: bool) -> dict:
    """Pages, characters, words of these pages, and how many of them tell the thread fact."""
    return {
        "pages": len(left),
        "chars": sum(fate["chars" if extracted else "html_chars"] for fate in left),
        "words": sum(fate["words"] for fate in left) if extracted else None,
        "fact": sum(fate["fact" if extracted else "fact_raw"] for fate in left),
    }


def tally(fates: list[dict]) -> list[dict]:
    """How many pages each rule dropped for each reason, the largest first."""
    counts: dict[tuple, int] = defaultdict(int)
    for fate in fates:
        if fate["rule"]:
            counts[fate["rule"], fate["reason"]] += 1
    ranked = sorted(counts.items(), key=lambda item: (RULES.index(item[0][0]), -item[1], str(item[0][1])))
    return [{"rule": rule, "reason": reason, "pages": pages} for (rule, reason), pages in ranked]
