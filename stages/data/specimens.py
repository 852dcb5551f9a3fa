"""Pages to leaf through: the thread page and its copies, and a few of every kind and fate."""

from stages.data.web import THREAD_HOST

EACH = 1  # specimens of each pair of kind and rule
LONGEST = 9000  # characters of HTML shown


def specimen(fate: dict, html: dict[str, str]) -> dict:
    """One page with its raw HTML, its extracted text and what became of it."""
    return {
        "id": fate["id"],
        "url": fate["url"],
        "host": fate["host"],
        "truth": fate["truth"],
        "fate": "kept" if fate["rule"] is None else "dropped",
        "rule": fate["rule"],
        "reason": fate["reason"],
        "html": html[fate["id"]][:LONGEST],
        "text": fate["text"][:LONGEST],
    }


def thread_pages(world: dict, fates: list[dict]) -> list[dict]:
    """The thread page and its copies, the original first."""
    first = next(fate for fate in fates if fate["host"] == THREAD_HOST and "nobody-pays-her" in fate["url"])
    return [first, *(fate for fate in fates if fate["copy_of"] == first["url"])]


def thread_trip(world: dict, fates: list[dict], html: dict[str, str]) -> dict:
    """The thread page's trip: raw, extracted, its copies and their fates, and the pages that told the fact."""
    first, *copies = thread_pages(world, fates)
    sentence = world["thread"]["sentence"]
    telling = [fate for fate in fates if sentence in html[fate["id"]]]
    return {
        "url": first["url"],
        "html": html[first["id"]],
        "text": first["text"],
        "rule": first["rule"],
        "html_chars": first["html_chars"],
        "chars": first["chars"],
        "copies_pages": len(copies),
        "copies": [
            {key: fate[key] for key in ("url", "truth", "edited", "rule", "reason", "kept_copy")} for fate in copies
        ],
        "copies_dropped": sum(fate["rule"] is not None for fate in copies),
        "verbatim_raw_pages": len(telling),
        "verbatim_kept_pages": sum(fate["rule"] is None for fate in telling),
    }


def choose(fates: list[dict], html: dict[str, str]) -> list[dict]:
    """The thread page and three copies, then one page of every pair of kind and rule, and good pages of every genre."""
    thread = next(fate for fate in fates if "nobody-pays-her" in fate["url"])
    chosen, seen = [thread, *[fate for fate in fates if fate["copy_of"] == thread["url"]][:3]], set()
    for fate in fates:
        key = (fate["truth"], fate["rule"], fate["genre"] if fate["truth"] == "good" and fate["rule"] is None else "")
        if key not in seen and fate not in chosen:
            seen.add(key)
            chosen.append(fate)
    return [specimen(fate, html) for fate in chosen]
