"""Ways to read a page: how long it takes, what its short form keeps, and the switches that a reader sets."""

import re

from press.number import spelled

WORDS_A_MINUTE = 220
KEPT = {"where", "scene", "remember", "bridge"}  # with title and lede, the ten-minute path
ALSO = "short=true"  # a block that says so is kept too
ALONE = re.compile(r"^\{\{ math\(.*\) \}\}(?:\{\{ cite\([^}]*\) \}\})?$", re.M)
SKIPPED = re.compile(r'<span class="mathematics">.*?</span>', re.S)
CALL = re.compile(r"\{%-?\s*(end)?call\b(?:\s+(\w+)\s*\()?.*?%\}", re.S)
FORMULA = re.compile(r'<p>(<span data-slot="(slot-\d+)"></span>(?:<a class="claim cite[^>]*>.*?</a>)?)</p>')


def minutes(text):
    """Whole minutes that a page's own words take, to the nearest, at least one.

    >>> minutes("one two " * 150 + "{{ measured('x.y') }}")
    1
    """
    words = re.sub(r"\{[%:].*?\}", " ", re.sub(r"\{\{.*?\}\}", "x", text, flags=re.S), flags=re.S).split()
    return max(1, round(len(words) / WORDS_A_MINUTE))


def excerpt(body):
    """The blocks of a page that its short form keeps; the rest becomes empty lines, so that faults keep their place.

    >>> excerpt('Prose.\\n{% call remember() %}\\n- Three.\\n{% endcall %}\\nMore.')
    '\\n{% call remember() %}\\n- Three.\\n{% endcall %}\\n'
    """
    made, at, calls = [], 0, []
    for match in CALL.finditer(body):
        made.append(_kept(body[at : match.start()], calls))
        if match[1]:
            made.append(_kept(match[0], calls))
            calls = calls[:-1]
        else:
            calls = [*calls, match[2] in KEPT or ALSO in match[0]]
            made.append(_kept(match[0], calls))
        at = match.end()
    return "".join([*made, _kept(body[at:], calls)])


def _kept(text, calls):
    """A piece of a page inside these calls: itself where one of them is kept, else its line ends."""
    return text if any(calls) else "\n" * text.count("\n")


def plain(text):
    """A page's Markdown without the formulas that stand alone and the spans of class mathematics.

    >>> plain('So.\\n\\n{{ math("a}}") }}\\n\\nThe mean<span class="mathematics">, of {{ math("p") }}</span>.')
    'So.\\n\\n\\n\\nThe mean.'
    """
    return ALONE.sub("", SKIPPED.sub(lambda match: "\n" * match[0].count("\n"), text))


def section(body, mark):
    """The section of a page whose heading bears `mark`; the rest becomes empty lines, as in `excerpt`.

    >>> section("One.\\n## A { .x }\\nTwo.\\n## B\\nThree.", "x")
    '\\n## A\\nTwo.\\n\\n'
    """
    made, kept = [], False
    for line in body.split("\n"):
        if line.startswith("## "):
            kept = f"{{ .{mark} }}" in line
        made.append(line.replace(f" {{ .{mark} }}", "") if kept else "")
    return "\n".join(made)


def short_minutes(page):
    """Minutes that the short form of a page takes: its lede and what `excerpt` keeps."""
    return minutes(excerpt(page.body) + " " + str(page.front.get("summary", "")))


def time(page):
    """The time in words; the end of them is seen while the page is shortened."""
    return (
        f"about {spelled(page.minutes)} minute{'s' * (page.minutes != 1)}"
        f'<span class="in-short">, shortened to about {spelled(short_minutes(page))}</span>'
    )


def switches(page):
    """The switches under a stage's title; without script they are links to places that the style sheet knows."""
    buttons = [("short", "ten-minute-path", "ten-minute path")]
    if "math(" in page.body:
        buttons.append(("plain", "skip-the-mathematics", "skip the mathematics"))
    made = "".join(
        f'<button type="button" class="quiet needs-script" data-switch="{name}" aria-pressed="false">{told}</button>'
        f'<a class="quiet no-script" id="{place}" href="#{place}">{told}</a>'
        for name, place, told in buttons
    )
    return (
        f'<div class="reading" role="group" aria-label="How to read this page" data-minutes="{page.minutes}" '
        f'data-short="{short_minutes(page)}">{made}<a class="quiet no-script reading-all" href="#">the whole page</a>'
        '<p class="reading-note">This page is shortened: it shows the lead, the scene and the key points. '
        '<button type="button" class="quiet needs-script" data-whole>show everything</button></p></div>'
    )


def formulas(text, slots):
    """Paragraphs that are nothing but a formula, marked so that a reader can skip them."""
    return FORMULA.sub(
        lambda match: (
            f'<p class="mathematics">{match[1]}</p>' if slots.get(match[2], "").startswith("<math") else match[0]
        ),
        text,
    )
