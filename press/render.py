"""MkDocs as a command: a configuration in, a folder of pages out."""

import logging
import os

from press.fault import Fault

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


class _Heard(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.told = []

    def emit(self, record):
        self.told.append(record.getMessage())


def site(config):
    """Render the site that a resolved mkdocs.yml describes; a warning of MkDocs stops the build."""
    from mkdocs.commands.build import build  # slow to import, and --check renders nothing
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    heard, logger = _Heard(), logging.getLogger("mkdocs")
    logger.addHandler(heard)
    logger.propagate = False
    try:
        build(load_config(config_file=str(config)))
    except MkDocsException as error:
        raise Fault("mkdocs.yml", None, f"MkDocs stopped: {error}", "mend what it names") from None
    finally:
        logger.removeHandler(heard)
    if heard.told:
        raise Fault("docs", None, f"MkDocs warns: {'; '.join(heard.told[:5])}", "mend the link or the page it names")
