"""What became of a crawl: records that were no pages and why, pages left after every rule and why others went."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from stages.data.rules import NAMES, RULES
from stages.data.warc import Fault

FEW = 6  # reasons told for each rule; summary.json has all


def documents(folder: Path) -> Iterator[dict]:
    """Every document under a folder, one at a time."""
    for path in sorted(folder.rglob("*.jsonl")):
        with open(path, encoding="utf-8") as file:
            yield from map(json.loads, file)


def reasons(folder: Path, otherwise: str = "") -> dict[str, int]:
    """How many documents were dropped for each reason, the most frequent first."""
    found = Counter(one["metadata"].get("filter_reason", otherwise) for one in documents(folder))
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def summarize(out: Path, files: dict[str, int]) -> dict:
    """Count what the recipe wrote; a record that is neither kept nor dropped is a Fault."""
    skipped = reasons(out / "dropped" / "record")
    rules = {rule: reasons(out / "dropped" / rule, "near_copy") for rule in RULES}
    kept, chars = 0, 0
    for one in documents(out / "clean"):
        kept, chars = kept + 1, chars + len(one["text"])
    gone = sum(sum(found.values()) for found in rules.values())
    read = sum(files.values())
    if read != sum(skipped.values()) + gone + kept:
        told = f"{read:,} records were read, {sum(skipped.values()) + gone + kept:,} left a trace"
        raise Fault(f"{out}: {told}; every record was expected to; please report it with the crawl file's address")
    return {
        "files": files,
        "records": read,
        "skipped": skipped,
        "pages": kept + gone,
        "rules": rules,
        "clean_pages": kept,
        "clean_characters": chars,
        "how": ways(out),
    }


def ways(out: Path) -> dict[str, dict[str, int]]:
    """How the pages were known to be HTML, of which kind they are, and how they were decoded."""
    counts: dict[str, Counter] = {"told_by": Counter(), "kind": Counter(), "encoding": Counter()}
    folders = [out / "clean", *(out / "dropped" / rule for rule in RULES)]
    for one in (one for folder in folders for one in documents(folder)):
        for way, count in counts.items():
            count[one["metadata"].get(way, "")] += 1
    return {way: dict(count.most_common()) for way, count in counts.items()}


def tell(found: dict) -> str:
    """The summary as lines of text: "records 12,345", what was skipped, the funnel with its reasons."""
    skipped = sum(found["skipped"].values())
    lines = [f"{'records read':<28}{found['records']:>12,}   in {len(found['files'])} file(s)"]
    lines += [f"{'no pages':<28}{skipped:>12,}   {listed(found['skipped'], 99)}"]
    lines += [f"{'pages':<28}{found['pages']:>12,}   {listed(found['how']['kind'], 9)}"]
    lines += [f"{'':<28}{'':>12}   told by: {listed(found['how']['told_by'], 9)}"]
    lines += [f"{'':<28}{'':>12}   encodings: {listed(found['how']['encoding'], FEW)}", ""]
    lines += [f"{'rule':<14}{'dropped':>12}{'pages left':>14}   reasons"]
    left = found["pages"]
    for rule, why in found["rules"].items():
        left -= sum(why.values())
        lines.append(f"{NAMES[rule]:<14}{sum(why.values()):>12,}{left:>14,}   {listed(why, FEW)}")
    share = f", {found['clean_pages'] / found['pages']:.1%} of the pages" if found["pages"] else ""
    lines += ["", f"{found['clean_pages']:,} clean pages{share}; {found['clean_characters']:,} characters"]
    return "\n".join(lines)


def listed(counts: dict[str, int], most: int) -> str:
    """The most frequent with their counts: listed({"es": 3, "nl": 2, "fr": 1}, 2) == "es 3, nl 2, 1 more of 1 kind"."""
    parts = [f"{name or 'unknown'} {count:,}" for name, count in list(counts.items())[:most]]
    rest = list(counts.values())[most:]
    if rest:
        parts.append(f"{sum(rest):,} more of {len(rest)} kind{'s' * (len(rest) > 1)}")
    return ", ".join(parts) or "none"
