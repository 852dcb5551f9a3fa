"""Guards: words about a number hold only while the number stays within bounds."""

import re

from press.fault import Fault, one_of

KINDS = ("at_least", "at_most", "between", "equals")


def parse(expect, file):
    """The bounds of an `expect:` map of sources.yaml as numbers."""
    if not isinstance(expect, dict) or not expect:
        raise Fault(file, getattr(expect, "line", None), "expect is not a bound", "write expect: {at_least: 0.33}")
    made = {}
    for kind, bound in expect.items():
        one_of(KINDS, kind, file, kind.line, f'expect has the bound "{kind}"')
        made[kind] = _bound(kind, bound, file, kind.line)
    return made


def _bound(kind, bound, file, line):
    numbers = bound if isinstance(bound, list) else [bound]
    if (kind == "between") != isinstance(bound, list) or (kind == "between" and len(numbers) != 2):
        raise Fault(
            file,
            line,
            f"{kind} has the bound {bound}",
            f"write {kind}: " + ("[low, high]" if kind == "between" else "one number"),
        )
    made = [number(text, file, line) for text in numbers]
    return tuple(made) if kind == "between" else made[0]


def number(text, file, line):
    """A YAML scalar as int or float.

    >>> number("50257", "x", 1), number("4e-4", "x", 1)
    (50257, 0.0004)
    """
    if not isinstance(text, str) or not re.fullmatch(r"[+-]?\d{1,40}(\.\d{1,40})?([eE][+-]?\d{1,2})?", text.strip()):
        shown = text if isinstance(text, str) else f"a {type(text).__name__.lower()}"
        raise Fault(file, line, f'"{str(shown)[:60]}" is not a number', "write digits, such as 50257 or 0.33")
    return float(text) if re.search(r"[.eE]", text) else int(text)


def check(value, bounds, what, file=None, line=None):
    """Stop the build when the words around a number have stopped being true.

    >>> check(0.41, {"at_least": 0.33}, "the gain")
    """
    for kind, bound in bounds.items():
        one_of(KINDS, kind, file, line, f'"{kind}" is not a guard')
        try:
            low, high = bound if kind == "between" else (bound, bound)
            holds = {
                "at_least": value >= low,
                "at_most": value <= high,
                "between": low <= value <= high,
                "equals": value == low,
            }[kind]
        except (TypeError, ValueError):
            raise Fault(
                file,
                line,
                f"{what} is {value!r}, which {kind}={bound!r} cannot be compared with",
                "guard a number with a number",
            ) from None
        if not holds:
            raise Fault(
                file,
                line,
                f"{what} is {value}, and the words around it hold only for {kind.replace('_', ' ')} "
                f"{bound if kind != 'between' else f'{low} and {high}'}",
                "change the words and the guard, or find out why the number moved",
            )
