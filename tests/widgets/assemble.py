"""Makes kernel.wasm from kernel.wat: python -m tests.widgets.assemble"""

from pathlib import Path

import wasmtime

TEXT = Path(__file__).parents[2] / "docs" / "widgets" / "minigpt" / "kernel.wat"
CUSTOM = 0  # number of the sections that hold names for people, which no browser needs


def assemble(text):
    """Bytes of a module without its custom sections.

    >>> assemble("(module (func $name))") == assemble("(module (func))")
    True
    """
    data = wasmtime.wat2wasm(text)
    kept, at = data[:8], 8  # magic number and version
    while at < len(data):
        start, kind, length, shift = at, data[at], 0, 0
        while True:  # the length of a section, seven bits a byte, the lowest first
            at += 1
            length |= (data[at] & 127) << shift
            shift += 7
            if data[at] < 128:
                break
        at += 1 + length
        kept += data[start:at] if kind != CUSTOM else b""
    return kept


if __name__ == "__main__":
    TEXT.with_suffix(".wasm").write_bytes(assemble(TEXT.read_text(encoding="utf-8")))
