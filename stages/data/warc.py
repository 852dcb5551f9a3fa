"""Crawl files as files: whole, packed or not, or a sentence that says what is wrong with them."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path


class Fault(ValueError):
    """A file that cannot be read, in a sentence: the file, what was found, what was expected, how to mend it."""


class Unpacked:
    """A gzip file's content as a stream whose damage is told as a Fault and not taken for the end."""

    def __init__(self, path: Path, file):
        self.path, self.file, self.read_bytes = path, gzip.GzipFile(fileobj=file), 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes, b"" at a sound end."""
        try:
            found = self.file.read1(size)  # what comes before the damage is given first
        except EOFError:
            told = f"the gzip file ends in the middle of a member, after {self.read_bytes:,} unpacked bytes"
            raise Fault(f"{self.path}: {told}; a whole file was expected; fetch it again") from None
        except (zlib.error, gzip.BadGzipFile) as error:
            told = f"the gzip file is damaged after {self.read_bytes:,} unpacked bytes ({error})"
            raise Fault(f"{self.path}: {told}; sound gzip members were expected; fetch it again") from None
        self.read_bytes += len(found)
        return found

    def close(self) -> None:
        """Close the file."""
        self.file.fileobj.close()


def open_crawl(path: Path):
    """The unpacked stream of a WARC file, or a Fault that says what it is instead."""
    if not path.is_file():
        found = "is a folder" if path.is_dir() else "does not exist"
        raise Fault(f"{path}: {found}; a WARC file was expected; check the name")
    file = open(path, "rb")  # closed by who reads it
    first = file.read(5)
    file.seek(0)
    if first == b"":
        raise Fault(f"{path}: the file is empty; WARC records were expected; fetch it again")
    if first[:2] == b"\x1f\x8b":
        packed = Unpacked(path, file)
        first = packed.read(5)
        packed.file.seek(0)
        packed.read_bytes, stream = 0, packed
        if first == b"":
            raise Fault(f"{path}: the file is empty once unpacked; WARC records were expected; fetch it again")
    else:
        stream = file
    if first != b"WARC/":
        hint = {b"filed": "; convert it with warcio recompress", b"\x28\xb5\x2f\xfd": "; unpack it with unzstd"}
        more = hint.get(first) or hint.get(first[:4]) or "; check that this is a crawl file"
        raise Fault(f"{path}: it begins with {first!r}; b'WARC/' was expected, packed by gzip or not{more}")
    return stream


def walk(path: Path) -> Iterator:
    """Every record of a WARC file as warcio gives it, its HTTP part not yet read; a cut or damaged file is a Fault."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    stream, place = open_crawl(path), -1
    try:
        records = ArchiveIterator(stream, no_record_parse=True)
        for place, record in enumerate(records):
            yield record
            while record.raw_stream.read(2**16):
                pass
            if getattr(record.raw_stream, "limit", 1):
                told = f"record {place + 1} is shorter than the length in its header, or has no length"
                raise Fault(f"{path}: {told}; whole records were expected; fetch the file again")
    except ArchiveLoadFailed as error:
        found = str(error).strip().splitlines()[0]
        raise Fault(f"{path}: after record {place + 1}: {found}; a WARC record was expected; fetch it again") from None
    finally:
        stream.close()
    if records.err_count:
        raise Fault(f"{path}: {records.err_count} records are longer than their headers say; fetch the file again")


def survey(path: Path, tick=lambda records: None) -> int:
    """The number of records in a file that is sound to its end; ``tick`` is called now and then with the count."""
    found = 0
    for found, _ in enumerate(walk(path), 1):
        if found % 500 == 0:
            tick(500)
    if not found:
        raise Fault(f"{path}: no record was found; at least one was expected; fetch it again")
    tick(found % 500)
    return found
