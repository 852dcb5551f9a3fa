"""What costs a recomputation and what does not; frozen results, receipts, and what they refuse."""

import json

import numpy
import pytest

from press import fingerprint, store
from press.fault import Fault
from tests.press.project import change, guide, make, write

STAGE = "stages/count/stage.py"
NEXT = '''\
"""Doubles letters."""
from dataclasses import dataclass

import numpy

SEED = 7


@dataclass(frozen=True)
class Results:
    twice: int  # twice the letters
    row: numpy.ndarray
    weights: bytes


def run(count) -> Results:
    """Double."""
    print("ran")
    return Results(2 * count.letters, numpy.arange(count.letters), b"weights")


def replay(results, count):
    """Again."""
    return {"twice": 2 * count.letters}
'''
PAGE = """\
---
title: The letters come again
order: 20
---
There are {{ measured("twice") }} of them.
"""


def two_stages(folder):
    make(folder)
    write(folder, "stages/double/stage.py", NEXT)
    write(folder, "stages/double/page.md", PAGE)
    return folder


def runs(folder, capsys, **options):
    """How often the second stage ran while the results were made."""
    capsys.readouterr()
    guide(folder, **options).book()
    return capsys.readouterr().out.count("ran")


def test_a_result_is_computed_once(tmp_path, capsys):
    two_stages(tmp_path)
    assert [runs(tmp_path, capsys), runs(tmp_path, capsys)] == [1, 0]


@pytest.mark.parametrize(
    "old, new",
    [
        ("    print", "    # a comment\n    print"),
        ('"""Double."""', '"""Twice as many."""'),
        ("2 * count.letters, ", "2*count.letters,  "),
    ],
)
def test_a_comment_never_costs_a_retrain(tmp_path, capsys, old, new):
    runs(two_stages(tmp_path), capsys)
    change(tmp_path, "stages/double/stage.py", old, new)
    assert runs(tmp_path, capsys) == 0


def test_a_changed_constant_reruns_the_stage(tmp_path, capsys):
    runs(two_stages(tmp_path), capsys)
    change(tmp_path, "stages/double/stage.py", "SEED = 7", "SEED = 8")
    assert runs(tmp_path, capsys) == 1


def test_a_changed_result_reruns_what_depends_on_it(tmp_path, capsys):
    runs(two_stages(tmp_path), capsys)
    change(tmp_path, STAGE, "Ada counts the hens", "Ada counts the ten hens")
    assert runs(tmp_path, capsys) == 1


def test_an_equal_result_of_changed_code_reruns_nothing_after_it(tmp_path, capsys):
    runs(two_stages(tmp_path), capsys)
    change(tmp_path, STAGE, "return Results(fact,", "same = fact\n    return Results(same,")
    assert runs(tmp_path, capsys) == 0


def test_a_changed_data_file_reruns_and_a_figure_does_not(tmp_path, capsys):
    runs(two_stages(tmp_path), capsys)
    write(tmp_path, "stages/double/figures.py", '"""None yet."""\n')
    write(tmp_path, "stages/double/terms.yaml", "a: b\n")
    assert runs(tmp_path, capsys) == 0
    write(tmp_path, "stages/double/table.csv", "1,2\n")
    assert runs(tmp_path, capsys) == 1


def test_an_imported_file_counts_and_a_file_nobody_imports_does_not(tmp_path, capsys):
    two_stages(tmp_path)
    write(tmp_path, "stages/double/factor.py", "FACTOR = 2\n")
    write(tmp_path, "stages/double/idle.py", "X = 1\n")
    change(tmp_path, "stages/double/stage.py", "SEED = 7", "from .factor import FACTOR\nSEED = FACTOR")
    assert runs(tmp_path, capsys) == 1
    write(tmp_path, "stages/double/idle.py", "X = 2\n")
    assert runs(tmp_path, capsys) == 0
    write(tmp_path, "stages/double/factor.py", "FACTOR = 3\n")
    assert runs(tmp_path, capsys) == 1


def freeze(folder):
    guide(folder).refreeze(["double"])
    return folder / "stages" / "double" / "frozen"


def test_frozen_results_are_not_computed_again(tmp_path, capsys):
    frozen = freeze(two_stages(tmp_path))
    assert runs(tmp_path, capsys) == 0
    receipt = json.loads((frozen / "receipt.json").read_text())
    assert receipt["seeds"] == [7] and receipt["command"] == "python build_site.py --refreeze double"
    assert set(receipt["files"]) == {"results.json", "arrays.npz", "weights.safetensors"}
    assert {"fingerprint", "inputs", "seconds", "date", "python", "numpy", "blas", "blas_threads", "processor"} <= set(
        receipt
    )


def test_freezing_twice_gives_the_same_files(tmp_path):
    frozen = freeze(two_stages(tmp_path))
    before = {path.name: path.read_bytes() for path in frozen.iterdir() if path.name != "receipt.json"}
    freeze(tmp_path)
    assert before == {path.name: path.read_bytes() for path in frozen.iterdir() if path.name != "receipt.json"}


def stale(folder, old="2 * count.letters, ", new="count.letters + count.letters, "):
    freeze(two_stages(folder))
    change(folder, "stages/double/stage.py", old, new)


