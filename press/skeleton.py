"""A page before its numbers: template words become marks, so that prose can be read as a tree, line by line."""

import re
from dataclasses import dataclass, field

import jinja2

from press.fault import Fault

OPEN, CLOSE, ZERO = "\ue000", "\ue001", 0xE010
MARK = re.compile(f"{OPEN}([{chr(ZERO)}-{chr(ZERO + 9)}]+){CLOSE}")
LEDGER_WORDS = {"claim", "cite", "measured", "corrections", "errata", "report"}
BLOCK_WORDS = {"figure", "scene", "step", "widget", "predict", "remember", "questions", "question", "where", "bridge"}
ARGUMENT_IS_PROSE = {"predict", "question"}
NUMBER_WORDS = (
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty "
    "seventy eighty ninety hundred hundreds thousand thousands million millions billion billions trillion trillions "
    "dozen dozens half halves halved twice thrice double doubles doubled triple triples tripled quarter quarters "
    "thirds fifths tenths hundredth hundredths thousandth thousandths twofold threefold fourfold fivefold tenfold "
    "hundredfold thousandfold"
).split()
NUMBER = re.compile(r"[\w$£€+-]*[\d½⅓⅔¼¾⅕⅛][\w.,:%/-]*|\b(?:" + "|".join(NUMBER_WORDS) + r")\b", re.I)
LIST_MARKER = re.compile(r"^(\s*(?:>\s*)*)\d+([.)]\s)", re.M)
FIRST_WORD = re.compile(r"^(?!\s*(?:[\[<`~{]|\|?[\s:|-]+$))([^\w<\[{`]*[^\W\d_]\w*)(?=\s|$)", re.M)


@dataclass
class Marks:
    """What each mark stands for: (line, kind, text)."""

    table: list = field(default_factory=list)

    def put(self, line, kind, text=""):
        """A new mark as characters that Markdown leaves alone."""
        self.table.append((line, kind, text))
        digits = "".join(chr(ZERO + int(digit)) for digit in str(len(self.table) - 1))
        return f"{OPEN}{digits}{CLOSE}"

    def found(self, text):
        """The marks in a piece of text, in order."""
        for match in MARK.finditer(text):
            yield self.table[int("".join(str(ord(char) - ZERO) for char in match.group(1)))]


def of_page(text, names, environment, file, first_line=1):
    """Markdown with marks for template words, numbers and lines; and the marks."""
    marks, made, stack = Marks(), [], []
    check_syntax(text, environment, file, first_line)
    for line, kind, content in pieces(text, environment, file, first_line):
        if kind == "text":
            made.append(marked(content, line, names, marks))
        elif kind == "variable":
            word = content[0] if content else ""
            word = "measured" if word == "stage" and content[-1] in ("headline", "summary") else word
            made.append("" if word == "code" else marks.put(line, "ledger" if word in LEDGER_WORDS else "word", word))
        elif content[:1] == ["call"]:
            word = next((item for item in content[1:] if item in BLOCK_WORDS), "other")
            stack.append((word, line))
            argument = (
                next((item[1:-1] for item in content if item[:1] in "\"'"), "") if word in ARGUMENT_IS_PROSE else ""
            )
            made.append(
                f'\n\n<section class="press-{word}" data-line="{line}" markdown="1">\n\n'
                f"{marked(argument, line, names, marks)}\n\n"
            )
        elif content[:1] == ["endcall"] and stack:
            stack.pop()
            made.append("\n\n</section>\n\n")
    if stack:
        raise Fault(
            file, stack[-1][1], f'the call of "{stack[-1][0]}" is never closed', "write {% endcall %} at its end"
        )
    return "".join(made), marks


def check_syntax(text, environment, file, first_line):
    """Refuse what Jinja cannot parse; calls that are never closed are found later, with their own line."""
    try:
        environment.parse(text)
    except jinja2.TemplateSyntaxError as error:
        if "end of template" not in str(error.message):
            raise unreadable(error, file, first_line) from None


def unreadable(error, file, first_line):
    """Jinja's complaint about a text that begins on `first_line` of a file, as a Fault."""
    return Fault(
        file,
        (error.lineno or 1) + first_line - 1,
        f"the template cannot be read: {error.message}",
        "close every {{ with }} and every {% with %}",
    )


def pieces(text, environment, file, first_line=1):
    """The page as (line, "text" | "variable" | "block", content), by Jinja's own lexer."""
    group, kind, began = [], None, 0
    try:
        for line, token, value in environment.lex(text):
            line += first_line - 1
            if token in ("variable_begin", "block_begin"):
                group, kind, began = [], token.split("_")[0], line
            elif token in ("variable_end", "block_end"):
                yield began, kind, group
                kind = None
            elif kind and token != "whitespace":
                group.append(value)
            elif token == "data":
                yield line, "text", value
            elif token == "comment":
                yield line, "text", "\n" * value.count("\n")
    except jinja2.TemplateSyntaxError as error:
        raise unreadable(error, file, first_line) from None


def marked(text, line, names, marks):
    """Marks for the first word of each line (where it stands) and for each number that nobody asked for."""
    if names:
        pattern = "|".join(re.escape(name) for name in names)
        text = re.sub(rf"(?<![\w]){'(?:' + pattern + ')'}(?!\w)", "Name", text)
    text = re.sub(r"https?://[^\s)>\]]+", "https://address", text)
    text = re.sub(r"&#?\w+;", "x", text)
    text = LIST_MARKER.sub(lambda match: f"{match.group(1)}{chr(0xE0FF)}{match.group(2)}", text)
    text = re.sub(r"\{:[^}\n]*\}", lambda match: match.group().replace("#", "x-"), text)
    rows = []
    for offset, row in enumerate(text.split("\n")):
        at = line + offset
        if not re.match(r"\s*(```|~~~|\{:)", row):
            row = NUMBER.sub(lambda match, at=at: marks.put(at, "number", match.group().strip(".,:-")), row)
            row = FIRST_WORD.sub(lambda match, at=at: match.group(1) + marks.put(at, "line"), row)
        rows.append(row)
    return "\n".join(rows).replace(chr(0xE0FF), "1")
