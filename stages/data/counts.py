"""How large the world and its web are, how much of them comes through, how often things are told."""

from stages.data import phrasings
from stages.data.rules import RULES
from stages.data.scores import count_mentions, share
from stages.data.web import BLOCKED, GOOD


def summarize(fates: list[dict]) -> tuple[dict, dict]:
    """Good pages lost and dirt dropped, with intervals; a copy is neither."""
    good = [fate for fate in fates if fate["truth"] in GOOD]
    dirt = [fate for fate in fates if fate["truth"] not in GOOD | {"copy", "near"}]
    lost = [fate for fate in good if fate["rule"] not in (None, "duplicate")]
    repetition = sum(fate["rule"] == "repetition" for fate in good)
    dropped = sum(fate["rule"] is not None for fate in dirt)
    return (
        {"pages": len(good), "lost": share(len(lost), len(good)), "repetition": share(repetition, len(good))},
        {"pages": len(dirt), "dropped": share(dropped, len(dirt)), "kept": len(dirt) - dropped},
    )


def shares(steps: list[dict]) -> dict:
    """Shares of the crawl that come through, from the funnel."""
    crawl, url, text, english = steps[0], steps[1], steps[2], steps[3]
    return {
        "pages": round(steps[-1]["pages"] / crawl["pages"], 4),
        "chars": round(steps[-1]["chars"] / crawl["chars"], 4),
        "text": round(text["chars"] / url["chars"], 4),
        "english": round(english["pages"] / text["pages"], 4),
    }


def training(corpus: list[dict]) -> list[str]:
    """The texts to train on."""
    return [page["text"] for page in corpus if page["split"] == "train"]


def count_planted(facts: list[dict], corpus: list[dict]) -> list[dict]:
    """Planted facts with the number of times that training pages tell them."""
    return [{**fact, "mentions": n} for fact, n in zip(facts, count_mentions(facts, training(corpus)))]


def count_verses(verses: list[dict], corpus: list[dict]) -> list[dict]:
    """Verses with the planned number of pages and that of training pages which quote them."""
    texts = training(corpus)
    return [
        {"text": one["text"], "planned": one["pages"], "copies": sum(one["text"] in text for text in texts)}
        for one in verses
    ]


def count_world(world: dict, fates: list[dict]) -> dict:
    """How large the world and its web are."""
    return {
        "people": len(world["people"]),
        "towns": len(world["towns"]),
        "facts": len(phrasings.list_facts(world)),
        "lights": sum(person["light"] is not None for person in world["people"]),
        "unknown": len(world["unknown_choosing"]) + len(world["unknown_final"]),
        "hosts": len({fate["host"] for fate in fates}),
        "blocked": len(BLOCKED),
        "rules": len(RULES),
        "kinds": len({fate["truth"] for fate in fates}),
        "phrasings": sum(len(lines) for lines in phrasings.SEEN.values()),
    }
