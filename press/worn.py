"""What of the theme's style sheets these pages can wear: the rest is left out while the site is built."""

import re
from dataclasses import dataclass

from press import css

CLASSES = re.compile(r'\bclass="([^"]*)"')
CHOSEN = r"data-md-color-\w+|dir"  # attributes of the theme whose values a page settles
FRAME = re.compile(r"<(?:html|body|input)\b[^>]*>")  # what is around all text, and where the reader chooses
BEARS = re.compile(rf'\b({CHOSEN})="([^"]*)"')
ASKS = re.compile(rf"\[({CHOSEN})=\"?([\w-]+)\"?\]")
PROPERTY = re.compile(r"--[\w-]+")
READ = re.compile(r"var\(\s*(--[\w-]+)")


@dataclass(frozen=True)
class Wardrobe:
    """Classes, (attribute, value) pairs and custom properties that something here may ask for."""

    classes: frozenset
    chosen: frozenset
    properties: frozenset


def wardrobe(pages, scripts, ours=""):
    """What pages (their HTML) and scripts can wear; `ours` are our own sheets, which may read the theme's properties.

    A script may make any class that it names; of a component of the theme only where the component stands on a page.

    >>> sorted(wardrobe(['<p class="md-top">'], ["md-top__a md-tag a"]).classes)
    ['a', 'md-top', 'md-top__a']
    """
    there = {name for text in pages for classes in CLASSES.findall(text) for name in classes.split()}
    components = {component(name) for name in there}
    made = {name for text in scripts for name in re.findall(r"[\w-]+", text)}
    kept = {name for name in made if not name.startswith("md-") or component(name) in components}
    chosen = {pair for text in pages for tag in FRAME.findall(text) for pair in BEARS.findall(tag)}
    properties = {name for text in [*pages, *scripts, ours] for name in PROPERTY.findall(text)}
    return Wardrobe(frozenset(there | kept), frozenset(chosen), frozenset(properties))


def component(name):
    """The component that a class of the theme belongs to.

    >>> component("md-search-result__more"), component("md-dialog--active")
    ('md-search-result', 'md-dialog')
    """
    return re.split("__|--", name)[0]


def worn(sheet, known):
    """A sheet without the rules and the custom properties that nothing here asks for; what cannot be judged stays."""
    sheet = chosen(sheet, known)
    while True:
        asked_for = known.properties | set(READ.findall(sheet))
        less = with_properties(sheet, asked_for)
        if less == sheet:
            return sheet
        sheet = less


def chosen(sheet, known):
    """Rules whose selectors can match.

    >>> known = wardrobe(['<body class="a b" dir="ltr">'], [])
    >>> chosen(".a .b,.c{color:red}@media print{.d{top:0}}:not(.e){top:0}[dir=rtl] p{top:1}", known)
    '.a .b{color:red}:not(.e){top:0}'
    """

    def keep(head, body):
        kept = [one for one in css.selectors(head) if head.startswith("@") or can_match(one, known)]
        return f"{','.join(kept)}{{{body}}}" if kept else ""

    return _each(sheet, keep)


def with_properties(sheet, names):
    """A sheet that sets no custom property but these.

    >>> with_properties("a{--b:1;--c:2;top:0}d{--e:3}", {"--b"})
    'a{--b:1;top:0}'
    """

    def keep(head, body):
        if head.startswith("@"):
            return f"{head}{{{body}}}"
        parts = [one for one in css.declarations(body) if one]
        kept = [one for one in parts if not one.startswith("--") or one.split(":")[0].strip() in names]
        return f"{head}{{{';'.join(kept)}}}" if kept else ""

    return _each(sheet, keep)


def _each(sheet, keep):
    """Every rule as `keep(head, body)` gives it, also inside @media and @supports; statements stay."""
    made = []
    for head, body in css.rules(sheet):
        if body is None:
            made.append(head)
        elif head.startswith(("@media", "@supports")):
            inner = _each(body, keep)
            made.append(f"{head}{{{inner}}}" if inner else "")
        else:
            made.append(keep(head, body))
    return "".join(made)


def can_match(selector, known):
    """Whether every class, and every value of a settled attribute, that a selector asks for is there.

    What stands in round brackets is left open.

    >>> known = wardrobe(['<body class="a" dir="ltr">'], [])
    >>> [can_match(one, known) for one in (".a:not(.b)", ".a>.b", "[dir=ltr] .a", "[dir=rtl] .a", ".a[x=y]")]
    [True, False, True, False, True]
    """
    before = None
    while before != selector:
        before, selector = selector, re.sub(r"\([^()]*\)", "", selector)
    bare = re.sub(r"\[[^\]]*\]", "", selector)
    classes = {name for name in re.findall(r"\.((?:[\w-]|\\.)+)", bare) if "\\" not in name}
    return classes <= known.classes and set(ASKS.findall(selector)) <= known.chosen
