"""The folder is the declaration: each stages/*/page.md becomes a Stage, in reading order, its needs checked."""

import ast
import importlib
import re
import sys
import types
from dataclasses import dataclass, field
from pathlib import Path

from press import strict
from press.fault import Fault, nearest, shown

FRONT_KEYS = {"title", "nav", "order", "minutes", "summary", "headline", "uses"}
REQUIRED = ("title", "order")


@dataclass(frozen=True)
class Drawing:
    """A public function of figures.py or exports.py, read without running it."""

    name: str
    needs: tuple[str, ...]
    docstring: str
    line: int


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
    replays: bool = False

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
        """The module `stage`, `figures` or `exports` of this folder."""
        return load(self.root, self.slug, name)


def stages(root):
    """All stages in reading order; every need is a stage and none goes in a circle."""
    forget()
    folders = sorted(path.parent for path in (root / "stages").glob("*/page.md"))
    found = sorted((read(folder, root) for folder in folders), key=lambda stage: (stage.order, stage.slug))
    slugs = {stage.slug for stage in found}
    for stage in found:
        for file, name, needs, line in _asked(stage):
            for need in needs:
                if need not in slugs and not (need == "claims" and file != "stage.py"):
                    raise Fault(
                        shown(stage.folder / file, root),
                        line,
                        f'{name} asks for the stage "{need}", and no folder of that name is in stages/',
                        "rename the parameter, or add that stage",
                        nearest(need, slugs),
                    )
    in_running_order(found)
    return found


def with_needs(root, slugs):
    """The named stages and all that these need, in running order; other folders are not even read."""
    forget()
    found, waiting = {}, list(slugs)
    known = sorted(path.parent.name for path in (root / "stages").glob("*/page.md"))
    while waiting:
        slug = waiting.pop()
        if slug not in known:
            raise Fault(
                None,
                None,
                f'there is no stage "{slug}" (a folder of stages/ with a page.md)',
                f"name one of {', '.join(known)}",
                nearest(slug, known),
            )
        if slug not in found:
            found[slug] = read(root / "stages" / slug, root)
            waiting.extend(found[slug].needs)
    return in_running_order(sorted(found.values(), key=lambda stage: (stage.order, stage.slug)))


def _asked(stage):
    yield "stage.py", "run", stage.needs, stage.fields.get("run line")
    for file, functions in (("figures.py", stage.figures), ("exports.py", stage.exports)):
        for drawing in functions.values():
            yield file, drawing.name, drawing.needs, drawing.line


def in_running_order(found):
    """Stages so that each comes after all it needs (the reading order where that allows).

    A circle is a Fault that names it.
    """
    by_slug, done, order = {stage.slug: stage for stage in found}, set(), []

    def visit(stage, path):
        if stage.slug in path:
            circle = " → ".join([*path[path.index(stage.slug) :], stage.slug])
            raise Fault(
                shown(stage.folder / "stage.py", stage.root),
                None,
                f"stages need each other in a circle: {circle}",
                "remove one of these parameters from run",
            )
        if stage.slug not in done:
            for need in stage.needs:
                visit(by_slug[need], [*path, stage.slug])
            done.add(stage.slug)
            order.append(stage)

    for stage in found:
        visit(stage, [])
    return order


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
    front, body, body_line = front_matter(folder / "page.md", page)
    check_front(front, page, FRONT_KEYS, REQUIRED)
    code = parsed(folder / "stage.py", root)
    run = _function(code, "run")
    if code is not None and run is None:
        raise Fault(shown(folder / "stage.py", root), None, "there is no function run", "write def run(...) -> Results")
    return Stage(
        slug=folder.name,
        folder=folder,
        root=root,
        front=front,
        body=body,
        body_line=body_line,
        order=_order(front, page),
        needs=_parameters(run),
        fields=_results(code, run, folder, root),
        notes=_notes(code, folder),
        figures=drawings(folder / "figures.py", root),
        exports=drawings(folder / "exports.py", root),
        computes=run is not None,
        replays=_function(code, "replay") is not None,
    )


