"""The same crawl at two earlier moments, to be trained on beside the clean text: raw, and filtered with its copies."""

import random
import re
from html import unescape

SIZE = 2_600_000  # characters of each version, about as many as the clean text has
UNSEEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
BLOCKS = "p|div|li|tr|h\\d|br|title|td|ul|table|section|article|nav|footer|header"
BREAK = re.compile(rf"</?(?:{BLOCKS})\b[^>]*>", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")


def tags_off(html: str) -> str:
    """All text of a page and nothing of its markup, as a WET file of Common Crawl has it.

    >>> tags_off("<title>Tea</title><script>x < 1</script><p>A cup <b>of</b> tea &amp; milk</p>")
    'Tea\\nA cup of tea & milk'
    """
    text = unescape(TAG.sub("", BREAK.sub("\n", UNSEEN.sub("", html))))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def sample_versions(records: list[dict], fates: list[dict], corpus: list[dict], seed: int) -> tuple[list, dict]:
    """Pages of the raw and of the filtered crawl up to SIZE characters each, and how many there are in all.

    No page is among them whose original, or a copy of it, is held out.
    """
    sources = {fate["id"]: fate["copy_of"] or fate["url"] for fate in fates}
    held = {sources[page["id"]] for page in corpus if page["split"] == "heldout"}
    raw = [(record["id"], tags_off(record["html"])) for record in records]
    filtered = [(fate["id"], fate["text"]) for fate in fates if fate["rule"] in (None, "duplicate")]
    sampled, pages = [], {}
    for version, texts in (("raw", raw), ("filtered", filtered)):
        usable = [(key, text) for key, text in texts if text and sources[key] not in held]
        pages[version], left = len(usable), SIZE
        random.Random(seed).shuffle(usable)
        for key, text in usable:
            if left > 0:
                sampled.append({"id": key, "source": sources[key], "version": version, "text": text})
                left -= len(text)
    return sampled, pages
