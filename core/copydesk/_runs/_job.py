"""Jobs: what a process must know to work on a pipeline's units, wherever it runs, and what it gives back."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable, Generator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from copydesk._errors import RunError, UsageError
from copydesk._runs._keys import Keys
from copydesk._runs._report import Failure
from copydesk._runs._run import Run
from copydesk._runs._store import NoWatch, Place, Store, Summary, Verdict, Watch
from copydesk._runs._units import Unit, UnitResult
from copydesk._runs._worker import Worker

if TYPE_CHECKING:
    from copydesk._pipelines._pipeline import Pipeline

_CONVICTED_AFTER = 2
"""Deaths of processes at one document after which it is set aside; one may be anybody's fault."""
_UNDECIDED = 5
"""Deaths over one unit of which none is at the document of another: then the last one is taken for guilty."""

Spot = tuple[int, int]


@attrs.frozen
class Task:
    """A unit to be worked on, and what is known of processes that died over it."""

    index: int
    """Its place among the units of the run."""
    key: str
    unit: bytes = attrs.field(repr=False)
    """Pickled: its classes are known only where the pipeline is loaded."""
    deaths: tuple[Spot | None, ...] = ()
    """The documents at which processes died."""
    condemned: Mapping[Spot, Verdict] = attrs.field(factory=dict)
    """The documents that are set aside."""


@attrs.frozen
class Done:
    """What came of a task; its documents are in the store."""

    index: int
    summary: Summary | None
    seconds: tuple[tuple[str, str, float], ...] = ()
    """How long each step worked: stage, name, seconds."""
    failure: Failure | None = None
    """The failure that ends the run, where the pipeline stops on errors; there is no summary then."""


@attrs.frozen
class Job:
    """The work on the units of one run. It pickles, and whoever unpickles it can do tasks."""

    token: str
    """Names the run."""
    open: Callable[[], Any] = attrs.field(eq=False)
    """Makes the pipeline, in whatever process."""
    store: Store = attrs.field(eq=False)
    enriching: str = attrs.field(eq=False)
    """The fingerprint of what enriches, as the run's own process knows it."""
    timeout: float | None = attrs.field(default=None, eq=False)

    def work(self, task: Task) -> Done:
        """Do a task in this process; the pipeline is loaded at the first one.

        Raises UsageError where this process has other plugins than the one that planned the run.
        """
        with _one_at_a_time:
            return self._desk().work(task)

    def load(self) -> None:
        """Load the pipeline and start its steps, before there is a task."""
        self._desk()

    def finish(self) -> None:
        """Finish the pipeline's steps in this process, at the orderly end of a run."""
        desk = _desks.pop(self.token, None)
        if desk is not None:
            desk.pipeline.close()

    def after_death(self, task: Task, how: str) -> Task:
        """The task to try next, when the process that worked on one died: ``worker died (signal 9)``.

        The document it died at is looked at closely in the next try, and set aside after it.

        Raises RunError where processes die before they begin.
        """
        place, trace = self.store.last_place(task.key)
        deaths = (*task.deaths, place and place.spot)
        if place is None:
            if deaths.count(None) >= _UNDECIDED:
                raise RunError(f"workers die before or after their work: {how}; look at what plugins do in start")
            return attrs.evolve(task, deaths=deaths)
        earlier = task.condemned.get(place.spot)
        if earlier is not None:
            if earlier.place.reading:
                raise RunError(f"workers die over a document that is set aside already: {how}; look at the ingest step")
            # It cannot even be read to be put aside, as where it is too large for the memory: its source ends here.
            verdict = attrs.evolve(earlier, place=earlier.place._replace(reading=True))
            return attrs.evolve(task, deaths=deaths, condemned={**task.condemned, place.spot: verdict})
        undecided = [spot for spot in deaths if spot not in task.condemned]
        if deaths.count(place.spot) < _CONVICTED_AFTER and len(undecided) < _UNDECIDED:
            return attrs.evolve(task, deaths=deaths)
        verdict = self._verdict(place, trace, how)
        return attrs.evolve(task, deaths=deaths, condemned={**task.condemned, place.spot: verdict})

    def _verdict(self, place: Place, trace: str, how: str) -> Verdict:
        if trace.startswith("Timeout") and self.timeout is not None:
            how = f"took longer than {self.timeout:g} s"
        # The main thread, which did the work, is the last that faulthandler writes.
        frames = [line for line in trace.rpartition("hread 0x")[2].splitlines() if line.startswith("  File")]
        return Verdict(place, how, "\n".join(frames))

    def _desk(self) -> _Desk:
        desk = _desks.get(self.token)
        if desk is None:
            desk = _desks[self.token] = _Desk.of(self)
        return desk


_desks: dict[str, _Desk] = {}
_one_at_a_time = threading.Lock()


@attrs.frozen
class _Desk:
    """A loaded pipeline in a process that exists for its units."""

    job: Job
    pipeline: Pipeline
    worker: Worker

    @classmethod
    def of(cls, job: Job) -> _Desk:
        pipeline: Pipeline = job.open()
        if Keys.of(pipeline.steps, pipeline.folder).enriching != job.enriching:
            raise UsageError(
                f"pipeline {pipeline.name!r} is another one here than where the run was planned: "
                "install the same versions of copydesk and of its plugins everywhere, and the same files"
            )
        pipeline.start_enriching(Run(pipeline.name, pipeline.folder, manager=pipeline.manager))
        return cls(job, pipeline, Worker.of(pipeline))

    def work(self, task: Task) -> Done:
        unit: Unit = pickle.loads(task.unit)  # noqa: S301  # made by the process that planned the run
        suspects = {spot for spot in task.deaths if spot is not None}
        path = self.job.store.watch_path(task.key)
        with Watch(path, suspects, task.condemned, guarded=True, timeout=self.job.timeout) as watch:
            made = make_unit(self.worker, self.job.store, task.key, unit, watch)
            failure = next((result.failures[0] for result in made if self.worker.stops and result.failures), None)
        if failure is not None:
            return Done(task.index, None, failure=attrs.evolve(failure, document=None, raw=None))
        return Done(task.index, self.job.store.summary(task.key), tuple(self._seconds()))

    def _seconds(self) -> Generator[tuple[str, str, float], None, None]:
        for clock in (*self.worker.reading.values(), *self.worker.times):
            yield clock.stage, clock.step, clock.seconds
            clock.seconds = 0.0


def make_unit(
    worker: Worker, store: Store, key: str, unit: Unit, watch: NoWatch
) -> Generator[UnitResult, None, Summary | None]:
    """Work on a unit, give what comes of it part by part, and keep it in the store.

    It is not kept where the worker stops at a failure. Returns what it holds.
    """
    writer = store.writer(key, unit.looks)
    stopped = False
    try:
        for result in worker.work(unit, watch):
            writer.add(result)
            stopped = worker.stops and bool(result.failures)
            yield result
        if stopped:
            writer.discard()
            return None
        watch.ended()
        return writer.commit()
    except BaseException:
        writer.discard()
        raise
