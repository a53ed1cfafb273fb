"""Outputs that appear whole or not at all: written beside, synced, renamed together at the end."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

import attrs

from copydesk._crashpoints import crashpoint
from copydesk._errors import RunError, UsageError

STANDARD_STREAM = Path("-")
"""Standard input or output, where a path option allows it."""


@attrs.frozen
class Move:
    """An output that is written and synced, and where it belongs."""

    beside: Path
    path: Path
    owner: str
    """The export step that wrote it."""


@attrs.define
class Outputs:
    """The files that a run is writing.

    Until ``commit`` the files of earlier runs stand untouched; after ``discard`` they still do.
    """

    tag: str = attrs.field(factory=lambda: str(os.getpid()))
    """Marks the files that are being written: a process, or a pipeline that runs once at a time."""
    streams: set[str] = attrs.field(factory=set, init=False)
    """The export steps that write to standard output."""
    _open: dict[Path, tuple[Move, IO[bytes]]] = attrs.field(factory=dict, init=False)

    def open(self, path: Path, owner: str = "") -> IO[bytes]:
        """Open an output for writing bytes; folders above it are made. ``-`` is standard output.

        Raises UsageError where the file cannot be made, or another step writes it already.
        """
        if path == STANDARD_STREAM:
            self.streams.add(owner)
            return sys.stdout.buffer
        path = Path(os.path.realpath(path))
        if path in self._open:
            raise UsageError(f"two exports write to {path}; give one of them another path")
        beside = path.with_name(f".{path.name}.{self.tag}.part")
        try:
            if path.is_dir():
                raise IsADirectoryError(21, os.strerror(21))
            path.parent.mkdir(parents=True, exist_ok=True)
            _remove_leftovers(path)
            file = beside.open("wb", buffering=1 << 20)
        except OSError as error:
            raise UsageError(f"cannot write {path}: {error.strerror}; check the path and its permissions") from error
        self._open[path] = Move(beside, path, owner), file
        crashpoint("outputs: opened")
        return file

    def finished(self) -> tuple[Move, ...]:
        """Sync every output to disk and close it; return what is to be renamed.

        Raises RunError where the disk refuses.
        """
        try:
            for move, file in self._open.values():
                file.flush()
                os.fsync(file.fileno())
                file.close()
                _keep_mode(move.path, move.beside)
                crashpoint("outputs: synced")
        except OSError as error:
            where = f"{error.strerror}: {move.beside}"
            self.discard()
            raise RunError(f"the outputs cannot be written: {where}; the old ones are as they were") from error
        return tuple(move for move, _ in self._open.values())

    def commit(self) -> tuple[Path, ...]:
        """Sync every output to disk, then rename them all into place; return their paths.

        Raises RunError where the disk refuses; nothing is renamed then.
        """
        moves = self.finished()
        for move in moves:
            os.replace(move.beside, move.path)
        for folder in {move.path.parent for move in moves}:
            sync_folder(folder)
        self.committed()
        return tuple(move.path for move in moves)

    def committed(self) -> None:
        """Let go of outputs that have been renamed."""
        self._open.clear()

    def discard(self) -> None:
        """Throw away what was written; the files of earlier runs stay."""
        for move, file in self._open.values():
            with suppress(OSError):
                file.close()
            with suppress(OSError):
                move.beside.unlink()
        self._open.clear()


def sync_folder(folder: Path) -> None:
    """Make sure that the disk has the names in a folder, where the system can do that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _keep_mode(path: Path, beside: Path) -> None:
    with suppress(FileNotFoundError):
        os.chmod(beside, path.stat().st_mode & 0o7777)


def _remove_leftovers(path: Path) -> None:
    """Remove what processes left that died while they wrote this output."""
    for name in _matching(os.listdir(path.parent), re.compile(rf"\.{re.escape(path.name)}\.(\d+)\.part")):
        path.with_name(name).unlink(missing_ok=True)


def _matching(names: Iterable[str], pattern: re.Pattern[str]) -> list[str]:
    return [name for name in names if (found := pattern.fullmatch(name)) and not _is_alive(int(found[1]))]


def _is_alive(process: int) -> bool:
    if os.name == "nt":
        return True  # signal 0 is Ctrl-C there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
