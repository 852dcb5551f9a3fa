"""One stage folder, read without running it: what its page, its code and its files declare."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from press import declared, front_matter, modules, strict
from press.fault import Fault, passed, shown

FRONT_KEYS = {"title", "nav", "order", "minutes", "summary", "headline", "uses"}
REQUIRED = ("title", "order")


@dataclass(frozen=True)
class Stage:
    """One stop of the story, as its folder declares it."""

    slug: str
    folder: Path
    root: Path
    front: strict.Map
    body: str
    body_line: int
    order: int
    needs: tuple[str, ...] = ()
    fields: dict = field(default_factory=dict)
    notes: dict = field(default_factory=dict)
    figures: dict = field(default_factory=dict)
    exports: dict = field(default_factory=dict)
    computes: bool = False
    run_line: int | None = None
    replays: bool = False
    anew: dict = field(default_factory=dict)
    anew_needs: tuple[str, ...] = ()
    anew_line: int | None = None

    @property
    def title(self):
        return self.front["title"]

    @property
    def nav(self):
        return self.front.get("nav", self.slug)

    @property
    def page(self):
        return shown(self.folder / "page.md", self.root)

    @property
    def frozen(self):
        return (self.folder / "frozen").is_dir()

    def load(self, name):
        """The module `stage`, `anew`, `figures` or `exports` of this folder."""
        return modules.load(self.root, self.slug, name)

    def own_line(self, error, file):
        """The file and line of this folder that an error last passed through; else `file` and no line."""
        path, line = passed(error, str(self.folder))
        return shown(path if line else self.folder / file, self.root), line


def read(folder, root):
    """The Stage that one folder declares."""
    page = shown(folder / "page.md", root)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", folder.name) or folder.name == "claims":
        raise Fault(
            page,
            None,
            f'a stage cannot be called "{folder.name}"',
            "use lower-case letters, digits and underscores, beginning with a letter; claims is taken",
        )
    front, body, body_line = front_matter.read(folder / "page.md", page)
    front_matter.check(front, page, FRONT_KEYS, REQUIRED)
    code = declared.parsed(folder / "stage.py", root)
    anew = declared.parsed(folder / "anew.py", root)
    if anew is not None and code is None:
        told = "there is no stage.py beside it, whose results it could add to"
        raise Fault(shown(folder / "anew.py", root), None, told, "write stage.py, or rename this file to it")
    run, again = declared.run(code, folder / "stage.py", root), declared.run(anew, folder / "anew.py", root)
    return Stage(
        slug=folder.name,
        folder=folder,
        root=root,
        front=front,
        body=body,
        body_line=body_line,
        order=_order(front, page),
        needs=declared.parameters(run),
        fields=declared.results(code, folder / "stage.py", root),
        notes=declared.notes(code, folder / "stage.py") | declared.notes(anew, folder / "anew.py"),
        figures=declared.drawings(folder / "figures.py", root),
        exports=declared.drawings(folder / "exports.py", root),
        computes=run is not None,
        run_line=run.lineno if run is not None else None,
        replays=declared.function(code, "replay") is not None,
        anew=declared.results(anew, folder / "anew.py", root),
        anew_needs=declared.parameters(again),
        anew_line=again.lineno if again is not None else None,
    )


def _order(front, page):
    if not re.fullmatch(r"\d{1,6}", front["order"].strip()):
        raise Fault(page, front["order"].line, f'order is "{front["order"]}"', "write a whole number such as 20")
    return int(front["order"])
