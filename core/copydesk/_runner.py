"""Runners: where units are worked on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import attrs

from copydesk._units import Unit, UnitResult
from copydesk._worker import Worker


class Runner(Protocol):
    """Works units off and gives what came of them, in the order of the units."""

    def run(self, units: Iterable[Unit]) -> Iterator[UnitResult]:
        """Take units as there is room for them; yield each one's results when its turn has come."""
        ...


@attrs.frozen
class SerialRunner:
    """Works in this process, one unit after the other."""

    worker: Worker

    def run(self, units: Iterable[Unit]) -> Iterator[UnitResult]:
        """Yield results as they are made; nothing is held back."""
        for unit in units:
            yield from self.worker.work(unit)
