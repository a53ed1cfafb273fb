"""Runs whose finished units are kept in a store: only what is not there is worked on, here or elsewhere."""

from __future__ import annotations

import pickle
import secrets
from collections.abc import Generator, Iterator
from contextlib import closing
from time import perf_counter

import attrs

from copydesk._errors import RunError
from copydesk._runs._driver import Driver
from copydesk._runs._exports import Exports
from copydesk._runs._job import Done, Job, Task, make_unit
from copydesk._runs._keys import Keys
from copydesk._runs._plan import units_of
from copydesk._runs._processes import ProcessRunner, worker_count
from copydesk._runs._report import Report
from copydesk._runs._runner import Runner
from copydesk._runs._stop import Stop, StoppedError
from copydesk._runs._store import Planned, Schedule, Store, Summary, TornError, Watch
from copydesk._runs._units import Grouping, Unit, UnitResult
from copydesk._runs._worker import Worker


@attrs.define
class StoredRun(Driver):
    """One run of a pipeline with a store."""

    store: Store = attrs.field(kw_only=True)
    keeps: bool = attrs.field(kw_only=True)
    """Whether the store outlives the run."""
    retries: bool = attrs.field(kw_only=True, default=False)
    """Whether units with failures are worked on again."""
    _stop: Stop = attrs.field(init=False, factory=Stop)
    _keys: Keys = attrs.field(init=False)
    _grouping: Grouping = attrs.field(init=False)
    _job: Job = attrs.field(init=False)
    _finished: dict[int, Summary] = attrs.field(init=False, factory=dict)
    """Units that are done before it is their turn."""

    def mark(self, tag: str) -> None:
        """Mark the files that are being written as this pipeline's own, for the next run to find after a crash."""
        self.quarantine.tag = self.context.outputs.tag = tag

    def run(self) -> Report:
        """Carry the run out.

        Raises UsageError before any work, RunError where it has to stop; old outputs stay in both cases.
        """
        began = perf_counter()
        try:
            units = self._units()
            self.store.prepare()
            with self.store.locked(self.pipeline.name), self._stop:
                self._run(units)
        except StoppedError:
            self._stop.settle()
        except OSError as error:  # that of a plugin, or of an output, has been told as such
            raise RunError(
                f"the store {self.store.folder} cannot be used: {error.strerror}; make room, or mend it, and run again"
            ) from error
        finally:
            self.context.outputs.discard()
            self.report.quarantine = self.quarantine.close(orderly=False) or self.report.quarantine
            self.report.seconds = perf_counter() - began
        self._tell("run_finished", report=self.report)
        return self.report

    def _units(self) -> Iterator[Unit]:
        """What there is to work on; a missing folder is told before there is a trace of the run."""
        pipeline, ingest = self.pipeline, self.pipeline.stage("ingest")
        self._grouping = Grouping(pipeline.folder, by_content=pipeline.settings.fingerprint == "content")
        self._call("start", ingest)
        return units_of(ingest, self._grouping)

    def _run(self, units: Iterator[Unit]) -> None:
        self.store.recover()
        pipeline = self.pipeline
        self._keys = Keys.of(pipeline.steps, pipeline.folder)
        self._job = Job(
            secrets.token_hex(8), pipeline.reopener(), self.store, self._keys.enriching, pipeline.settings.timeout
        )
        schedule = Schedule(self.store.folder / "schedule", self._keys.key, self._is_done)
        try:
            schedule.fill(units, self._stop.check)
            sources = schedule.totals.sources if schedule.is_complete else None
            self.context = attrs.evolve(self.context, sources=sources)
            self._tell("run_started", run=self.context)
            exports = Exports.of(self.store.folder, self._keys, self.exports, self.quarantine.path)
            if self.keeps and exports.are_current(schedule) and not self._may_stop_at(schedule.totals.counts["failed"]):
                self._count_all(schedule)
                self.report.unchanged = exports.unchanged
                self._call("finish", pipeline.stage("ingest"))
            else:
                self._carry_out(schedule, exports)
        finally:
            schedule.close()

    def _may_stop_at(self, failures: int) -> bool:
        """Whether a run may have to stop because of failures that earlier runs have kept."""
        settings = self.pipeline.settings
        return bool(failures) and (settings.on_error == "stop" or settings.max_failures is not None)

    def _is_done(self, key: str) -> Summary | None:
        summary = self.store.summary(key)
        return None if summary is not None and summary.failed and self.retries else summary

    def _count_all(self, schedule: Schedule) -> None:
        """Report a run that has nothing to do."""
        counts, report = schedule.totals.counts, self.report
        report.sources, report.read, report.kept = counts["sources"], counts["read"], counts["read"]
        report.exported, report.quarantined = counts["exported"], counts["failed"]
        report.dropped.update(schedule.totals.dropped)
        report.quarantine = self.quarantine.path if report.quarantined else None

    def _carry_out(self, schedule: Schedule, exports: Exports) -> None:
        has_work = bool(schedule.totals.todo) or not schedule.is_complete
        runner = self._runner() if has_work else None
        with self.pipeline.started(self.context, enriching=has_work and runner is None):
            self._start_exports(exports.active)
            worker = self._worker(encodes=True) if runner is None else None
            with closing(_dones(runner, self._tasks(schedule))) as dones:
                try:
                    for planned in schedule.units():
                        self._stop.check()
                        self._settle(planned, worker, dones, exports)
                except StoppedError:
                    for _ in dones:  # the units in hand are finished, and are in the store then
                        pass
                    raise
            self._judge_total()
            self._call("finish", (*self.pipeline.stage("ingest"), *exports.active))
        self._commit(exports)

    def _settle(self, planned: Planned, worker: Worker | None, dones: Iterator[Done], exports: Exports) -> None:
        """Hand a unit to the exports: from the store where it is done, from the work on it where it is not."""
        if planned.summary is not None:
            try:
                self._take(planned.summary, exports, is_news=False)
            except TornError:
                self._work_guarded(self._found_again(planned), exports)
        elif worker is None:
            self._take(self._awaited(planned, dones), exports)
        elif self.store.watch_path(planned.key).exists():
            self._work_guarded(planned, exports)
        else:
            self._work_here(planned, worker, exports)
        if not self.keeps:
            self.store.forget(planned.key)

    def _take(self, summary: Summary, exports: Exports, *, is_news: bool = True) -> None:
        """Hand on what the store has of a unit."""
        for result in self.store.reader(summary).results():
            if not is_news:
                self.report.kept += result.read
            self._hand_on(result, exports, is_news=is_news)
        exports.saw(summary)

    def _hand_on(self, result: UnitResult, exports: Exports, *, is_news: bool = True) -> None:
        self._count(result, is_news=is_news)
        self._export(exports.active, result.documents)
        self._tell("unit_done", unit=result)

    def _work_here(self, planned: Planned, worker: Worker, exports: Exports) -> None:
        """Work on a unit in this process; what comes of it goes to the exports at once."""
        with Watch(self.store.watch_path(planned.key)) as watch:
            parts = make_unit(worker, self.store, planned.key, pickle.loads(planned.unit), watch)  # noqa: S301  # own
            try:
                while True:
                    self._hand_on(next(parts), exports)
            except StopIteration as end:
                exports.saw(end.value)
            finally:
                parts.close()

    def _work_guarded(self, planned: Planned, exports: Exports) -> None:
        """Work on a unit in a process of its own: one that died over it may have been killed by a document."""
        with closing(_dones(ProcessRunner(self._job, 1), iter([self._task(planned)]))) as dones:
            self._take(self._awaited(planned, dones), exports)

    def _awaited(self, planned: Planned, dones: Iterator[Done]) -> Summary:
        """What a unit holds that is worked on elsewhere, as soon as it is there."""
        while planned.index not in self._finished:
            done = next(dones, None)
            if done is None:
                self._stop.check()
                raise RunError(f"the runner ended without unit {planned.index}; this is a fault of the runner")
            self._hear(done)
        return self._finished.pop(planned.index)

    def _hear(self, done: Done) -> None:
        for stage, step, seconds in done.seconds:
            self._clock(stage, step).seconds += seconds
        if done.failure is not None:
            self._count(UnitResult(read=1, failures=[done.failure]))
        if done.summary is not None:
            self._finished[done.index] = done.summary

    def _runner(self) -> Runner | None:
        """Where units are worked on, if not in this process."""
        settings = self.pipeline.settings
        for step in self.pipeline.stage("use"):
            offered: Runner | None = step.call("runner", job=self._job)
            if offered is not None:
                return offered
        workers = worker_count(settings.workers)
        return ProcessRunner(self._job, workers) if workers > 1 or settings.timeout is not None else None

    def _tasks(self, schedule: Schedule) -> Iterator[Task]:
        for planned in schedule.units():
            if self._stop.asked:
                return
            if planned.summary is None:
                yield self._task(planned)

    def _task(self, planned: Planned) -> Task:
        """A task, with the document at which a process died over it in an earlier run."""
        place, _ = self.store.last_place(planned.key)
        return Task(planned.index, planned.key, planned.unit, deaths=() if place is None else (place.spot,))

    def _found_again(self, planned: Planned) -> Planned:
        """A unit whose file proved torn, asked for once more.

        Raises RunError where its sources have changed since the run was planned.
        """
        if planned.unit:
            return planned
        for unit in units_of(self.pipeline.stage("ingest"), self._grouping):
            if self._keys.key(unit) == planned.key:
                return attrs.evolve(planned, unit=pickle.dumps(unit))
        raise RunError("the sources changed while they were read; run again, the old outputs are as they were")

    def _commit(self, exports: Exports) -> None:
        quarantine = self.report.quarantine = self.quarantine.close(orderly=True)
        if self.keeps:
            self.report.outputs = exports.commit(self.context.outputs, quarantine)
            self.store.clear_others(exports.keys)
        else:
            self.report.outputs = self.context.outputs.commit()
        self.report.unchanged = exports.unchanged


def _dones(runner: Runner | None, tasks: Iterator[Task]) -> Generator[Done, None, None]:
    if runner is not None:
        yield from runner.run(tasks)
