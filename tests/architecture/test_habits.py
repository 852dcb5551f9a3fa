"""Habits that a machine can see: docstrings, short functions, tests that mirror the tree and read as sentences."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = sorted(
    path
    for folder in ("minigpt", "viz", "press", "stages")
    for path in (ROOT / folder).rglob("*.py")
    if "__pycache__" not in path.parts
) + [ROOT / "build_site.py", ROOT / "recompute.py"]
BESIDE = [path for folder in ("bench", "tests") for path in sorted((ROOT / folder).rglob("*.py"))]
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
MIRRORED = {"widgets": "docs/widgets", "ledger": "sources.yaml", "site": "theme", "architecture": ".",
            "refreeze": "requirements-refreeze.lock"}  # fmt: skip
BANNED = {"utils", "common", "helpers", "misc", "core", "base", "manager"}


def named(path):
    return path.relative_to(ROOT).as_posix()


def functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


@pytest.mark.parametrize("path", CODE, ids=named)
def test_every_file_says_what_it_is(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert path.stem not in BANNED


@pytest.mark.parametrize("path", CODE + BESIDE, ids=named)
def test_no_function_turns_the_page(path):
    long = [
        f"{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in functions(path)
        if node.end_lineno - node.lineno + 1 > 40
    ]
    assert not long


@pytest.mark.parametrize(
    "path", [path for path in CODE if named(path).split("/")[0] in ("minigpt", "viz", "press")], ids=named
)
def test_every_public_function_and_class_says_what_it_does(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    public = [node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name[0] != "_"]
    assert not [node.name for node in public if not ast.get_docstring(node)]


@pytest.mark.parametrize("path", TESTS, ids=named)
def test_tests_are_sentences_and_never_skipped(path):
    text = path.read_text(encoding="utf-8")
    names = [node.name for node in functions(path) if node.name.startswith("test_")]
    assert names and all(len(name.split("_")) >= 4 for name in names), [n for n in names if len(n.split("_")) < 4]
    assert not re.search(r"pytest\.(mark\.)?(skip|xfail)|importor" + "skip", text)


def test_figures_write_a_chip_in_one_place():
    drawn = [path for path in CODE if named(path).startswith(("viz/", "stages/"))]
    assert [named(path) for path in drawn if "token t{" in path.read_text(encoding="utf-8")] == ["viz/tokens.py"]


def test_tests_mirror_the_tree():
    for folder in (path for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name != "__pycache__"):
        assert (ROOT / MIRRORED.get(folder.name, folder.name)).exists(), folder


def test_locks_pin_everything_by_hash_and_name_no_index():
    for path in ROOT.glob("requirements*.lock"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^-|https?://|file:", text, re.M), path.name
        pins = re.findall(r"^([a-zA-Z0-9_.-]+)==", text, re.M)
        assert len(pins) > 20 and len(re.split(r"^(?=\S+==)", text, flags=re.M)) == len(pins) + 1
        assert all("--hash=sha256:" in part for part in re.split(r"^(?=\S+==)", text, flags=re.M)[1:])


def test_the_extras_agree_with_what_the_site_is_built_with():
    def pins(name):
        return dict(re.findall(r"^(\S+?)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.M))

    site = pins("requirements.lock")
    for name in ("requirements-test.lock", "requirements-refreeze.lock", "requirements-bench.lock"):
        assert {key: pins(name).get(key) for key in site} == site


def test_ruff_finds_nothing():
    found = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--output-format=concise", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert found.returncode == 0, found.stdout


def test_apostrophes_that_a_widget_writes_are_set():
    lines = [line for path in (ROOT / "docs/widgets").rglob("*.js") for line in path.read_text().splitlines()]
    told = [line for line in lines if not line.lstrip().startswith(("//", "/*", "*"))]
    assert [line for line in told if re.search(r"\w'(s|t|re|ll|ve)?\b ?\w", line.split(" // ")[0])] == []
