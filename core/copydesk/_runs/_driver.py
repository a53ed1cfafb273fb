"""Driving a run: units to where they are worked on, results to the exports, failures to quarantine."""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Self

import attrs

from copydesk._documents._document import Document
from copydesk._errors import CopydeskError, RunError, UsageError
from copydesk._files import STANDARD_STREAM, would_find
from copydesk._plugins._fingerprints import plugin_file
from copydesk._plugins._step import Step
from copydesk._runs._plan import plan
from copydesk._runs._quarantine import Quarantine
from copydesk._runs._report import Report, StepTime
from copydesk._runs._run import Run
from copydesk._runs._units import Grouping, Unit, UnitResult
from copydesk._runs._worker import Worker

if TYPE_CHECKING:
    from copydesk._pipelines._pipeline import Pipeline

_log = logging.getLogger("copydesk")
_ENOUGH = 100
"""Documents after which the share of those that failed says something before the end."""


@attrs.define
class Driver:
    """One run of a pipeline, straight through: in this process, and nothing is kept."""

    pipeline: Pipeline
    exports: tuple[Step, ...]
    context: Run
    """What the hooks are told of this run."""
    quarantine: Quarantine
    report: Report
    _errors: Counter[str] = attrs.field(init=False, factory=Counter)

    @classmethod
    def of(cls, pipeline: Pipeline, exports: tuple[Step, ...], **more: Any) -> Self:
        """Make ready to run with these of the export steps; nothing is touched yet."""
        dry = more.pop("dry", False)
        steps = (*pipeline.stage("ingest"), *pipeline.stage("enrich"), *exports)
        report = Report(pipeline.name, steps=[StepTime(step.stage, step.name) for step in steps], dry=dry)
        quarantine = Quarantine(pipeline.folder / pipeline.settings.quarantine)
        context = Run(pipeline.name, pipeline.folder, manager=pipeline.manager)
        for path, what in _kept_from_outputs(pipeline):
            context.outputs.reserve(path, what)
        if taken := context.outputs.reserved_as(quarantine.path):
            raise UsageError(f"the quarantine would be {quarantine.path}, {taken}; set run.quarantine")
        context.outputs.reserve(quarantine.path, "the quarantine")
        return cls(pipeline, exports, context, quarantine, report, **more)

    def run(self) -> Report:
        """Carry the run out.

        Raises UsageError before any work, RunError where it has to stop; old outputs stay in both cases.
        """
        with self._running() as results:
            for result in results:
                self._export(self.exports, result.documents)
                self._tell("unit_done", unit=result)
        return self.report

    def stream(self) -> Generator[Document, None, None]:
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
            self._call("start", ingest)
            # Before any output is opened: a missing folder must not leave traces of a run.
            units, sources = plan(ingest, Grouping(self.pipeline.folder, keyed=False))
            self.context = attrs.evolve(self.context, sources=sources)
            with self.pipeline.started(self.context):
                self._start_exports(self.exports)
                self._tell("run_started", run=self.context)
                with self._quarantining():
                    yield self._results(units)
                self._call("finish", (*ingest, *self.exports))
            self.report.outputs = self.context.outputs.commit()
        finally:
            self.context.outputs.discard()
            self.report.seconds = perf_counter() - began
        self._tell("run_finished", report=self.report)

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
        worker = self._worker(encodes=bool(self.exports) or self.report.dry)
        for unit in units:
            for result in worker.work(unit):
                self._count(result)
                yield result
        self._judge_total()

    def _worker(self, *, encodes: bool) -> Worker:
        return Worker.of(self.pipeline, self.report.steps, encodes=encodes)

    def _call(self, hook: str, steps: Iterable[Step]) -> None:
        for step in steps:
            step.call(hook, run=attrs.evolve(self.context, step=step.name))

    def _count(self, result: UnitResult, *, is_news: bool = True) -> None:
        """Enter what came of a unit into the report, and its failures into the quarantine.

        Raises RunError for the first failure where the pipeline stops on errors, and where there are too many.
        """
        report = self.report
        report.sources += result.sources
        report.read += result.read
        report.exported += len(result.documents)
        report.dropped.update(result.dropped)
        for failure in result.failures:
            self.quarantine.add(failure)
            report.quarantined += 1
            self._errors[f"{failure.stage} step {failure.step!r}: {failure.error}"] += 1
            if is_news or self.pipeline.settings.on_error == "stop":
                self._tell("document_failed", failure=failure)
        if result.failures:
            self._judge(result)

    def _judge(self, result: UnitResult) -> None:
        settings = self.pipeline.settings
        if settings.on_error == "stop":
            failure = result.failures[0]
            raise RunError(
                f"stopped, since {failure.stage} step {failure.step!r} failed on {failure.source or failure.id}: "
                f'{failure.error}; the old outputs are as they were (on_error = "stop")'
            )
        if isinstance(settings.max_failures, int) or self.report.read >= _ENOUGH:
            self._judge_total()

    def _judge_total(self) -> None:
        """Stop a run of which too much failed; at its end also one that is too small to be judged before.

        Raises RunError.
        """
        settings = self.pipeline.settings
        if self._are_too_many(settings.max_failures):
            ((error, times),) = self._errors.most_common(1)
            raise RunError(
                f"stopped, since {self.report.quarantined} of {self.report.read} documents failed, more than "
                f"max_failures = {settings.max_failures} allows; most often ({times} times): {error}; "
                "the old outputs are as they were"
            )

    def _are_too_many(self, allowed: float | None) -> bool:
        report = self.report
        if allowed is None:
            return False
        return report.quarantined > (allowed if isinstance(allowed, int) else allowed * report.read)

    def _start_exports(self, exports: Iterable[Step]) -> None:
        """Have exports open their outputs.

        Raises UsageError where one, or the quarantine, would take the place of something that the run reads.
        """
        self._call("start", exports)
        quarantine = Path(os.path.realpath(self.quarantine.path))
        written = {path: f"export step {owner!r} would write" for path, owner in self.context.outputs.owners.items()}
        for path, what in (*written.items(), (quarantine, "the quarantine would be")):
            for step in self.pipeline.stage("ingest"):
                if _reads(step, path):
                    raise UsageError(f"{what} {path}, which ingest step {step.name!r} reads; give it another path")

    def _export(self, exports: Sequence[Step], documents: Sequence[Document]) -> None:
        for step in exports:
            before = perf_counter()
            when = step.when
            wanted = tuple(documents) if when is None else tuple(filter(when.holds, documents))
            if wanted:
                step.call("export", documents=wanted, run=attrs.evolve(self.context, step=step.name))
            self._clock("export", step.name).seconds += perf_counter() - before

    def _clock(self, stage: str, name: str) -> StepTime:
        return next(clock for clock in self.report.steps if (clock.stage, clock.step) == (stage, name))

    def _tell(self, hook: str, **what: Any) -> None:
        """Tell the observers, each on its own: one that raises is logged, and disturbs nobody."""
        for step in self.pipeline.stage("use"):
            try:
                step.call(hook, **what)
            except CopydeskError:
                _log.exception("observer %r failed in %s", step.name, hook)


def _kept_from_outputs(pipeline: Pipeline) -> Iterator[tuple[Path, str]]:
    """What a run is made of, which none of its outputs may take the place of."""
    if pipeline.file is not None:
        yield pipeline.file, "the pipeline file"
    if pipeline.store is not None:
        yield pipeline.store.folder, "in the store"
    for step in pipeline.steps:
        if (file := plugin_file(step)) is not None:
            yield file, f"the plugin of {step.stage} step {step.name!r}"


def _reads(step: Step, path: Path) -> bool:
    """Whether an ingest step says, by ``reads`` and ``paths``, that it reads a file at this path."""
    suffixes, paths = getattr(step.plugin, "reads", ()), getattr(step.plugin, "paths", ())
    if not suffixes or not isinstance(paths, (tuple, list)):
        return False
    return would_find(path, [each for each in paths if each != STANDARD_STREAM], suffixes)
