"""The ledger as files to take along: all of it as JSON, its sources for a reference manager."""

import json

from press import bibliography, provenance
from press.ledger_page import measured_paths


def downloads(book, accounts):
    """What the ledger can be taken along as: path under the site → bytes."""
    cited = list(book.ledger.sources.values())
    return {
        "guide/ledger.json": as_json(book, accounts),
        "guide/sources.bib": bibliography.bibtex(cited).encode(),
        "guide/sources.csl.json": bibliography.csl(cited),
    }


def as_json(book, accounts):
    """The machine-readable twin."""
    claims = [claim_json(book, claim) for claim in book.ledger.claims.values()]
    values = [
        {
            "id": path,
            "kind": "measured",
            "value": book.look_up(path),
            "computed_by": provenance.of_entry(book, path)[1],
            "used": used_json(book, path),
        }
        for path in measured_paths(book)
    ]
    made = {
        "claims": claims,
        "measured": values,
        "accounts": {page.stage.slug: vars(page.account) for page in accounts},
        "receipts": {slug: made.receipt for slug, made in book.computed.items() if made.receipt},
    }
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def claim_json(book, claim):
    """One claim with its source."""
    made = {
        key: value
        for key, value in vars(claim).items()
        if key not in ("source", "line") and value not in ("", {}, None)
    }
    made["value"] = book.value(claim)
    if claim.source:
        made["source"] = {key: value for key, value in vars(claim.source).items() if key != "line" and value}
    return made | {"used": used_json(book, claim.id)}


def used_json(book, key):
    """Addresses that use an entry, each once."""
    return list(
        dict.fromkeys(f"{use.url}#{use.anchor}" if use.anchor else use.url for use in book.uses if use.key == key)
    )
