"""One run of a pipeline at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

from copydesk._errors import UsageError

try:
    import fcntl
except ImportError:  # Windows has no such locks; two runs at a time are not refused there
    fcntl = None  # type: ignore[assignment]  # Windows has none

_TRIES = 3
_PAUSE = 0.05


@contextmanager
def locked(path: Path, pipeline: str) -> Iterator[None]:
    """Hold a pipeline's lock, which the system releases when the process ends, however it does.

    Raises UsageError, naming the process and when it began, where another one holds it.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _taken_soon(handle):
            raise UsageError(
                f"pipeline {pipeline!r} is being run already, by {holder(path)}; wait for it to end, or stop it"
            )
        os.ftruncate(handle, 0)
        os.write(handle, f"process {os.getpid()} since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n".encode())
        yield
        os.ftruncate(handle, 0)
    finally:
        with suppress(OSError):  # a plugin may have closed it, which is told where it does harm
            os.close(handle)


def holder(path: Path) -> str:
    """The process that holds a lock, and since when, as it wrote itself."""
    try:
        return path.read_text(encoding="utf-8").strip() or "a process that is just beginning"
    except OSError:
        return "nobody"


def is_locked(path: Path) -> bool:
    """Whether a run holds the lock now."""
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _taken(handle)
    finally:
        os.close(handle)


def _taken_soon(handle: int) -> bool:
    """Take a lock; who only looks whether it is taken holds it for a moment."""
    for _ in range(_TRIES):
        if _taken(handle):
            return True
        sleep(_PAUSE)
    return False


def _taken(handle: int) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
