"""Working on a unit: reading its sources and enriching their documents, each failure kept to its document."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import attrs

from copydesk._documents._document import Document
from copydesk._documents._record import to_json
from copydesk._errors import INTERRUPTIONS
from copydesk._forks import end_if_forked
from copydesk._runs._chain import Chain
from copydesk._runs._report import DocumentDroppedError, Failure, StepError, StepTime
from copydesk._runs._store import NoWatch, Verdict
from copydesk._runs._units import BATCH_DOCUMENTS, Unit, UnitResult, place_name, shortened
from copydesk._sources import Ingested, Source, Unreadable

if TYPE_CHECKING:
    from copydesk._pipelines._pipeline import Pipeline

_PATIENCE = 0.2
"""Seconds after which a batch that is not full is handed on."""
_UNWATCHED = NoWatch()


@attrs.frozen
class Worker:
    """Everything that working on units needs, in whatever process it is done."""

    folder: Path
    chain: Chain
    times: list[StepTime]
    """A clock for each enrich step."""
    reading: dict[str, StepTime]
    """A clock for each ingest step, by name."""
    encodes: bool = True
    """Whether documents are also encoded, so that one that cannot be is set aside here."""
    stops: bool = False
    """Whether the first failure ends the work on a unit."""
    process: int = attrs.field(factory=os.getpid)

    @classmethod
    def of(cls, pipeline: Pipeline, clocks: Iterable[StepTime] = (), *, encodes: bool = True) -> Worker:
        """A worker for a pipeline; these clocks are set where they are its steps', others are made."""
        known = {(clock.stage, clock.step): clock for clock in clocks}
        ingest, enrich = (
            [known.get((stage, step.name)) or StepTime(stage, step.name) for step in pipeline.stage(stage)]
            for stage in ("ingest", "enrich")
        )
        reading = {clock.step: clock for clock in ingest}
        stops = pipeline.settings.on_error == "stop"
        return cls(pipeline.folder, pipeline.chain, enrich, reading, encodes, stops)

    def work(self, unit: Unit, watch: NoWatch = _UNWATCHED) -> Iterator[UnitResult]:
        """Read and enrich a unit; give what came of it whenever a batch is full or a moment has passed."""
        result = UnitResult()
        began = before = perf_counter()
        clock = self.reading[unit.step]
        for index, item in enumerate(unit.items):
            documents = self._read(unit.step, unit.first + index, item)
            for found in documents if watch is _UNWATCHED else self._watched(unit, index, iter(documents), watch):
                read = perf_counter()
                clock.seconds += read - before
                result.read += 1
                if isinstance(found, Failure):
                    result.failures.append(found)
                else:
                    self._enrich(found, unit.step, result, watch)
                before = perf_counter()
                if result.read >= BATCH_DOCUMENTS or before - began > _PATIENCE or (self.stops and result.failures):
                    end_if_forked(self.process)
                    yield result
                    if self.stops and result.failures:
                        return
                    result = UnitResult()
                    began = before = perf_counter()
            result.sources += 1
        end_if_forked(self.process)
        yield result

    def _watched(
        self, unit: Unit, index: int, documents: Iterator[Document | Failure], watch: NoWatch
    ) -> Iterator[Document | Failure]:
        """What a source holds, each noted before it is read; what killed a process in reading is not read again."""
        number = 0
        while True:
            watch.reading(index, number)
            verdict = watch.condemned.get((index, number)) if watch.condemned else None
            if verdict is not None and verdict.place.reading:
                yield self._unread(unit.step, unit.items[index], verdict)
                return
            found = next(documents, None)
            if found is None:
                return
            watch.enriching(index, number)
            if verdict is not None and isinstance(found, Document):
                found = self._condemned(found, verdict)
            yield found
            number += 1

    def _unread(self, step: str, item: Ingested, verdict: Verdict) -> Failure:
        uri = shortened(item.uri, self.folder) if isinstance(item, Source) else step
        return Failure(step, "ingest", "", uri, verdict.reason, verdict.traceback)

    def _condemned(self, document: Document, verdict: Verdict) -> Failure:
        steps = self.chain.steps
        place = verdict.place.step
        step = steps[place].name if 0 <= place < len(steps) else ""
        return Failure(step, "enrich", document.id, document.source, verdict.reason, verdict.traceback, document)

    def _enrich(self, document: Document, ingest: str, result: UnitResult, watch: NoWatch) -> None:
        try:
            if watch.suspects and watch.spot in watch.suspects:
                enriched = self._enriched_step_by_step(document, watch)
            else:
                enriched = self.chain.enrich(document, self.times)
        except DocumentDroppedError as dropped:
            result.dropped[dropped.reason] += 1
            return
        except StepError as error:
            end_if_forked(self.process, error.__cause__)
            result.failures.append(failure_of(error))
            return
        if self.encodes:
            try:
                enriched.keep_record(to_json(enriched))
            except Exception as error:  # an annotation may hold anything
                stage, step = self._culprit(enriched, ingest)
                result.failures.append(Failure.of(error, stage=stage, step=step, document=document))
                return
        result.documents.append(enriched)

    def _enriched_step_by_step(self, document: Document, watch: NoWatch) -> Document:
        """Enrich a document that may have killed a process, and note the step it is in."""
        chain = self.chain
        for place, (step, call, time) in enumerate(zip(chain.steps, chain.calls, self.times, strict=True)):
            watch.enriching(*watch.spot, place)
            document = Chain((step,), (call,)).enrich(document, [time])
        return document

    def _culprit(self, document: Document, ingest: str) -> tuple[str, str]:
        """The stage and name of the step whose finding, or document, cannot be written."""
        names = {step.name for step in self.chain.steps}
        for annotation in document.annotations:
            try:
                to_json(Document("", annotations=(annotation,)))
            except Exception:
                return ("enrich", annotation.by) if annotation.by in names else ("ingest", ingest)
        return "ingest", ingest

    def _read(self, step: str, place: int, item: Ingested) -> Iterable[Document | Failure]:
        if isinstance(item, (Document, Unreadable)):
            return (_named(item, step, step, place),)
        return self._read_source(step, item)

    def _read_source(self, step: str, source: Source) -> Iterator[Document | Failure]:
        uri = type(source).__qualname__
        try:
            uri = shortened(source.uri, self.folder)
            for place, found in enumerate(source.read(), 1):
                yield _named(found, step, uri, place)
        except (GeneratorExit, *INTERRUPTIONS):
            raise
        except BaseException as error:
            yield Failure.of(error, stage="ingest", step=step, source=uri)


def _named(found: Document | Unreadable, step: str, name: str, place: int) -> Document | Failure:
    """A document with an id and a source made from the name of what it was read from, and its place in it."""
    if isinstance(found, Unreadable):
        source = f"{name} {found.where}".strip()
        return Failure.of(found.error, stage="ingest", step=step, source=source, raw=found.raw)
    try:
        if not isinstance(found, Document):
            raise TypeError(f"read() gave {found!r:.200}, which is no Document")  # noqa: TRY301  # told like others
        return found.ingested(place_name(name, place), name, step)
    except Exception as error:
        return Failure.of(error, stage="ingest", step=step, source=name)


def failure_of(error: StepError) -> Failure:
    """What goes to quarantine for a step that raised."""
    cause = error.__cause__ or error
    return Failure.of(cause, stage=error.stage, step=error.step, document=error.document)
