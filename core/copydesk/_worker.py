"""Working on a unit: reading its sources and enriching their documents, each failure kept to its document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from time import perf_counter

import attrs

from copydesk._chain import Chain
from copydesk._document import Document
from copydesk._record import to_json
from copydesk._report import DocumentDroppedError, Failure, StepError, StepTime
from copydesk._sources import Source, Unreadable
from copydesk._units import UNIT_SIZE, Unit, UnitResult, place_name, shortened


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

    def work(self, unit: Unit) -> Iterator[UnitResult]:
        """Read and enrich a unit, in batches of at most ``UNIT_SIZE`` documents."""
        result = UnitResult()
        for place, item in enumerate(unit.items, unit.first):
            for found in self._read(unit.step, place, item):
                result.read += 1
                if isinstance(found, Failure):
                    result.failures.append(found)
                else:
                    self._enrich(found, result)
                if self.stops and result.failures:
                    yield result
                    return
                if len(result.documents) + len(result.failures) >= UNIT_SIZE:
                    yield result
                    result = UnitResult()
            result.sources += 1
        yield result

    def _enrich(self, document: Document, result: UnitResult) -> None:
        try:
            enriched = self.chain.enrich(document, self.times)
        except DocumentDroppedError as dropped:
            result.dropped[dropped.reason] += 1
            return
        except StepError as error:
            result.failures.append(failure_of(error))
            return
        if self.encodes:
            try:
                enriched = enriched.encoded(to_json(enriched))
            except Exception as error:  # an annotation may hold anything
                result.failures.append(Failure.of(error, stage="enrich", step="", document=document))
                return
        result.documents.append(enriched)

    def _read(self, step: str, place: int, item: Source | Document) -> Iterator[Document | Failure]:
        """The documents of one item; the clock runs while they are read, not while they are worked on."""
        clock = self.reading[step]
        before = perf_counter()
        for found in self._documents(step, place, item):
            clock.seconds += perf_counter() - before
            yield found
            before = perf_counter()
        clock.seconds += perf_counter() - before

    def _documents(self, step: str, place: int, item: Source | Document) -> Iterator[Document | Failure]:
        if isinstance(item, Document):
            yield from self._named([item], step, step, place)
            return
        uri = item.uri
        try:
            uri = shortened(uri, self.folder)
            yield from self._named(item.read(), step, uri, 1)
        except (Exception, SystemExit) as error:
            yield Failure.of(error, stage="ingest", step=step, source=uri)

    def _named(
        self, documents: Iterable[Document | Unreadable], step: str, name: str, first: int
    ) -> Iterator[Document | Failure]:
        for place, document in enumerate(documents, first):
            if isinstance(document, Unreadable):
                yield Failure.of(
                    document.error,
                    stage="ingest",
                    step=step,
                    source=f"{name} {document.where}".strip(),
                    raw=document.raw,
                )
                continue
            try:
                yield document.ingested(place_name(name, place), name, step)
            except Exception as error:  # a plugin may yield anything
                yield Failure.of(error, stage="ingest", step=step, source=name)


def failure_of(error: StepError) -> Failure:
    """What goes to quarantine for a step that raised."""
    cause = error.__cause__ or error
    return Failure.of(cause, stage=error.stage, step=error.step, document=error.document)
