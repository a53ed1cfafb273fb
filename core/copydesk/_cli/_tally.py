"""Counting along while a run goes on."""

from __future__ import annotations

from time import perf_counter

import attrs

from copydesk._runs._report import Failure
from copydesk._runs._units import UnitResult

FAILURES_TOLD = 10
"""How many failures are told one by one; all are in the quarantine."""


@attrs.define
class Tally:
    """What has been done so far, and how fast."""

    total: int | None = None
    """How many sources there are, where known."""
    sources: int = 0
    read: int = 0
    failures: int = 0
    began: float = attrs.field(factory=perf_counter)

    def add(self, unit: UnitResult) -> None:
        """Count a unit."""
        self.sources += unit.sources
        self.read += unit.read

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return perf_counter() - self.began

    @property
    def rate(self) -> float:
        """Documents a second."""
        return self.read / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Until all sources are read, at the speed so far; None where nothing tells."""
        if self.total is None or not self.sources:
            return None
        return self.seconds * (self.total - self.sources) / self.sources

    def told(self, failure: Failure, *, with_traceback: bool) -> str | None:
        """Count a failure and give the line that tells it; None after the first ones."""
        self.failures += 1
        if self.failures > FAILURES_TOLD:
            return "… more failures; all are in the quarantine" if self.failures == FAILURES_TOLD + 1 else None
        return told_failure(failure, with_traceback=with_traceback)


def told_failure(failure: Failure, *, with_traceback: bool) -> str:
    """A failure in one line, its traceback above it where wanted."""
    step = f"{failure.stage} step {failure.step!r}" if failure.step else "encoding"
    line = f"failed: {failure.source or failure.id}: {step}: {failure.error}"
    return f"{failure.traceback.rstrip()}\n{line}" if with_traceback else line


def rate_in_words(rate: float) -> str:
    """Documents a second, with a fraction where that says something."""
    return f"{rate:.1f}" if rate < 10 else f"{rate:,.0f}"


def time_in_words(seconds: float) -> str:
    """``45 s``, ``3 min 20 s``, ``2 h 5 min``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
