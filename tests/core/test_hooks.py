"""Each hook: when it is called, and with what. A test is named after every hook there is."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

import copydesk
from copydesk import Document, Failure, Headline, Pipeline, Report, Run, Source, Step, UnitResult
from copydesk._plugins._hookspecs import hook_arguments

ELSEWHERE = """
    from pathlib import Path

    import copydesk


    class InTurn:
        def __init__(self, job):
            self.job = job

        def run(self, tasks):
            for task in tasks:
                with Path(__file__).with_name("log.txt").open("a") as log:
                    print("task", task.index, file=log)
                yield self.job.work(task)
            self.job.finish()


    @copydesk.plugin
    class Elsewhere:
        @copydesk.hookimpl
        def runner(self, job):
            return InTurn(job)
"""


@copydesk.plugin
class Logger:
    """Has every hook of a step, and notes each call."""

    log: Any
    name_: str = ""

    def note(self, *what: object) -> None:
        self.log.append((self.name_, *what))

    @copydesk.hookimpl
    def start(self, run: Run) -> None:
        self.note("start", run.sources)

    @copydesk.hookimpl
    def finish(self) -> None:
        self.note("finish")


@copydesk.plugin
class Reader(Logger):
    """Gives two documents."""

    @copydesk.hookimpl
    def ingest(self) -> Iterator[Document | Source]:
        self.note("ingest")
        yield Document("one")
        yield Document("two")


@copydesk.plugin
class Enricher(Logger):
    """Finds a headline, but fails on «two»."""

    @copydesk.hookimpl
    def enrich(self, document: Document) -> Headline:
        self.note("enrich", document.text)
        if document.text == "two":
            raise ValueError("no")
        return Headline(0, 3)


@copydesk.plugin
class Exporter(Logger):
    """Notes the documents it is given."""

    @copydesk.hookimpl
    def export(self, documents: Iterable[Document], run: Run) -> None:
        self.note("export", *[document.title for document in documents], run.pipeline)


@copydesk.plugin
class Observer(Logger):
    """Has every hook of observers."""

    @copydesk.hookimpl
    def run_started(self, run: Run) -> None:
        self.note("run_started", run.folder)

    @copydesk.hookimpl
    def unit_done(self, unit: UnitResult) -> None:
        self.note("unit_done", unit.read, len(unit.documents), len(unit.failures))

    @copydesk.hookimpl
    def document_failed(self, failure: Failure) -> None:
        self.note("document_failed", failure.id, failure.error)

    @copydesk.hookimpl
    def run_finished(self, report: Report) -> None:
        self.note("run_finished", report.read, report.exported, report.quarantined)


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    """A pipeline whose plugins write to one log, which ``calls`` reads."""
    log: list[tuple[Any, ...]] = []
    return Pipeline(
        ingest=[Reader(log=log, name_="reader")],
        enrich=[Enricher(log=log, name_="enricher")],
        export=[Exporter(log=log, name_="exporter")],
        use=[Observer(log=log, name_="observer")],
        name="wire",
        folder=tmp_path,
    )


def like(pipeline: Pipeline, *use: Step, settings: copydesk.RunSettings | None = None) -> Pipeline:
    """The same pipeline with more in use, or other settings."""
    return Pipeline(
        ingest=pipeline.stage("ingest"),
        enrich=pipeline.stage("enrich"),
        export=pipeline.stage("export"),
        use=(*use, *pipeline.stage("use")),
        folder=pipeline.folder,
        settings=settings,
    )


def calls(pipeline: Pipeline, *hooks: str) -> list[tuple[Any, ...]]:
    log: list[tuple[Any, ...]] = pipeline.steps[0].plugin.log
    return [call for call in log if not hooks or call[1] in hooks]


def test_every_hook_has_a_test_of_its_name() -> None:
    assert {name.removeprefix("test_hook_") for name in globals() if name.startswith("test_hook_")} == set(
        hook_arguments()
    )


def test_a_run_calls_the_hooks_in_this_order(pipeline: Pipeline) -> None:
    pipeline.run()
    assert [call[:2] for call in calls(pipeline)] == [
        ("reader", "start"),
        ("reader", "ingest"),
        ("observer", "start"),
        ("enricher", "start"),
        ("exporter", "start"),
        ("observer", "run_started"),
        ("enricher", "enrich"),
        ("enricher", "enrich"),
        ("observer", "document_failed"),
        ("exporter", "export"),
        ("observer", "unit_done"),
        ("reader", "finish"),
        ("exporter", "finish"),
        ("observer", "finish"),
        ("enricher", "finish"),
        ("observer", "run_finished"),
    ]


def test_hook_start(pipeline: Pipeline) -> None:
    """Once for each step, before any document; how many sources there are is known where all are planned."""
    pipeline.run()
    assert sorted(call[0] for call in calls(pipeline, "start")) == ["enricher", "exporter", "observer", "reader"]


def test_hook_ingest(pipeline: Pipeline) -> None:
    """Once a run."""
    pipeline.run()
    assert calls(pipeline, "ingest") == [("reader", "ingest")]


def test_hook_enrich(pipeline: Pipeline) -> None:
    """Once for each document."""
    pipeline.run()
    assert calls(pipeline, "enrich") == [("enricher", "enrich", "one"), ("enricher", "enrich", "two")]


def test_hook_export(pipeline: Pipeline) -> None:
    """With the documents that went through; not at all in a dry run."""
    pipeline.run()
    assert calls(pipeline, "export") == [("exporter", "export", "one", "wire")]
    pipeline.run(dry=True)
    assert len(calls(pipeline, "export")) == 1


def test_hook_finish(pipeline: Pipeline) -> None:
    """After an orderly end only."""
    pipeline.run()
    assert len(calls(pipeline, "finish")) == 4
    with pytest.raises(copydesk.RunError):
        like(pipeline, settings=copydesk.RunSettings(on_error="stop")).run()
    assert len(calls(pipeline, "finish")) == 4


def test_hook_runner(tmp_path: Path) -> None:
    """Once a run that has something to do, for a plugin that works on units somewhere else."""
    (tmp_path / "desk.py").write_text(dedent(ELSEWHERE), encoding="utf-8")
    (tmp_path / "note.txt").write_text("Rain fell.", encoding="utf-8")
    (tmp_path / "wire.toml").write_text(
        '[[ingest]]\nplugin = "seed-file"\npaths = ["note.txt"]\n'
        '[[export]]\nplugin = "json"\npath = "out.jsonl"\n[[use]]\nplugin = "desk.py:Elsewhere"\n',
        encoding="utf-8",
    )
    assert [copydesk.load(tmp_path / "wire.toml").run().exported for _ in range(2)] == [1, 1]
    assert (tmp_path / "log.txt").read_text() == "task 0\n"
    assert '"Rain fell."' in (tmp_path / "out.jsonl").read_text()


def test_hook_run_started(pipeline: Pipeline) -> None:
    """Once everything is ready."""
    pipeline.run()
    assert calls(pipeline, "run_started") == [("observer", "run_started", pipeline.folder)]


def test_hook_unit_done(pipeline: Pipeline) -> None:
    """With what came of the documents, after the exports had them."""
    pipeline.run()
    assert calls(pipeline, "unit_done") == [("observer", "unit_done", 2, 1, 1)]


def test_hook_document_failed(pipeline: Pipeline) -> None:
    """For each document that goes to quarantine."""
    pipeline.run()
    assert calls(pipeline, "document_failed") == [("observer", "document_failed", "Reader#2", "ValueError: no")]


def test_hook_run_finished(pipeline: Pipeline) -> None:
    """With the report, when all outputs are in place."""
    pipeline.run()
    assert calls(pipeline, "run_finished") == [("observer", "run_finished", 2, 1, 1)]


@copydesk.plugin
class Clumsy:
    """An observer that fails at everything."""

    @copydesk.hookimpl
    def run_started(self) -> None:
        raise ValueError("run_started")

    @copydesk.hookimpl
    def unit_done(self) -> None:
        raise ValueError("unit_done")

    @copydesk.hookimpl
    def document_failed(self) -> None:
        raise ValueError("document_failed")

    @copydesk.hookimpl
    def run_finished(self) -> None:
        raise ValueError("run_finished")


def test_an_observer_that_fails_disturbs_nobody(pipeline: Pipeline, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "copydesk"):
        report = like(pipeline, Step(Clumsy(), name="clumsy")).run()
    assert (report.read, report.exported, report.quarantined) == (2, 1, 1)
    assert [record.message for record in caplog.records] == [
        f"observer 'clumsy' failed in {hook}"
        for hook in ("run_started", "document_failed", "unit_done", "run_finished")
    ]


def test_an_observer_that_fails_keeps_nothing_from_the_others(pipeline: Pipeline) -> None:
    like(pipeline, Step(Clumsy(), name="clumsy")).run()
    assert [call[1] for call in calls(pipeline) if call[0] == "observer"] == [
        "start",
        "run_started",
        "document_failed",
        "unit_done",
        "finish",
        "run_finished",
    ]
