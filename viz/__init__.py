"""How things look: marks that know arrays and colors, never stages or prose.

Each mark is one file with one `draw`; the other files hold what marks share, and where bars and words stand. A mark
returns a `plotly.graph_objects.Figure`, which becomes a committed poster, or a `Markup`, which is HTML already.
"""

from viz.theme import Markup, palette

__all__ = ["Markup", "palette"]
