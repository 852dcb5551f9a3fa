"""receipt.json: with which code, inputs, seed, machine and command a frozen stage's results were made."""

import datetime
import json
import os
import platform
import sys

import numpy

from press import fingerprint
from press.fault import Fault, shown

NEEDED = ("code", "inputs", "files")


def state(stage, root, inputs):
    """What the results of a stage depend on today."""
    return {"code": fingerprint.of_stage(stage.folder, root), "inputs": dict(inputs)}


def write(stage, now, files, seconds, module):
    """The bytes of a new receipt."""
    seeds = getattr(module, "SEEDS", None) or [getattr(module, "SEED", None)]
    made = {
        "fingerprint": fingerprint.of_lines(now["code"]),
        **now,
        "files": {name: fingerprint.of_bytes(data) for name, data in sorted(files.items())},
        "seeds": [seed for seed in seeds if seed is not None],
        "command": f"python build_site.py --refreeze {stage.slug}",
        "seconds": round(seconds, 1),
        "date": datetime.date.today().isoformat(),
        **machine(),
    }
    return encoded(made)


def restamped(written, now, fields):
    """The bytes of a receipt that accepts changed code, and says so."""
    entry = {
        "date": datetime.date.today().isoformat(),
        "from": written.get("fingerprint"),
        "to": fingerprint.of_lines(now["code"]),
        "repeated": fields,
    }
    return encoded(written | now | {"fingerprint": entry["to"], "restamped": [*written.get("restamped", []), entry]})


def machine():
    """Versions, linear algebra library, its threads, processor."""
    blas = numpy.show_config(mode="dicts").get("Build Dependencies", {}).get("blas", {})
    threads = os.environ.get("OPENBLAS_NUM_THREADS") or os.environ.get("OMP_NUM_THREADS")
    return {
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        "blas": f"{blas.get('name', 'unknown')} {blas.get('version', '')}".strip(),
        "blas_threads": int(threads) if threads and threads.isdigit() else os.cpu_count(),
        "blas_coretype": os.environ.get("OPENBLAS_CORETYPE"),
        "processor": processor(),
        "platform": sys.platform,
    }


def processor():
    """The processor's name as the system tells it."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def encoded(made):
    """JSON bytes with one key a line, sorted, so that a diff reads well."""
    return (json.dumps(made, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def read(data, stage, root):
    """The receipt of a frozen stage, checked for the keys that everything rests on."""
    place = shown(stage.folder / "frozen" / "receipt.json", root)
    mend = f"restore it from git, or python build_site.py --refreeze {stage.slug}"
    if data is None:
        raise Fault(place, None, "the folder frozen/ holds no receipt", mend)
    try:
        written = json.loads(data)
    except ValueError as error:
        raise Fault(place, getattr(error, "lineno", None), f"the receipt is not JSON: {error}", mend) from None
    if not isinstance(written, dict) or not all(isinstance(written.get(key), dict) for key in NEEDED):
        raise Fault(place, None, f"the receipt lacks one of {', '.join(NEEDED)}", mend)
    return written


def difference(written, now):
    """What changed since a receipt was written, in words; empty if nothing did.

    >>> difference({"code": {"a.py": "1"}, "inputs": {}}, {"code": {"a.py": "2"}, "inputs": {}})
    'a.py changed'
    """
    told = []
    for kind, what in (("code", ""), ("inputs", "the results of ")):
        old, new = written[kind], now[kind]
        for name in sorted(set(old) | set(new)):
            if name not in new:
                told.append(f"{what}{name} no longer counts")
            elif name not in old:
                told.append(f"{what}{name} is new")
            elif old[name] != new[name]:
                told.append(f"{what}{name} changed")
    return ", ".join(told)


def canonical(value):
    """A value as text in which equal means equal to the last bit."""
    if isinstance(value, numpy.ndarray):
        return f"{value.dtype}{value.shape}{fingerprint.of_bytes(numpy.ascontiguousarray(value).tobytes())}"
    if isinstance(value, bytes):
        return fingerprint.of_bytes(value)
    return json.dumps(value, sort_keys=True, default=canonical)
