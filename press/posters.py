"""Committed posters beside their stage: read when their digest fits the figure, drawn anew when asked."""

import re
from dataclasses import dataclass, field

from press.fault import shown

WIDTHS = ("wide", "narrow")


def called(name, frame, width):
    """What the file of a poster is called.

    >>> called("merges_scene", "zero", "wide"), called("curve", "", "narrow")
    ('merges_scene.zero.wide.svg', 'curve.narrow.svg')
    """
    return f"{name}{'.' + frame if frame else ''}.{width}.svg"


@dataclass
class Posters:
    """Reads and draws stages/<slug>/posters/<figure>[.<frame>].<width>.svg; `artist` is viz.poster or a like."""

    artist: object = None
    redraw: bool = False
    draw_missing: bool = True
    warn: object = print
    drawn: list = field(default_factory=list)
    seen: set = field(default_factory=set)

    def of(self, stage, name, frame, figure):
        """The two SVGs of a figure by width, without the digest line; {} when there are none."""
        if self.artist is None:
            self.warn(f"{stage.slug}: no poster maker, so {name} shows its table")
            return {}
        paths = {width: stage.folder / "posters" / called(name, frame, width) for width in WIDTHS}
        self.seen.update(paths.values())
        digest = self.artist.digest(figure)
        found = {width: path.read_text(encoding="utf-8") for width, path in paths.items() if path.is_file()}
        fresh = len(found) == 2 and all(text.startswith(f"<!-- sha256 {digest} -->\n") for text in found.values())
        if not fresh and (self.redraw or self.draw_missing and not found) and self.artist.chrome():
            found = self.draw(figure, paths, digest, f"{stage.slug}-{name}{'-' + frame if frame else ''}")
        elif not fresh:
            state = "stale" if found else "missing"
            self.warn(
                f"{shown(paths['wide'], stage.root)} is {state}: python build_site.py --posters "
                f"(needs a Chrome or Chromium)"
            )
        return {width: text.partition("\n")[2] for width, text in found.items()}

    def draw(self, figure, paths, digest, prefix):
        """Draw both widths and write them with the digest of what they show."""
        made = self.artist.draw(figure, re.sub(r"[^A-Za-z0-9_-]", "-", prefix))
        for width, path in paths.items():
            path.parent.mkdir(exist_ok=True)
            aside = path.with_suffix(".part")
            aside.write_text(f"<!-- sha256 {digest} -->\n{made[width].strip()}\n", encoding="utf-8")
            aside.rename(path)
        self.drawn.append(paths["wide"].name)
        return {width: path.read_text(encoding="utf-8") for width, path in paths.items()}

    def tidy(self, stages):
        """Remove posters that no page shows any more; how many."""
        left = [path for stage in stages for path in (stage.folder / "posters").glob("*.svg") if path not in self.seen]
        for path in left:
            path.unlink()
        return len(left)
