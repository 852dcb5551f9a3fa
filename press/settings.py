"""What mkdocs.yml says to the pages."""

import yaml

from press.fault import Fault


def read(root):
    """The keys under extra: of mkdocs.yml."""
    try:
        config = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8")) or {}
    except FileNotFoundError:
        raise Fault("mkdocs.yml", None, "this file is missing", "restore it from git") from None
    except yaml.YAMLError as error:
        told = f"this is not plain YAML: {' '.join(str(error).split())[:160]}"
        raise Fault("mkdocs.yml", None, told, "mend it; tags such as !!python are not used here") from None
    return config.get("extra") or {}
