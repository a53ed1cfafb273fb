"""A finished unit as a file: its sources, records and failures, each on a line, and a last line that sums up.

The last line holds the size and the checksum of all before it: a file that was cut off has none, or a wrong one.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Literal

import attrs
import msgspec

from copydesk._documents._document import Document
from copydesk._documents._record import from_json, to_json
from copydesk._errors import RecordError, RunError
from copydesk._plugins._fingerprints import code_digest, packages_of
from copydesk._runs._crashpoints import crashpoint
from copydesk._runs._outputs import sync_folder
from copydesk._runs._quarantine import failure_line, failure_of_line
from copydesk._runs._units import BATCH_DOCUMENTS, UnitResult

_SOURCES, _RECORD, _FAILURE, _SUMMARY = b"s ", b"d ", b"f ", b"= "
_TAIL = 4096
_CHUNK = 1 << 20


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a finished unit holds."""

    version: Literal[1] = 1
    key: str
    sources: int = 0
    read: int = 0
    exported: int = 0
    failed: int = 0
    dropped: dict[str, int] = {}
    code: dict[str, str] = {}
    """The packages that its annotations' classes come from, and the digests of their files."""
    size: int = 0
    """Bytes before the last line."""
    sha256: str = ""
    """The digest of these bytes."""

    def line(self) -> bytes:
        """What tells it from any other unit, and from itself made anew with other results."""
        return f"{self.key} {self.sha256}\n".encode()

    def changed_code(self) -> list[str]:
        """The packages of its annotations' classes that are others now, so that it may not be readable any more.

        One that is not loaded does not count: its annotations are kept as they are.
        """
        return [name for name, digest in self.code.items() if name in sys.modules and code_digest(name) != digest]


class TornError(Exception):
    """A unit's file that is not as it was written."""


@attrs.define
class UnitWriter:
    """Writes a unit beside its place, and puts it there when it is whole."""

    key: str
    place: Path
    beside: Path
    looks: tuple[tuple[str, str], ...]
    durable: bool = True
    """Whether it is made sure that the disk has it."""
    _file: IO[bytes] = attrs.field(init=False)
    _digest: hashlib._Hash = attrs.field(init=False, factory=hashlib.sha256)
    _size: int = attrs.field(init=False, default=0)
    _total: UnitResult = attrs.field(init=False, factory=UnitResult)
    _exported: int = attrs.field(init=False, default=0)
    _failed: int = attrs.field(init=False, default=0)
    _kinds: set[type] = attrs.field(init=False, factory=set)

    def __attrs_post_init__(self) -> None:
        try:
            self._file = self.beside.open("wb", buffering=_CHUNK)
        except OSError as error:
            raise self._refused(error) from error
        crashpoint("unit: opened")
        self._write(_SOURCES + msgspec.json.encode(self.looks) + b"\n")

    def add(self, result: UnitResult) -> None:
        """Write what came of a part of the unit.

        Raises RunError where the disk refuses, as a full one does.
        """
        lines = [_RECORD + to_json(document) + b"\n" for document in result.documents]
        lines += [_FAILURE + failure_line(failure) + b"\n" for failure in result.failures]
        if lines:
            self._write(b"".join(lines))
        for document in result.documents:
            self._kinds.update(map(type, document.annotations))
        self._total.sources += result.sources
        self._total.read += result.read
        self._total.dropped.update(result.dropped)
        self._exported += len(result.documents)
        self._failed += len(result.failures)

    def commit(self) -> Summary:
        """Sync the file, put it in its place and return what it holds."""
        packages = sorted({name for kind in self._kinds for name in packages_of(kind)})
        summary = Summary(
            key=self.key,
            sources=self._total.sources,
            read=self._total.read,
            exported=self._exported,
            failed=self._failed,
            dropped=dict(self._total.dropped),
            code={name: code_digest(name) for name in packages},
            size=self._size,
            sha256=self._digest.hexdigest(),
        )
        self._write(_SUMMARY + msgspec.json.encode(summary) + b"\n")
        try:
            self._put_in_place()
        except OSError as error:
            raise self._refused(error) from error
        return summary

    def _put_in_place(self) -> None:
        crashpoint("unit: before flush")
        self._file.flush()
        if self.durable:
            os.fsync(self._file.fileno())
        self._file.close()
        crashpoint("unit: before rename")
        self.place.parent.mkdir(exist_ok=True)
        os.replace(self.beside, self.place)
        crashpoint("unit: after rename")
        if self.durable:
            sync_folder(self.place.parent)
            crashpoint("unit: folder synced")

    def discard(self) -> None:
        """Throw away what was written."""
        with suppress(OSError):  # a full disk refuses the rest, which nobody wants
            self._file.close()
        self.beside.unlink(missing_ok=True)

    def _write(self, content: bytes) -> None:
        try:
            self._file.write(content)
        except OSError as error:
            raise self._refused(error) from error
        self._digest.update(content)
        self._size += len(content)

    def _refused(self, error: OSError) -> RunError:
        return RunError(
            f"the store cannot be written: {error.strerror}: {self.beside}; "
            "the old outputs are as they were, and what was finished is kept"
        )


