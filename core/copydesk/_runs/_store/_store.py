"""The store: a folder where finished units are kept under their fingerprints."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import attrs

from copydesk._errors import UsageError
from copydesk._runs._store._lock import holder, is_locked, locked
from copydesk._runs._store._manifest import recover
from copydesk._runs._store._unit_file import Summary, UnitReader, UnitWriter, read_summary
from copydesk._runs._store._watch import Place, read_watch


@attrs.frozen
class Store:
    """A folder of finished units; deleting it costs time, never data."""

    folder: Path
    durable: bool = True
    """Whether what is finished shall outlive the machine's power, not only the process."""

    def prepare(self) -> None:
        """Make the folders.

        Raises UsageError where they cannot be made.
        """
        try:
            for folder in (self._units, self._work):
                folder.mkdir(parents=True, exist_ok=True)
            if self.durable:
                self.folder.parent.joinpath(".gitignore").write_text("*\n", encoding="utf-8")
        except OSError as error:
            raise UsageError(
                f"the store {self.folder} cannot be made: {error.strerror}; "
                "make its folder writable, or write store = false under [run]"
            ) from error

    def locked(self, pipeline: str) -> AbstractContextManager[None]:
        """Hold the store for one run; UsageError, which names the other, where there is one already."""
        return locked(self.folder / "lock", pipeline)

    def user(self) -> str | None:
        """The process that runs the pipeline now, and since when."""
        lock = self.folder / "lock"
        return holder(lock) if is_locked(lock) else None

    def recover(self) -> None:
        """Complete a renaming that was interrupted, and remove what dead processes left half-made."""
        recover(self.folder)
        for path in self._work.glob("*.part"):
            path.unlink(missing_ok=True)

    def summary(self, key: str) -> Summary | None:
        """What a finished unit holds; None where it is still to do, or to do again."""
        summary = read_summary(self._place(key), key)
        return None if summary is not None and summary.changed_code() else summary

    def changed_code(self, key: str) -> list[str]:
        """The packages whose code changed, so that a unit is to do again."""
        summary = read_summary(self._place(key), key)
        return [] if summary is None else summary.changed_code()

    def reader(self, summary: Summary) -> UnitReader:
        """What reads a finished unit."""
        return UnitReader(self._place(summary.key), summary)

    def writer(self, key: str, looks: tuple[tuple[str, str], ...]) -> UnitWriter:
        """What writes a unit."""
        return UnitWriter(key, self._place(key), self._work / f"{key}.{os.getpid()}.part", looks, self.durable)

    def watch_path(self, key: str) -> Path:
        """The file that says which document of a unit is in work."""
        return self._work / key

    def last_place(self, key: str) -> tuple[Place | None, str]:
        """Where work on a unit stood when its process died, with the traceback it left; None where it did not."""
        return read_watch(self.watch_path(key))

    def forget(self, key: str) -> None:
        """Remove a unit and what is known of work on it."""
        self._place(key).unlink(missing_ok=True)
        self.watch_path(key).unlink(missing_ok=True)

    def stale(self, keys: Collection[str]) -> Iterator[str]:
        """The units that are kept, of which none of these is the key."""
        for folder in sorted(self._units.glob("*")):
            yield from sorted(path.name for path in folder.iterdir() if path.name not in keys)

    def clear_others(self, keys: Collection[str]) -> None:
        """Remove all units but these."""
        for key in list(self.stale(keys)):
            self.forget(key)
        for path in self._work.iterdir():
            path.unlink(missing_ok=True)

    @property
    def _units(self) -> Path:
        return self.folder / "units"

    @property
    def _work(self) -> Path:
        return self.folder / "work"

    def _place(self, key: str) -> Path:
        return self._units / key[:2] / key
