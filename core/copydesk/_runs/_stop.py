"""Stopping in good order: the first Ctrl-C or SIGTERM lets the units in hand be finished, the second does not."""

from __future__ import annotations

import logging
import signal
import threading
from types import FrameType, TracebackType
from typing import Any, Self

import attrs

from copydesk._errors import Interruption, RunError

_log = logging.getLogger("copydesk")


class StoppedError(Interruption):
    """The run was asked to stop, and the units in hand are finished."""


@attrs.define
class Stop:
    """Catches the signals that ask a run to stop, where it has the main thread."""

    asked: bool = False
    _signal: int = 0
    _earlier: dict[int, Any] = attrs.field(factory=dict)

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                if signal.getsignal(number) not in (signal.SIG_IGN, None):
                    self._earlier[number] = signal.signal(number, self._ask)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._restore()

    def check(self) -> None:
        """Raise StoppedError where the run was asked to stop."""
        if self.asked:
            raise StoppedError

    def settle(self) -> None:
        """Let the signal have the effect that it had before.

        Raises KeyboardInterrupt for Ctrl-C, what the program's own handler raises, else RunError.
        """
        self._restore()
        signal.raise_signal(self._signal)
        raise RunError("the run was stopped by a signal; the old outputs are as they were, finished work is kept")

    def _ask(self, number: int, _frame: FrameType | None) -> None:
        if self.asked:
            self._restore()
            signal.raise_signal(number)
            return
        self.asked, self._signal = True, number
        _log.warning("stopping when the work in hand is done; once more stops now")

    def _restore(self) -> None:
        for number, handler in self._earlier.items():
            signal.signal(number, handler)
        self._earlier.clear()
