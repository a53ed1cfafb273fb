"""Units of work: the sources that are read and enriched together, and what came of them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import groupby, islice
from pathlib import Path

import attrs

from copydesk._document import Document
from copydesk._errors import RunError
from copydesk._report import Failure
from copydesk._sources import Ingested, Source, Unreadable

UNIT_SOURCES = 500
"""Sources in a unit."""
BATCH_DOCUMENTS = 16
"""Documents that are handed on together; more at once would only keep the garbage collector busy."""


@attrs.frozen
class Unit:
    """What one ingest step gave, to be worked on together: sources, or documents that are read already."""

    step: str
    items: tuple[Ingested, ...]
    first: int
    """The place of the first item among all that the step gave, from 1."""


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


def group(step: str, found: Iterable[Ingested]) -> Iterator[Unit]:
    """Group what an ingest step yields into units, lazily and in order.

    Raises RunError for what is neither a source nor a document.
    """
    place = 1
    for are_read, alike in groupby(found, lambda item: isinstance(item, (Document, Unreadable))):
        while items := tuple(islice(alike, BATCH_DOCUMENTS if are_read else UNIT_SOURCES)):
            for item in items:
                if not isinstance(item, (Source, Document, Unreadable)):
                    raise RunError(f"ingest step {step!r} gave {item!r:.200}, which is neither a Source nor a Document")
            yield Unit(step, items, place)
            place += len(items)


def shortened(uri: str, folder: Path) -> str:
    """A source's URI as documents carry it: a path relative to the pipeline's folder; other URIs as they are.

    Bytes of a file's name that are no UTF-8 are written as escapes.
    """
    if os.path.isabs(uri):
        # Another drive, on Windows, has no relative path.
        with suppress(ValueError):
            uri = Path(os.path.relpath(uri, folder)).as_posix()
    return uri.encode("utf-8", "backslashreplace").decode()


def place_name(name: str, place: int) -> str:
    """The id of the document at a place, from 1, of a source or a step."""
    return name if place == 1 else f"{name}#{place}"
