"""JSON files as sources: whole, or the lines of a range of bytes."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from io import BufferedReader, FileIO
from pathlib import Path
from typing import Any

import attrs

import copydesk
from copydesk_json._foreign import Fields
from copydesk_json._json import BOM, ArrayError, parsed, values

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LINES = (".jsonl", ".ndjson")
_CHUNK = 1 << 20
_BUFFER = 1 << 17
"""Bytes that are read at once: a record is a few thousand, and each look at the disk costs."""
_PART = 2 << 20
"""Bytes of JSON Lines that are one source; large files are read in parts, perhaps in several processes."""
_MOST = 4
"""How many times as large the parts are far behind in a file: as many workers as there are have enough to do there."""


@attrs.frozen
class JsonFile(copydesk.FileSource):
    """A JSON file, or those lines of it that begin in a range of bytes."""

    fields: Fields | None = None
    """How records of another maker are read; None: they are copydesk's own."""
    start: int = 0
    stop: int | None = None

    @property
    def uri(self) -> str:
        """The path, and where the range begins unless it is the file's first."""
        return f"{self.path.as_posix()}@{self.start}" if self.start else self.path.as_posix()

    def digest(self) -> str:
        """A digest of the range, and of the line that begins in it and runs over its end."""
        digest = hashlib.sha256()
        with self.path.open("rb") as stream:
            position = stream.seek(max(0, self.start - 1))
            begins = not self.start
            while chunk := stream.read(_CHUNK if self.stop is None else min(_CHUNK, self.stop - position)):
                digest.update(chunk)
                position += len(chunk)
                begins = begins or b"\n" in chunk
            if begins:
                digest.update(stream.readline())
        return digest.hexdigest()

    def read(self) -> Iterator[copydesk.Document | copydesk.Unreadable]:
        """Yield a document for each record."""
        with _opened(self.path) as stream:
            if self.start or self.stop is not None:
                lines = _lines_from(stream, self.start, self.stop)
                yield from (_document(line, where, self.fields) for where, line in lines)
            else:
                yield from read_documents(stream, self.path.name, self.fields)


def read_documents(
    stream: BufferedReader, name: str, fields: Fields | None
) -> Iterator[copydesk.Document | copydesk.Unreadable]:
    """Yield the documents of a stream of JSON Lines, of an array, or of values one after another.

    Raises RecordError where the stream is not UTF-8 at all.
    """
    if stream.peek(1).startswith(_UTF_16):
        raise copydesk.RecordError("the file is UTF-16, and JSON is UTF-8; convert it: iconv -f UTF-16 -t UTF-8")
    if _holds_lines(stream, name):
        yield from (_document(line, where, fields) for where, line in _lines_from(stream, 0, None))
        return
    place = 0
    try:
        for place, value in enumerate(values(stream), 1):
            yield _document(value, f"record {place}", fields)
    except ArrayError as error:
        yield copydesk.Unreadable(f"record {place + 1}", copydesk.RecordError(str(error)))


def parts(path: Path, fields: Fields | None) -> Iterator[JsonFile]:
    """The sources a file is read as: a large one of JSON Lines in ranges, which grow with it, any other whole."""
    size = _splittable_size(path)
    if size <= _PART:
        yield JsonFile(path, fields)
    else:
        start = 0
        while start < size:
            # From where they begin, not from the size: what is appended must not move them.
            stop = start + _PART * min(max(1, start // (16 * _PART)), _MOST)
            yield JsonFile(path, fields, start, stop)
            start = stop


def _splittable_size(path: Path) -> int:
    """The size of a file of JSON Lines, which can be read from anywhere; 0 for any other."""
    try:
        size = 0 if path.suffix == ".gz" else path.stat().st_size
        if size > _PART:
            with _opened(path) as stream:
                return size if _holds_lines(stream, path.name) else 0
    except OSError:
        # Reading the file will fail likewise, and then only this one is left out.
        return 0
    return size


def _opened(path: Path) -> BufferedReader:
    return BufferedReader(gzip.GzipFile(path) if path.suffix == ".gz" else FileIO(path), _BUFFER)


def _holds_lines(stream: BufferedReader, name: str) -> bool:
    """Whether each line is a record, rather than an array or an object over several lines."""
    head = stream.peek(1).removeprefix(BOM).lstrip()
    if head.startswith(b"["):
        return False
    return name.removesuffix(".gz").endswith(_LINES) or _is_whole(head)


def _is_whole(head: bytes) -> bool:
    line, newline, _ = head.partition(b"\n")
    try:
        return not newline or parsed(line) is not None
    except ValueError:
        return False


def _lines_from(stream: BufferedReader, start: int, stop: int | None) -> Iterator[tuple[str, bytes]]:
    """The lines that begin at or after ``start`` and before ``stop``, each with its place; blank ones left out."""
    position = start
    if start:
        # A range that begins inside a line leaves it to the range before; one in which none begins is not read on.
        stream.seek(start - 1)
        line = stream.readline(-1 if stop is None else stop - start + 1)
        if not line.endswith(b"\n"):
            return
        position += len(line) - 1
    for number, line in enumerate(stream, 1):
        if stop is not None and position >= stop:
            return
        content = line if position else line.removeprefix(BOM)
        if not content.isspace():
            yield f"byte {position}" if start else f"line {number}", content
        position += len(line)


def _document(record: Any, where: str, fields: Fields | None) -> copydesk.Document | copydesk.Unreadable:
    try:
        if isinstance(record, ValueError):
            raise record
        if fields is None:
            return _own(record)
        return fields.document(parsed(record) if isinstance(record, bytes) else record)
    except (copydesk.RecordError, ValueError, RecursionError) as error:
        told = error if isinstance(error, copydesk.RecordError) else copydesk.RecordError(str(error))
        return copydesk.Unreadable(where, told, record.strip() if isinstance(record, bytes) else None)


def _own(record: Any) -> copydesk.Document:
    try:
        return copydesk.from_json(record)
    except copydesk.RecordError as error:
        if b'"schema"' in record if isinstance(record, bytes) else isinstance(record, dict) and "schema" in record:
            raise
        hint = 'for records of other makers name the field of the story: text = "…"'
        raise copydesk.RecordError(f"{error}; {hint}") from error
