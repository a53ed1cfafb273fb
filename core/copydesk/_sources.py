"""Sources: what an ingest can read later and elsewhere."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

import attrs

from copydesk._document import Document


@attrs.frozen
class Unreadable:
    """Yielded by ``read`` in the place of a document that cannot be read: it goes to quarantine, the rest goes on."""

    where: str
    """Its place in the source: ``line 17``."""
    error: Exception
    raw: bytes | None = None
    """What was read, where that is worth keeping."""


class Source(ABC):
    """Something that an ingest found and that can be read later, perhaps in another process.

    Implementations pickle: keep paths and settings, never open files.
    """

    @property
    @abstractmethod
    def uri(self) -> str:
        """What names it: a path (absolute; the engine shortens it) or a URL."""

    @property
    @abstractmethod
    def fingerprint(self) -> str:
        """A short text that changes when the content does, found without reading it."""

    @abstractmethod
    def read(self) -> Iterable[Document | Unreadable]:
        """Yield its documents, always in the same order.

        A document without an id gets one from ``uri`` and its place; its ``source`` is set likewise.
        """


@attrs.frozen
class FileSource(Source):
    """A file. Subclasses add their settings as fields and say how to ``read`` it."""

    path: Path

    @property
    def uri(self) -> str:
        return self.path.as_posix()

    @property
    def fingerprint(self) -> str:
        status = self.path.stat()
        return f"{status.st_size}-{status.st_mtime_ns}"

    @abstractmethod
    def read(self) -> Iterable[Document | Unreadable]: ...


Ingested: TypeAlias = Source | Document | Unreadable
"""What an ingest hook gives: something to read later, or what it has read already."""
