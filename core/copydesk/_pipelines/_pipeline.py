"""Pipelines: steps in order, to be run, streamed, or asked about one text."""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import attrs
import pluggy

from copydesk._documents._document import Document
from copydesk._errors import PluginError, UsageError
from copydesk._pipelines._pipeline_file import read_pipeline_file
from copydesk._pipelines._settings import RunSettings
from copydesk._plugins._checks import tables_for
from copydesk._plugins._hookspecs import STAGES
from copydesk._plugins._services import make_manager
from copydesk._plugins._step import Step
from copydesk._runs._chain import Chain
from copydesk._runs._driver import Driver
from copydesk._runs._keys import is_enriching, is_middleware
from copydesk._runs._report import Report
from copydesk._runs._run import Run
from copydesk._runs._store import Store
from copydesk._runs._stored_run import StoredRun


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
        self._file: tuple[Path, tuple[str, ...], dict[str, str]] | None = None
        self.steps: tuple[Step, ...] = (
            *_steps("ingest", ingest),
            *_steps("enrich", enrich),
            *_steps("export", export),
            *_steps("use", use),
        )
        self.manager: pluggy.PluginManager = make_manager(self.steps)
        self.chain = Chain.of(self.stage("enrich"), self.manager)
        self._idle_clocks = self.chain.times()
        self._started: tuple[Step, ...] = ()
        self._starting = threading.Lock()
        self._run: Run | None = None

    def stage(self, stage: str) -> tuple[Step, ...]:
        """The steps of ``ingest``, ``enrich``, ``export`` or ``use``, in order."""
        return tuple(step for step in self.steps if step.stage == stage)

    def run(self, *, dry: bool = False, retry: bool = False) -> Report:
        """Carry the pipeline out: read, enrich and export everything.

        What an earlier run of the same pipeline file has finished is not done again, unless ``retry``
        asks for that where documents failed. A ``dry`` run reads and enriches, and calls no export.

        Raises UsageError before any work, RunError where the run has to stop; outputs of earlier runs
        stay as they were in both cases.
        """
        if dry:
            return Driver.of(self, (), dry=True).run()
        store = self.store
        if store is not None:
            return self._stored_run(store, keeps=True, retries=retry).run()
        elsewhere = [step.name for step in self.stage("use") if hasattr(step.plugin, "runner")]
        if elsewhere:
            raise UsageError(f"{elsewhere[0]!r} needs the store: load the pipeline from a file, without store = false")
        if self.settings.workers == 1 and self.settings.timeout is None:
            return Driver.of(self, self.stage("export")).run()
        with TemporaryDirectory(prefix="copydesk-") as folder:
            return self._stored_run(Store(Path(folder, "units"), durable=False), keeps=False).run()

    def _stored_run(self, store: Store, *, keeps: bool, retries: bool = False) -> StoredRun:
        run = StoredRun.of(self, self.stage("export"), store=store, keeps=keeps, retries=retries)
        if keeps:
            run.mark(f"s{sha256(os.fsencode(store.folder)).hexdigest()[:8]}")
        return run

    @property
    def file(self) -> Path | None:
        """The file that it was loaded from, absolute; None where it was built in Python."""
        return self._file[0] if self._file else None

    @property
    def store(self) -> Store | None:
        """Where its finished work is kept: ``.copydesk/NAME/`` beside its file, if it has one and wants it."""
        if self._file is None or not self.settings.store:
            return None
        return Store(self.folder / ".copydesk" / self._file[0].stem)

    def reopener(self) -> Callable[[], Pipeline]:
        """What makes the pipeline again in another process.

        Raises UsageError where that cannot be done: where it was built of plugins that do not pickle.
        """
        if self._file is not None:
            return partial(_reloaded, *self._file)
        try:
            return partial(_rebuilt, pickle.dumps((self.steps, self.name, self.folder, self.settings)))
        except Exception as error:  # whatever a plugin's __reduce__ raises
            raise UsageError(
                f"pipeline {self.name!r} cannot be handed to other processes: {error}; "
                "describe it in a file and load that, or leave out workers and timeout"
            ) from error

    def stream(self) -> Generator[Document, None, None]:
        """Read and enrich everything, and yield the documents; no export is called.

        Documents that fail go to quarantine, as in a run. ``close`` of what it gives ends the run early.
        """
        return Driver.of(self, ()).stream()

    def enrich(self, document: Document | str) -> Document:
        """The document with what the enrich steps find in it.

        Steps are started at the first call; ``close``, or leaving a ``with`` block, finishes them.

        Raises StepError where a step raises, DocumentDroppedError where one drops the document.
        """
        if self._run is None:
            self._start(Run(self.name, self.folder, manager=self.manager))
        if not isinstance(document, Document):
            document = Document(document)
        return self.chain.enrich(document, self._idle_clocks)

    def close(self) -> None:
        """Finish the steps that ``enrich`` started."""
        run, self._run = self._run, None
        if run is not None:
            try:
                self._finish(run)
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
    def started(self, run: Run, *, enriching: bool = True) -> Iterator[None]:
        """Have the steps that enrich, observers and services started for a run, and finish them at its orderly end.

        Where the run enriches elsewhere, or nothing, only observers and services are started. Steps that
        ``enrich`` has started already are left as they are.
        """
        if not self._start(run, lambda step: enriching or (step.stage == "use" and not is_middleware(step))):
            yield
            return
        try:
            yield
            self._finish(run)
        finally:
            self._run = None

    def start_enriching(self, run: Run) -> None:
        """Start the steps that enrich, in a process that exists for that; ``close`` finishes them."""
        self._start(run, is_enriching)

    def _start(self, run: Run, wanted: Callable[[Step], bool] = lambda _step: True) -> bool:
        """Start steps that enrich, unless they are started; tell whether this call did it."""
        with self._starting:
            if self._run is not None:
                return False
            self._started = tuple(step for step in (*self.stage("use"), *self.stage("enrich")) if wanted(step))
            for step in self._started:
                step.call("start", run=run)
            self._run = run
            return True

    def _finish(self, run: Run) -> None:
        for step in self._started:
            step.call("finish", run=run)


