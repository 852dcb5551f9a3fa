"""Folders of files, read whole and written whole or not at all."""

import shutil

from press import swap


def read_folder(folder):
    """File name → bytes."""
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.name.startswith(".")
    }


def write_folder(folder, files):
    """Write all files under a temporary name, then rename, so that a half-written folder never counts."""
    aside = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    for name, data in files.items():
        (aside / name).write_bytes(data)
    aside.rename(folder)


def replace_folder(folder, files):
    """`write_folder` in the place of a folder that may exist, in one step."""
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    write_folder(fresh, files)
    swap.into_place(fresh, folder)
