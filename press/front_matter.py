"""The front matter of a page: read as a map whose keys know their lines, and refused where a key is not known."""

import re

from press import strict
from press.fault import Fault, one_of


def read(path, page):
    """Front matter, the text after it, and the line the text begins on."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Fault(page, None, f"byte {error.start} is not UTF-8", "save the file as UTF-8") from None
    match = re.match(r"---[ \t]*\n(.*?\n)?---[ \t]*(\n|\Z)", text, re.S)
    if not match:
        raise Fault(
            page, 1, "there is no front matter", "begin the page with a line ---, title: …, order: …, and a line ---"
        )
    front = strict.parse(match.group(1) or "", page, first_line=2)
    if not isinstance(front, strict.Map):
        raise Fault(page, 2, "the front matter is not a list of keys", "write lines like title: …")
    return front, text[match.end() :], text[: match.end()].count("\n") + 1


def check(front, page, known, required):
    """Refuse unknown, missing and empty keys."""
    for key in front:
        one_of(sorted(known), key, page, key.line, f'the front matter has the key "{key}"')
    for key in required:
        if not str(front.get(key, "")).strip():
            raise Fault(page, front.line_of(key) or 1, f'the front matter has no "{key}"', f"add a line {key}: …")
    for key, value in front.items():
        if not isinstance(value, str) and key not in ("uses", "hide", "names"):
            raise Fault(
                page,
                key.line,
                f'"{key}" is a {type(value).__name__.lower()}',
                f"write {key}: and one line of text in quotes",
            )
