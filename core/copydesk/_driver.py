"""Driving a run: units to the runner, results to the exports, failures to quarantine, outputs into place."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING, Any

import attrs

from copydesk._document import Document
from copydesk._errors import RunError
from copydesk._plan import plan
from copydesk._quarantine import Quarantine
from copydesk._report import Report, StepTime
from copydesk._run import Run
from copydesk._runner import SerialRunner
from copydesk._step import Step
from copydesk._units import UnitResult
from copydesk._worker import Worker

if TYPE_CHECKING:
    from copydesk._pipeline import Pipeline

_log = logging.getLogger("copydesk")


@attrs.define
class Driver:
    """One run of a pipeline."""

    pipeline: Pipeline
    exports: tuple[Step, ...]
    context: Run
    """What the hooks are told of this run."""
    quarantine: Quarantine
    report: Report

    @classmethod
    def of(cls, pipeline: Pipeline, exports: tuple[Step, ...], *, dry: bool = False) -> Driver:
        """Make ready to run with these of the export steps; nothing is touched yet."""
        steps = (*pipeline.stage("ingest"), *pipeline.stage("enrich"), *exports)
        report = Report(pipeline.name, steps=[StepTime(step.stage, step.name) for step in steps], dry=dry)
        quarantine = Quarantine(pipeline.folder / pipeline.settings.quarantine)
        return cls(pipeline, exports, Run(pipeline.name, pipeline.folder), quarantine, report)

    def run(self) -> Report:
        """Carry the run out.

        Raises UsageError before any work, RunError where it has to stop; old outputs stay in both cases.
        """
        try:
            for result in self._results():
                self._export(result)
                self._tell("unit_done", unit=result)
            self.report.outputs = self.context.outputs.commit()
        finally:
            self.context.outputs.discard()
        self._tell("run_finished", report=self.report)
        return self.report

    def stream(self) -> Iterator[Document]:
        """Yield the enriched documents one by one."""
        for result in self._results():
            yield from result.documents
            self._tell("unit_done", unit=result)
        self._tell("run_finished", report=self.report)

    def _results(self) -> Iterator[UnitResult]:
        """Start the steps, work everything off, finish the steps; yield results, failures put away."""
        began = perf_counter()
        steps = (*self.pipeline.stage("ingest"), *self.exports)
        try:
            with self.pipeline.started(self.context):
                for step in steps:
                    step.call("start", run=self.context)
                units, sources = plan(self.pipeline.stage("ingest"))
                self.context = attrs.evolve(self.context, sources=sources)
                self._tell("run_started", run=self.context)
                for result in SerialRunner(self._worker()).run(units):
                    self._count(result)
                    yield result
                for step in steps:
                    step.call("finish", run=self.context)
        finally:
            self.report.quarantine = self.quarantine.close()
            self.report.seconds = perf_counter() - began

    def _worker(self) -> Worker:
        return Worker(
            folder=self.pipeline.folder,
            chain=self.pipeline.chain,
            times=self._clocks("enrich"),
            reading={clock.step: clock for clock in self._clocks("ingest")},
            encodes=bool(self.exports),
            stops=self.pipeline.settings.on_error == "stop",
        )

    def _clocks(self, stage: str) -> list[StepTime]:
        return [clock for clock in self.report.steps if clock.stage == stage]

    def _count(self, result: UnitResult) -> None:
        """Enter what came of a unit into the report, and its failures into the quarantine.

        Raises RunError for the first failure where the pipeline stops on errors.
        """
        report = self.report
        report.sources += result.sources
        report.read += result.read
        report.exported += len(result.documents)
        report.dropped.update(result.dropped)
        for failure in result.failures:
            self.quarantine.add(failure)
            report.quarantined += 1
            self._tell("document_failed", failure=failure)
        if result.failures and self.pipeline.settings.on_error == "stop":
            failure = result.failures[0]
            raise RunError(
                f"stopped, since {failure.stage} step {failure.step!r} failed on {failure.source or failure.id}: "
                f'{failure.error}; the old outputs are as they were (on_error = "stop")'
            )

    def _export(self, result: UnitResult) -> None:
        for step, clock in zip(self.exports, self._clocks("export"), strict=True):
            before = perf_counter()
            documents = result.documents
            if step.when is not None:
                documents = [document for document in documents if step.when.holds(document)]
            if documents:
                step.call("export", documents=documents, run=self.context)
            clock.seconds += perf_counter() - before

    def _tell(self, hook: str, **what: Any) -> None:
        """Tell the observers; one that raises is logged, and disturbs nobody."""
        try:
            getattr(self.pipeline.manager.hook, hook)(**what)
        except Exception:
            _log.exception("an observer failed in %s", hook)
