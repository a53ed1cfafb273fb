"""Findings in an SQLite file, which several processes may use at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from time import monotonic

import attrs

import copydesk

_EVERY = 1.0
"""Seconds between two commits: what a crash loses is found again."""
_PATIENCE = 60.0
"""Seconds to wait for other processes."""


@attrs.define
class Findings:
    """The annotations that steps found, each list under a key, as a JSON record."""

    _connection: sqlite3.Connection
    _committed: float = attrs.field(factory=monotonic)

    @classmethod
    def opened(cls, path: Path) -> Findings:
        """Open the file, and make it where there is none.

        Raises UsageError where it is no such file or cannot be written.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=_PATIENCE, check_same_thread=False)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("CREATE TABLE IF NOT EXISTS findings (key BLOB PRIMARY KEY, record BLOB) WITHOUT ROWID")
        except (OSError, sqlite3.Error) as error:
            raise copydesk.UsageError(
                f"the cache {path} cannot be used: {error}; delete it, or name another"
            ) from error
        return cls(connection)

    def get(self, key: bytes) -> tuple[copydesk.Annotation, ...] | None:
        """What is kept under a key."""
        row = self._connection.execute("SELECT record FROM findings WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        with suppress(copydesk.RecordError):
            return copydesk.from_json(row[0]).annotations
        return None

    def put(self, key: bytes, document: copydesk.Document, found: Iterable[copydesk.Annotation]) -> None:
        """Keep findings, where a record can carry them; a step that finds what none can is told so by the engine."""
        try:
            record = copydesk.to_json(copydesk.Document(document.text, annotations=found))
        except copydesk.RecordError:
            return
        self._connection.execute("INSERT OR REPLACE INTO findings VALUES (?, ?)", (key, record))
        if monotonic() - self._committed > _EVERY:
            self._commit()

    def close(self) -> None:
        """Make sure that all is kept."""
        self._commit()
        self._connection.close()

    def _commit(self) -> None:
        self._connection.commit()
        self._committed = monotonic()
