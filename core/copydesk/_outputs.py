"""Outputs that appear whole or not at all: written beside, synced, renamed together at the end."""

from __future__ import annotations

import errno
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import attrs

from copydesk._errors import RunError, UsageError

STANDARD_STREAM = Path("-")
"""Standard input or output, where a path option allows it."""


@attrs.define
class Outputs:
    """The files that a run is writing.

    Until ``commit`` the files of earlier runs stand untouched; after ``discard`` they still do.
    """

    _open: dict[Path, _Output] = attrs.field(factory=dict, init=False)

    def open(self, path: Path) -> IO[bytes]:
        """Open an output for writing bytes; folders above it are made.

        ``-`` is standard output. That and what is no regular file (a pipe, a device) is written at once.

        Raises UsageError where the file cannot be made, or another step writes it already.
        """
        if path != STANDARD_STREAM:
            path = Path(os.path.realpath(path))
        if path in self._open:
            raise UsageError(f"two exports write to {path}; give one of them another path")
        try:
            output = _opened(path)
        except OSError as error:
            raise UsageError(f"cannot write {path}: {error.strerror}; check the path and its permissions") from error
        self._open[path] = output
        return output.file

    def commit(self) -> tuple[Path, ...]:
        """Sync every output to disk, then rename them all into place; return their paths.

        Raises RunError where the disk refuses; nothing is renamed where it refuses to write.
        """
        for output in self._open.values():
            with self._failing(f"{output.path} cannot be written", "the old outputs are as they were"):
                output.sync()
        for output in self._open.values():
            with self._failing(f"{output.path} cannot be put in place", "outputs opened before it are new"):
                output.rename()
        for folder in {output.path.parent for output in self._open.values() if output.beside}:
            _sync_folder(folder)
        written = tuple(path for path in self._open if path != STANDARD_STREAM)
        self._open.clear()
        return written

    @contextmanager
    def _failing(self, what: str, state: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.discard()
            raise RunError(f"{what}: {error.strerror}; {state}") from error

    def discard(self) -> None:
        """Throw away what was written; the files of earlier runs stay."""
        for output in self._open.values():
            output.discard()
        self._open.clear()


@attrs.frozen
class _Output:
    path: Path
    file: IO[bytes]
    beside: Path | None
    """The file that is written; None where the path itself is, since it is no regular file."""

    def sync(self) -> None:
        self.file.flush()
        if self.beside is not None:
            os.fsync(self.file.fileno())
        if self.path != STANDARD_STREAM:
            self.file.close()

    def rename(self) -> None:
        if self.beside is not None:
            _keep_mode(self.path, self.beside)
            os.replace(self.beside, self.path)

    def discard(self) -> None:
        if self.path != STANDARD_STREAM:
            with suppress(OSError):
                self.file.close()
        if self.beside is not None:
            with suppress(OSError):
                self.beside.unlink()


def _opened(path: Path) -> _Output:
    if path == STANDARD_STREAM:
        return _Output(path, sys.stdout.buffer, None)
    if path.exists() and not path.is_file():
        # Opening a folder raises; a pipe or a device must not be replaced by a file.
        return _Output(path, path.open("wb"), None)
    make_folder(path.parent)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    return _Output(path, beside.open("wb", buffering=1 << 20), beside)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; where a file is in the way it says so, and not that it exists."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from None


def _keep_mode(path: Path, beside: Path) -> None:
    with suppress(FileNotFoundError):
        os.chmod(beside, path.stat().st_mode & 0o7777)


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
