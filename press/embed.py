"""A page of its own for every widget, cut out of the page where it stands: it works alone, in an iframe anywhere."""

import posixpath
import re

from press import finish

SECTION = re.compile(r'<section class="widget"[^>]*\bdata-widget="(?P<name>[a-z][a-z0-9_]*)"[^>]*>.*?</section>', re.S)
LINK = re.compile(r'(?P<before>\b(?:href|src|data-json)=")(?P<to>[^"]*)"')
SHEET = re.compile(r'<link rel="stylesheet" href="(?P<href>[^"]*(?:assets/(?!stylesheets/)|widgets/)[^"]*)"[^>]*>')
TITLE = re.compile(r"<h1[^>]*>(?P<words>.*?)</h1>", re.S)
PAGE = """<!doctype html>
<html lang="en" class="no-js">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
{sheets}
<link rel="icon" href="../../assets/favicon.svg">
<script type="module" src="../../widgets/embed.js"></script>
</head>
<body class="embed" data-md-color-scheme="default">
<main class="md-typeset">
<h1 class="embed-name">{title}</h1>
{section}
<p class="widget-note"><a href="{url}" target="_blank" rel="noopener">From the page “{words}”</a></p>
</main>
</body>
</html>
"""


def write(folder, urls):
    """Write embed/<widget>/index.html for every widget of the pages, in the order of `urls`; the first place counts."""
    made = {}
    for url in urls:
        text = (folder / url / "index.html").read_text(encoding="utf-8")
        for match in SECTION.finditer(text):
            made.setdefault(match["name"], page(match, text, url))
    finish.write_files(folder, {f"embed/{name}/index.html": text.encode() for name, text in made.items()})


def page(section, text, url):
    """The page of one widget, its links as good as they were where it stood."""
    here = f"embed/{section['name']}/"
    heading = re.search(r"<h3[^>]*>(.*?)</h3>", section[0], re.S)
    sheets = "\n".join(moved(match[0], url, here) for match in SHEET.finditer(text))
    title = TITLE.search(text)
    return finish.with_policy(PAGE.format(
        title=plain(heading[1]) if heading else section["name"],
        words=plain(title[1]) if title else section["name"],
        sheets=sheets,
        section=moved(second(re.sub(r'\sid="[^"]*"', "", section[0])), url, here),
        url=posixpath.relpath(url or ".", here) + "/",
    ))


def second(html):
    """The widget's name as a heading of the second level, since the page has one of the first and no other.

    >>> second('<h3 class="a">Ask</h3>')
    '<h2 class="a">Ask</h2>'
    """
    return re.sub(r"(</?)h3\b", r"\1h2", html)


def moved(html, url, here):
    """Relative addresses of a page under the site as seen from another.

    >>> moved('<a href="../ledger/#a">', "guide/chat/", "embed/chat/")
    '<a href="../../guide/ledger/#a">'
    >>> moved('<a href="#cite-1">', "guide/chat/", "embed/chat/")
    '<a href="../../guide/chat/#cite-1">'
    """

    def move(match):
        to, mark, fragment = match["to"].partition("#")
        if re.match(r"[a-z]+:|/", to):
            return match[0]
        path = posixpath.normpath(posixpath.join(url, to))
        told = posixpath.relpath(path, here) + ("/" if to.endswith("/") or not to else "")
        return f'{match["before"]}{told}{mark}{fragment}"'

    return LINK.sub(move, html)


def plain(html):
    """The words of a heading, without its tags."""
    return re.sub(r"<[^>]*>", "", html).strip()
