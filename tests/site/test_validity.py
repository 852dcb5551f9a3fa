"""Every page is HTML as the standard has it: the parser has nothing to mend, and the rest is checked by rule.

The parser is html5lib, which needs nothing beside Python. The Nu checker, `make validity`, sees more and needs Java;
what it once found is held by the rules below.
"""

import re
from xml.etree import ElementTree

import pytest

ALLOWED_IN_SPAN = re.compile(r"span|a|em|strong|code|sup|sub|b|i|br|abbr|math|svg|button|input|label|select|img|wbr")


@pytest.fixture(scope="module")
def parsed(site):
    """Every page's parse errors and tree, by its place in the site."""
    import html5lib

    made = {}
    for path in sorted(site.rglob("*.html")):
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree = parser.parse(path.read_text(encoding="utf-8"))
        made[path.relative_to(site).as_posix()] = parser.errors, tree
    return made


def test_the_parser_has_nothing_to_mend(parsed):
    told = {name: [(place, kind) for place, kind, _ in errors][:3] for name, (errors, _) in parsed.items() if errors}
    assert not told


def test_a_caption_is_the_first_or_the_last_thing_in_its_figure(parsed):
    for name, (_, tree) in parsed.items():
        for figure in tree.iter("figure"):
            inside = [child.tag for child in figure]
            assert "figcaption" not in inside[1:-1], f"{name}: {inside}"


def test_a_span_holds_nothing_larger_than_a_span(parsed):
    for name, (_, tree) in parsed.items():
        for span in tree.iter("span"):
            large = [child.tag for child in span if not ALLOWED_IN_SPAN.fullmatch(str(child.tag).rpartition("}")[2])]
            assert not large, f"{name}: {ElementTree.tostring(span)[:160]}"


def test_only_fields_that_can_be_completed_speak_of_it(parsed):
    for name, (_, tree) in parsed.items():
        for field in tree.iter("input"):
            assert field.get("type") not in ("checkbox", "radio") or field.get("autocomplete") is None, name
