"""Where a number or a figure of ours comes from, in one line."""


def of_stage(book, slug):
    """Stage, seed and seconds as its receipt has them; a quick stage is computed while the site is built.

    The words are those under each figure.
    """
    made = book.computed.get(slug)
    if made is None:
        return f"stages/{slug}"
    if made.receipt is None:
        return f"stages/{slug}, anew in each build"
    told = [f"stages/{slug}"]
    seeds = made.receipt.get("seeds") or []
    if seeds:
        told.append(f"seed{'s' if len(seeds) > 1 else ''} {', '.join(map(str, seeds))}")
    told.append(f"{made.receipt.get('seconds', 0):,.0f} s on {made.receipt.get('date', 'a day not noted')}")
    return ", ".join(told)


def of_entry(book, key):
    """A sentence about a ledger entry of ours, and where it was computed."""
    if key in book.ledger.claims:
        claim = book.ledger.claims[key]
        return claim.says, claim.path
    slug, name = key.split(".")[:2]
    stage = next((stage for stage in book.stages if stage.slug == slug), None)
    note = stage.notes.get(name, "") if stage else ""
    says = key.split(".", 1)[1].replace("_", " ").replace(".", ", ")
    return (f"{says}: {note}" if note else says), of_stage(book, slug)
