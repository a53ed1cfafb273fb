"""Outputs that appear whole or not at all: written beside, synced, renamed together at the end."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedWriter, FileIO, TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import attrs

from copydesk._errors import RunError, UsageError
from copydesk._files import STANDARD_STREAM
from copydesk._runs._crashpoints import crashpoint

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


@attrs.define
class Outputs:
    """The files that a run is writing.

    Until ``commit`` the files of earlier runs stand untouched; after ``discard`` they still do.
    """

    tag: str = attrs.field(factory=lambda: str(os.getpid()))
    """Marks the files that are being written: a process, or a pipeline that runs once at a time."""
    _open: dict[Path, Output] = attrs.field(factory=dict, init=False)
    _reserved: dict[Path, str] = attrs.field(factory=dict, init=False)

    def reserve(self, path: Path, what: str) -> None:
        """Refuse a path, and all below it, to outputs, since it is ``what``."""
        self._reserved[_real(path)] = what

    def reserved_as(self, path: Path) -> str | None:
        """What a path is that is refused to outputs; None where it is not."""
        path = _real(path)
        return next((self._reserved[above] for above in (path, *path.parents) if above in self._reserved), None)

    def open(self, path: Path, owner: str = "", encoding: str | None = None) -> IO[Any]:
        """Open an output for writing bytes, or text in an ``encoding``; folders above it are made.

        ``-`` is standard output. That and what is no regular file (a pipe, a device) is written at once.

        Raises UsageError where the file cannot be made, or another step writes it already.
        """
        if path != STANDARD_STREAM:
            path = _real(path)
        if path != STANDARD_STREAM and (what := self.reserved_as(path)):
            raise UsageError(f"cannot write {path}, which is {what}; give another path")
        if path in self._open:
            raise UsageError(f"two exports write to {path}; give one of them another path")
        try:
            output = self._opened(path, owner)
        except OSError as error:
            raise UsageError(f"cannot write {path}: {error.strerror}; check the path and its permissions") from error
        self._open[path] = output
        if encoding is not None:
            output.file = TextIOWrapper(output.file, encoding, newline="")
        crashpoint("outputs: opened")
        return output.file

    @property
    def owners(self) -> dict[Path, str]:
        """The files that are being written, and the steps that write them."""
        return {path: output.owner for path, output in self._open.items() if path != STANDARD_STREAM}

    def synced(self) -> tuple[Output, ...]:
        """Sync every output to disk and close it; return them, to be put in place.

        Raises RunError where the disk refuses.
        """
        for output in self._open.values():
            with self._failing(f"{output.path} cannot be written", "the old outputs are as they were"):
                output.sync()
                crashpoint("outputs: synced")
        return tuple(self._open.values())

    def settled(self) -> tuple[Path, ...]:
        """Let go of outputs that are in place; return the paths of files."""
        written = tuple(path for path in self._open if path != STANDARD_STREAM)
        self._open.clear()
        return written

    def commit(self) -> tuple[Path, ...]:
        """Sync every output to disk, then rename them all into place; return their paths.

        Raises RunError where the disk refuses; nothing is renamed where it refuses to write.
        """
        for output in self.synced():
            with self._failing(f"{output.path} cannot be put in place", "outputs opened before it are new"):
                output.rename()
        for folder in {output.path.parent for output in self._open.values() if output.beside}:
            sync_folder(folder)
        return self.settled()

    @contextmanager
    def _failing(self, what: str, state: str) -> Iterator[None]:
        try:
            yield
        except RunError:
            self.discard()
            raise
        except OSError as error:
            self.discard()
            raise RunError(f"{what}: {error.strerror}; {state}") from error

    def discard(self) -> None:
        """Throw away what was written; the files of earlier runs stay."""
        for output in self._open.values():
            output.discard()
        self._open.clear()

    def _opened(self, path: Path, owner: str) -> Output:
        if path == STANDARD_STREAM:
            return Output(path, sys.stdout.buffer, None, owner)
        if path.exists() and not path.is_file():
            # Opening a folder raises; a pipe or a device must not be replaced by a file.
            return Output(path, path.open("wb"), None, owner)
        make_folder(path.parent)
        _remove_leftovers(path)
        beside = path.with_name(f".{path.name}.{self.tag}.part")
        return Output(path, BufferedWriter(_OutputFile(beside, path), 1 << 20), beside, owner)


class _OutputFile(FileIO):
    """A file beside an output's place, which names the output where the disk refuses it."""

    def __init__(self, beside: Path, output: Path) -> None:
        super().__init__(beside, "wb")
        self._output = output

    def write(self, content: ReadableBuffer, /) -> int:
        """Write; raises RunError where the disk refuses, as a full one does."""
        try:
            return super().write(content)
        except OSError as error:
            raise RunError(
                f"{self._output} cannot be written: {error.strerror}; the old outputs are as they were"
            ) from error


@attrs.define
class Output:
    """An output that is being written."""

    path: Path
    file: IO[Any]
    """Of bytes, or of text around one of bytes."""
    beside: Path | None
    """The file that is written; None where the path itself is, since it is no regular file."""
    owner: str
    """The export step that writes it."""

    def sync(self) -> None:
        """Make sure that the disk has it, and close it."""
        if not self.file.closed:
            self.file.flush()
        if self.beside is not None:
            # Opened again, since a step may have closed its file, as `with` does.
            with self.beside.open("rb+") as written:
                os.fsync(written.fileno())
            _keep_mode(self.path, self.beside)
        self._close()

    def rename(self) -> None:
        """Put it in its place."""
        if self.beside is not None:
            os.replace(self.beside, self.path)

    def discard(self) -> None:
        """Throw it away."""
        with suppress(OSError, RunError):  # a full disk refuses the rest, which nobody wants
            self._close()
        if self.beside is not None:
            with suppress(OSError):
                self.beside.unlink()

    def _close(self) -> None:
        if self.path != STANDARD_STREAM:
            self.file.close()
        elif isinstance(self.file, TextIOWrapper):
            self.file.detach()  # or standard output would be closed with it


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; where a file is in the way it says so, and not that it exists."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from None


def _keep_mode(path: Path, beside: Path) -> None:
    with suppress(FileNotFoundError):
        os.chmod(beside, path.stat().st_mode & 0o7777)


def sync_folder(folder: Path) -> None:
    """Make sure that the disk has the names in a folder, where the system can do that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_leftovers(path: Path) -> None:
    """Remove what processes left that died while they wrote this output."""
    pattern = re.compile(rf"\.{re.escape(path.name)}\.(\d+)\.part")
    for name in os.listdir(path.parent):
        found = pattern.fullmatch(name)
        if found and not _is_alive(int(found[1])):
            path.with_name(name).unlink(missing_ok=True)


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
