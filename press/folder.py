"""One stage folder, read without running it: what its page, its code and its files declare."""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

from press import modules, strict
from press.fault import Fault, one_of, passed, shown

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
    run_line: int | None = None
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
        run_line=run.lineno if run is not None else None,
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
        one_of(sorted(known), key, page, key.line, f'the front matter has the key "{key}"')
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
    """Results fields by name with their written type, in order."""
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
    return fields


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
