"""A style sheet read as rules, selectors and declarations: as much of its grammar as leaving something out asks for."""

import re

STRING = r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\''
COMMENT = re.compile(rf"({STRING})|/\*.*?\*/", re.S)
TOKEN = re.compile(rf"{STRING}|url\((?![\"'])[^)]*\)|[{{}};]")
SPACE = re.compile(rf"({STRING})|\s*([{{}};])\s*|([:,])\s+|\n\s*")
PART = re.compile(rf"{STRING}|url\((?![\"'])[^)]*\)|.", re.S)


def uncommented(css):
    """A sheet without comments; what looks like one in a string is none.

    >>> uncommented('a{top:0}/* b */.c:before{content:"/* d */"}')
    'a{top:0}.c:before{content:"/* d */"}'
    """
    return COMMENT.sub(lambda match: match[1] or "", css)


def tight(css):
    """A sheet without comments, line ends and spaces that part nothing.

    >>> tight("/* 1 */\\na :is(b, c)\\n  i { d: e; }\\n  f { g: 'h: i'; }\\n")
    "a :is(b,c) i{d:e;}f{g:'h: i';}"
    """
    return SPACE.sub(lambda match: match[1] or match[2] or match[3] or " ", uncommented(css)).strip()


def rules(css):
    """The rules of a sheet as (head, body); a statement that ends with a semicolon has no body.

    Raises ValueError where a brace is left open: what stands behind it would not have been read.

    >>> list(rules('@charset "x";.a{content:"}"}'))
    [('@charset "x";', None), ('.a', 'content:"}"')]
    """
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
    if depth:
        raise ValueError(f"a style sheet leaves {depth} braces open after {css[start:start + 60]!r}")


def selectors(head):
    """A list of selectors, split where no bracket is open.

    >>> selectors(":is(a,b:not(c),d) e,f")
    [':is(a,b:not(c),d) e', 'f']
    """
    return _split(head, ",")


def declarations(body):
    """The declarations of a rule, and the rules inside it.

    >>> declarations("--icon:url('data:image/svg+xml;utf-8,<svg>');top:0")
    ["--icon:url('data:image/svg+xml;utf-8,<svg>')", 'top:0']
    """
    return _split(body, ";")


def _split(text, at):
    """A text's parts between the signs `at` that stand in no bracket, no brace and no string."""
    made, depth = [""], 0
    for part in PART.findall(text):
        depth += (part in "([{") - (part in ")]}")
        if part == at and depth == 0:
            made.append("")
        else:
            made[-1] += part
    return made
