"""The hooks: everything the engine ever calls a plugin for. Implementations name the arguments they want."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from copydesk._plugins._plugin import hookspec

if TYPE_CHECKING:
    from copydesk._documents._annotation import Annotation, Replace
    from copydesk._documents._document import Document
    from copydesk._plugins._step import Step
    from copydesk._runs._job import Job
    from copydesk._runs._report import Failure, Report
    from copydesk._runs._run import Run
    from copydesk._runs._runner import Runner
    from copydesk._runs._units import UnitResult
    from copydesk._sources import Ingested

    Findings = Annotation | Replace | Iterable[Annotation | Replace] | None
    """What ``enrich`` may give: one finding, several (returned or yielded), or nothing."""


class HookSpecs:
    """The hooks of one pipeline, in the order of a run."""

    @hookspec
    def start(self, run: Run) -> None:
        """Get ready: open outputs and connections. Called once in each process, before any document."""

    @hookspec
    def ingest(self) -> Iterable[Ingested]:  # type: ignore[empty-body]  # a specification has no body
        """Give the sources to read (or documents, where there is nothing to read later). Called once a run."""

    @hookspec(firstresult=True)
    def enrich(self, document: Document, step: Step) -> Findings:
        """Give what the document holds; raise Drop to leave it out. Called for each document."""

    @hookspec
    def export(self, documents: Iterable[Document], run: Run) -> None:
        """Write a batch of documents. Called with successive batches, in order, in the driving process."""

    @hookspec
    def finish(self, run: Run) -> None:
        """Write what comes last and close connections. Called once in each process, after an orderly end only."""

    @hookspec(firstresult=True)
    def runner(self, job: Job) -> Runner:  # type: ignore[empty-body]  # a specification has no body
        """Give what does the tasks of a run elsewhere, as on a cluster; for plugins in ``[[use]]``."""

    @hookspec
    def run_started(self, run: Run) -> None:
        """Observe: a run begins."""

    @hookspec
    def unit_done(self, unit: UnitResult) -> None:
        """Observe: a unit of documents has been enriched and exported."""

    @hookspec
    def document_failed(self, failure: Failure) -> None:
        """Observe: a step raised on a document, which goes to quarantine."""

    @hookspec
    def run_finished(self, report: Report) -> None:
        """Observe: a run has ended, all outputs are in place."""


STAGES = ("ingest", "enrich", "export")
"""The tables of a pipeline file, each also the hook its steps are called for."""


@cache
def hook_arguments() -> dict[str, tuple[str, ...]]:
    """The hooks' names and the arguments an implementation may ask for."""
    return {
        name: tuple(inspect.signature(spec).parameters)[1:]
        for name, spec in vars(HookSpecs).items()
        if not name.startswith("_")
    }
