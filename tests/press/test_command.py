"""The command line: one message and exit code 1 for every mistake, 0 and a short report otherwise."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.press.project import ROOT, change, make


def run(folder, *options):
    """Run build_site.py of a small project that has this project's machinery."""
    shutil.copy(ROOT / "build_site.py", folder / "build_site.py")
    return subprocess.run(
        [sys.executable, "build_site.py", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


def test_a_check_says_what_it_checked_and_renders_nothing(tmp_path):
    done = run(make(tmp_path), "--check")
    assert done.returncode == 0, done.stderr
    assert "2  claims cited to a source" in done.stdout and not (tmp_path / "site").exists()


@pytest.mark.parametrize("options", [[], ["--check"]])
def test_a_mistake_is_one_line_and_exit_code_one(tmp_path, options):
    change(make(tmp_path), "sources.yaml", "    at: page 4\n", "")
    done = run(tmp_path, *options)
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert done.stderr.startswith('sources.yaml:10: "tale-vocabulary" has no at')


def test_an_unforeseen_error_is_one_line_too(tmp_path):
    make(tmp_path)
    (tmp_path / "docs" / "index.md").unlink()
    (tmp_path / "docs" / "index.md").mkdir()
    done = run(tmp_path)
    assert done.returncode == 1 and "Traceback" not in done.stderr and "--traceback" in done.stderr


def test_a_new_stage_is_written_after_the_last(tmp_path):
    done = run(make(tmp_path), "--new-stage", "wonder")
    assert done.returncode == 0, done.stderr
    assert "order: 20" in (tmp_path / "stages" / "wonder" / "page.md").read_text()
    assert run(tmp_path).returncode == 0 and (tmp_path / "site/guide/wonder/index.html").is_file()


def test_an_unknown_stage_to_refreeze_names_the_nearest(tmp_path):
    done = run(make(tmp_path), "--refreeze", "cuont")
    assert done.returncode == 1 and "Nearest: count" in done.stderr


def test_refreezing_all_recomputes_only_what_is_frozen(tmp_path):
    make(tmp_path)
    assert run(tmp_path, "--refreeze", "count").returncode == 0
    done = run(tmp_path, "--refreeze")
    assert done.returncode == 0 and "count: refrozen" in done.stdout
