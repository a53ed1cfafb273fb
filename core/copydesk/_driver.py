"""Driving a run: units to the runner, results to the exports, failures to quarantine, outputs into place."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, Any

import attrs

from copydesk._document import Document
from copydesk._errors import CopydeskError, RunError
from copydesk._plan import plan
from copydesk._quarantine import Quarantine
from copydesk._report import Report, StepTime
from copydesk._run import Run
from copydesk._runner import SerialRunner
from copydesk._step import Step
from copydesk._units import Unit, UnitResult
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
        return cls(pipeline, exports, Run(pipeline.name, pipeline.folder, manager=pipeline.manager), quarantine, report)

    def run(self) -> Report:
        """Carry the run out.

        Raises UsageError before any work, RunError where it has to stop; old outputs stay in both cases.
        """
        with self._running() as results:
            for result in results:
                self._export(result)
                self._tell("unit_done", unit=result)
        return self.report

    def stream(self) -> Iterator[Document]:
        """Yield the enriched documents one by one."""
        with self._running() as results:
            for result in results:
                yield from result.documents
                self._tell("unit_done", unit=result)

    @contextmanager
    def _running(self) -> Iterator[Iterator[UnitResult]]:
        """What goes before and after the work: steps started and finished, outputs in place or thrown away."""
        began = perf_counter()
        ingest = self.pipeline.stage("ingest")
        try:
            self._call_all("start", ingest)
            # Before any output is opened: a missing folder must not leave traces of a run.
            units, sources = plan(ingest)
            self.context = attrs.evolve(self.context, sources=sources)
            with self.pipeline.started(self.context):
                self._call_all("start", self.exports)
                self._tell("run_started", run=self.context)
                with self._quarantining():
                    yield self._results(units)
                self._call_all("finish", (*ingest, *self.exports))
            self.report.outputs = self.context.outputs.commit()
        finally:
            self.context.outputs.discard()
            self.report.seconds = perf_counter() - began
        self._tell("run_finished", report=self.report)

    def _call_all(self, hook: str, steps: Iterable[Step]) -> None:
        for step in steps:
            step.call(hook, run=self.context)

    @contextmanager
    def _quarantining(self) -> Iterator[None]:
        orderly = False
        try:
            yield
            orderly = True
        finally:
            self.report.quarantine = self.quarantine.close(orderly=orderly)

    def _results(self, units: Iterable[Unit]) -> Iterator[UnitResult]:
        """Work everything off; yield results, failures put away."""
        for result in SerialRunner(self._worker()).run(units):
            self._count(result)
            yield result

    def _worker(self) -> Worker:
        return Worker(
            folder=self.pipeline.folder,
            chain=self.pipeline.chain,
            times=self._clocks("enrich"),
            reading={clock.step: clock for clock in self._clocks("ingest")},
            encodes=bool(self.exports) or self.report.dry,
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
            documents = tuple(
                document for document in result.documents if step.when is None or step.when.holds(document)
            )
            if documents:
                step.call("export", documents=documents, run=self.context)
            clock.seconds += perf_counter() - before

    def _tell(self, hook: str, **what: Any) -> None:
        """Tell the observers, each on its own: one that raises is logged, and disturbs nobody."""
        for step in self.pipeline.stage("use"):
            try:
                step.call(hook, **what)
            except CopydeskError:
                _log.exception("observer %r failed in %s", step.name, hook)
