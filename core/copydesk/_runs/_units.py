"""Units of work: the sources that are read and enriched together, and what came of them."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from zlib import crc32

import attrs

from copydesk._documents._document import Document
from copydesk._documents._record import to_json
from copydesk._errors import INTERRUPTIONS, RecordError, RunError
from copydesk._runs._report import Failure
from copydesk._sources import Ingested, Source, Unreadable

UNIT_SOURCES = 500
"""Sources in a unit, at most."""
UNIT_BYTES = 2 << 20
"""Bytes of sources after which a unit ends."""
BATCH_DOCUMENTS = 16
"""Documents that are handed on together; more at once would only keep the garbage collector busy."""

_READ = (Document, Unreadable)
"""What has been read already; these are told from sources, whose class is abstract, at a tenth of the time."""

_CUT = 0xFF
"""A unit ends at a source whose name's hash has these bits zero: on average each 256th."""


@attrs.frozen
class Unit:
    """What one ingest step gave, to be worked on together: sources, or documents that are read already."""

    step: str
    items: tuple[Ingested, ...]
    first: int
    """The place of the first item among all that the step gave, from 1."""
    looks: tuple[tuple[str, str], ...] = ()
    """The name and the fingerprint of each item, where they are wanted."""

    @property
    def is_read(self) -> bool:
        """Whether it consists of documents, which nobody can ask for again."""
        return isinstance(self.items[0], _READ)


@attrs.define
class UnitResult:
    """What came of a unit, or of a part of a large one."""

    sources: int = 0
    """Sources that were read to their end."""
    read: int = 0
    documents: list[Document] = attrs.field(factory=list)
    """Enriched, in the order they were read."""
    dropped: Counter[str] = attrs.field(factory=Counter)
    failures: list[Failure] = attrs.field(factory=list)


@attrs.frozen
class Grouping:
    """How items are grouped: in units with fingerprints that a store can tell apart, or simply in handfuls."""

    folder: Path
    """Names of sources are relative to it."""
    by_content: bool = False
    """Whether the fingerprints of sources come from their content."""
    keyed: bool = True
    """Whether fingerprints are wanted at all."""

    def units(self, step: str, found: Iterable[Ingested]) -> Iterator[Unit]:
        """Group what an ingest step yields, lazily and in order.

        A unit ends where its last item's name says so, so that a new item moves few of the ends.

        Raises RunError for what is neither a source nor a document.
        """
        items: list[Ingested] = []
        looks: list[tuple[str, str]] = []
        size = place = 0
        for item in found:
            if items and isinstance(item, _READ) != isinstance(items[0], _READ):
                yield Unit(step, tuple(items), place - len(items) + 1, tuple(looks))
                items, looks, size = [], [], 0
            name, fingerprint, bytes_ = self._look(step, item)
            items.append(item)
            place += 1
            size += bytes_
            if self.keyed:
                looks.append((name, fingerprint))
            if self._is_full(items, size, name):
                yield Unit(step, tuple(items), place - len(items) + 1, tuple(looks))
                items, looks, size = [], [], 0
        if items:
            yield Unit(step, tuple(items), place - len(items) + 1, tuple(looks))

    def _is_full(self, items: list[Ingested], size: int, name: str) -> bool:
        if not self.keyed and isinstance(items[0], _READ):
            return len(items) >= BATCH_DOCUMENTS
        return len(items) >= UNIT_SOURCES or size >= UNIT_BYTES or not crc32(name.encode()) & _CUT

    def _look(self, step: str, item: Ingested) -> tuple[str, str, int]:
        """An item's name, fingerprint and size."""
        if isinstance(item, _READ):
            digest = _digest(item) if self.keyed else ""
            return digest, digest, len(item.text) if isinstance(item, Document) else len(item.raw or b"")
        if not isinstance(item, Source):
            raise RunError(f"ingest step {step!r} gave {item!r:.200}, which is neither a Source nor a Document")
        try:
            name = shortened(item.uri, self.folder)
            fingerprint, size = item.look()
            return name, item.digest() if self.by_content else fingerprint, size
        except INTERRUPTIONS:
            raise
        except BaseException as error:  # reading it will fail likewise, and then only this source is left out
            return type(item).__qualname__, f"cannot be looked at: {type(error).__name__}", 0


def _digest(item: Document | Unreadable) -> str:
    try:
        content = to_json(item) if isinstance(item, Document) else repr(item).encode("utf-8", "backslashreplace")
    except RecordError:
        content = repr(item).encode("utf-8", "backslashreplace")
    return hashlib.sha256(content).hexdigest()


def shortened(uri: str, folder: Path) -> str:
    """A source's URI as documents carry it: a path relative to the pipeline's folder; other URIs as they are.

    Bytes of a file's name that are no UTF-8 are written as escapes.
    """
    below = f"{folder}/"
    if uri.startswith(below) and "/." not in uri and "//" not in uri:
        uri = uri[len(below) :]
    elif os.path.isabs(uri):
        # Another drive, on Windows, has no relative path.
        with suppress(ValueError):
            uri = Path(os.path.relpath(uri, folder)).as_posix()
    return uri if uri.isascii() else uri.encode("utf-8", "backslashreplace").decode()


def place_name(name: str, place: int) -> str:
    """The id of the document at a place, from 1, of a source or a step."""
    return name if place == 1 else f"{name}#{place}"
