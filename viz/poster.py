"""A Plotly figure as a static SVG that follows the page's colors: drawn once, committed, known by a digest."""

import hashlib
import json
import os
import re
from pathlib import Path

import plotly
import plotly.graph_objects as go

from viz.theme import DARK, FONT, HEIGHT, LIGHT, WIDTH

VARIANTS = ("wide", "narrow")
# Changes of this file that alter the picture raise the edition, so that committed posters are drawn anew.
EDITION = 3


def plain(figure: go.Figure, variant: str = "wide") -> dict:
    """The figure as plain data in one size: no template, the variant's layout applied, numbers rounded to six digits.

    >>> plain(go.Figure(layout={"width": 720}), "narrow")["layout"]["width"]
    340
    """
    raw = json.loads(figure.to_json())
    layout = raw["layout"]
    layout.pop("template", None)
    meta = layout.pop("meta", None) or {}
    layout.setdefault("width", WIDTH["wide"])
    layout.setdefault("height", meta.get("height", HEIGHT["wide"]))
    if variant == "narrow":
        layout.update({"width": WIDTH["narrow"], "height": HEIGHT["narrow"]} | meta.get("narrow", {}))
    return rounded({"data": raw["data"], "layout": layout})


def rounded(value):
    """Every float of a nested value to six significant digits.

    >>> rounded({"a": [1 / 3]})
    {'a': [0.333333]}
    """
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    return [rounded(one) for one in value] if isinstance(value, list) else value


def digest(figure: go.Figure) -> str:
    """What the posters show, as sha256: the figure in both sizes, the palette, plotly's version, this file's edition.

    >>> digest(go.Figure()) == digest(go.Figure()) != digest(go.Figure(layout={"height": 99}))
    True
    """
    shown = json.dumps([both(figure), LIGHT, FONT, plotly.__version__, EDITION], sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()


def both(figure: go.Figure) -> dict:
    """The figure as plain data in its two sizes: what posters are drawn from.

    >>> sorted(both(go.Figure()))
    ['narrow', 'wide']
    """
    return {variant: plain(figure, variant) for variant in VARIANTS}


def live(figure: go.Figure) -> dict:
    """What live Plotly loads: both sizes, and on each trace what its marks say under a pointer, which no poster shows.

    >>> live(go.Figure(go.Bar(), {"meta": {"hover": [{"hovertemplate": "%{x}"}]}}))["wide"]["data"][0]["hovertemplate"]
    '%{x}'
    """
    made, said = both(figure), (figure.layout.meta or {}).get("hover", [])
    for shown in made.values():
        for trace, told in zip(shown["data"], said):
            trace |= rounded(told)
    return made


def draw(figure: go.Figure, prefix: str) -> dict:
    """The two posters of a figure as SVG, ids under `prefix`; needs kaleido and a Chrome."""
    return {variant: svg(shown, shown["layout"]["width"], shown["layout"]["height"], f"{prefix}-{variant}")
            for variant, shown in both(figure).items()}


def colors() -> tuple:
    """The colors that posters ask the page for, by day and by night, for a poster that stands in no page.

    >>> [sorted(one)[:2] for one in colors()]
    [['--fig-base', '--fig-chip-0'], ['--fig-base', '--fig-chip-0']]
    """
    return tuple({f"--fig-{name}": color for name, color in tones.items()} for tones in (LIGHT, DARK))


def chrome() -> bool:
    """Whether posters can be drawn here: kaleido is installed and finds a browser."""
    try:
        import choreographer  # comes with kaleido
    except ImportError:
        return False
    named = os.environ.get("BROWSER_PATH")
    found = choreographer.browsers.chromium.Chromium.find_browser
    return bool(named and Path(named).exists()) or bool(found(skip_local=False))


def svg(figure, width: int, height: int, prefix: str = "poster") -> str:
    """The figure (a go.Figure or its plain data) as normalised SVG; needs kaleido and a Chrome."""
    import kaleido  # only who draws posters needs it

    kaleido.start_sync_server(silence_warnings=True)  # one browser for all: the first start takes seconds
    shown = plain(figure) if isinstance(figure, go.Figure) else figure
    drawn = kaleido.calc_fig_sync(shown, opts={"format": "svg", "width": width, "height": height})
    return normalise(drawn.decode("utf-8"), prefix)


def normalise(text: str, prefix: str) -> str:
    """Plotly's SVG with steady ids under a prefix, palette colors as CSS variables, and nothing that draws nothing.

    >>> normalise('<svg width="9" height="5"><g id="topdefs-a1b2c3"/><path style="fill: rgb(23, 89, 79);"/></svg>', "p")
    '<svg width="9" height="5" focusable="false" aria-hidden="true"><path style="fill: var(--fig-ours);"/></svg>'
    """
    text = re.sub(r"<\?xml[^>]*\?>|<!--.*?-->", "", text, flags=re.DOTALL).strip()
    text = re.sub(r'\s(?:data-[a-z]+|pointer-events|xmlns:xlink)="[^"]*"', "", text)
    text = steady_ids(text, prefix)
    for name, hexa in LIGHT.items():
        red, green, blue = (int(hexa[place:place + 2], 16) for place in (1, 3, 5))
        text = re.sub(rf"rgb\({red}, ?{green}, ?{blue}\)", f"var(--fig-{name})", text)
    text = re.sub(r'\sclass="[^"]*"', "", text)
    text = re.sub(r"<clipPath>.*?</clipPath>", "", text)
    text = re.sub(r"<[^>]+>", lambda tag: re.sub(r"(\d\.\d{2})\d+", r"\1", tag[0]), text)  # words keep their digits
    text = re.sub(r' style="(?:\s*pointer-events: [a-z]+;)*\s*"', "", text)
    text = re.sub(r"\s*pointer-events: [a-z]+;|\s*white-space: pre;", "", text)
    before = None
    while before != text:
        before, text = text, re.sub(r"<g(?: [^>]*)?/>|<(g|defs)(?: [^>]*)?></\1>", "", text)
    return _hidden(text)


def _hidden(text: str) -> str:
    """The outer svg hidden from assistive technology: its figure carries the words."""
    told = r'<svg\1 focusable="false" aria-hidden="true">'
    return re.sub(r"^<svg([^>]*?)(?: style=\"[^\"]*\")?>", told, text, count=1)


def steady_ids(text: str, prefix: str) -> str:
    """Every id renamed to the prefix and its rank, where it is defined and where it is used; unused ids dropped.

    >>> steady_ids('<clipPath id="clip9f"/><g clip-path="url(#clip9f)" id="lone"/>', "p")
    '<clipPath id="p-0"/><g clip-path="url(#p-0)"/>'
    """
    safe = re.sub(r"[^A-Za-z0-9_-]", "-", prefix)
    used = set(re.findall(r"""url\(['"]?#([^'")]+)|href="#([^"]+)""", text))
    used = {one or other for one, other in used}
    names = {}
    for found in re.findall(r'\bid="([^"]+)"', text):
        if found in used:
            names.setdefault(found, f"{safe}-{len(names)}")
    text = re.sub(r'\s+id="([^"]+)"', lambda hit: f' id="{names[hit[1]]}"' if hit[1] in names else "", text)
    for old, new in names.items():
        text = re.sub(rf"url\((['\"]?)#{re.escape(old)}\1\)", f"url(#{new})", text)
        text = text.replace(f'href="#{old}"', f'href="#{new}"')
    return text