def front_matter(path, page):
    """Front matter, the text after it, and the line the text begins on."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Fault(page, None, f"byte {error.start} is not UTF-8", "save the file as UTF-8") from None
    match = re.match(r"---[ \t]*\n(.*?\n)?---[ \t]*(\n|\Z)", text, re.S)
    if not match:
        raise Fault(
            page, 1, "there is no front matter", "begin the page with a line ---, title: …, order: …, and a line ---"
        )
    front = strict.parse(match.group(1) or "", page, first_line=2)
    if not isinstance(front, strict.Map):
        raise Fault(page, 2, "the front matter is not a list of keys", "write lines like title: …")
    return front, text[match.end() :], text[: match.end()].count("\n") + 1


def check_front(front, page, known, required):
    """Refuse unknown, missing and empty keys."""
    for key in front:
        if key not in known:
            raise Fault(
                page,
                key.line,
                f'the front matter has the key "{key}"',
                f"use one of {', '.join(sorted(known))}",
                nearest(key, known),
            )
    for key in required:
        if not str(front.get(key, "")).strip():
            raise Fault(page, front.line_of(key) or 1, f'the front matter has no "{key}"', f"add a line {key}: …")
    for key, value in front.items():
        if not isinstance(value, str) and key not in ("uses", "hide", "names"):
            raise Fault(
                page,
                key.line,
                f'"{key}" is a {type(value).__name__.lower()}',
                f"write {key}: and one line of text in quotes",
            )


def _order(front, page):
    if not re.fullmatch(r"\d{1,6}", front["order"].strip()):
        raise Fault(page, front["order"].line, f'order is "{front["order"]}"', "write a whole number such as 20")
    return int(front["order"])


def parsed(path, root):
    """The syntax tree of a file of the stage, None if there is no such file."""
    if not path.is_file():
        return None
    try:
        return ast.parse(path.read_text(encoding="utf-8"))
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise Fault(
            shown(path, root), line, f"Python cannot read this: {getattr(error, 'msg', error)}", "mend the syntax"
        ) from None


def _function(code, name):
    return (
        next((node for node in code.body if isinstance(node, ast.FunctionDef) and node.name == name), None)
        if code is not None
        else None
    )


def _parameters(function):
    return tuple(arg.arg for arg in function.args.args + function.args.kwonlyargs) if function is not None else ()


def _results(code, run, folder, root):
    """Results fields by name with their written type, in order; "run line" says where run begins."""
    if code is None:
        return {}
    found = next((node for node in code.body if isinstance(node, ast.ClassDef) and node.name == "Results"), None)
    if found is None:
        raise Fault(
            shown(folder / "stage.py", root),
            None,
            "there is no class Results",
            "write @dataclass(frozen=True) class Results with a field a line",
        )
    fields = {
        node.target.id: ast.unparse(node.annotation)
        for node in found.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    return fields | {"run line": run.lineno}


def _notes(code, folder):
    """The comment beside each Results field: its shape or unit, in words."""
    found = [node for node in code.body if isinstance(node, ast.ClassDef) and node.name == "Results"] if code else []
    lines = (folder / "stage.py").read_text(encoding="utf-8").splitlines() if found else []
    made = {}
    for node in found[0].body if found else ():
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            _, _, comment = lines[node.end_lineno - 1][node.end_col_offset :].partition("#")
            made[node.target.id] = comment.strip()
    return made


def drawings(path, root):
    """Public functions of figures.py or exports.py by name."""
    code = parsed(path, root)
    if code is None:
        return {}
    return {
        node.name: Drawing(node.name, _parameters(node), ast.get_docstring(node) or "", node.lineno)
        for node in code.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }


def load(root, slug, name):
    """Import stages/<slug>/<name>.py of this project as `stages.<slug>.<name>`."""
    home = str(root / "stages")
    package = sys.modules.get("stages")
    if package is None or list(package.__path__) != [home]:
        forget()
        package = types.ModuleType("stages")
        package.__path__ = [home]
        sys.modules["stages"] = package
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    importlib.invalidate_caches()
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # .pyc files miss edits within one second
    try:
        return importlib.import_module(f"stages.{slug}.{name}")
    finally:
        sys.dont_write_bytecode = before


def forget():
    """Drop every imported stage, so that the next load reads the files again."""
    for name in [name for name in sys.modules if name.split(".")[0] == "stages"]:
        del sys.modules[name]