def test_stale_frozen_results_stop_the_build_with_the_command_that_mends(tmp_path):
    stale(tmp_path)
    with pytest.raises(Fault) as caught:
        guide(tmp_path).build()
    assert caught.value.file == "stages/double/frozen/receipt.json"
    for told in ("stale: stages/double/stage.py changed", "build_site.py --refreeze double", "minutes"):
        assert told in str(caught.value)
    with pytest.raises(Fault):
        guide(tmp_path).check()


def test_frozen_results_of_changed_inputs_are_stale(tmp_path):
    freeze(two_stages(tmp_path))
    change(tmp_path, STAGE, "Ada counts the hens", "Ada counts the ten hens")
    with pytest.raises(Fault, match="the results of count changed"):
        guide(tmp_path).book()


def test_a_draft_builds_with_stale_results_and_says_so(tmp_path):
    stale(tmp_path)
    made = guide(tmp_path, draft=True)
    made.build()
    assert any("DRAFT" in text for text in made.said)
    assert "draft: true" in (tmp_path / ".build" / "mkdocs.yml").read_text()
    with pytest.raises(Fault, match="stale"):
        guide(tmp_path).build()


def test_a_restamp_accepts_code_whose_replay_is_equal(tmp_path, capsys):
    stale(tmp_path)
    guide(tmp_path).restamp(["double"])
    assert runs(tmp_path, capsys) == 0
    receipt = json.loads((tmp_path / "stages/double/frozen/receipt.json").read_text())
    assert receipt["restamped"][0]["repeated"] == ["twice"]


def test_a_restamp_refuses_code_whose_replay_differs(tmp_path):
    stale(tmp_path)
    change(tmp_path, "stages/double/stage.py", '{"twice": 2 * count.letters}', '{"twice": 3 * count.letters}')
    with pytest.raises(Fault, match='replay of "twice" differs'):
        guide(tmp_path).restamp(["double"])


@pytest.mark.parametrize("name", ["results.json", "arrays.npz", "weights.safetensors"])
def test_a_frozen_file_edited_by_hand_is_refused(tmp_path, name):
    frozen = freeze(two_stages(tmp_path))
    data = bytearray((frozen / name).read_bytes())
    data[-3] ^= 1
    (frozen / name).write_bytes(data)
    with pytest.raises(Fault, match="is not the file that the receipt describes") as caught:
        guide(tmp_path).book()
    assert caught.value.file == f"stages/double/frozen/{name}"


@pytest.mark.parametrize("text", ["", "{}", "[]", "{", '{"code": {}, "inputs": {}}', "\x00"])
def test_a_broken_receipt_is_one_sentence(tmp_path, text):
    frozen = freeze(two_stages(tmp_path))
    (frozen / "receipt.json").write_text(text)
    with pytest.raises(Fault, match="receipt"):
        guide(tmp_path).book()


def test_an_empty_frozen_folder_is_told_how_to_fill(tmp_path):
    (two_stages(tmp_path) / "stages/double/frozen").mkdir()
    with pytest.raises(Fault, match="no receipt.*--refreeze double"):
        guide(tmp_path).book()


def test_a_quick_stage_with_floats_may_not_feed_a_frozen_one(tmp_path):
    change(two_stages(tmp_path), STAGE, "    pieces: list[str]", "    pieces: list[float]")
    change(tmp_path, STAGE, '["Ada", " counts"]', "[0.5]")
    with pytest.raises(Fault, match="holds floats"):
        guide(tmp_path).refreeze(["double"])


def test_results_come_back_as_they_went(tmp_path):
    class Stage:
        slug = "x"
        fields = {"a": "int", "text": "str", "rows": "list[dict]", "array": "ndarray", "many": "dict", "w": "bytes"}

        def load(self, _):
            from types import SimpleNamespace

            return SimpleNamespace(Results=SimpleNamespace)

    from types import SimpleNamespace

    one = SimpleNamespace(
        a=1,
        text="é" * 70_000,
        rows=[{"n": n, "t": "x" * 50} for n in range(3000)],
        array=numpy.eye(2),
        many={"p": numpy.arange(3)},
        w=b"\x00\x01",
    )
    files = store.dump(one, Stage())
    assert set(files) == {"results.json", "text.jsonl.gz", "rows.jsonl.gz", "arrays.npz", "w.safetensors"}
    again = store.restore(files, Stage())
    assert (again.a, again.text, again.rows, again.w) == (one.a, one.text, one.rows, one.w)
    assert (again.array == one.array).all() and (again.many["p"] == one.many["p"]).all()
    assert store.dump(one, Stage()) == files


@pytest.mark.parametrize("value", [{1: 2}, {1, 2}, numpy.float64(1), float("nan"), [numpy.int64(2)], object(), 1j])
def test_other_types_are_refused_by_name(value):
    class Stage:
        slug, fields = "x", {"odd": "?"}

    from types import SimpleNamespace

    with pytest.raises(Fault, match='"odd"'):
        store.dump(SimpleNamespace(odd=value), Stage())


def test_one_digest_is_the_same_on_every_python():
    source = (
        '"""Doc."""\nimport os\nfrom a.b import c as d\n\n\n@e\ndef f(x: int, *, y=u"1") -> str:\n    """Doc."""\n'
        '    async def g():\n        await x\n    return f"{x!r:>{y}}" if x else -1.5e3 + x[1:2, ...]\n'
    )
    assert fingerprint.of_source(source) == PINNED


PINNED = "c92a22e6a6ca190736accbfb56b4fca5a3986f273be9e798ed0616240193505d"
