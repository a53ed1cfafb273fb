"""Sources: what an ingest can read later and elsewhere."""

from __future__ import annotations

import hashlib
import os
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

import attrs

from copydesk._documents._document import Document


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

    @property
    def size(self) -> int:
        """Its bytes, where that is known without reading it; they bound the units of work."""
        return 0

    def look(self) -> tuple[str, int]:
        """Fingerprint and size; to be overridden where one look gives both."""
        return self.fingerprint, self.size

    def digest(self) -> str:
        """A fingerprint of the content itself, for ``fingerprint = "content"``."""
        return self.fingerprint

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
        return self.look()[0]

    @property
    def size(self) -> int:
        return self.look()[1]

    def look(self) -> tuple[str, int]:
        status = os.stat(self.path)
        return f"{status.st_size}-{status.st_mtime_ns}", status.st_size

    def digest(self) -> str:
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @abstractmethod
    def read(self) -> Iterable[Document | Unreadable]: ...


Ingested: TypeAlias = Source | Document | Unreadable
"""What an ingest hook gives: something to read later, or what it has read already."""
