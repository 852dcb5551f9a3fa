"""The names of curves and baselines, behind their ends: set in one line or two, moved apart where they would touch."""

from viz import scale
from viz.theme import SIZE, SLACK, WIDTH, broken, label, palette, text_width

PLOT = 200  # pixels that a narrow chart keeps between its margins; long names beside it break in two lines


def named_at(line, chart) -> float:
    """How far along the axis a curve's name stands, 0 to 1: behind its point."""
    return scale.fraction(line.x[line.named], *chart.x_range, chart.x_log)


def beside_plot(chart, variant: str, left: float) -> tuple:
    """Each name as it is set behind its curve or baseline, and the room at the right that all of them need."""
    free = {name: 0 for name in chart.baselines}
    free |= {line.name: 1 - named_at(line, chart) for line in chart.lines if line.name}

    def over(name, text):
        return text_width(text, SIZE[variant]) - free[name] * WIDTH[variant] / 2

    texts = {name: name for name in free}
    if variant == "narrow":
        texts = {name: broken(name) if free[name] < 0.03 else name for name in free}
        room = max(WIDTH[variant] - left - 12 - PLOT, *[over(*one) for one in texts.items()], 0)  # none does with less
        texts = {name: name if over(name, name) <= room else text for name, text in texts.items()}
    grows = text_width(chart.x, SIZE[variant]) * (1 - 1 / SLACK)  # in a wider face, to the right
    return texts, 12 + (max(grows, *(over(*one) for one in texts.items())) if texts else 12)


def labels(chart, texts: dict, variant: str, box: tuple) -> list:
    """The names behind curves and baselines, moved apart where they would touch."""
    named = [(texts[line.name], line.tone, named_at(line, chart), line.y[line.named], line.lift)
             for line in chart.lines if line.name]
    named += [(texts[name], "soft", 1, height, 0) for name, height in chart.baselines.items()]
    across = [share for _, _, share, _, _ in named]
    wanted = [box[1] * scale.fraction(height, *chart.y_range, chart.y_log) + lift for *_, height, lift in named]
    placed = list(wanted)
    outer = [index for index, share in enumerate(across) if share > 0.8]
    tall = [SIZE[variant] * (1.3 + 1.6 * named[index][0].count("<br>")) for index in outer]
    for index, place in zip(outer, scale.spread([wanted[index] for index in outer], tall, 0, box[1]), strict=True):
        placed[index] = place
    return [label(text, variant, tone, xref="paper", yref="paper", x=1 if share > 0.97 else share, y=place / box[1],
                  xshift=9, bgcolor=palette.paper)
            for (text, tone, *_), share, place in zip(named, across, placed, strict=True)]


def words_box(note: dict, variant: str, box: tuple) -> tuple:
    """The rectangle an end label takes, in pixels from the plot's lower left."""
    left, middle = note["x"] * box[0] + note["xshift"], note["y"] * box[1]
    tall = SIZE[variant] * 0.65 * (1 + note["text"].count("<br>"))
    return left, middle - tall, left + text_width(note["text"], SIZE[variant]), middle + tall
