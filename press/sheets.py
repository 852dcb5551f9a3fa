"""Style sheets as a page fetches them: two in the place of nine, and one more where a widget is.

The theme's is without what nothing here can wear.
"""

import hashlib
import re

from press import css, worn

LINK = re.compile(r'<link rel="stylesheet" href="(?P<up>[^":?#]*?)(?P<path>(?:assets|widgets)/[^":?#]+)"\s*/?>\s*')
JOINED = {"assets/stylesheets/": "assets/stylesheets/theme", "widgets/": "widgets/widgets", "assets/": "assets/guide"}
THEME, WIDGETS, GUIDE = JOINED
HAS_WIDGET = re.compile(r"\bdata-(?:widget|recheck)=")


def gather(folder):
    """Join the sheets that the pages of a finished site name, and name the joined ones instead."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))}
    named = dict.fromkeys(match["path"] for text in pages.values() for match in LINK.finditer(text))
    sheets = dict.fromkeys(JOINED, "")
    for path in named:
        sheets[kind(path)] += (folder / path).read_text(encoding="utf-8")
    scripts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.js"))]
    known = worn.wardrobe(pages.values(), scripts, sheets[GUIDE] + sheets[WIDGETS])
    sheets[THEME] = worn.worn(css.uncommented(sheets[THEME]), known)
    made = {}
    for one in dict.fromkeys(map(kind, named)):
        text = sheets[one] if one == THEME else css.tight(sheets[one])
        made[one] = f"{JOINED[one]}.{hashlib.sha256(text.encode()).hexdigest()[:8]}.css"
        (folder / made[one]).write_text(text, encoding="utf-8")
    for path, text in pages.items():
        path.write_text(renamed(text, made), encoding="utf-8")


def kind(path):
    """Which joined sheet one goes into.

    >>> kind("assets/stylesheets/main.css"), kind("assets/site.css")
    ('assets/stylesheets/', 'assets/')
    """
    return next(start for start in JOINED if path.startswith(start))


def renamed(text, made):
    """A page with one link for each joined sheet, where the first of its parts stood; the widgets' only where one is.

    >>> links = '<link rel="stylesheet" href="../assets/a.css"><link rel="stylesheet" href="../assets/b.css">'
    >>> renamed(links + '<link rel="stylesheet" href="../widgets/c.css">', {"assets/": "assets/guide.css"})
    '<link rel="stylesheet" href="../assets/guide.css">'
    """
    seen = set() if HAS_WIDGET.search(text) else {WIDGETS}

    def put(match):
        one = kind(match["path"])
        if one in seen:
            return ""
        seen.add(one)
        return f'<link rel="stylesheet" href="{match["up"]}{made[one]}">'

    return LINK.sub(put, text)
