"""The link by which a reader reports an error: an issue of the repository, already filled in."""

from urllib.parse import quote

BODY = """Where: {where}

What it says: {says}

What is wrong, and what shows it (a place in a source, or a command):
"""


def url(settings, where, says=""):
    """The address of a new issue about one place of the site; empty where the repository's address is not known.

    >>> url({}, "guide/data/")
    ''
    >>> url({"repo_url": "https://example.org/x"}, "home")[:60]
    'https://example.org/x/issues/new?title=Error%3A%20home&body='
    """
    base = str(settings.get("repo_url") or "").rstrip("/")
    if not base:
        return ""
    body = BODY.format(where=where, says=says or "…")
    return f"{base}/issues/new?title={quote(f'Error: {where}', safe='')}&body={quote(body, safe='')}"
