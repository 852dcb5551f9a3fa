"""A number that somebody altered by hand, in any place where numbers are kept, stops the check."""

import io
import json

import numpy
import pytest

from press import claims, entry, strict
from press.fault import Fault
from tests.press.project import ROOT, change, guide, make, write

ARRAYS = '''\
"""Counts letters, slowly."""
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Results:
    fact: str
    letters: int
    pieces: list[str]
    table: np.ndarray


def run() -> Results:
    """Count."""
    fact = "Ada counts the hens"
    return Results(fact, sum(map(str.isalpha, fact)), ["Ada", " counts"], np.arange(4) / 8)
'''


@pytest.fixture
def frozen(tmp_path):
    """The small project with frozen results, and nothing wrong with it."""
    make(tmp_path, {"stages/count/stage.py": ARRAYS})
    guide(tmp_path).refreeze(["count"])
    guide(tmp_path).check()
    return tmp_path


def refused(folder):
    with pytest.raises(Fault) as caught:
        guide(folder).check()
    return str(caught.value)


def test_a_value_altered_in_the_sources_contradicts_its_sentence(frozen):
    change(frozen, "sources.yaml", "value: 50257", "value: 50258")
    assert "prints as 50,258, which its sentence does not tell" in refused(frozen)


def test_a_value_and_its_sentence_altered_contradict_the_printed_form(frozen):
    change(frozen, "sources.yaml", "value: 50257", "value: 50258")
    change(frozen, "sources.yaml", "has 50,257 entries", "has 50,258 entries")
    assert 'as_written is "50,257"' in refused(frozen)


def test_a_value_altered_everywhere_in_the_sources_contradicts_its_recomputation(frozen):
    write(frozen, "altered_again.py", "def size():\n    return 50257\n")
    change(frozen, "sources.yaml", "    at: page 4\n", "    at: page 4\n    recompute: altered_again:size\n")
    guide(frozen).check()
    for old, new in (("value: 50257", "value: 50258"), ("50,257", "50,258")):
        change(frozen, "sources.yaml", old, new)
    assert "says 50258, and altered_again:size gives 50257" in refused(frozen)


def test_a_recomputation_that_drifts_stops_a_build_too(frozen):
    write(frozen, "drifted_again.py", "def size():\n    return 50256\n")
    change(frozen, "sources.yaml", "    at: page 4\n", "    at: page 4\n    recompute: drifted_again:size\n")
    with pytest.raises(Fault, match="gives 50256"):
        guide(frozen).build()


def test_a_claim_without_a_value_is_recomputed_as_true(frozen):
    write(frozen, "held_again.py", "def holds():\n    return True\n\n\ndef fails():\n    return False\n")
    place = "    at: section 2.2\n"
    change(frozen, "sources.yaml", place, place + "    recompute: held_again:holds\n")
    guide(frozen).check()
    change(frozen, "sources.yaml", "held_again:holds", "held_again:fails")
    assert "held_again:fails gives False" in refused(frozen)


def test_a_number_altered_in_the_results_contradicts_the_receipt(frozen):
    path = frozen / "stages/count/frozen/results.json"
    made = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(made | {"letters": made["letters"] + 1}), encoding="utf-8")
    assert "results.json" in refused(frozen)


def test_a_number_altered_in_the_arrays_contradicts_the_receipt(frozen):
    path = frozen / "stages/count/frozen/arrays.npz"
    made = dict(numpy.load(io.BytesIO(path.read_bytes())))
    made["table"][1] += 1e-9
    numpy.savez(path, **made)
    assert "arrays.npz" in refused(frozen)


@pytest.mark.parametrize(
    "old, new, told",
    [
        ('{{ claim("tale-vocabulary") }} tokens', "50,257 tokens", 'naked number "50,257"'),
        ('All {{ measured("letters") }}.', "All sixteen.", 'naked number "sixteen"'),
        ('{{ measured("count.letters") }} letters.', '{{ measured("count.letters", at_least=17) }} letters.', "17"),
        ('{{ measured("count.letters") }} letters.', '{{ measured("count.leters") }} letters.', "Nearest: letters"),
        ('claim("ratio-large") }} times', 'claim("ratio-large") }} times, twice', 'naked number "twice"'),
    ],
)
def test_a_number_typed_or_altered_on_a_page_stops_the_check(frozen, old, new, told):
    change(frozen, "stages/count/page.md", old, new)
    assert told in refused(frozen)


DOCUMENT = strict.parse((ROOT / "sources.yaml").read_text(encoding="utf-8"), "sources.yaml")
SOURCES = {id: claims.read_source(id, body) for id, body in entry.entries(DOCUMENT, "sources")}
VALUED = {id: body for id, body in entry.entries(DOCUMENT, "claims") if "value" in body}


@pytest.mark.parametrize("id", VALUED)
def test_any_value_of_ours_altered_is_refused(id):
    altered = strict.Map(VALUED[id])
    altered["value"] = strict.Text(float(altered["value"]) * 1.1 + 1)
    with pytest.raises(Fault, match="does not tell|format"):
        claims.read_claim(id, altered, SOURCES)
