"""The form of sources.yaml: the ids, keys and texts of its entries."""

import re

from press import strict
from press.fault import Fault, one_of

FILE = "sources.yaml"
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def entries(document, key):
    """The id and body of each entry under a top-level key."""
    body = document.get(key, strict.Map())
    if isinstance(body, str) and not body.strip():
        body = strict.Map()
    if not isinstance(body, dict):
        raise Fault(FILE, document.line_of(key), f'"{key}" is not a map', f"write {key}: and an indented id: a line")
    for id, entry in body.items():
        if not ID.fullmatch(id):
            raise Fault(
                FILE,
                id.line,
                f'the id "{id}" is not lower-case words joined by hyphens',
                "write one such as gpt2-vocabulary",
            )
        if not isinstance(entry, dict):
            raise Fault(FILE, id.line, f'"{id}" has no keys under it', "indent its keys below it")
        yield id, entry


def known_keys(body, known, what):
    """Refuse an entry with a key that is not in the list."""
    for key in body:
        one_of(known, key, FILE, key.line, f'{what} has the key "{key}"')


def text(body, key, what, line, needed=True):
    """The text under a key of the entry `what`, on one line."""
    value = body.get(key, "")
    if not isinstance(value, str):
        raise Fault(
            FILE,
            body.line_of(key),
            f'{key} of "{what}" is a {type(value).__name__.lower()}',
            f"write {key}: and one line of text in quotes",
        )
    if needed and not value.strip():
        raise Fault(FILE, body.line_of(key) if key in body else line, f'"{what}" has no {key}', f"add a line {key}: …")
    return " ".join(value.split())
