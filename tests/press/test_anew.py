"""What each build works out from results that are kept frozen."""

import json

import pytest

from press.fault import Fault
from tests.press.project import change, guide, make, write
from tests.press.test_cache import NEXT, PAGE

ANEW = '''\
"""Halves what is frozen."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Results:
    half: float  # half of the doubled letters


def run(double) -> Results:
    """Halve."""
    return Results(double.twice / 2)
'''


@pytest.fixture
def project(tmp_path):
    """A frozen stage with an anew.py beside it."""
    make(tmp_path)
    write(tmp_path, "stages/double/stage.py", NEXT)
    write(tmp_path, "stages/double/page.md", PAGE)
    guide(tmp_path).refreeze(["double"])
    write(tmp_path, "stages/double/anew.py", ANEW)
    change(tmp_path, "stages/double/page.md", '{{ measured("twice") }}', '{{ measured("half", ".0f", at_least=1) }}')
    return tmp_path


def test_a_page_tells_what_the_build_works_out_and_nothing_frozen_grows_stale(project):
    book = guide(project).book()
    assert book.look_up("double.half") == book.look_up("count.letters") and not book.computed["double"].stale
    guide(project).build()
    page = (project / "site" / "guide" / "double" / "index.html").read_text()
    assert 'data-from="stages/double/anew.py, anew in each build"' in page and "half of the doubled letters" in page
    [entry] = [one for one in json.loads((project / "site/guide/ledger.json").read_text())["measured"]
               if one["id"] == "double.half"]
    assert entry["computed_by"] == "stages/double/anew.py, anew in each build"
    assert "worked out anew in each build" in (project / "site/guide/ledger/index.html").read_text()


@pytest.mark.parametrize("old, new, told", [
    ("half", "twice", 'both stage.py and anew.py have a Results field "twice"'),
    ("double.twice / 2", "double.twice / 0", "run raised ZeroDivisionError"),
    ("run(double)", "run(dubble)", 'asks for the stage "dubble"'),
    ("def run(", "def walk(", "there is no function run"),
])  # fmt: skip
def test_what_is_wrong_with_it_is_told_with_its_file(project, old, new, told):
    path = project / "stages/double/anew.py"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(Fault, match=told) as fault:
        guide(project).book()
    assert "stages/double/anew.py" in str(fault.value)


@pytest.mark.parametrize(
    "file, told",
    [
        ("stages/lone/anew.py", "there is no stage.py beside it"),
        ("stages/double/anew.py", "run returned a NoneType"),
    ],
)
def test_an_anew_that_adds_to_nothing_or_returns_nothing_is_told(tmp_path, file, told):
    make(tmp_path)
    write(tmp_path, "stages/double/stage.py", NEXT)
    write(tmp_path, "stages/double/page.md", PAGE)
    write(tmp_path, "stages/lone/page.md", "---\ntitle: Lone\norder: 90\n---\nText.\n{: .framing }\n")
    write(tmp_path, file, ANEW.replace("return Results", "Results"))
    with pytest.raises(Fault, match=told) as fault:
        guide(tmp_path).book()
    assert fault.value.file == file


@pytest.mark.parametrize("file", ["stage.py", "anew.py"])
def test_a_run_that_asks_for_a_stage_without_results_is_told(tmp_path, file):
    make(tmp_path)
    write(tmp_path, "stages/lone/page.md", "---\ntitle: Lone\norder: 5\n---\nText.\n{: .framing }\n")
    write(tmp_path, "stages/double/page.md", PAGE)
    write(tmp_path, "stages/double/stage.py", NEXT)
    write(tmp_path, f"stages/double/{file}", ANEW.replace("run(double)", "run(lone)"))
    with pytest.raises(Fault, match='run asks for "lone", which computes nothing') as fault:
        guide(tmp_path).book()
    assert (fault.value.file, fault.value.line) == (f"stages/double/{file}", 10)


def test_a_figure_drawn_from_what_each_build_works_out_says_so(tmp_path):
    make(tmp_path)
    write(tmp_path, "stages/double/stage.py", NEXT)
    write(
        tmp_path,
        "stages/double/page.md",
        PAGE + '\n{% call figure("halved") %}**It is cut.** {{ measured("half", ".0f") }}{% endcall %}\n',
    )
    write(tmp_path, "stages/double/anew.py", ANEW)
    write(
        tmp_path,
        "stages/double/figures.py",
        '"""F."""\nfrom types import SimpleNamespace\n\n\ndef halved(double):\n    """It is cut."""\n'
        '    return SimpleNamespace(html="<p>h</p>", table=[{"n": double.half}], data={"n": 1})\n',
    )
    guide(tmp_path).build()
    assert "stages/double/anew.py, run, line 10" in (tmp_path / "site/guide/double/index.html").read_text()
