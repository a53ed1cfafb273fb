"""The schedule of a run: its units in order, each done or to do, on disk so that any number of them fits."""

from __future__ import annotations

import hashlib
import pickle
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import attrs

from copydesk._errors import RunError
from copydesk._runs._crashpoints import crashpoint
from copydesk._runs._store._unit_file import Summary
from copydesk._runs._units import Unit


@attrs.frozen
class Planned:
    """A unit in a schedule."""

    index: int
    key: str
    summary: Summary | None
    """What it holds, where it is done."""
    unit: bytes = b""
    """The unit itself, pickled, where it is to do or cannot be asked for again."""


@attrs.define
class Totals:
    """What a schedule comes to."""

    units: int = 0
    sources: int = 0
    todo: int = 0
    digest: Any = attrs.field(factory=hashlib.sha256, repr=False)
    counts: Counter[str] = attrs.field(factory=Counter)
    """Of the units that are done: ``sources``, ``read``, ``exported``, ``failed``."""
    dropped: Counter[str] = attrs.field(factory=Counter)

    def add(self, summary: Summary) -> None:
        """Count a unit that is done."""
        self.digest.update(summary.line())
        for name in ("sources", "read", "exported", "failed"):
            self.counts[name] += getattr(summary, name)
        self.dropped.update(summary.dropped)


@attrs.define
class Schedule:
    """The units of a run in a file, and those that are still to be asked for.

    Units of documents are not asked for until they are worked on, since nobody can ask for them twice.
    """

    path: Path
    key_of: Callable[[Unit], str]
    done: Callable[[str], Summary | None]
    """What a unit of a key holds, where it is done already."""
    totals: Totals = attrs.field(init=False, factory=Totals)
    _rest: Iterator[Unit] = attrs.field(init=False, default=iter(()))
    _file: IO[bytes] = attrs.field(init=False)
    _ended: bool = attrs.field(init=False, default=False)
    _last_is_read: bool = attrs.field(init=False, default=False)

    def fill(self, units: Iterator[Unit], check: Callable[[], None] = lambda: None) -> None:
        """Take up units, as far as they are made of sources; ``check`` is called after each."""
        self._file = self.path.open("wb")
        crashpoint("schedule: opened")
        self._rest = units
        while self._grow() and not self._last_is_read:
            check()
        self._file.flush()

    @property
    def is_complete(self) -> bool:
        """Whether all units are known."""
        return self._ended

    def units(self) -> Iterator[Planned]:
        """All units in order; several callers may each be at a place of their own."""
        with self.path.open("rb") as file:
            place = 0
            while place < self.totals.units or self._grow_at_once():
                yield Planned(place, *pickle.load(file))  # noqa: S301  # this run's own file, written just now
                place += 1

    def close(self) -> None:
        """Remove the file."""
        with suppress(OSError):  # a full disk refuses the rest, which nobody wants
            self._file.close()
        self.path.unlink(missing_ok=True)

    def _grow_at_once(self) -> bool:
        grown = self._grow()
        self._file.flush()
        return grown

    def _grow(self) -> bool:
        """Take up one more unit; False where there is none."""
        unit = next(self._rest, None)
        if unit is None:
            self._ended = True
            return False
        self._last_is_read = unit.is_read
        key = self.key_of(unit)
        summary = self.done(key)
        self._append(unit, key, summary)
        totals = self.totals
        totals.units += 1
        totals.sources += len(unit.items)
        if summary is None:
            totals.todo += 1
        else:
            totals.add(summary)
        return True

    def _append(self, unit: Unit, key: str, summary: Summary | None) -> None:
        try:
            content = b"" if summary is not None and not unit.is_read else pickle.dumps(unit, protocol=5)
        except Exception as error:  # whatever a plugin's __reduce__ raises
            raise RunError(
                f"ingest step {unit.step!r} gave sources that cannot be handed to another process: {error}; "
                "keep paths and settings in them, never open files"
            ) from error
        try:
            pickle.dump((key, summary, content), self._file, protocol=5)
        except OSError as error:
            raise RunError(f"the store cannot be written: {error.strerror}: {self.path}") from error