def load(path: Path | str, *, overrides: Sequence[str] = (), use: Iterable[Any] = ()) -> Pipeline:
    """The pipeline that a TOML file describes.

    ``overrides`` set options from outside (``"export.json.path=out.jsonl"``); ``use`` adds middleware and
    observers to those of the file.

    Raises PipelineFileError with all the mistakes in the file.
    """
    if isinstance(overrides, str):
        raise TypeError(f"overrides takes several texts: write [{overrides!r}]")
    found = read_pipeline_file(Path(path), overrides)
    by_stage = {stage: [step for step in found.steps if step.stage == stage] for stage in (*STAGES, "use")}
    by_stage["use"] += _steps("use", use)
    pipeline = Pipeline(**by_stage, name=found.name, folder=found.folder, settings=found.settings)
    pipeline._file = Path(path).absolute(), tuple(overrides), dict(found.environment)
    return pipeline


def _reloaded(path: Path, overrides: Sequence[str], environment: Mapping[str, str]) -> Pipeline:
    """The pipeline of a file, with the variables that it had where it was loaded first."""
    os.environ.update(environment)
    return load(path, overrides=overrides)


def _rebuilt(pickled: bytes) -> Pipeline:
    """A pipeline that was built in Python, in another process."""
    steps, name, folder, settings = pickle.loads(pickled)  # noqa: S301  # from the process that built it
    by_stage = {stage: [step for step in steps if step.stage == stage] for stage in (*STAGES, "use")}
    return Pipeline(**by_stage, name=name, folder=folder, settings=settings)


def _steps(stage: str, plugins: Iterable[Any]) -> list[Step]:
    """One step each, all of the stage; a plugin without the stage's hook or a second of one name is refused."""
    if not isinstance(plugins, Iterable):
        raise TypeError(f"{stage} takes several plugins: write [{type(plugins).__name__}(…)]")
    steps: dict[str, Step] = {}
    for plugin in plugins:
        step = attrs.evolve(plugin, stage=stage) if isinstance(plugin, Step) else Step(plugin, stage=stage)
        tables = tables_for(type(step.plugin))
        if stage not in tables:
            raise PluginError(
                f"{stage} step {step.name!r}: its plugin is nothing for {stage}, but for {' or '.join(tables)}"
            )
        if step.when is not None and stage not in ("enrich", "export"):
            raise UsageError(f"{stage} step {step.name!r} has a condition, which limits enrich and export steps only")
        if step.name in steps:
            raise UsageError(f"two {stage} steps are named {step.name!r}; write Step(…, name='…') for one of them")
        steps[step.name] = step
    return list(steps.values())
