"""Runners: where units are worked on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from copydesk._runs._job import Done, Task


class Runner(Protocol):
    """Does tasks in other processes, perhaps on other machines."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Take tasks as there is room for them, a few more than workers; yield what came of each, in any order.

        A task whose worker died is tried again as ``job.after_death`` says. When the caller
        closes the iterator, workers are to stop at once.
        """
        ...
