"""Progress as plain lines, for logs and for terminals without their own."""

from __future__ import annotations

import attrs

from copydesk._cli._messages import tell
from copydesk._cli._summary import counted, summary
from copydesk._cli._tally import Tally, rate_in_words, time_in_words
from copydesk._errors import CopydeskError
from copydesk._plugins._plugin import hookimpl, plugin
from copydesk._runs._report import Failure, Report
from copydesk._runs._run import Run
from copydesk._runs._units import UnitResult

_EVERY = 10.0
"""Seconds between two lines of progress."""


@plugin
class Lines:
    """Tell failures, progress every ten seconds, and a summary at the end, on standard error."""

    quiet: bool = False
    """Whether only failures are told."""
    with_traceback: bool = False

    _tally: Tally = attrs.field(init=False, factory=Tally)
    _next: float = attrs.field(init=False, default=_EVERY)

    @hookimpl
    def run_started(self, run: Run) -> None:
        """Begin to count."""
        self._tally = Tally(run.sources)

    @hookimpl
    def unit_done(self, unit: UnitResult) -> None:
        """Count, and tell where it is time."""
        self._tally.add(unit)
        if self._tally.seconds >= self._next and not self.quiet:
            self._next = self._tally.seconds + _EVERY
            self.say(_progress(self._tally))

    @hookimpl
    def document_failed(self, failure: Failure) -> None:
        """Tell the first failures."""
        line = self._tally.told(failure, with_traceback=self.with_traceback)
        if line:
            self.say(line)

    @hookimpl
    def run_finished(self, report: Report) -> None:
        """Tell the summary."""
        if not self.quiet:
            self.say(summary(report))
        elif report.quarantine:
            self.say(f"quarantined {report.quarantined} of {report.read} documents: {report.quarantine}")

    def say(self, message: str) -> None:
        """Write a message."""
        tell(message)

    def stopped(self, error: CopydeskError) -> None:
        """The error is told where it ends."""

    def close(self) -> None:
        """Nothing is open."""


def _progress(tally: Tally) -> str:
    total = f" of {tally.total:,}" if tally.total is not None else ""
    parts = [
        f"{tally.sources:,}{total} sources",
        counted(tally.read, "document"),
        f"{rate_in_words(tally.rate)} a second",
        f"{tally.failures:,} failed",
    ]
    left = tally.seconds_left
    return ", ".join(parts) + (f", {time_in_words(left)} left" if left is not None else "")
