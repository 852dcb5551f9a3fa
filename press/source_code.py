"""Functions and classes of the project, found with ast, so that a page shows and cites code without retyping it."""

import ast
from dataclasses import dataclass

from press.fault import Fault, nearest


@dataclass(frozen=True)
class Place:
    """A function or class: its file, lines, text and docstring."""

    file: str
    line: int
    text: str
    docstring: str


def find(root, name):
    """The place of "package:module.name", "package.module.name" or "stages:slug.stage.name".

    A name that is not there is a Fault with the nearest one.
    """
    parts = name.replace(":", ".").split(".")
    for end in range(len(parts) - 1, 0, -1):
        path = root.joinpath(*parts[:end]).with_suffix(".py")
        if path.is_file():
            return _in_file(path, root, parts[end:], name)
    raise Fault(None, None, f'there is no code "{name}" here', 'write "minigpt:bpe.train": package, module, function')


def _in_file(path, root, names, asked):
    text = path.read_text(encoding="utf-8")
    body = ast.parse(text).body
    node = None
    for name in names:
        known = {item.name: item for item in body if isinstance(item, (ast.FunctionDef, ast.ClassDef))}
        if name not in known:
            raise Fault(
                None,
                None,
                f'"{asked}" names "{name}", which {path.relative_to(root)} does not define',
                "mend the name",
                nearest(name, known),
            )
        node = known[name]
        body = node.body
    first = min([node.lineno, *(item.lineno for item in node.decorator_list)])
    lines = text.splitlines()[first - 1 : node.end_lineno]
    indent = len(lines[0]) - len(lines[0].lstrip())
    return Place(
        path.relative_to(root).as_posix(),
        first,
        "\n".join(line[indent:] for line in lines),
        (ast.get_docstring(node) or "").split("\n")[0],
    )


def without_examples(text):
    """The source without the examples of its docstring: a reader wants the sentence and the code."""
    node = ast.parse(text).body[0]
    if ast.get_docstring(node) is None:
        return text
    lines, first, last = text.splitlines(), node.body[0].lineno - 1, node.body[0].end_lineno - 1
    told, skipping = [], False
    for line in lines[first:last]:
        skipping = line.strip().startswith(">>>") or skipping and bool(line.strip())
        if not skipping and (line.strip() or told[-1].strip()):
            told.append(line)
    while told and not told[-1].strip():
        told.pop()
    if told and lines[last].strip() == '"""':
        told[-1] += '"""'
    else:
        told.append(lines[last])
    return "\n".join(lines[:first] + told + lines[last + 1 :])
