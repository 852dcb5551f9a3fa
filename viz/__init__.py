"""How things look: marks that know arrays and colors, never stages or prose.

Each mark is one file with one `draw`. A mark returns a `plotly.graph_objects.Figure`, which becomes a committed
poster, or a `Markup`, which is HTML already and needs none.
"""

from viz.theme import Markup, palette

__all__ = ["Markup", "palette"]