def read_summary(path: Path, key: str) -> Summary | None:
    """What the file of a finished unit holds, or None where it is missing, not whole, or another unit's."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            return _summary(file, size, key)
    except OSError:
        return None


def _summary(file: IO[bytes], size: int, key: str) -> Summary | None:
    line = _last_line(file, size)
    try:
        summary = msgspec.json.decode(line.removeprefix(_SUMMARY), type=Summary)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    whole = line.startswith(_SUMMARY) and line.endswith(b"\n") and summary.size == size - len(line)
    return summary if whole and summary.key == key else None


def _last_line(file: IO[bytes], size: int) -> bytes:
    length = _TAIL
    while True:
        file.seek(max(0, size - length))
        tail = file.read()
        start = tail.rfind(b"\n", 0, -1) + 1
        if start or length >= size:
            return tail[start:]
        length *= 16


@attrs.define
class UnitReader:
    """Reads a finished unit."""

    path: Path
    summary: Summary

    def results(self) -> Iterator[UnitResult]:
        """Yield what came of the unit, in parts; counts that belong to no document come with the last.

        Raises TornError before anything is yielded where the file is not as it was written.
        """
        try:
            file = self.path.open("rb")
        except OSError as error:
            raise TornError from error
        with file:
            self._check(file)
            yield from self._parts(file)

    def sources(self) -> dict[str, str]:
        """The fingerprint of each source, by its name."""
        with self.path.open("rb") as file:
            return dict(msgspec.json.decode(file.readline().removeprefix(_SOURCES), type=list[tuple[str, str]]))

    def _check(self, file: IO[bytes]) -> None:
        digest = hashlib.sha256()
        left = self.summary.size
        while left and (chunk := file.read(min(left, _CHUNK))):
            digest.update(chunk)
            left -= len(chunk)
        if left or digest.hexdigest() != self.summary.sha256:
            raise TornError
        file.seek(0)

    def _parts(self, file: IO[bytes]) -> Iterator[UnitResult]:
        part = UnitResult()
        left = self.summary.read - sum(self.summary.dropped.values())
        for line in file:
            content = line[2:-1]
            if line.startswith(_RECORD):
                part.documents.append(Document.of_record(content, document_of_record))
            elif line.startswith(_FAILURE):
                part.failures.append(failure_of_line(content))
            else:
                continue
            part.read += 1
            left -= 1
            if part.read >= BATCH_DOCUMENTS and left:
                yield part
                part = UnitResult()
        part.sources = self.summary.sources
        part.dropped = Counter(self.summary.dropped)
        part.read += part.dropped.total()
        yield part


def document_of_record(record: bytes) -> Document:
    """The document of a record that an earlier run kept.

    Raises RecordError where it cannot be read any more.
    """
    try:
        return from_json(record)
    except RecordError as error:
        raise RecordError(f"the store is out of date, remove it and run again: {error}") from error
