"""Crawl files for the recipe: every record becomes a document, and what is no page is dropped with its reason."""

import signal
import threading
from contextlib import contextmanager
from pathlib import Path

from datatrove.data import Document
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.filters.base_filter import BaseFilter

from stages.data.recipe import Extract
from stages.data.records import read

PATIENCE = 60  # seconds for one page


class Records(PipelineStep):
    """Reads each file of its task; a document is named after its file and its place there."""

    type, name = "reader", "records"

    def __init__(self, paths: list[Path], largest: int):
        super().__init__()
        self.paths, self.largest = [str(path) for path in paths], largest

    def run(self, data=None, rank: int = 0, world_size: int = 1):
        """The records of every ``world_size``-th file."""
        for path in self.paths[rank::world_size]:
            for record in read(Path(path), self.largest):
                held = {"url": record.url, "record": record.id, "file_path": path, "reason": record.reason}
                held |= {"told_by": record.told, "kind": record.kind, "encoding": record.encoding}
                yield Document(text=record.html, id=f"{path}:{record.place}", metadata=held)


class Pages(BaseFilter):
    """Lets pages through; the other records are drops like any other, with a reason."""

    name = "record"

    def filter(self, doc):
        """Whether the record is a page."""
        reason = doc.metadata.pop("reason")
        return True if reason is None else (False, reason)


class Patient(Extract):
    """The extraction of the recipe for pages from anywhere: one that fails or takes too long is a drop."""

    def filter(self, doc):
        """The main text, or the reason why there is none."""
        try:
            with at_most(PATIENCE):
                return super().filter(doc)
        except TimeoutError:
            reason = "took_too_long"
        except Exception as error:  # whatever a strange page makes the library raise
            reason = f"failed_{type(error).__name__}"
        doc.text = ""
        return False, reason


@contextmanager
def at_most(seconds: int):
    """Raise TimeoutError when the block takes longer; only a main thread has a clock."""

    def stop(*_):
        raise TimeoutError

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
