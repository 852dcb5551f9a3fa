"""What is left after each step: a funnel of zero-based bars, the fact's own share marked in it."""

from html import escape

from viz.theme import Markup, number


def draw(steps, *, unit: str, form: str = ",", current: int | None = None, note: str = "") -> Markup:
    """A funnel. A step is a dict: `name`, `left`, and where wanted `lost` (a word), `fact` (how many hold the fact).

    `current` puts one step in full ink and hides those not yet reached: a scene draws one frame a step.

    >>> draw([{"name": "fetched", "left": 200}, {"name": "unique", "left": 150}], unit="pages").table[1]
    {'step': 'unique', 'pages': 150, 'dropped here': 50, 'with the fact': None}
    """
    top = max(step["left"] for step in steps) or 1
    rows, table, before = [], [], None
    for index, step in enumerate(steps):
        lost = 0 if before is None else before - step["left"]
        side = 0 if current is None else (index > current) - (index < current)
        state = "" if current is None else (" is-past", " is-now", " is-ahead")[side + 1]
        rows.append(_row(step, top, lost, form, state))
        told = {"step": step["name"], unit: step["left"], "dropped here": lost, "with the fact": step.get("fact")}
        table.append(told)
        before = step["left"]
    tail = f'<p class="flow-note">{escape(note)}</p>' if note else ""
    html = f'<p class="unit">{escape(unit)}</p><ol class="flow">{"".join(rows)}</ol>{tail}'
    return Markup(html, table, {"rows": table})


def _row(step: dict, top: float, lost: float, form: str, state: str) -> str:
    """One step: its name, its bar with what was just dropped as an outline, its count."""
    kept, gone, fact = step["left"] / top * 100, lost / top * 100, step.get("fact") or 0
    width = max(fact / top * 100, 0.6) if fact else 0
    inner = f'<span class="bar-fill" style="width:{kept:.4g}%"></span>'
    inner += f'<span class="bar-gone" style="width:{gone:.4g}%"></span>' if lost else ""
    inner += f'<span class="bar-fact" style="width:{width:.4g}%"></span>' if fact else ""
    word = f' {escape(step["lost"])}' if step.get("lost") else ""
    told = f'<span class="flow-lost">−{number(lost, form)}{word}</span>'
    held = f'<span class="flow-fact">{number(fact)} with the fact</span>' if fact else ""
    return (f'<li class="flow-step{state}"><span class="bar-name">{escape(step["name"])}</span>'
            f'<span class="bar-track">{inner}</span><span class="bar-value">{number(step["left"], form)}</span>'
            f'<span class="flow-told">{told if lost else ""}{held}</span></li>')
