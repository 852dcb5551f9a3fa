"""Everything in one file: weights as whole numbers from -127 to 127, written as safetensors.

The format is described once, in docs/widgets/CONTRACT.md.
"""

import hashlib
import json

import numpy as np

from minigpt import gpt
from minigpt.bpe import Tokenizer
from minigpt.chat import SPECIALS
from minigpt.sample import Random, generate

CONTRACT = "1"
TYPES = {"I8": np.int8, "F32": np.float32}


def quantise(weights):
    """Round each row of each tensor to 255 steps; return `<name>` int8 and `<name>.scale` float32.

    >>> packed = quantise({"w": np.array([[1.0, -0.5], [0.0, 0.0]], np.float32)})
    >>> packed["w"].tolist(), (packed["w.scale"] * 127).tolist()
    ([[127, -64], [0, 0]], [1.0, 0.0])
    """
    packed = {}
    for name, w in weights.items():
        scale = (np.abs(w).max(1) / 127).astype(np.float32)  # [rows]
        steps = np.where(scale > 0, scale, 1)[:, None]
        packed[f"{name}.scale"] = scale
        packed[name] = np.clip(np.rint(w / steps), -127, 127).astype(np.int8)
    return packed


def dequantise(packed):
    """float32 weights from whole numbers and scales.

    >>> dequantise({"w": np.array([[2]], np.int8), "w.scale": np.array([0.5], np.float32)})["w"].tolist()
    [[1.0]]
    """
    names = [name for name in packed if not name.endswith(".scale")]
    return {name: packed[name].astype(np.float32) * packed[f"{name}.scale"][:, None] for name in names}


def dump(weights, config, tokenizer, checkpoint, receipt):
    """Bytes of a safetensors file: the header's length, the header, the tensors (scales first, for alignment)."""
    packed = quantise(weights)
    names = sorted(packed, key=lambda name: (not name.endswith(".scale"), list(packed).index(name)))
    metadata = {
        "contract": CONTRACT,
        "config": json.dumps(config.__dict__),
        "merges": json.dumps(tokenizer.merges, separators=(",", ":")),
        "checkpoint": checkpoint,
        "receipt": receipt,
    }
    header, body = {}, b""
    for name in names:
        data = packed[name].tobytes()
        kind = "F32" if name.endswith(".scale") else "I8"
        header[name] = {"dtype": kind, "shape": packed[name].shape, "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    metadata["data_sha256"] = hashlib.sha256(body).hexdigest()
    text = json.dumps({"__metadata__": metadata} | header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + body


def load(data):
    """Dequantised weights, config, tokenizer and metadata of a file's bytes."""
    length = int.from_bytes(data[:8], "little")
    if not 2 <= length <= len(data) - 8:
        raise ValueError("these bytes are no safetensors file: the length of the header does not fit")
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    if metadata.get("contract") != CONTRACT:
        raise ValueError(f"contract {metadata.get('contract')!r} is not {CONTRACT!r}: use a file of this version")
    packed = {}
    for name, entry in header.items():
        start, stop = entry["data_offsets"]
        flat = np.frombuffer(data[8 + length + start : 8 + length + stop], TYPES[entry["dtype"]])
        packed[name] = flat.reshape(entry["shape"])
    config = gpt.Config(**json.loads(metadata["config"]))
    return dequantise(packed), config, Tokenizer(json.loads(metadata["merges"]), SPECIALS), metadata


def golden(data, prompts, seeds=(1, 2, 3), count=24):
    """What a second implementation must reproduce from a file's bytes: ids, logits, one head, draws and samples."""
    weights, config, tokenizer, metadata = load(data)
    cases = []
    for text in prompts:
        ids = tokenizer.encode(text, allow_special=True)
        looks = gpt.attention_weights(weights, config, [ids])[config.layers - 1, 0, 0]  # [T, T]
        logits = gpt.forward(weights, config, [ids])[0, -1]
        case = {"text": text, "ids": ids, "pieces": [list(tokenizer.pieces[i]) for i in ids]}
        case |= {"logits": logits.tolist(), "layer": config.layers - 1, "head": 0, "attention": looks.tolist()}
        cases.append(case)
    settings = {"temperature": 0.8, "top_k": 40, "top_p": 0.95, "min_p": 0.02}
    drawn = []
    for seed in seeds:
        ids = generate(gpt.Model(weights, config), cases[0]["ids"], Random(seed), count, **settings)
        drawn.append({"seed": seed, "uniforms": [Random(seed).uniform()], "ids": ids})
    first = {name: w.reshape(-1)[:4].tolist() for name, w in gpt.init(config, seed=1).items()}
    return {
        "contract": metadata["contract"],
        "checkpoint": metadata["checkpoint"],
        "prompts": cases,
        "samples": {"prompt": 0, "settings": settings, "count": count, "draws": drawn},
        "random": {"seed": 1, "integers": Random(1).integers(8).tolist(), "first_weights": first},
    }
