"""A small grammar: prose files of sections, expanded at random from a seeded generator."""

import random
import re
from functools import cache
from pathlib import Path

CHOICE = re.compile(r"\[([^\[\]]*)\]")
RULE = re.compile(r"<(\w+)>")
SHARED = "shared"


@cache
def sections(name: str) -> dict[str, list[str]]:
    """Read prose/<name>.txt: ``# section`` headings, one template a line; a heading met again adds to its section."""
    found: dict[str, list[str]] = {}
    for line in Path(__file__).with_name("prose").joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            current = found.setdefault(line[2:], [])
        elif line:
            current.append(line)
    return found


def fitting(lines: list[str], slots: dict) -> list[str]:
    """Leave out lines that speak of her or him while no person has been named."""
    return lines if slots.get("she") else [line for line in lines if not re.search(r"\{(she|She|him|her)\}", line)]


def expand(rng: random.Random, template: str, slots: dict) -> str:
    """Resolve rules, then choices from the inside out, then slots: "[a|b] {x}" gives "a 1" or "b 1" for x = 1."""
    while found := RULE.search(template):
        line = rng.choice(fitting(sections(SHARED)[found[1]], slots))
        template = template[: found.start()] + line + template[found.end() :]
    while found := CHOICE.search(template):
        template = template[: found.start()] + rng.choice(found[1].split("|")) + template[found.end() :]
    return template.format(**slots)


def capital(text: str) -> str:
    """Begin every sentence of a text with a capital: capital("a. b") == "A. B"."""
    return re.sub(r'(^|[.?!] )("?)([a-z])', lambda found: found[1] + found[2] + found[3].upper(), text)
