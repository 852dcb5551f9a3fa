"""How a number is written: format specs, and small counts as words."""

import re

from press.fault import Fault

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
MINUS = "−"
SPEC = re.compile(r"[+]?[,_]?(\.\d{1,2})?[dfgeEsn%]?")
SHOW = re.compile(r"\{value(?:/(?P<by>[0-9]+(?:\.[0-9]+)?(?:e[0-9]{1,2})?))?(?::(?P<spec>[^{}]*))?\}")


def spelled(number):
    """An integer in words.

    >>> spelled(47), spelled(312), spelled(2048)
    ('forty-seven', 'three hundred and twelve', 'two thousand and forty-eight')
    """
    if number < 0:
        return f"minus {spelled(-number)}"
    if number < 20:
        return UNITS[number]
    if number < 100:
        return TENS[number // 10] + (f"-{UNITS[number % 10]}" if number % 10 else "")
    for size, word in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            head, rest = divmod(number, size)
            link = " and " if rest < 100 else " "
            return f"{spelled(head)} {word}" + (link + spelled(rest) if rest else "")
    return str(number)


def written(value, spec, file=None, line=None):
    """A value as the page says it; without a spec integers get commas, other numbers two decimals, text stays.

    >>> written(50257, ""), written(-0.3333, ".1%"), written(3, "words"), written(2e-16, ".3f")
    ('50,257', '−33.3%', 'three', '<0.001')
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise Fault(
            file,
            line,
            f"a {type(value).__name__} cannot be told as a number or text",
            "name a field, key or index that is a number or a text",
        )
    if spec == "words":
        return _words(value, file, line)
    if isinstance(value, str):
        return value
    if not SPEC.fullmatch(spec):
        raise Fault(file, line, f'"{spec}" is not a number format', 'write one such as "," or ".2f", or "words"')
    try:
        made = format(value, spec or ("," if isinstance(value, int) else ".2f")).replace("-", MINUS)
    except ValueError as error:
        raise Fault(
            file, line, f'the format "{spec}" does not fit {value!r} ({error})', 'write one such as "," or ".2f"'
        ) from None
    small = value > 0 and not re.search("[1-9]", made)  # only nothing is told as nought
    return re.sub(r"0(%?)$", r"1\1", f"<{made}") if small else made


def rounded(value):
    """A number as a reader takes it in: a whole one in full, another to four digits, a huge one with its scale.

    >>> rounded(50257), rounded(12345.6), rounded(-0.2631578947368421), rounded(34.5e9), rounded(2.985e20)
    ('50,257', '12,346', '−0.2632', '34.5 billion', '2.985 × 10²⁰')
    """
    if value < 0:
        return MINUS + rounded(-value)
    if isinstance(value, int) or value.is_integer() and value < 1e6:
        return f"{int(value):,}"
    if 1e6 <= value < 1e15:
        word, size = next((word, size) for word, size in reversed(SCALES.items()) if value >= size)
        return f"{value / size:,.4g} {word}"
    if 1e4 <= value < 1e6:
        return f"{value:,.0f}"
    digits, _, power = f"{value:.4g}".partition("e")
    return f"{digits} × 10{str(int(power)).translate(RAISED)}" if power else digits


def _words(value, file, line):
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int):
        raise Fault(file, line, f"{value!r} is not a whole number, so it has no words", 'use a format such as ".2f"')
    return spelled(value)


def shown(value, show, file=None, line=None):
    """A value set into the `show:` text of a claim.

    >>> shown(15e12, "{value/1e12:g} trillion")
    '15 trillion'
    """
    fields = SHOW.findall(show)
    if len(fields) != 1 or "{" in SHOW.sub("", show) or "}" in SHOW.sub("", show):
        raise Fault(file, line, f'show is "{show}"', 'write one {value}, such as "{value:,} tokens"')
    by, spec = fields[0]
    try:
        value = value / float(by) if by else value
    except (ZeroDivisionError, OverflowError):
        raise Fault(file, line, f"show divides by {by}", "divide by a number such as 1e9") from None
    text = str(value) if not spec and not by else written(value, spec, file, line)
    return SHOW.sub(lambda _: text, show)


SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
WORDS_AS_NUMBERS = {word: number for number, word in enumerate(UNITS)} | {
    word: 10 * number for number, word in enumerate(TENS) if number > 1
}
IN_TEXT = re.compile(
    rf"(?<![\w.])(?P<digits>\d[\d,]*(?:\.\d+)?)(?:\s+(?P<scale>{'|'.join(SCALES)})s?\b)?"
    rf"|\b(?P<word>{'|'.join(WORDS_AS_NUMBERS)})\b",
    re.I,
)


def in_text(text):
    """The numbers that a sentence tells, in digits or in words up to ninety.

    >>> in_text("About 15.6 trillion of 50,257 in nine steps")
    [15600000000000, 50257, 9]
    """
    found = []
    for match in IN_TEXT.finditer(text):
        if match["digits"]:
            number = float(match["digits"].replace(",", ""))
            found.append(round(number * SCALES.get((match["scale"] or "").lower(), 1), 6))
        else:
            found.append(WORDS_AS_NUMBERS[match["word"].lower()])
    return [int(number) if number == int(number) else number for number in found]


def tells(text, value, show):
    """Whether a text tells a value, as exactly as `show` prints it.

    >>> tells("English is the language of about 43 percent of pages.", 43.4241, "{value:.0f}%")
    True
    >>> tells("GPT-2's vocabulary has 50,257 entries.", 50256, "{value:,}")
    False
    """
    wanted = shown(value, show)
    return wanted in text or any(
        shown(number, show) == wanted for told in in_text(text) for number in {told, told / 100}
    )
