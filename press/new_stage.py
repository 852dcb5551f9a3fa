"""A working four-file skeleton of a stage, so that adding one begins with something that builds."""

import re

from press.fault import Fault

PAGE = """\
---
title: What happens at this stop
nav: {slug}
order: {order}
summary: One to three sentences that make a reader want the rest.
headline: "{{{{ measured('{slug}.words') }}}} words counted"
---
{{% call where() %}}The fact is {{{{ measured("words", "words") }}}} words long here.{{% endcall %}}

This page says what happens to the fact at this stop.
{{: .framing }}

{{% call scene("counting") %}}
{{% call step("one") %}}The first word of {{{{ measured("words") }}}}.{{% endcall %}}
{{% call step("all") %}}All {{{{ measured("words") }}}}.{{% endcall %}}
{{% endcall %}}

{{% call remember() %}}
- The fact has {{{{ measured("words") }}}} words.
{{% endcall %}}

{{% call questions() %}}
{{% call question("How many words has the fact?") %}}{{{{ measured("words") }}}}.{{% endcall %}}
{{% endcall %}}
"""

STAGE = '''\
"""Counts the words of a sentence."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Results:
    """What this stop computes."""

    sentence: str  # the sentence that is counted
    words: int  # words in the sentence


def run() -> Results:
    """Count. Name another stage as a parameter to get its Results."""
    sentence = "Here begins another stop"
    return Results(sentence, len(sentence.split()))
'''

FIGURES = '''\
"""The sentence, word by word."""

from viz import Markup


def counting({slug}) -> dict:
    """The sentence with its first {{{{ measured("words", "words") }}}} words appearing one after another."""
    words = {slug}.sentence.split()
    return {{name: Markup(f"<p>{{' '.join(shown)}}</p>", [{{"word": word}} for word in shown], {{"words": shown}})
            for name, shown in (("one", words[:1]), ("all", words))}}
'''

EXPORTS = '''\
"""What the browser gets of this stop."""


def sentence({slug}) -> dict:
    """The sentence and its length."""
    return {{"sentence": {slug}.sentence, "words": {slug}.words}}
'''


def write(root, slug, orders):
    """Write stages/<slug>/ after the last stage; the paths written."""
    folder = root / "stages" / slug
    if not re.fullmatch(r"[a-z][a-z0-9_]*", slug):
        raise Fault(None, None, f'"{slug}" cannot be a stage', "use lower-case letters, digits and underscores")
    if folder.exists():
        raise Fault(f"stages/{slug}", None, "this folder is already there", "choose another name")
    folder.mkdir(parents=True)
    order = max([0, *orders]) // 10 * 10 + 10
    for name, text in (("page.md", PAGE), ("stage.py", STAGE), ("figures.py", FIGURES), ("exports.py", EXPORTS)):
        (folder / name).write_text(
            text.format(slug=slug, order=order) if name != "stage.py" else text, encoding="utf-8"
        )
    return sorted(path.relative_to(root).as_posix() for path in folder.iterdir())
