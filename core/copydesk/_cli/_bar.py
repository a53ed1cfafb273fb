"""Progress as a bar, for terminals."""

from __future__ import annotations

import attrs
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from copydesk._cli._summary import summary
from copydesk._cli._tally import Tally, rate_in_words, time_in_words
from copydesk._errors import CopydeskError
from copydesk._plugins._plugin import hookimpl, plugin
from copydesk._runs._report import Failure, Report
from copydesk._runs._run import Run
from copydesk._runs._units import UnitResult


def _stderr() -> Console:
    return Console(stderr=True, highlight=False)


@plugin
class Bar:
    """Show how far the run is, how fast, how many failed and how long it will take; a summary at the end."""

    with_traceback: bool = False
    hidden: bool = False
    """Whether the bar would stand in the data's way."""

    _tally: Tally = attrs.field(init=False, factory=Tally)
    _console: Console = attrs.field(init=False, factory=_stderr)
    _progress: Progress | None = attrs.field(init=False, default=None)
    _task: TaskID = attrs.field(init=False, default=TaskID(0))

    @hookimpl
    def run_started(self, run: Run) -> None:
        """Put the bar up."""
        self._tally = Tally(run.sources)
        if self.hidden:
            return
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.fields[counts]}", markup=False),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            redirect_stdout=False,
        )
        self._task = self._progress.add_task(run.pipeline, total=run.sources, counts="")
        self._progress.start()

    @hookimpl
    def unit_done(self, unit: UnitResult) -> None:
        """Move the bar."""
        self._tally.add(unit)
        if self._progress is not None:
            self._progress.update(self._task, completed=self._tally.sources, counts=_counts(self._tally))

    @hookimpl
    def document_failed(self, failure: Failure) -> None:
        """Tell the first failures above the bar."""
        line = self._tally.told(failure, with_traceback=self.with_traceback)
        if line:
            self.say(line)

    @hookimpl
    def run_finished(self, report: Report) -> None:
        """Take the bar down and tell the summary."""
        self.close()
        self.say(summary(report))

    def say(self, message: str) -> None:
        """Write a message, above the bar where it is up."""
        self._console.print(message, markup=False, soft_wrap=True)

    def stopped(self, error: CopydeskError) -> None:
        """The error is told where it ends."""

    def close(self) -> None:
        """Take the bar down."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None


def _counts(tally: Tally) -> str:
    total = f"/{tally.total:,}" if tally.total is not None else ""
    failed = f" · {tally.failures:,} failed" if tally.failures else ""
    left = tally.seconds_left
    ahead = f" · {time_in_words(left)} left" if left is not None else ""
    return f"{tally.sources:,}{total} · {rate_in_words(tally.rate)} documents/s{failed}{ahead}"
