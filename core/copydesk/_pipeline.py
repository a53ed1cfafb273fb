"""Pipelines: steps in order, to be run, streamed, or asked about one text."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import attrs
import pluggy

from copydesk._chain import Chain
from copydesk._checks import tables_for
from copydesk._document import Document
from copydesk._driver import Driver
from copydesk._errors import PluginError, UsageError
from copydesk._hookspecs import STAGES
from copydesk._pipeline_file import read_pipeline_file
from copydesk._report import Report
from copydesk._run import Run
from copydesk._services import make_manager
from copydesk._settings import RunSettings
from copydesk._step import Step


class Pipeline:
    """Steps of ingest, enrich and export, in order, with a plugin manager of their own.

    Plugins are given as instances, or as ``Step`` where a name or a condition is wanted. Paths that the
    engine itself uses start at ``folder``. ``use`` lists middleware and observers.

    Raises PluginError where a plugin breaks the rules, UsageError where two steps have one name.
    """

    def __init__(
        self,
        *,
        ingest: Iterable[Any] = (),
        enrich: Iterable[Any] = (),
        export: Iterable[Any] = (),
        use: Iterable[Any] = (),
        name: str = "pipeline",
        folder: Path | str = ".",
        settings: RunSettings | None = None,
    ) -> None:
        self.name = name
        self.folder = Path(folder).absolute()
        self.settings = settings or RunSettings()
        self.steps: tuple[Step, ...] = (
            *_steps("ingest", ingest),
            *_steps("enrich", enrich),
            *_steps("export", export),
            *_steps("use", use),
        )
        self.manager: pluggy.PluginManager = make_manager(self.steps)
        self.chain = Chain.of(self.stage("enrich"), self.manager)
        self._idle_clocks = self.chain.times()
        self._starting = threading.Lock()
        self._run: Run | None = None

    def stage(self, stage: str) -> tuple[Step, ...]:
        """The steps of ``ingest``, ``enrich``, ``export`` or ``use``, in order."""
        return tuple(step for step in self.steps if step.stage == stage)

    def run(self, *, dry: bool = False) -> Report:
        """Carry the pipeline out: read, enrich and export everything.

        A ``dry`` run reads and enriches, and calls no export.

        Raises UsageError before any work, RunError where the run has to stop; outputs of earlier runs
        stay as they were in both cases.
        """
        return Driver.of(self, () if dry else self.stage("export"), dry=dry).run()

    def stream(self) -> Iterator[Document]:
        """Read and enrich everything, and yield the documents; no export is called.

        Documents that fail go to quarantine, as in a run.
        """
        return Driver.of(self, ()).stream()

    def enrich(self, document: Document | str) -> Document:
        """The document with what the enrich steps find in it.

        Steps are started at the first call; ``close``, or leaving a ``with`` block, finishes them.

        Raises StepError where a step raises, DocumentDroppedError where one drops the document.
        """
        if self._run is None:
            self._start(Run(self.name, self.folder, manager=self.manager))
        if isinstance(document, str):
            document = Document(document)
        return self.chain.enrich(document, self._idle_clocks)

    def close(self) -> None:
        """Finish the steps that ``enrich`` started."""
        run, self._run = self._run, None
        if run is not None:
            try:
                self._call_steps("finish", run)
                run.outputs.commit()
            finally:
                run.outputs.discard()

    def __enter__(self) -> Self:
        self._start(Run(self.name, self.folder, manager=self.manager))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        elif self._run is not None:
            self._run.outputs.discard()
            self._run = None

    @contextmanager
    def started(self, run: Run) -> Iterator[None]:
        """Have the steps that enrich started for a run, and finish them at its orderly end.

        Steps that ``enrich`` has started already are left as they are.
        """
        if not self._start(run):
            yield
            return
        try:
            yield
            self._call_steps("finish", run)
        finally:
            self._run = None

    def _start(self, run: Run) -> bool:
        """Start the steps that enrich, unless they are started; tell whether this call did it."""
        with self._starting:
            if self._run is not None:
                return False
            self._call_steps("start", run)
            self._run = run
            return True

    def _call_steps(self, hook: str, run: Run) -> None:
        for step in (*self.stage("use"), *self.stage("enrich")):
            step.call(hook, run=run)


def load(path: Path | str, *, overrides: Sequence[str] = (), use: Iterable[Any] = ()) -> Pipeline:
    """The pipeline that a TOML file describes.

    ``overrides`` set options from outside (``"export.json.path=out.jsonl"``); ``use`` adds middleware and
    observers to those of the file.

    Raises PipelineFileError with all the mistakes in the file.
    """
    found = read_pipeline_file(Path(path), overrides)
    by_stage = {stage: [step for step in found.steps if step.stage == stage] for stage in (*STAGES, "use")}
    by_stage["use"] += _steps("use", use)
    return Pipeline(**by_stage, name=found.name, folder=found.folder, settings=found.settings)


def _steps(stage: str, plugins: Iterable[Any]) -> list[Step]:
    """One step each, all of the stage; a plugin without the stage's hook or a second of one name is refused."""
    steps: list[Step] = []
    for plugin in plugins:
        step = attrs.evolve(plugin, stage=stage) if isinstance(plugin, Step) else Step(plugin, stage=stage)
        tables = tables_for(type(step.plugin))
        if stage not in tables:
            raise PluginError(
                f"{stage} step {step.name!r}: its plugin is nothing for {stage}, but for {' or '.join(tables)}"
            )
        if step.when is not None and stage not in ("enrich", "export"):
            raise UsageError(f"{stage} step {step.name!r} has a condition, which limits enrich and export steps only")
        if any(step.name == other.name for other in steps):
            raise UsageError(f"two {stage} steps are named {step.name!r}; write Step(…, name='…') for one of them")
        steps.append(step)
    return steps
