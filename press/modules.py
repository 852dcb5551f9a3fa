"""Code of stages, imported under the name that their own imports use."""

import importlib
import sys
import types


def load(root, slug, name):
    """Import stages/<slug>/<name>.py of this project as `stages.<slug>.<name>`."""
    home = str(root / "stages")
    package = sys.modules.get("stages")
    if package is None or list(package.__path__) != [home]:
        forget()
        package = types.ModuleType("stages")
        package.__path__ = [home]
        sys.modules["stages"] = package
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    importlib.invalidate_caches()
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # .pyc files miss edits within one second
    try:
        return importlib.import_module(f"stages.{slug}.{name}")
    finally:
        sys.dont_write_bytecode = before


def forget():
    """Drop every imported stage, so that the next load reads the files again."""
    for name in [name for name in sys.modules if name.split(".")[0] == "stages"]:
        del sys.modules[name]
