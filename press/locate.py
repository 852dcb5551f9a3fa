"""Where in a source a claim stands: as a link for a reader, and as an address whose text can be searched."""

import re
from urllib.parse import quote

ARXIV = re.compile(r"https://arxiv\.org/abs/(\d{4}\.\d{4,5})")
GITHUB = re.compile(r"https://github\.com/([^/]+)/([^/]+)/?")
BLOB = re.compile(r"https://github\.com/([^/]+)/([^/]+)/blob/([^/]+)/(.+)")
PAGES = re.compile(r"https://([^./]+)\.github\.io/([^/]+)/?")
PATH = re.compile(r"(?:[\w.-]+/)*[\w.-]+\.(?:py|sh|md|csv|c|json|js)\b")
PAGE = re.compile(r"\bpages? (\d+)\b")
LINE = re.compile(r"\blines? (\d+)")
TIME = re.compile(r"\b(\d{1,2}):(\d\d):(\d\d)\b")


def link(url, at, as_written=""):
    """The deep link to a place in a source, empty where the source's form allows none.

    >>> link("https://arxiv.org/abs/2203.02155", "section 5.1, page 17")
    'https://arxiv.org/pdf/2203.02155#page=17'
    >>> link("https://github.com/karpathy/nanoGPT", "model.py, line 220")
    'https://github.com/karpathy/nanoGPT/blob/HEAD/model.py#L220'
    >>> link("https://arxiv.org/abs/2309.12288", "experiment 2")
    ''
    """
    page, line, time = PAGE.search(at), LINE.search(at), TIME.search(at)
    paper = ARXIV.fullmatch(url)
    if page and (paper or url.endswith(".pdf")):
        return f"{f'https://arxiv.org/pdf/{paper[1]}' if paper else url}#page={page[1]}"
    if file := in_repository(url, at):
        owner, name, branch, path = file
        return f"https://github.com/{owner}/{name}/blob/{branch}/{path}" + (f"#L{line[1]}" if line else "")
    if GITHUB.fullmatch(url):
        return f"{url.rstrip('/')}#readme" if re.match("readme", at, re.I) else ""
    if time and "youtube.com/watch" in url:
        hours, minutes, seconds = map(int, time.groups())
        return f"{url}&t={hours * 3600 + minutes * 60 + seconds}s"
    if as_written and re.match("abstract|introduction|section", at, re.I) and not url.endswith(".pdf"):
        return f"{url}#:~:text={quote(as_written, safe='')}"
    return ""


def in_repository(url, at):
    """(owner, name, branch, path) of the file that a claim names in a repository on GitHub, or None."""
    if blob := BLOB.fullmatch(url):
        return blob.groups()
    place, path = GITHUB.fullmatch(url) or PAGES.match(url), PATH.search(at)
    return (place[1], place[2], "HEAD", path.group()) if place and path else None


def text_url(url, at):
    """The address at which the text of the place can be read by a program: the raw file of a repository, else the page.

    >>> text_url("https://github.com/openai/gpt-2", "src/model.py, default n_ctx")
    'https://raw.githubusercontent.com/openai/gpt-2/HEAD/src/model.py'
    """
    file = in_repository(url, at)
    return "https://raw.githubusercontent.com/{}/{}/{}/{}".format(*file) if file else url
