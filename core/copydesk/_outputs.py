"""Outputs that appear whole or not at all: written beside, synced, renamed together at the end."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import suppress
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

    _open: dict[Path, tuple[Path, IO[bytes]]] = attrs.field(factory=dict, init=False)

    def open(self, path: Path) -> IO[bytes]:
        """Open an output for writing bytes; folders above it are made. ``-`` is standard output.

        Raises UsageError where the file cannot be made, or another step writes it already.
        """
        if path == STANDARD_STREAM:
            return sys.stdout.buffer
        path = Path(os.path.realpath(path))
        if path in self._open:
            raise UsageError(f"two exports write to {path}; give one of them another path")
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        try:
            if path.is_dir():
                raise IsADirectoryError(21, os.strerror(21))
            path.parent.mkdir(parents=True, exist_ok=True)
            file = beside.open("wb", buffering=1 << 20)
        except OSError as error:
            raise UsageError(f"cannot write {path}: {error.strerror}; check the path and its permissions") from error
        self._open[path] = beside, file
        return file

    def commit(self) -> tuple[Path, ...]:
        """Sync every output to disk, then rename them all into place; return their paths.

        Raises RunError where the disk refuses; nothing is renamed then.
        """
        try:
            for _, file in self._open.values():
                file.flush()
                os.fsync(file.fileno())
                file.close()
        except OSError as error:
            self.discard()
            raise RunError(f"the outputs cannot be written: {error.strerror}; the old ones are as they were") from error
        for path, (beside, _) in self._open.items():
            _keep_mode(path, beside)
            os.replace(beside, path)
        for folder in {path.parent for path in self._open}:
            _sync_folder(folder)
        written = tuple(self._open)
        self._open.clear()
        return written

    def discard(self) -> None:
        """Throw away what was written; the files of earlier runs stay."""
        for beside, file in self._open.values():
            with suppress(OSError):
                file.close()
            with suppress(OSError):
                beside.unlink()
        self._open.clear()


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
