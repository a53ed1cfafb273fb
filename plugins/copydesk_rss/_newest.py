"""The items a feed keeps while documents go by: each once, the newest first, in bounded memory."""

from __future__ import annotations

import weakref
from datetime import datetime
from functools import cached_property
from tempfile import TemporaryFile
from typing import IO, NamedTuple

Rank = tuple[float, int]
"""Greater is nearer the top: when it was published, then how early it came."""

_LOWEST: Rank = (float("-inf"), -(1 << 62))


def rank(published: datetime | None, position: int) -> Rank:
    """The rank of a document: the newer first, those without a date last, equals in the order they came."""
    return (published.timestamp() if published is not None else float("-inf"), -position)


class Entry(NamedTuple):
    """A rendered item, or where it was put, and what the channel must know of it."""

    rank: Rank
    name: str
    """What a message calls the document."""
    date: str | None
    """When it was published, as RSS writes it."""
    language: str | None
    """Its language, as RSS writes it."""
    item: bytes | slice


class Newest:
    """The ``limit`` newest entries by guid; with 0 all of them, their items in a temporary file."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._entries: dict[str, Entry] = {}
        self._floor = _LOWEST
        self._spool = _Spool()

    def accepts(self, rank: Rank) -> bool:
        """Whether an entry of this rank can be among the newest."""
        return rank > self._floor

    def get(self, guid: str) -> Entry | None:
        """The entry kept for ``guid``, or None."""
        return self._entries.get(guid)

    def put(self, guid: str, entry: Entry) -> None:
        """Keep an entry, in the place of an earlier one of that guid."""
        if not self._limit and isinstance(entry.item, bytes):
            entry = entry._replace(item=self._spool.put(entry.item))
        self._entries[guid] = entry
        if self._limit and len(self._entries) >= 2 * self._limit:
            self._prune()

    def entries(self) -> list[Entry]:
        """The newest entries, in their order."""
        return sorted(self._entries.values(), key=_rank, reverse=True)[: self._limit or None]

    def item(self, entry: Entry) -> bytes:
        """The rendered item of an entry."""
        return entry.item if isinstance(entry.item, bytes) else self._spool.get(entry.item)

    def _prune(self) -> None:
        # At twice the limit, so that a document costs a dictionary entry, not a heap operation.
        kept = sorted(self._entries.items(), key=lambda pair: pair[1].rank, reverse=True)[: self._limit]
        self._entries = dict(kept)
        self._floor = kept[-1][1].rank


def _rank(entry: Entry) -> Rank:
    return entry.rank


class _Spool:
    """Items put aside in a temporary file, which is made when the first comes and goes with this object.

    All are put before the first is got.
    """

    def __init__(self) -> None:
        self._end = 0

    @cached_property
    def _file(self) -> IO[bytes]:
        file = TemporaryFile()  # noqa: SIM115  # open for as long as this object lives
        weakref.finalize(self, file.close)
        return file

    def put(self, item: bytes) -> slice:
        """Put an item at the end; the slice says where it is."""
        start, self._end = self._end, self._end + len(item)
        self._file.write(item)
        return slice(start, self._end)

    def get(self, where: slice) -> bytes:
        """The item that ``put`` put there."""
        self._file.seek(where.start)
        return self._file.read(where.stop - where.start)
