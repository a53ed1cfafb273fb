"""The files that paths, folders and patterns name, found in a fixed order and in little memory."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import partial
from itertools import chain
from pathlib import Path

import attrs

from copydesk._errors import UsageError

_ALL_BELOW = ("**", "*")
STANDARD_STREAM = Path("-")
"""Standard input or output, where a path option allows it."""
_MAGIC = re.compile(r"[*?[]")


def find_files(paths: Iterable[Path], suffixes: Sequence[str]) -> Iterator[Path]:
    """Yield the files that ``paths`` name: files, folders, and patterns with ``*``, ``?``, ``[…]`` and ``**``.

    A folder stands for all files below it that end in one of ``suffixes``. Hidden files are left out
    unless a pattern names them; pipes, sockets and devices are, unless a path does. Files come sorted
    folder by folder, and once each, whatever names them twice.

    Raises UsageError at the call, before anything is yielded, for a path that does not exist or
    cannot be read.
    """
    patterns = [_pattern(path, tuple(suffixes)) for path in paths]
    return chain.from_iterable(
        filter(partial(_is_new, patterns[:index]), pattern.files()) for index, pattern in enumerate(patterns)
    )


def would_find(path: Path, paths: Iterable[Path], suffixes: Sequence[str]) -> bool:
    """Whether ``find_files`` with these paths finds a file at ``path``, if there is one."""
    return any(_pattern(Path(os.path.realpath(each)), tuple(suffixes)).names(path) for each in paths)


def _is_new(earlier: list[_Pattern], path: Path) -> bool:
    return not any(pattern.names(path) for pattern in earlier)


def _pattern(path: Path, suffixes: tuple[str, ...]) -> _Pattern:
    path = Path(os.path.normpath(path))
    magic = next((i for i, part in enumerate(path.parts) if _MAGIC.search(part)), None)
    if magic is None or os.path.lexists(path):
        _require_readable(path)
        return _Pattern(path, _ALL_BELOW, suffixes) if path.is_dir() else _Pattern(path, (), ())
    root = Path(*path.parts[:magic])
    _require_readable(root)
    if not root.is_dir():
        raise UsageError(f"{root} is a file, so nothing can be found below it; check the path")
    levels = path.parts[magic:]
    return _Pattern(root, (*levels, "*") if levels[-1] == "**" else levels, ())


def _require_readable(path: Path) -> None:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(
            f"there is no file or folder {path}; check the path, which is relative to the pipeline file"
        ) from None
    except OSError as error:
        raise _unreadable(path, error) from error
    if not os.access(path, os.R_OK | os.X_OK if path.is_dir() else os.R_OK):
        raise _unreadable(path, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))


def _unreadable(path: Path, error: OSError) -> UsageError:
    return UsageError(f"{path} cannot be read: {error.strerror}; check the path and its permissions")


@attrs.frozen
class _Pattern:
    """One path, taken apart: where to start, and a name pattern for each level below (``**``: any levels)."""

    root: Path
    levels: tuple[str, ...]
    suffixes: tuple[str, ...]

    def files(self) -> Iterator[Path]:
        return self._below(self.root, ()) if self.levels else iter((self.root,))

    def names(self, path: Path) -> bool:
        if not self.levels:
            return path == self.root
        return path.is_relative_to(self.root) and self._names(path.relative_to(self.root).parts)

    def _names(self, parts: tuple[str, ...]) -> bool:
        if self.suffixes and not parts[-1].endswith(self.suffixes):
            return False
        if self.levels == _ALL_BELOW:
            # What a folder stands for, by far the most common: asked for each of a million files.
            return not any(part.startswith(".") for part in parts)
        return _matches(parts, self.levels)

    def _below(self, folder: Path, above: tuple[str, ...]) -> Iterator[Path]:
        for name, is_folder in _entries(folder):
            parts = (*above, name)
            if is_folder:
                if self._may_hold(parts):
                    yield from self._below(folder / name, parts)
            elif self._names(parts):
                yield folder / name

    def _may_hold(self, folder: tuple[str, ...]) -> bool:
        if "**" in self.levels:
            depth = self.levels.index("**")
            return _matches(folder[:depth], self.levels[: len(folder[:depth])]) and not any(
                name.startswith(".") for name in folder[depth:]
            )
        return len(folder) < len(self.levels) and _matches(folder, self.levels[: len(folder)])


def _entries(folder: Path) -> list[tuple[str, bool]]:
    try:
        with os.scandir(folder) as found:
            return sorted((entry.name, _is_folder(entry)) for entry in found if not _may_block(entry))
    except OSError as error:
        raise _unreadable(folder, error) from error


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder, but no symbolic link that leads back to a folder above it, or to itself."""
    if not entry.is_symlink():
        return entry.is_dir()
    path = Path(entry.path)
    return path.is_dir() and not path.absolute().is_relative_to(path.resolve())


def _may_block(entry: os.DirEntry[str]) -> bool:
    """Whether it is a pipe, a socket or a device, which reading might wait for for ever."""
    try:
        if entry.is_file() or entry.is_dir():
            return False
        mode = entry.stat().st_mode
    except OSError:
        # A link that leads nowhere is told when it is read.
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _matches(parts: tuple[str, ...], levels: tuple[str, ...]) -> bool:
    if not levels:
        return not parts
    if levels[0] == "**":
        return _matches(parts, levels[1:]) or bool(
            parts and not parts[0].startswith(".") and _matches(parts[1:], levels)
        )
    return bool(
        parts
        and fnmatchcase(parts[0], levels[0])
        and (levels[0].startswith(".") or not parts[0].startswith("."))
        and _matches(parts[1:], levels[1:])
    )
