"""A page as press writes it, small enough to know by heart: a rail, two markers, a scene of four steps, a figure."""

import re
from pathlib import Path

from viz import poster
from viz.theme import palette

HEAD = """<!doctype html><html lang="en" class="no-js"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'self'; style-src 'self'
'unsafe-inline'; img-src 'self' data:"><script src="js.js"></script>{styles}</head>
<body data-md-color-scheme="default"><header class="md-header rail"><div class="rail-inner">
<nav class="rail-stages" aria-label="Stages"><ol><li><a href="#top" aria-current="page">tokenize<span
class="rail-progress"></span></a></li></ol></nav><div class="rail-tools"><button type="button"
class="rail-tool needs-script" data-switch="still" aria-pressed="false">still</button></div>
<details class="rail-contents">
<summary>contents</summary><div class="rail-sheet"><ul><li><a href="#end">The end</a></li></ul></div></details></div>
</header>
<main class="md-main"><article class="md-content__inner md-typeset">"""
FOOT = """</article></main><script type="module" src="widgets/main.js"></script></body></html>"""
SHEETS = ("site", "figures", "controls", "material")
STYLES = "".join(f'<link rel="stylesheet" href="assets/{name}.css">' for name in SHEETS)
PROSE = "<p>" + "A sentence that only fills the page. " * 14 + "</p>"
MARKERS = """<p id="here">GPT-2 chose among <a class="claim" id="ref-v-1" href="#cite-v">50,257<sup>1</sup></a>; ours
among <a class="measured" href="ledger/#tokenize.vocabulary_tokens" data-says="entries in our vocabulary"
data-from="stages/tokenize">2,048</a>. <a href="#end">After.</a></p>"""
SOURCES = """<section class="sources" aria-label="Sources"><h2 id="end">Sources</h2><ol><li id="cite-v">
<p class="says">GPT-2's vocabulary has 50,257 entries.</p><dl><dt>source</dt><dd><a href="https://example.org/">Radford</a></dd></dl>
<a class="back" href="#ref-v-1">back</a></li></ol></section>"""
STEPS = ("zero", "one", "ten", "all")


def beginning() -> str:
    """What the site's theme runs before the first paint."""
    theme = Path(__file__).parents[2] / "theme" / "main.html"
    return re.search(r"<script>(.*?)</script>", theme.read_text(encoding="utf-8"))[1]


def picture(name: str, width: int, height: int) -> str:
    """A poster with one word in it, as viz.poster leaves it."""
    red, green, blue = (int(palette.ours[place:place + 2], 16) for place in (1, 3, 5))
    text = f'<text x="9" y="30" style="font-size: 14px; fill: rgb({red}, {green}, {blue});">{name}</text>'
    whole = f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}">{text}</svg>'
    return poster.normalise(whole, name)


def frame(name: str) -> str:
    """A frame with its two posters."""
    wide, narrow = picture(name, 720, 420), picture(name, 340, 300)
    return (f'<div class="frame" data-frame="{name}">'
            f'<div class="poster wide" role="img" aria-label="{name}">{wide}</div>'
            f'<div class="poster narrow" role="img" aria-label="{name}">{narrow}</div></div>')


def scene() -> str:
    """A scene with a step a frame."""
    first, *others = (frame(name) for name in STEPS)
    steps = "".join(f'{picture}<div class="step" id="merges-{name}" data-step="{name}"><p class="step-name">{name}</p>'
                    f"<p>What {name} does.</p></div>" for name, picture in zip(STEPS, ["", *others]))
    controls = ('<p class="scene-controls needs-script"><span class="scene-count">frame 1 of 4</span>'
                '<button type="button" class="quiet" data-previous>previous</button>'
                '<button type="button" class="quiet" data-next>next</button></p>')
    body = f'<div class="scene-figure">{first}{controls}</div><div class="steps">{steps}</div>'
    return (f'<section class="scene" id="scene-merges" data-scene="merges"><div class="scene-body">{body}</div>'
            '<p class="provenance"><span>computed by stages/tokenize</span></p></section>')


def page() -> str:
    """The whole page."""
    return HEAD.replace("{styles}", STYLES) + MARKERS + PROSE * 3 + scene() + PROSE * 6 + SOURCES + FOOT
