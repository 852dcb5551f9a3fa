"""What a result depends on, as a digest: syntax trees without docstrings, data files, and what they need."""

import ast
import hashlib
from pathlib import Path

SKIPPED_FIELDS = {"ctx", "kind", "type_params", "type_comment"}
DOCUMENTED = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
TOLD_OR_SHOWN = {"page.md", "figures.py", "exports.py", "terms.yaml", "teach.md"}
KEPT_APART = {"frozen", "posters", "__pycache__"}


def tree(node):
    """The syntax tree as text that every Python version writes alike (`ast.dump` does not).

    >>> tree(ast.parse("x = 1  # why")) == tree(ast.parse("x=1"))
    True
    """
    if isinstance(node, list):
        return "[" + ",".join(tree(item) for item in node) + "]"
    if not isinstance(node, ast.AST):
        return f"{type(node).__name__}:{node!r}"
    fields = []
    for name in node._fields:
        value = getattr(node, name, None)
        if name == "body" and isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            value = value[1:]
        if name not in SKIPPED_FIELDS and value is not None and value != []:
            fields.append(f"{name}={tree(value)}")
    return f"{type(node).__name__}({','.join(fields)})"


def of_source(text):
    """The digest of one file's code; comments, docstrings and layout do not count.

    >>> of_source("def f():\\n    'Why.'\\n    return 1") == of_source("def f(): return 1")
    True
    """
    return hashlib.sha256(tree(ast.parse(text)).encode()).hexdigest()


def reached(path, root):
    """Every project file that `path` reaches by import, itself first, in a fixed order."""
    seen, waiting = {}, [Path(path)]
    while waiting:
        file = waiting.pop()
        if file in seen:
            continue
        seen[file] = True
        for name in imported(file, root):
            waiting.extend(found for found in files_of(name, root) if found not in seen)
    return sorted(seen)


def imported(path, root):
    """Full dotted names of what a file imports, `from a import b` giving both a and a.b."""
    package = Path(path).relative_to(root).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(Path(path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def files_of(name, root):
    """The project files a dotted name means: the module and the packages around it."""
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        here = root.joinpath(*parts[:end])
        for file in (here.with_suffix(".py"), here / "__init__.py"):
            if file.is_file():
                yield file


def of_stage(folder, root):
    """The fingerprint of a stage: code it reaches and data files of its folder, path by path."""
    lines = {}
    for file in reached(folder / "stage.py", root):
        lines[file.relative_to(root).as_posix()] = of_source(file.read_text(encoding="utf-8"))
    for file in data_files(folder):
        lines[file.relative_to(root).as_posix()] = of_bytes(file.read_bytes())
    return lines


def data_files(folder):
    """What a stage computes from besides code: every other file of its folder."""
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder).parts
        if (
            file.is_file()
            and not KEPT_APART & set(inside)
            and file.suffix != ".py"
            and inside[0] not in TOLD_OR_SHOWN
            and not any(part.startswith(".") for part in inside)
        ):
            yield file


def of_bytes(data):
    """sha256 of bytes, as hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def of_lines(lines):
    """One digest for a mapping of names to digests.

    >>> of_lines({"a": "1", "b": "2"}) == of_lines({"b": "2", "a": "1"})
    True
    """
    return of_bytes("\n".join(f"{name} {lines[name]}" for name in sorted(lines)).encode())
