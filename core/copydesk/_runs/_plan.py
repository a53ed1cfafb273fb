"""Planning a run: what the ingest steps give, grouped into units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from copydesk._errors import INTERRUPTIONS, CopydeskError, RunError
from copydesk._plugins._step import Step
from copydesk._runs._units import Grouping, Unit
from copydesk._sources import Ingested

_AHEAD = 10_000


def plan(steps: Iterable[Step], grouping: Grouping) -> tuple[Iterator[Unit], int | None]:
    """The units of all ingest steps in order, and the number of their sources where it is known.

    Every step is asked for its first unit before any is worked on, so that a missing folder stops the
    run at its start. The number is known where there are fewer than 10,000 sources; documents that an ingest
    yields are not read ahead to be counted.

    Raises UsageError or RunError where a step cannot give its sources.
    """
    units = units_of(steps, grouping)
    ahead: list[Unit] = []
    total = 0
    for unit in units:
        ahead.append(unit)
        total += len(unit.items)
        if total >= _AHEAD or unit.is_read:
            return chain(ahead, units), None
    return iter(ahead), total


def units_of(steps: Iterable[Step], grouping: Grouping) -> Iterator[Unit]:
    """The units of all ingest steps in order, each step asked for its first one at once."""
    return chain.from_iterable([_with_first_ready(grouping.units(step.name, _given(step))) for step in steps])


def _with_first_ready(units: Iterator[Unit]) -> Iterator[Unit]:
    return chain(list(islice(units, 1)), units)


def _given(step: Step) -> Iterator[Ingested]:
    found = step.call("ingest")
    if found is None:
        return
    if not isinstance(found, Iterable):
        raise RunError(f"ingest step {step.name!r} gave {found!r:.200}; yield its sources, or its documents")
    try:
        yield from found
    except (CopydeskError, GeneratorExit, *INTERRUPTIONS):
        raise
    except BaseException as error:
        raise step.failed(error) from error
