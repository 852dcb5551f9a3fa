"""Files to take away: what the stages export and what they keep frozen, each with its size and its checksum."""

import hashlib
import html
import json

from press.fault import Fault, nearest


def exports(book):
    """What exports.py files ship: path under the site → bytes; computed once a build."""
    if not book.exported:
        for stage in book.stages:
            for drawing in stage.exports.values():
                file = f"stages/{stage.slug}/exports.py"
                suffix, data = _as_file(book.gallery.call(stage, "exports", drawing), drawing, file)
                book.exported[f"assets/{stage.slug}/{drawing.name}{suffix}"] = data
    return book.exported


def digests(files):
    """assets/digests.json, by which the browser tells weights that are altered: path under assets/ → SHA-256.

    >>> digests({"assets/a/b.safetensors": b"", "assets/a/c.json": b""})["assets/digests.json"][:34]
    b'{"a/b.safetensors": "e3b0c44298fc1'
    """
    weights = {path: data for path, data in files.items() if path.endswith(".safetensors")}
    listed = {path.removeprefix("assets/"): hashlib.sha256(data).hexdigest() for path, data in weights.items()}
    return {"assets/digests.json": json.dumps(listed).encode()}


def _as_file(value, drawing, file):
    if isinstance(value, dict):
        try:
            return ".json", json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        except (TypeError, ValueError) as error:
            raise Fault(
                file,
                drawing.line,
                f"the dict that {drawing.name} returns is not JSON: {error}",
                "use .tolist(), int() or float() on arrays and their numbers",
            ) from None
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], bytes):
        return (value[0] if value[0].startswith(".") else f".{value[0]}"), value[1]
    raise Fault(
        file,
        drawing.line,
        f"{drawing.name} returns a {type(value).__name__}",
        'return a dict, or a pair such as (".safetensors", bytes)',
    )


def offered(book, name):
    """The file called "stage.name": an export of that stage or, shipped with the site, a file of its frozen/ folder."""
    slug, _, short = str(name).partition(".")
    known = {path.removeprefix("assets/").partition(".")[0].replace("/", "."): path for path in exports(book)}
    if name in known:
        return known[name], book.exported[known[name]]
    kept = {
        f"{stage.slug}.{path.name.split('.')[0]}": path
        for stage in book.stages
        for path in sorted((stage.folder / "frozen").glob("*.jsonl.gz"))
    }
    if name not in kept:
        raise Fault(
            None,
            None,
            f'"{name}" is neither exported nor frozen by a stage',
            "name a function of exports.py or a file of frozen/ as stage.name",
            nearest(name, known | kept),
        )
    path = f"assets/{slug}/{kept[name].name}"
    book.exported[path] = kept[name].read_bytes()
    return path, book.exported[path]


def told(book, name, link):
    """A link to the file, its size and its SHA-256; `link` makes an address of a path under the site."""
    path, data = offered(book, name)
    digest = hashlib.sha256(data).hexdigest()
    return (
        f'<a class="download" href="{html.escape(link(path))}" download>{path.rpartition("/")[2]}</a>, '
        f'{size(len(data))}, <span class="checksum">SHA-256 <code>{digest}</code></span>'
    )


def size(count):
    r"""Bytes as readers write them.

    >>> size(1_298_384), size(630_002)
    ('1.3\xa0MB', '630\xa0kB')
    """
    return f"{count / 1e6:.1f}\xa0MB" if count >= 1e6 else f"{max(1, round(count / 1e3))}\xa0kB"
