"""Results ⇄ files: results.json, arrays.npz, <field>.safetensors, <field>.jsonl.gz; same results, same bytes."""

import gzip
import io
import json
import types
import zipfile

import numpy

from press.fault import Fault
from press.fingerprint import of_bytes

LONG_BYTES = 64_000


def dump(results, stage):
    """File name → bytes for a Results object; a field of any other type is a Fault naming it."""
    plain, arrays, files = {}, {}, {}
    for name in field_names(stage):
        value = getattr(results, name)
        if isinstance(value, bytes):
            files[f"{name}.safetensors"] = value
        elif isinstance(value, numpy.ndarray):
            arrays[name] = value
        elif isinstance(value, dict) and value and all(isinstance(item, numpy.ndarray) for item in value.values()):
            arrays.update({f"{name}/{key}": item for key, item in value.items()})
        else:
            check_plain(value, name, stage)
            _put(plain, files, name, value)
    files["results.json"] = (json.dumps(plain, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()
    if arrays:
        files["arrays.npz"] = packed(arrays)
    return files


def _put(plain, files, name, value):
    """Long text goes to its own compressed file, a row a line; the rest into results.json."""
    rows = (
        value
        if isinstance(value, list) and value and all(isinstance(row, dict) for row in value)
        else [value]
        if isinstance(value, str)
        else None
    )
    text = "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows or ())
    if len(text.encode()) > LONG_BYTES:
        files[f"{name}.jsonl.gz"] = zipped(text.encode())
    else:
        plain[name] = value


def check_plain(value, name, stage):
    """Only int, float, str, bool, None, lists and string-keyed dicts of these may stand in results.json."""
    if isinstance(value, (list, tuple)):
        for item in value:
            check_plain(item, name, stage)
    elif isinstance(value, dict) and all(isinstance(key, str) for key in value):
        for item in value.values():
            check_plain(item, name, stage)
    elif type(value) not in (int, float, str, bool, type(None)) or value != value or value in (_INF, -_INF):
        raise Fault(
            f"stages/{stage.slug}/stage.py",
            None,
            f'the Results field "{name}" holds {_named(value)}',
            "use int, float, str, bool, None, lists and string-keyed dicts of these, arrays, or bytes "
            "of a safetensors file (float(x), int(x), x.tolist() help)",
        )


_INF = float("inf")


def _named(value):
    if isinstance(value, float):
        return str(value)
    return f"a {type(value).__name__}" if not isinstance(value, dict) else "a dict with keys that are not strings"


def field_names(stage):
    """The names of a stage's Results fields, in order."""
    return list(stage.fields)


def packed(arrays):
    """Arrays as .npz bytes that do not depend on the clock."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(arrays):
            one = io.BytesIO()
            numpy.lib.format.write_array(one, numpy.ascontiguousarray(arrays[name]), allow_pickle=False)
            info = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, one.getvalue())
    return out.getvalue()


def zipped(data):
    """gzip bytes that do not depend on the clock."""
    return gzip.compress(data, 9, mtime=0)


def restore(files, stage, whole=True):
    """A Results object from file bytes; a field without its value is a Fault unless `whole` is off (drafts)."""
    try:
        values = json.loads(files.get("results.json", b"{}"))
        with (
            numpy.load(io.BytesIO(files["arrays.npz"]), allow_pickle=False)
            if "arrays.npz" in files
            else _Nothing() as archive
        ):
            for key in archive.files:
                name, _, part = key.partition("/")
                if part:
                    values.setdefault(name, {})[part] = archive[key]
                else:
                    values[name] = archive[key]
        for file, data in files.items():
            name, _, suffix = file.partition(".")
            if suffix == "safetensors":
                values[name] = data
            elif suffix == "jsonl.gz":
                rows = [json.loads(line) for line in gzip.decompress(data).decode().splitlines()]
                values[name] = rows[0] if rows and isinstance(rows[0], str) else rows
    except (ValueError, OSError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise Fault(
            f"stages/{stage.slug}/frozen",
            None,
            f"the results cannot be read: {error}",
            f"python build_site.py --refreeze {stage.slug}",
        ) from None
    return _object(values, stage, whole)


class _Nothing:
    files = ()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


def _object(values, stage, whole):
    names = field_names(stage)
    missing = [name for name in names if name not in values]
    if not whole and (missing or set(values) - set(names)):
        return types.SimpleNamespace(**values)
    if missing:
        raise Fault(
            f"stages/{stage.slug}/stage.py",
            None,
            f'the stored results have no field "{missing[0]}"',
            f"python build_site.py --refreeze {stage.slug}",
        )
    return stage.load("stage").Results(**{name: values[name] for name in names})


def digest(files):
    """One digest of logical content: compression and file layout do not count.

    >>> digest({"a.jsonl.gz": zipped(b"1")}) == digest({"a.jsonl.gz": gzip.compress(b"1", 1)})
    True
    """
    parts = []
    for name in sorted(files):
        if name.endswith(".gz"):
            parts.append((name, of_bytes(gzip.decompress(files[name]))))
        elif name.endswith(".npz"):
            with zipfile.ZipFile(io.BytesIO(files[name])) as archive:
                parts.extend((entry, of_bytes(archive.read(entry))) for entry in sorted(archive.namelist()))
        else:
            parts.append((name, of_bytes(files[name])))
    return of_bytes(json.dumps(parts).encode())
