"""One palette, one text face, one number format."""

import re
from dataclasses import dataclass, field
from types import SimpleNamespace

LIGHT = {
    "paper": "#fbfaf6", "sheet": "#ffffff", "ink": "#1d1c1a", "soft": "#5c584f", "hair": "#d9d5cb",
    "fact": "#a8361a", "ours": "#17594f", "world": "#274f8f", "second": "#9a5614", "third": "#7b4a86",
    "base": "#736e63", "chip-0": "#e4ebf3", "chip-1": "#f3e8d5", "chip-2": "#e2eee6", "chip-3": "#efe3ee",
}
DARK = {
    "paper": "#17181a", "sheet": "#1d1f22", "ink": "#e8e5dd", "soft": "#a8a398", "hair": "#35373b",
    "fact": "#f08a6b", "ours": "#7cc7b4", "world": "#9bbcf0", "second": "#e0a25c", "third": "#c9a0d6",
    "base": "#8d897f", "chip-0": "#27323f", "chip-1": "#3b3222", "chip-2": "#22362b", "chip-3": "#382c39",
}
palette = SimpleNamespace(**{name.replace("-", "_"): color for name, color in LIGHT.items()})

FONT = 'Arial, Helvetica, "Liberation Sans", sans-serif'
SIZE = {"wide": 14, "narrow": 13}
WIDTH = {"wide": 720, "narrow": 340}
HEIGHT = {"wide": 420, "narrow": 300}
# End labels keep this much room: a reader without Arial gets a wider face (DejaVu Sans is the widest common one).
SLACK = 1.22

_WIDTHS = {  # advance widths of Helvetica in thousandths, grouped; everything else is 556, as digits are
    222: "ijl", 278: " !,./:;I[]ft\\", 333: "()-r`", 191: "'", 260: "|", 355: '"', 389: "*",
    500: "Jckszvxy", 584: "+<=>~−", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ",
    833: "Mm", 889: "%", 944: "W", 1000: "—…→",
}
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}


@dataclass(frozen=True)
class Markup:
    """A figure that is HTML already: it follows width and color scheme by CSS and needs no poster.

    `table` holds the figure's rows for the table below it, `data` what the download gives.

    >>> Markup("<p>one</p>", table=[{"pages": 1}]).table[0]["pages"]
    1
    """

    html: str
    table: list = field(default_factory=list)
    data: dict = field(default_factory=dict)


def color(tone: str) -> str:
    """The light color of a tone; posters turn it into its CSS variable.

    >>> color("ours")
    '#17594f'
    """
    if tone not in LIGHT:
        raise ValueError(f"viz.theme: no tone {tone!r}; one of {', '.join(LIGHT)}")
    return LIGHT[tone]


def text_width(text: str, size: float) -> float:
    """Pixels of a line of chart text in the widest face a reader may have; the longest of its <br> parts.

    >>> round(text_width("our model", 14)), text_width("mm", 10) > text_width("ii", 10)
    (76, True)
    """
    return max(sum(_WIDTH_OF.get(letter, 556) for letter in part) for part in text.split("<br>")) * size * SLACK / 1000


def broken(text: str) -> str:
    """The text in two lines of about the same length.

    >>> broken("step 200: the fact has p = 0.03")
    'step 200: the<br>fact has p = 0.03'
    """
    words = text.split(" ")
    if len(words) < 2:
        return text
    cut = min(range(1, len(words)), key=lambda at: abs(len(" ".join(words[:at])) - len(" ".join(words[at:]))))
    return " ".join(words[:cut]) + "<br>" + " ".join(words[cut:])


def number(value: float, form: str = ",") -> str:
    """A number as every chart prints it: thousands by comma, a true minus, no trailing zeros.

    >>> number(1024), number(0.5), number(-2.0), number(0.934, ".0%")
    ('1,024', '0.5', '−2', '93%')

    Only what is whole is called so, and only nothing is nought.

    >>> number(0.9965, ".0%"), number(1, ".0%"), number(0.001, ".2f"), number(0, ".2f")
    ('>99%', '100%', '<0.01', '0.00')
    """
    if form == ",":
        text = f"{value:,.10g}" if abs(value) < 1e6 else f"{value:,.0f}"
        if "e" in text:
            text = f"{value:.12f}".rstrip("0")
    else:
        text = format(value, form)
        text = ">99%" if text == "100%" and value < 1 else text
        text = re.sub(r"0(%?)$", r"1\1", f"<{text}") if value > 0 and not re.search("[1-9]", text) else text
    return text.replace("-", "−")


def told(key: str, values, form: str = ",") -> str:
    """A number under a pointer, for Plotly: in its chart's form; without one, and for a power, in four digits.

    >>> told("x", [0.25, 1], ".0%"), told("y", [1024]), told("y", [0.467612])
    ('%{x:.0%}', '%{y:,}', '%{y:,.4~r}')
    >>> told("x", [0.9965], ".0%")
    '%{x:.1~%}'
    """
    long = form.endswith("e") or form == "," and any(value is not None and value != int(value) for value in values)
    whole = any(value is not None and number(value, form) == ">99%" for value in values)  # or nearly so
    return f"%{{{key}:{',.4~r' if long else '.1~%' if whole else form}}}"


def axis(**overrides) -> dict:
    """An axis without frame, zero line or automargin; `overrides` are Plotly's own.

    >>> axis(showgrid=False)["showgrid"]
    False
    """
    plain = dict(showline=False, zeroline=False, automargin=False, ticks="", fixedrange=True, showgrid=True,
                 gridcolor=palette.hair, gridwidth=1, title=None)
    return plain | overrides


def layout(variant: str = "wide", **overrides) -> dict:
    """The layout every chart starts from, in one of the two poster sizes.

    >>> layout("narrow")["width"], layout()["showlegend"]
    (340, False)
    """
    plain = dict(
        width=WIDTH[variant], height=HEIGHT[variant], showlegend=False, autosize=False,
        paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", hovermode="closest", dragmode=False,
        font=dict(family=FONT, size=SIZE[variant], color=palette.soft),
        margin=dict(l=48, r=16, t=34, b=46, pad=0), xaxis=axis(showgrid=False), yaxis=axis(),
    )
    return plain | overrides


def label(text: str, variant: str = "wide", tone: str = "ink", **place) -> dict:
    """An annotation without arrow: one line of chart text; `place` is Plotly's x, y, refs, anchors and shifts.

    >>> label("our model", tone="ours", x=1, y=2)["font"]["color"]
    '#17594f'
    """
    plain = dict(text=text, showarrow=False, font=dict(family=FONT, size=SIZE[variant], color=color(tone)),
                 xanchor="left", yanchor="middle", align="left", borderpad=0)
    return plain | place
