"""What prose must keep to: no number that nobody measured or said, and no paragraph without evidence."""

from dataclasses import dataclass
from html.parser import HTMLParser

import markdown

from press import skeleton
from press.fault import Fault

EXTENSIONS = ("attr_list", "md_in_html", "tables", "def_list", "fenced_code", "sane_lists")
UNITS = {"p", "ul", "ol", "dl", "table"}
EXEMPT = {"press-figure", "press-questions", "press-question", "press-predict", "press-widget"}
VOID = {"br", "hr", "img", "input", "wbr", "link", "meta", "source", "col"}
FRAMING_SHARE = 0.4
ALWAYS_ALLOWED = 2  # a page may be two sentences of framing


@dataclass(frozen=True)
class Account:
    """How many units of a page link to the ledger and how many are framing."""

    linked: int
    framing: int

    @property
    def units(self):
        return self.linked + self.framing


def check(text, names, environment, file, first_line=1, ceiling=FRAMING_SHARE):
    """Refuse naked numbers, paragraphs without evidence and too much framing; the Account of the page."""
    reader = read(text, names, environment, file, first_line)
    check_numbers(reader.numbers, file)
    bare = [line for line, linked, framing in reader.units if not linked and not framing]
    if bare:
        raise Fault(
            file,
            bare[0],
            f"this paragraph, list, table or step neither links to the ledger nor is framing{_also(bare)}",
            'ask for a number with measured() or claim(), add {{ cite("…") }}, or end it with a line {: .framing }',
        )
    lines = [line for line, linked, _ in reader.units if not linked]
    made = Account(len(reader.units) - len(lines), len(lines))
    if made.framing > max(ALWAYS_ALLOWED, ceiling * made.units):
        raise Fault(
            file,
            lines[0],
            f"{made.framing} of {made.units} units of this page are framing, more than "
            f"{ceiling:.0%} (lines {', '.join(map(str, lines))})",
            "give evidence, or cut",
        )
    return made


def read(text, names, environment, file, first_line):
    """The numbers and units of a page, each with its line."""
    source, marks = skeleton.of_page(text, names, environment, file, first_line)
    reader = _Reader(marks)
    reader.feed(markdown.markdown(source, extensions=list(EXTENSIONS)))
    reader.close()
    return reader


def check_numbers(numbers, file):
    """Refuse numbers that were typed."""
    if numbers:
        line, found = numbers[0]
        others = sorted({f"{found} on line {line}" for line, found in numbers[1:]})
        raise Fault(
            file,
            line,
            f'the naked number "{found}" stands in the prose' + (f" (also {', '.join(others[:8])})" if others else ""),
            'ask for it with measured("stage.field") or claim("id"), add "words" to have it spelled, or list '
            "a proper name under names: in sources.yaml",
        )


def check_line(text, names, environment, file, line):
    """The naked-number check for one text that is not a page: a title, a summary, an alt text."""
    check_numbers(read(text, names, environment, file, line).numbers, file)


def _also(lines):
    return f" (also lines {', '.join(map(str, lines[1:]))})" if len(lines) > 1 else ""


class _Reader(HTMLParser):
    """Walks a rendered skeleton and notes numbers and units with their lines."""

    def __init__(self, marks):
        super().__init__(convert_charrefs=True)
        self.marks, self.stack, self.numbers, self.units = marks, [], [], []
        self.line = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        classes = set((attrs.get("class") or "").split())
        for name in ("alt", "title", "aria-label"):
            self._note(attrs.get(name) or "")
        if "ledger" in (attrs.get("href") or ""):
            self._link()
        if "framing" in classes:
            self._framing(tag)
        if tag not in VOID:
            self.stack.append(
                {
                    "tag": tag,
                    "classes": classes,
                    "unit": self._begins(tag, classes),
                    "line": int(attrs.get("data-line") or 0),
                    "linked": False,
                    "framing": "framing" in classes,
                    "plain": 0,
                }
            )

    def _begins(self, tag, classes):
        if any(item["unit"] or item["tag"] in ("details", "figure") or item["classes"] & EXEMPT for item in self.stack):
            return False
        return tag in UNITS or "press-step" in classes

    def _framing(self, tag):
        for item in self.stack:
            if item["unit"]:
                item["framing"] = True

    def _link(self):
        for item in self.stack:
            item["linked"] = True

    def handle_endtag(self, tag):
        while self.stack:
            item = self.stack.pop()
            if item["unit"] and (item["line"] or item["plain"]):
                framing = item["framing"] or any(outer["framing"] for outer in self.stack)
                self.units.append((item["line"] or self.line or 1, item["linked"], framing))
            if item["tag"] == tag:
                return

    def handle_data(self, data):
        if not any(item["tag"] in ("code", "pre", "script", "style") for item in self.stack):
            self._note(data)

    def _note(self, data):
        for line, kind, text in self.marks.found(data):
            self.line = line
            for item in self.stack:
                item["line"] = item["line"] or line
            if kind == "number":
                self.numbers.append((line, text))
            elif kind == "ledger":
                self._link()
        if data.strip() and self.stack:
            for item in self.stack:
                item["plain"] += 1
