"""Knowing which document is in work, so that one that kills its process can be found and set aside.

A small file beside the store's units says at every moment which document of a unit is worked on. It outlives the
process: whoever sees that the process died reads there how far it had come.
"""

from __future__ import annotations

import faulthandler
import mmap
from collections.abc import Collection, Mapping
from pathlib import Path
from struct import Struct
from time import monotonic
from types import TracebackType
from typing import IO, NamedTuple, Self

import attrs

_LAYOUT = Struct("<IIbi")
_TRACE_AT = 64
"""Where the traceback of a dying process begins, behind the place."""


class Place(NamedTuple):
    """Where work on a unit stands: a document, from 0, of a source of the unit."""

    source: int
    document: int
    reading: bool = True
    """Whether the document is being read, not enriched."""
    step: int = -1
    """The place of the step among the enrich steps, where it is noted."""

    @property
    def spot(self) -> tuple[int, int]:
        """The document, whatever was done to it."""
        return self.source, self.document


@attrs.frozen
class Verdict:
    """Why a document is set aside without being worked on."""

    place: Place
    reason: str
    traceback: str = ""


class NoWatch:
    """Watches nothing: for work that dies with its process."""

    suspects: Collection[tuple[int, int]] = ()
    condemned: Mapping[tuple[int, int], Verdict] = {}

    def reading(self, source: int, document: int) -> None:
        """A document is going to be read."""

    spot: tuple[int, int] = (0, 0)
    """The document in work: the places of its source and of itself in that."""

    def ended(self) -> None:
        """All documents are done."""

    def enriching(self, source: int, document: int, step: int = -1) -> None:
        """It has been read, and is going to be enriched; for suspects each step tells its place."""


@attrs.define
class Watch(NoWatch):
    """Notes the document in work in a file, and ends the process where it takes too long."""

    path: Path
    suspects: Collection[tuple[int, int]] = ()
    """Documents at which work ended once: their steps are noted one by one."""
    condemned: Mapping[tuple[int, int], Verdict] = attrs.field(factory=dict)
    guarded: bool = False
    """Whether the process exists for this work alone, and may be ended."""
    timeout: float | None = None
    _file: IO[bytes] = attrs.field(init=False)
    _map: mmap.mmap = attrs.field(init=False)
    _armed: float = attrs.field(init=False, default=float("-inf"))

    def __enter__(self) -> Self:
        self._file = self.path.open("w+b", buffering=0)
        self._file.write(bytes(_TRACE_AT))
        self._map = mmap.mmap(self._file.fileno(), _TRACE_AT)
        self.ended()
        if self.guarded:
            faulthandler.enable(self._file, all_threads=False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.guarded:
            faulthandler.cancel_dump_traceback_later()
            faulthandler.disable()
        self._map.close()
        self._file.close()
        self.path.unlink(missing_ok=True)

    def ended(self) -> None:
        _LAYOUT.pack_into(self._map, 0, 0, 0, -1, -1)
        if self.timeout is not None:
            # A slow disk, which has to take the unit now, is no document's fault.
            faulthandler.cancel_dump_traceback_later()

    def reading(self, source: int, document: int) -> None:
        _LAYOUT.pack_into(self._map, 0, source, document, 1, -1)
        if self.timeout is not None:
            self._rearm(self.timeout)

    def enriching(self, source: int, document: int, step: int = -1) -> None:
        self.spot = source, document
        _LAYOUT.pack_into(self._map, 0, source, document, 0, step)

    def _rearm(self, timeout: float) -> None:
        # Arming starts a thread, so it is not done for each of many quick documents.
        now = monotonic()
        if now - self._armed > timeout / 4:
            faulthandler.dump_traceback_later(timeout * 1.25, exit=True, file=self._file)
            self._armed = now


def read_watch(path: Path) -> tuple[Place | None, str]:
    """Where work on a unit stood when its process died, and the traceback that it left."""
    try:
        content = path.read_bytes()
    except OSError:
        return None, ""
    if len(content) < _TRACE_AT:
        return None, ""
    source, document, reading, step = _LAYOUT.unpack_from(content)
    place = None if reading < 0 else Place(source, document, bool(reading), step)
    return place, content[_TRACE_AT:].decode("utf-8", "replace")
