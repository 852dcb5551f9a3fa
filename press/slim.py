"""Posters as a page carries them: what draws nothing is left out, and every style is said once, in the page's head."""

import re
from xml.etree import ElementTree

from press.fault import Fault

POSTER = re.compile(r'(<div class="poster (?:wide|narrow)"[^>]*>)(<svg.*?</svg>)', re.S)
INHERITED = {
    "fill": "rgb(0, 0, 0)",
    "fill-opacity": "1",
    "stroke": "none",
    "stroke-opacity": "1",
    "stroke-width": "1px",
    "stroke-miterlimit": "4",
    "stroke-dasharray": "none",
    "text-anchor": "start",
}
OWN = {"opacity": "1", "vector-effect": "none"}
NOTHING = ("0", "0px")
SHAPES = ("path", "rect", "text")
STRAIGHT = re.compile(r"(M[-\d., ]+[HhVv][-\d.]+)?")  # a line along an axis, or nothing: no area to fill


class Sheet:
    """The styles of one page's posters: the same declarations get the same class.

    >>> sheet = Sheet()
    >>> sheet.name({"fill": "none"}), sheet.name({"stroke": "red"}), sheet.name({"fill": "none"})
    ('p0', 'p1', 'p0')
    >>> sheet.html()
    '<style>.poster .p0{fill:none}.poster .p1{stroke:red}</style>'
    """

    def __init__(self):
        self.names = {}

    def name(self, style):
        """The class of these declarations."""
        told = ";".join(f"{key}:{value}" for key, value in style.items())
        return self.names.setdefault(told, f"p{len(self.names)}")

    def rules(self, within=""):
        """Its rules, for what stands within a selector."""
        return "".join(f"{within}.{name}{{{told}}}" for told, name in self.names.items())

    def html(self):
        """The sheet for the page's head; nothing where no poster stands."""
        rules = self.rules(".poster ")
        return f"<style>{rules}</style>" if rules else ""


def page(text):
    """A page whose posters share one sheet."""
    sheet = Sheet()
    made = POSTER.sub(lambda match: match[1] + svg(match[2], sheet), text)
    return made.replace("</head>", f"{sheet.html()}</head>", 1)


def alone(text, light, dark):
    """A poster as a file of its own, in its own colors: the dark ones where its address ends in #dark.

    `light` and `dark` are its colors by the names that its styles ask for.

    >>> drawn = '<svg id="a" width="9"><rect width="9" style="fill: var(--ink);"/></svg>'
    >>> alone(drawn, {"--ink": "#1"}, {"--ink": "#e"})  # doctest: +ELLIPSIS
    '<svg xmlns="http://www.w3.org/2000/svg" id="dark" width="9"><style>:root{--ink:#1;}:root:target{--ink:#e;}...'
    """
    sheet = Sheet()
    drawn = re.sub(r'^(<svg[^>]*?) id="[^"]*"', r"\1", svg(text, sheet))
    asked = sorted(set(re.findall(r"var\(\s*(--[\w-]+)", drawn + sheet.rules())))
    if lacking := [name for name in asked if name not in light or name not in dark]:
        raise Fault(None, None, f"a poster asks for the color {lacking[0]}", "draw it in the palette of viz/theme.py")
    by_day, by_night = ("".join(f"{name}:{colors[name]};" for name in asked) for colors in (light, dark))
    style = f":root{{{by_day}}}:root:target{{{by_night}}}text{{font-variant-numeric:tabular-nums}}{sheet.rules()}"
    head = '<svg xmlns="http://www.w3.org/2000/svg" id="dark"'
    return re.sub(r"^<svg([^>]*)>", lambda match: f"{head}{match[1]}><style>{style}</style>", drawn, count=1) + "\n"


def svg(text, sheet):
    """One poster with classes for styles; it draws what it drew.

    >>> svg('<svg xmlns="http://www.w3.org/2000/svg"><g><path/><g><rect width="9" style="fill: red; opacity: 1;"/></g>'
    ...     '</g><text style="opacity: 0;">x</text></svg>', Sheet())
    '<svg><rect width="9" class="p0" /></svg>'
    """
    root = ElementTree.fromstring(text.replace(' xmlns="http://www.w3.org/2000/svg"', ""))
    _tidy(root, INHERITED, sheet)
    return ElementTree.tostring(root, encoding="unicode")


def _tidy(parent, around, sheet):
    """Everything inside an element, `around` being what it inherits; clip paths stay as they are."""
    made = []
    for child in parent:
        if child.tag in ("defs", "clipPath"):
            made.append(child)
            continue
        said = _taken(child)
        full = around | said
        if not _draws(child, full):
            continue
        _tidy(child, {key: value for key, value in full.items() if key not in OWN}, sheet)
        if child.get("transform", "").startswith("rotate(0,"):
            del child.attrib["transform"]
        kept = _kept(child.tag, said, full)
        if kept:
            child.set("class", sheet.name(kept))
        if child.tag == "g" and not child.attrib:
            made.extend(child)
        elif child.tag != "g" or len(child):
            made.append(child)
    parent[:] = made


def _taken(element):
    """An element's declarations, taken off it."""
    style = dict(
        (part.strip() for part in one.split(":", 1)) for one in element.attrib.pop("style", "").split(";") if ":" in one
    )
    if "text-anchor" in element.attrib:
        style["text-anchor"] = element.attrib.pop("text-anchor")
    return style


def _draws(element, full):
    """Whether anything of an element could be seen."""
    if full.get("opacity") == "0":
        return False
    if element.tag == "path" and STRAIGHT.fullmatch(element.get("d", "")):
        return _stroked(full)
    return element.tag not in SHAPES or _filled(full) or _stroked(full)


def _stroked(full):
    return full["stroke"] != "none" and full["stroke-opacity"] != "0" and full["stroke-width"] not in NOTHING


def _filled(full):
    return full["fill"] != "none" and full["fill-opacity"] != "0"


def _kept(tag, said, full):
    """What an element has to say: a group what only it does, a shape all that it inherits, a piece of text its own."""
    if tag == "g":
        return {key: said[key] for key in OWN if said.get(key, OWN[key]) != OWN[key]}
    if tag not in SHAPES:
        return said
    style = {key: value for key, value in full.items() if (INHERITED | OWN).get(key) != value}
    if not _stroked(full):
        style = {key: value for key, value in style.items() if not key.startswith("stroke")}
    if not _filled(full):
        style = {key: value for key, value in style.items() if not key.startswith("fill")} | {"fill": "none"}
    return dict(sorted(style.items()))
