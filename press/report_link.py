"""The link by which a reader reports an error: the repository's form for it, with the place filled in."""

from urllib.parse import quote

FORM = "error.yml"  # in .github/ISSUE_TEMPLATE; its field `where` is what the link fills in


def url(settings, where):
    """The address of a new issue about one place of the site; empty where the repository's address is not known.

    >>> url({}, "guide/data/")
    ''
    >>> url({"repo_url": "https://example.org/x"}, "ledger entry data.pages")
    'https://example.org/x/issues/new?template=error.yml&where=ledger%20entry%20data.pages'
    """
    base = str(settings.get("repo_url") or "").rstrip("/")
    return f"{base}/issues/new?template={FORM}&where={quote(where, safe='/')}" if base else ""
