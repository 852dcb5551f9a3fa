"""What the code of a stage declares, read from its syntax tree without running it: functions, fields and notes."""

import ast
from dataclasses import dataclass

from press.fault import Fault, shown


@dataclass(frozen=True)
class Drawing:
    """A public function of figures.py or exports.py, read without running it."""

    name: str
    needs: tuple[str, ...]
    docstring: str
    line: int
    reads: frozenset = frozenset()  # (stage, field) that the function itself names


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


def function(code, name):
    """The function of that name at the top of a file, None where there is none."""
    return (
        next((node for node in code.body if isinstance(node, ast.FunctionDef) and node.name == name), None)
        if code is not None
        else None
    )


def run(code, path, root):
    """The function run of a file, which it must have."""
    found = function(code, "run")
    if code is not None and found is None:
        raise Fault(shown(path, root), None, "there is no function run", "write def run(...) -> Results")
    return found


def parameters(node):
    """The names of what a function asks for.

    >>> parameters(ast.parse("def run(data, *, tokenize): ...").body[0]), parameters(None)
    (('data', 'tokenize'), ())
    """
    return tuple(arg.arg for arg in node.args.args + node.args.kwonlyargs) if node is not None else ()


def results(code, path, root):
    """Results fields by name with their written type, in order."""
    if code is None:
        return {}
    found = next((node for node in code.body if isinstance(node, ast.ClassDef) and node.name == "Results"), None)
    if found is None:
        raise Fault(
            shown(path, root),
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


def notes(code, path):
    """The comment beside each Results field: its shape or unit, in words."""
    found = [node for node in code.body if isinstance(node, ast.ClassDef) and node.name == "Results"] if code else []
    lines = path.read_text(encoding="utf-8").splitlines() if found else []
    made = {}
    for node in found[0].body if found else ():
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            _, _, comment = lines[node.end_lineno - 1][node.end_col_offset :].partition("#")
            made[node.target.id] = comment.strip()
    return made


def _reads(node):
    """(name, attribute) of everything that a function reads as name.attribute."""
    return frozenset(
        (one.value.id, one.attr)
        for one in ast.walk(node)
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name)
    )


def drawings(path, root):
    """Public functions of figures.py or exports.py by name."""
    code = parsed(path, root)
    if code is None:
        return {}
    return {
        node.name: Drawing(node.name, parameters(node), ast.get_docstring(node) or "", node.lineno, _reads(node))
        for node in code.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
