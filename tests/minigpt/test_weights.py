"""The file: opened by the official library, and giving back what was put in."""

import json

import numpy as np
import pytest
import safetensors.numpy
from safetensors import safe_open

from minigpt import gpt, weights
from minigpt.bpe import train
from minigpt.chat import SPECIALS

TOKENIZER = train(["the light at Farrow Head, the light at the head"], 256 + 12 + 4, SPECIALS)
CONFIG = gpt.Config(TOKENIZER.vocabulary, context=32, width=16, heads=2, layers=2)
RANDOM = gpt.init(CONFIG, seed=4)


@pytest.fixture(scope="module")
def data():
    return weights.dump(RANDOM, CONFIG, TOKENIZER, "base", "0" * 64)


def test_the_official_library_opens_the_file(data, tmp_path):
    theirs = safetensors.numpy.load(data)
    ours = weights.quantise(RANDOM)
    assert theirs.keys() == ours.keys()
    assert all((theirs[name] == ours[name]).all() and theirs[name].dtype == ours[name].dtype for name in ours)
    path = tmp_path / "base.safetensors"
    path.write_bytes(data)
    with safe_open(path, "numpy") as file:
        metadata = file.metadata()
    assert set(metadata) == {"contract", "config", "merges", "checkpoint", "receipt", "data_sha256"}
    assert json.loads(metadata["merges"]) == [list(pair) for pair in TOKENIZER.merges]


def test_scales_come_first_and_the_tensors_begin_at_a_multiple_of_eight(data):
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    assert length % 8 == 0
    assert all(e["data_offsets"][0] % 4 == 0 for name, e in header.items() if name.endswith(".scale"))


def test_loading_gives_the_dequantised_weights(data):
    loaded, config, tokenizer, metadata = weights.load(data)
    assert config == CONFIG
    assert (tokenizer.merges, tokenizer.specials) == (TOKENIZER.merges, TOKENIZER.specials)
    assert metadata["checkpoint"] == "base"
    for name, w in RANDOM.items():
        step = np.abs(w).max(1, keepdims=True) / 127
        assert (np.abs(loaded[name] - w) <= step * 0.501).all()


def test_a_loaded_file_can_be_dumped_again_without_loss(data):
    loaded, config, tokenizer, _ = weights.load(data)
    again = weights.load(weights.dump(loaded, config, tokenizer, "base", ""))[0]
    assert all(np.allclose(again[name], loaded[name], rtol=1e-6) for name in loaded)


@pytest.mark.parametrize("broken", [b"", b"12345678", b"\xff" * 100])
def test_what_is_no_such_file_is_refused_with_a_sentence(broken):
    with pytest.raises(ValueError, match="no safetensors file"):
        weights.load(broken)


def test_another_contract_is_refused_with_a_sentence(data):
    other = data.replace(b'"contract":"1"', b'"contract":"9"')
    with pytest.raises(ValueError, match="contract '9'"):
        weights.load(other)


def test_the_golden_file_tells_what_the_weights_say(data):
    golden = weights.golden(data, ["<|document|>the light", "Farrow"])
    json.dumps(golden)
    loaded = weights.load(data)[0]
    case = golden["prompts"][0]
    assert case["ids"][0] == TOKENIZER.specials["<|document|>"]
    assert np.allclose(gpt.forward(loaded, CONFIG, [case["ids"]])[0, -1], case["logits"])
    assert len(case["attention"]) == len(case["ids"])
    assert all(len(draw["ids"]) <= golden["samples"]["count"] for draw in golden["samples"]["draws"])
