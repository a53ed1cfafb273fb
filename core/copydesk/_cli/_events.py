"""What happens in a run as JSON, an object a line: a contract with other programs, names included."""

from __future__ import annotations

import json
import sys
from typing import Any

from copydesk._cli._exits import OutputLost
from copydesk._cli._messages import tell
from copydesk._errors import CopydeskError
from copydesk._plugins._plugin import hookimpl, plugin
from copydesk._runs._report import Failure, Report
from copydesk._runs._run import Run
from copydesk._runs._units import UnitResult


@plugin
class Events:
    """Write an event a line to standard output, each as it happens."""

    dry: bool = False
    with_traceback: bool = False

    @hookimpl
    def run_started(self, run: Run) -> None:
        """Tell what begins."""
        _write("run_started", pipeline=run.pipeline, sources=run.sources, dry=self.dry)

    @hookimpl
    def unit_done(self, unit: UnitResult) -> None:
        """Tell the counts of one unit."""
        _write(
            "unit_done",
            sources=unit.sources,
            read=unit.read,
            exported=len(unit.documents),
            dropped=dict(unit.dropped),
            quarantined=len(unit.failures),
        )

    @hookimpl
    def document_failed(self, failure: Failure) -> None:
        """Tell one failure."""
        more = {"traceback": failure.traceback} if self.with_traceback else {}
        _write(
            "document_failed",
            stage=failure.stage,
            step=failure.step,
            id=failure.id,
            source=failure.source,
            error=failure.error,
            **more,
        )

    @hookimpl
    def run_finished(self, report: Report) -> None:
        """Tell the report."""
        _write("run_finished", report=_report(report))

    def say(self, message: str) -> None:
        """Write a message for people to standard error."""
        tell(message)

    def stopped(self, error: CopydeskError) -> None:
        """Tell that the run could not start or had to stop."""
        _write("run_stopped", error=str(error), exit_code=error.exit_code)

    def close(self) -> None:
        """Nothing is open."""


def _write(event: str, **values: Any) -> None:
    """Write one line; its reader's end is this program's, though engine and plugins shrug off observers' errors."""
    try:
        sys.stdout.buffer.write(json.dumps({"event": event, **values}).encode() + b"\n")
        sys.stdout.flush()
    except OSError as error:
        raise OutputLost from error


def _report(report: Report) -> dict[str, Any]:
    return {
        "pipeline": report.pipeline,
        "dry": report.dry,
        "sources": report.sources,
        "read": report.read,
        "exported": report.exported,
        "dropped": dict(report.dropped),
        "quarantined": report.quarantined,
        "kept": report.kept,
        "seconds": round(report.seconds, 6),
        "steps": [
            {"stage": clock.stage, "step": clock.step, "seconds": round(clock.seconds, 6)} for clock in report.steps
        ],
        "outputs": [str(path) for path in report.outputs],
        "unchanged": [str(path) for path in report.unchanged],
        "quarantine": str(report.quarantine) if report.quarantine else None,
    }
