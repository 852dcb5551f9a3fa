"""Arithmetic on claims and results: + - * /, brackets and exp over names and plain numbers."""

import math
import re

from press.fault import Fault

TOKEN = re.compile(
    r"\s*(?:(?P<exp>exp)(?=\()|(?P<number>\d+(?:\.\d+)?(?:e\d+)?)|(?P<name>[a-z][a-z0-9_]*(?:\.[A-Za-z0-9_-]+)+"
    r"|[a-z][a-z0-9]*(?:-[a-z0-9]+)*)|(?P<sign>[-+*/()]))"
)


def names(text, file=None, line=None):
    """The claims and results a formula asks for, in order.

    >>> names("gpt2-vocabulary / tokenize.vocabulary_tokens")
    ['gpt2-vocabulary', 'tokenize.vocabulary_tokens']
    """
    return [word for kind, word in _tokens(text, file, line) if kind == "name"]


def evaluate(text, value_of, file=None, line=None):
    """The formula's value, each name looked up by `value_of`.

    >>> evaluate("(a + 2) * b-c", {"a": 1, "b-c": 5}.get), evaluate("exp(a - 1)", {"a": 1}.get)
    (15, 1.0)
    """
    tokens = _tokens(text, file, line)
    try:
        made, rest = _sum(tokens, value_of)
    except ZeroDivisionError:
        raise Fault(file, line, f'"{text}" divides by zero', "mend the formula") from None
    except OverflowError:
        raise Fault(file, line, f'"{text}" is too large a number', "mend the formula") from None
    except (IndexError, RecursionError):
        raise Fault(file, line, f'"{text}" ends too early or is too deep', "close the brackets") from None
    if rest:
        raise Fault(file, line, f'"{rest[0][1]}" cannot stand there in "{text}"', "put + - * or / between two names")
    return made


def _tokens(text, file, line):
    made, at, text = [], 0, text.strip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise Fault(
                file,
                line,
                f'"{text[at : at + 12]}" cannot stand in a formula',
                "use claim ids, stage.field, numbers, + - * / and brackets, with spaces around a minus",
            )
        made.append((match.lastgroup, match.group(match.lastgroup)))
        at = match.end()
    if not made:
        raise Fault(file, line, "the formula is empty", "write names joined by + - * or /")
    return made


def _sum(tokens, value_of):
    made, rest = _product(tokens, value_of)
    while rest and rest[0][1] in "+-":
        right, after = _product(rest[1:], value_of)
        made, rest = (made + right if rest[0][1] == "+" else made - right), after
    return made, rest


def _product(tokens, value_of):
    made, rest = _factor(tokens, value_of)
    while rest and rest[0][1] in "*/":
        right, after = _factor(rest[1:], value_of)
        made, rest = (made * right if rest[0][1] == "*" else made / right), after
    return made, rest


def _factor(tokens, value_of):
    (kind, word), rest = tokens[0], tokens[1:]
    if kind == "number":
        return (int(word) if word.isdigit() else float(word)), rest
    if kind == "name":
        return value_of(word), rest
    if kind == "exp":
        made, rest = _factor(rest, value_of)
        return math.exp(made), rest
    if word == "(":
        made, rest = _sum(rest, value_of)
        if rest[0][1] != ")":
            raise IndexError
        return made, rest[1:]
    raise IndexError
