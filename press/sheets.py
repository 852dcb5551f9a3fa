"""Style sheets as a page fetches them: two in the place of nine, the theme's without what nothing here can wear."""

import hashlib
import re

LINK = re.compile(r'<link rel="stylesheet" href="(?P<up>[^":?#]*?)(?P<path>(?:assets|widgets)/[^":?#]+)"\s*/?>\s*')
THEIRS = "assets/stylesheets/"
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|url\([^)]*\)|[{};]')
COMMENT = re.compile(r"/\*.*?\*/", re.S)
CLASSES = re.compile(r'\bclass="([^"]*)"')


def gather(folder):
    """Join the sheets that the pages of a finished site name, and name the joined ones instead."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))}
    named = dict.fromkeys(match["path"] for text in pages.values() for match in LINK.finditer(text))
    sheets = {path: (folder / path).read_text(encoding="utf-8") for path in named}
    theirs = "".join(text for path, text in sheets.items() if path.startswith(THEIRS))
    ours = "".join(text for path, text in sheets.items() if not path.startswith(THEIRS))
    theirs = worn(COMMENT.sub("", theirs), wardrobe(folder, pages.values()))
    made = {}
    for start, text in ((f"{THEIRS}theme", theirs), ("assets/guide", tight(ours))):
        name = f"{start}.{hashlib.sha256(text.encode()).hexdigest()[:8]}.css"
        (folder / name).write_text(text, encoding="utf-8")
        made[start.startswith(THEIRS)] = name
    for path, text in pages.items():
        path.write_text(renamed(text, made), encoding="utf-8")


def renamed(text, made):
    """A page with one link for the theme's sheets and one for ours, where the first of each stood.

    >>> links = '<link rel="stylesheet" href="../assets/a.css"><link rel="stylesheet" href="../widgets/b.css">'
    >>> renamed(links, {False: "assets/guide.css"})
    '<link rel="stylesheet" href="../assets/guide.css">'
    """
    seen = set()

    def put(match):
        theirs = match["path"].startswith(THEIRS)
        if theirs in seen:
            return ""
        seen.add(theirs)
        return f'<link rel="stylesheet" href="{match["up"]}{made[theirs]}">'

    return LINK.sub(put, text)


def tight(css):
    """A sheet without comments, indents and line ends.

    >>> tight("/* 1 */\\na { b: c; }\\n  d { e: f; }\\n")
    'a { b: c; }d { e: f; }'
    """
    return re.sub(r"\n\s*", "", COMMENT.sub("", css)).strip()


def wardrobe(folder, texts):
    """Every class that a page has, and every word of a script: one may become a class."""
    worn_now = {name for text in texts for classes in CLASSES.findall(text) for name in classes.split()}
    scripts = (path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.js")))
    return worn_now.union(*(re.findall(r"[\w-]+", text) for text in scripts))


def worn(css, known):
    """Rules whose selectors ask for known classes only; what cannot be judged stays.

    >>> worn(".a .b,.c{color:red}@media print{.d{top:0}}:not(.e){top:0}", {"a", "b"})
    '.a .b{color:red}:not(.e){top:0}'
    """
    made = []
    for head, body in rules(css):
        if body is None:
            made.append(head)
        elif head.startswith(("@media", "@supports")):
            inner = worn(body, known)
            made.append(f"{head}{{{inner}}}" if inner else "")
        else:
            kept = [one for one in selectors(head) if head.startswith("@") or asked(one) <= known]
            made.append(f"{','.join(kept)}{{{body}}}" if kept else "")
    return "".join(made)


def rules(css):
    """The rules of a sheet as (head, body); a statement that ends with a semicolon has no body."""
    depth = start = body = 0
    head = ""
    for match in TOKEN.finditer(css):
        if match[0] == "{":
            if depth == 0:
                head, body = css[start : match.start()].strip(), match.end()
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if depth == 0:
                yield head, css[body : match.start()]
                start = match.end()
        elif match[0] == ";" and depth == 0:
            yield css[start : match.end()], None
            start = match.end()


def selectors(head):
    """A list of selectors, split where no bracket is open.

    >>> selectors(":is(a,b:not(c),d) e,f")
    [':is(a,b:not(c),d) e', 'f']
    """
    made, depth = [""], 0
    for sign in head:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            made.append("")
        else:
            made[-1] += sign
    return made


def asked(selector):
    """The classes without which a selector cannot match; what stands in brackets is left open.

    >>> sorted(asked(".a:not(.b)>.c[d=e]"))
    ['a', 'c']
    """
    before = None
    while before != selector:
        before, selector = selector, re.sub(r"\([^()]*\)|\[[^\]]*\]", "", selector)
    return {name for name in re.findall(r"\.((?:[\w-]|\\.)+)", selector) if "\\" not in name}
