"""Figures of the stages: called with the results they ask for, and told as posters, tables and files."""

from dataclasses import dataclass, field

from press.call import Call
from press.fault import Fault, nearest, shown


@dataclass(frozen=True)
class Drawn:
    """A figure or scene, computed: its frames by name (one frame "" for a figure), alt text template, place.

    What it is called on a page is its caption's finding; a scene has none, so its docstring begins with a title. Its
    last paragraph tells a frame for itself, where there are two.
    """

    slug: str
    name: str
    frames: dict
    alt: str
    line: int
    scene: bool
    title: str

    @property
    def anchor(self):
        """Its id on a page."""
        return f"{'scene' if self.scene else 'fig'}-{self.name}"


@dataclass
class Gallery:
    """Draws each figure once; `poster` knows how a Plotly figure looks and may be None."""

    book: object
    poster: object = None
    drawn: dict = field(default_factory=dict)
    claims_read: set = field(default_factory=set)
    rechecks: dict = field(default_factory=dict)

    def find(self, path, stage):
        """The Drawn of "name" of the page's stage or "stage.name" of another."""
        slug, _, name = path.rpartition(".")
        slug = slug or (stage.slug if stage else "")
        stages = {stage.slug: stage for stage in self.book.stages}
        known = {f"{one.slug}.{figure}" for one in self.book.stages for figure in one.figures}
        if slug not in stages or name not in stages[slug].figures:
            near = nearest(f"{slug}.{name}", known)
            raise Fault(
                None,
                None,
                f'no function "{name}" stands in stages/{slug}/figures.py' if slug else f'"{path}" names no stage',
                "mend the name, or write that function",
                near.removeprefix(f"{stage.slug}.") if near and stage else near,
            )
        return self.draw(stages[slug], name)

    def draw(self, stage, name):
        """Call a figure function once and check what it returns."""
        if (stage.slug, name) not in self.drawn:
            drawing = stage.figures[name]
            file = shown(stage.folder / "figures.py", stage.root)
            if not drawing.docstring:
                raise Fault(
                    file,
                    drawing.line,
                    f'the figure "{name}" has no docstring, which is its alt text',
                    "say in a docstring what a reader sees in it",
                )
            made = self.call(stage, "figures", drawing)
            scene = isinstance(made, dict)
            frames = made if scene else {"": made}
            _check_frames(frames, scene, name, file, drawing.line)
            title, alt, line = _titled(drawing)
            self.drawn[stage.slug, name] = Drawn(stage.slug, name, frames, alt, line, scene, title)
        return self.drawn[stage.slug, name]

    def call(self, stage, module, drawing):
        """Run a function of figures.py or exports.py with the stages (or claims) it names."""
        call = Call(stage, module, drawing.name, drawing.needs, drawing.line)
        asked = call.asked(self.book.computed | {"claims": None})
        return call.made({need: made.results if made else self._claims() for need, made in asked.items()})

    def rechecked(self, slug):
        """Names of the figures of a stage that a browser can work out again: its export `recheck` lists them."""
        if slug not in self.rechecks:
            stage = self.book.stage(slug)
            drawing = stage.exports.get("recheck")
            found = self.call(stage, "exports", drawing) if drawing else {}
            self.rechecks[slug] = {check["figure"] for check in found.get("checks", [])}
        return self.rechecks[slug]

    def _claims(self):
        return _Claims(self.book, self.claims_read)


class _Claims(dict):
    """Claim id → value, read-only in spirit; reading one counts as using it."""

    def __init__(self, book, read):
        super().__init__({id: book.value(claim) for id, claim in book.ledger.claims.items() if claim.kind == "cited"})
        self.read, self.book = read, book

    def __getitem__(self, id):
        self.book.ledger.claim(id)
        self.read.add(id)
        return super().__getitem__(id)


def _titled(drawing):
    """Title and alt text of a drawing, and the line before that text: a paragraph of its own is the title."""
    title, parted, alt = drawing.docstring.partition("\n\n")
    if not parted:
        return drawing.name.replace("_", " "), title, drawing.line
    return title, alt, drawing.line + title.count("\n") + 2


def _check_frames(frames, scene, name, file, line):
    if scene and not 1 <= len(frames) <= 8:
        raise Fault(file, line, f'the scene "{name}" has {len(frames)} frames', "return one to eight frames")
    for frame, made in frames.items():
        if not (is_markup(made) or is_plotly(made)):
            raise Fault(
                file,
                line,
                f'"{name}" returned a {type(made).__name__}' + (f' as frame "{frame}"' if frame else ""),
                "return a go.Figure or a viz.Markup, or a dict of them by frame",
            )


def is_markup(made):
    """HTML built from arrays: has html, table and data."""
    return hasattr(made, "html") and hasattr(made, "table")


def is_plotly(made):
    """A plotly figure."""
    return hasattr(made, "to_plotly_json")
