"""The whole model is small enough to read in one sitting."""

import ast
import io
import tokenize

SILENT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def lines_of_code(text):
    """Numbers of the lines that are neither blank, comment nor docstring."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    code = {token.start[0] for token in tokens if token.type not in SILENT}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node):
            code -= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    return code


def test_lines_of_code_are_counted_without_docstrings_and_comments():
    text = '"""Text\n\nmore."""\n\n# why\nx = 1\n\n\ndef f():\n    """Text."""\n    return x\n'
    assert lines_of_code(text) == {6, 9, 11}


def test_minigpt_has_less_than_seven_hundred_lines_of_code(root):
    files = sorted((root / "minigpt").rglob("*.py"))
    assert files and sum(len(lines_of_code(path.read_text(encoding="utf-8"))) for path in files) < 700


def test_no_function_of_minigpt_has_more_than_forty_lines(root):
    for path in (root / "minigpt").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                assert node.end_lineno - node.lineno < 40, f"{path.name}: {node.name}"
