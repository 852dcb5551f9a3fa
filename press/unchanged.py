"""Whether a build would make the site that already stands there."""

import json

from press import fingerprint

INPUTS = (
    "build_site.py",
    "sources.yaml",
    "corrections.yaml",
    "online.json",
    "mkdocs.yml",
    "recompute.py",
    "docs",
    "minigpt",
    "press",
    "stages",
    "theme",
    "viz",
)


def state(root, environ, draft):
    """What a build depends on: every input file's path, size and time, and the settings that change the site."""
    made = {name: environ.get(name, "") for name in ("SITE_URL", "REPO_URL")} | {"draft": draft}
    for name in INPUTS:
        path = root / name
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts and not file.name.endswith((".part", ".pyc")):
                made[file.relative_to(root).as_posix()] = _seen(file)
    return made


def _seen(file):
    known = file.stat()
    return f"{known.st_size} {known.st_mtime_ns}"


def listing(place):
    """A digest of the files of a built site by name, size and time."""
    lines = {file.relative_to(place).as_posix(): _seen(file) for file in sorted(place.rglob("*")) if file.is_file()}
    return fingerprint.of_lines(lines)


def holds(build, place, now):
    """Whether the last finished build had the same inputs and its site is untouched."""
    note = build / "built.json"
    if not note.is_file() or not place.is_dir():
        return False
    try:
        kept = json.loads(note.read_text(encoding="utf-8"))
    except ValueError:
        return False
    return kept.get("state") == now and kept.get("site") == listing(place)


def note(build, place, now):
    """Remember what the site that now stands was built from."""
    aside = build / "built.part"
    aside.write_text(json.dumps({"state": now, "site": listing(place)}), encoding="utf-8")
    aside.rename(build / "built.json")
