"""What the engine and plugins log, told on standard error."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def logs_told(say: Callable[[str], None]) -> Iterator[None]:
    """Have warnings and errors told while a block is carried out."""
    log = logging.getLogger()
    handler = _StatusHandler(say)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


class _StatusHandler(logging.Handler):
    """Says warnings and errors in one line each, a logged exception with its traceback."""

    def __init__(self, say: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        """Say a record's level, logger and message."""
        try:
            self._say(f"{record.levelname.lower()}: {record.name}: {self.format(record)}")
        except Exception:
            self.handleError(record)
