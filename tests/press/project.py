"""A tiny project to build in a folder of its own: two stages, one source, a home page."""

import re
import shutil
from pathlib import Path
from types import SimpleNamespace

from press.guide import Guide

ROOT = Path(__file__).parents[2]

SOURCES = """\
sources:
  tale-paper:
    title: A tale of tokens
    by: [A. Writer]
    date: 2019-02
    kind: paper
    url: https://example.org/tale.pdf
    read: 2026-11-24
claims:
  tale-vocabulary:
    says: The tale's vocabulary has 50,257 entries.
    value: 50257
    unit: tokens
    as_written: "50,257"
    source: tale-paper
    at: page 4
    caveat: It counts one special token.
  tale-origin:
    says: The tale was first told in print.
    source: tale-paper
    at: section 2.2
  ratio-large:
    says: The tale's vocabulary is far larger than ours.
    derived: tale-vocabulary / count.letters
    show: "{value:.0f}"
    expect: {at_least: 100}
names: [GPT-2]
"""

DATA = {
    "page.md": """\
---
title: A sentence is written
nav: words
order: 10
summary: "We begin with {{ measured('letters', 'words') }} letters."
headline: "{{ measured('letters') }} letters"
---
{% call where() %}{{ fact() }} has {{ measured("letters") }} letters.{% endcall %}

A vocabulary of {{ claim("tale-vocabulary") }} tokens{{ cite("tale-origin") }}, {{ claim("ratio-large") }} times ours.

{% call figure("squares") %}**It grows.** The squares of GPT-2.{% endcall %}

{% call scene("halves") %}
{% call step("whole") %}All {{ measured("letters") }}.{% endcall %}
{% call step("part") %}Fewer than {{ measured("letters") }}.{% endcall %}
{% endcall %}

It is a beginning.
{: .framing }

{% call remember() %}
- It has {{ measured("count.letters") }} letters.
{% endcall %}

{% call questions() %}{% call question("How many?") %}Count them.{% endcall %}{% endcall %}
""",
    "stage.py": '''\
"""Counts letters."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Results:
    fact: str
    letters: int  # letters in the fact
    pieces: list[str]


def run() -> Results:
    """Count."""
    fact = "Ada counts the hens"
    return Results(fact, sum(map(str.isalpha, fact)), ["Ada", " counts"])
''',
    "figures.py": '''\
"""Pictures of letters."""
from types import SimpleNamespace


def squares(count):
    """{{ measured("letters", "words") }} squares in a row."""
    rows = [{"n": n, "square": n * n} for n in range(count.letters)]
    return SimpleNamespace(html="<p>squares</p>", table=rows, data={"rows": rows})


def halves(count):
    """A whole and its part."""
    return {name: SimpleNamespace(html=f"<p>{name}</p>", table=[{"n": n}], data={"n": n})
            for name, n in (("whole", count.letters), ("part", count.letters // 2))}
''',
    "exports.py": '''\
"""For the browser."""


def words(count):
    return {"letters": count.letters}
''',
}

MKDOCS = (
    (ROOT / "mkdocs.yml")
    .read_text(encoding="utf-8")
    .replace("fact: data.fact", "fact: count.fact")
    .partition("extra_css:")[0]
    + """
extra:
  fact: count.fact

markdown_extensions:
  - attr_list
  - md_in_html
  - tables
"""
)

HOME = """\
---
title: Home
---
{% for stage in stages %}
- [{{ stage.title }}]({{ stage.url }}): {{ stage.headline }}
{% endfor %}
"""


def make(folder, files=None):
    """Write the project into a folder; `files` maps a path to its text, or to None to leave it out."""
    wanted = {"sources.yaml": SOURCES, "mkdocs.yml": MKDOCS, "docs/index.md": HOME, "theme/.keep": ""}
    wanted |= {f"stages/count/{name}": text for name, text in DATA.items()} | (files or {})
    for name, text in wanted.items():
        if text is not None:
            write(folder, name, text)
    return folder


def write(folder, name, text):
    """Write one file of a project."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def change(folder, name, old, new):
    """Replace text in a file that must hold it; returns the line it stood on."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def plain(text):
    """HTML without the marks that keep a name on one line."""
    return re.sub(r'<span class="no-break">(.*?)</span>', r"\1", text)


def guide(folder, **options):
    """The build of a project, its messages kept in .said."""
    said = []
    made = Guide(folder, say=said.append, **options)
    made.said = said
    return made


__all__ = ["ROOT", "SimpleNamespace", "change", "guide", "make", "shutil", "write"]
