"""Where a pipeline stands: what is done, what is to do and why, and what is in quarantine."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import attrs

from copydesk._errors import UsageError
from copydesk._runs._exports import Exports
from copydesk._runs._keys import Keys
from copydesk._runs._plan import units_of
from copydesk._runs._run import Run
from copydesk._runs._store import Schedule, Store, TornError, read_manifest
from copydesk._runs._units import Grouping, Unit

if TYPE_CHECKING:
    from copydesk._pipelines._pipeline import Pipeline

_PARTS = ("its options changed", "the code of its plugin changed", "a file that it uses changed")
_EXAMPLES = 3


@attrs.define
class Status:
    """Where a pipeline stands."""

    pipeline: str
    running: str | None
    """The process that runs it now."""
    units: int = 0
    todo: int = 0
    sources: int = 0
    documents: int = 0
    """Documents that are done."""
    is_complete: bool = True
    """Whether all is planned; what ingest steps yield as documents is known only in a run."""
    reasons: list[str] = attrs.field(factory=list)
    """Why there is something to do."""
    exports: dict[str, bool] = attrs.field(factory=dict)
    """The export steps, and whether what they wrote is current."""
    failures: Counter[str] = attrs.field(factory=Counter)
    """Quarantined documents by step and error."""
    examples: dict[str, list[str]] = attrs.field(factory=dict)
    """Some of the sources of each."""


def status_of(pipeline: Pipeline) -> Status:
    """Look at a pipeline's sources and store, and change nothing.

    Raises UsageError where it has no store.
    """
    store = pipeline.store
    if store is None:
        raise UsageError(f"pipeline {pipeline.name!r} keeps nothing; write store = true under [run]")
    keys = Keys.of(pipeline.steps, pipeline.folder)
    grouping = Grouping(pipeline.folder, by_content=pipeline.settings.fingerprint == "content")
    run = Run(pipeline.name, pipeline.folder, manager=pipeline.manager)
    ingest = pipeline.stage("ingest")
    try:
        with TemporaryDirectory(prefix="copydesk-") as folder:
            for step in ingest:
                step.call("start", run=run)
            schedule = Schedule(Path(folder, "schedule"), keys.key, store.summary)
            schedule.fill(units_of(ingest, grouping))
            return _status(pipeline, store, keys, schedule)
    finally:
        run.outputs.discard()


def _status(pipeline: Pipeline, store: Store, keys: Keys, schedule: Schedule) -> Status:
    totals = schedule.totals
    status = Status(
        pipeline.name,
        store.user(),
        units=totals.units,
        todo=totals.todo,
        sources=totals.sources,
        documents=totals.counts["read"],
        is_complete=schedule.is_complete,
    )
    exports = pipeline.stage("export")
    compared = Exports.of(store.folder, keys, exports, pipeline.folder / pipeline.settings.quarantine)
    compared.are_current(schedule)
    status.exports = {step.name: step not in compared.active for step in exports}
    if totals.todo:
        status.reasons = (
            list(_changed_steps(read_manifest(store.folder).steps, keys))
            or list(_changed_code(store, schedule))
            or list(_changed_sources(store, schedule))
        )
    _add_failures(status, store, schedule)
    schedule.close()
    return status


def _changed_steps(before: Mapping[str, list[str]], keys: Keys) -> Iterator[str]:
    """How the steps differ from those of the last good run, exports left out."""
    now = keys.parts()
    for name in sorted(before.keys() | now.keys()) if before else ():
        stage, _, step = name.partition(".")
        if stage not in ("ingest", "enrich"):
            continue
        if name not in before or name not in now:
            yield f"{stage} step {step!r} is {'new' if name in now else 'gone'}"
        else:
            for part, old, new in zip(_PARTS, before[name], now[name], strict=True):
                if old != new:
                    yield f"{stage} step {step!r}: {part}"


def _changed_code(store: Store, schedule: Schedule) -> Iterator[str]:
    """The packages of annotation classes whose code changed since units were made."""
    todo = [unit.key for unit in schedule.units() if unit.summary is None] if schedule.is_complete else []
    for package in sorted({name for key in todo for name in store.changed_code(key)}):
        yield f"the code of {package!r} changed, where classes of annotations come from"


def _changed_sources(store: Store, schedule: Schedule) -> Iterator[str]:
    """How the sources differ from those of the units that are kept and no longer asked for."""
    planned = list(schedule.units()) if schedule.is_complete else []
    known: dict[str, str] = {}
    for key in store.stale({unit.key for unit in planned}):
        summary = store.summary(key)
        if summary is not None:
            known |= store.reader(summary).sources()
    looks: dict[str, str] = {}
    for unit in planned:
        if unit.summary is None:
            found: Unit = pickle.loads(unit.unit)  # noqa: S301  # written by this process just now
            looks |= dict(found.looks)
    changed = [name for name in looks if name in known and known[name] != looks[name]]
    new = [name for name in looks if name not in known]
    for what, names in (("changed", changed), ("new", new), ("gone", [name for name in known if name not in looks])):
        if names:
            yield f"{len(names):,} {'source is' if len(names) == 1 else 'sources are'} {what}: {_some(names)}"
    if not (changed or new or known.keys() - looks.keys()):
        yield "they have not been worked on yet"


def _add_failures(status: Status, store: Store, schedule: Schedule) -> None:
    for planned in schedule.units() if schedule.is_complete else ():
        if planned.summary is None or not planned.summary.failed:
            continue
        try:
            failures = [it for result in store.reader(planned.summary).results() for it in result.failures]
        except TornError:
            continue
        for failure in failures:
            error = f"{failure.stage} step {failure.step!r}: {failure.error}"
            status.failures[error] += 1
            examples = status.examples.setdefault(error, [])
            if len(examples) < _EXAMPLES:
                examples.append(failure.id or failure.source)


def _some(names: list[str]) -> str:
    return ", ".join(names[:_EXAMPLES]) + (", …" if len(names) > _EXAMPLES else "")
