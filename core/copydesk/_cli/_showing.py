"""Showing a file: its documents read, enriched, and rendered."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs

from copydesk._cli._consoles import output_console
from copydesk._cli._exits import QUARANTINED
from copydesk._cli._logging import logs_told
from copydesk._cli._messages import tell, tell_warning
from copydesk._cli._prints import prints_aside
from copydesk._cli._readers import installed_enrichers, installed_reader, pipeline_reader, working_plugins
from copydesk._cli._tally import told_failure
from copydesk._documents._annotation import Replace
from copydesk._documents._document import Document
from copydesk._documents._vocabulary import Language
from copydesk._errors import INTERRUPTIONS, Drop
from copydesk._files import STANDARD_STREAM
from copydesk._pipelines._pipeline import Pipeline, load
from copydesk._pipelines._settings import RunSettings
from copydesk._plugins._plugin import hookimpl, plugin
from copydesk._plugins._step import Step
from copydesk._runs._outputs import Outputs
from copydesk._runs._report import Failure, Report
from copydesk._show import html_page, print_document


@attrs.frozen
class Request:
    """What is to be shown, and how it is to be read."""

    file: Path
    pipeline: Path | None
    overrides: Sequence[str]
    language: str | None


@plugin
class _Watcher:
    """Tells what failed or was dropped; a step that fails on a document is passed over."""

    with_traceback: bool = False
    failures: int = 0

    @hookimpl(wrapper=True)
    def enrich(self, document: Document, step: Step) -> Generator[None, Any, Any]:
        try:
            return (yield)
        except (Drop, GeneratorExit, *INTERRUPTIONS):
            raise
        except BaseException as error:
            self.document_failed(Failure.of(error, stage="enrich", step=step.name, document=document))
            return ()

    @hookimpl
    def document_failed(self, failure: Failure) -> None:
        self.failures += 1
        tell(told_failure(failure, with_traceback=self.with_traceback))

    @hookimpl
    def run_finished(self, report: Report) -> None:
        for reason, count in report.dropped.items():
            tell(f"dropped: {reason} ({count:,})")
        if not report.read:
            tell_warning("the file holds no story")


@plugin
class _GivenLanguage:
    """Say what the language is, in the place of what was guessed."""

    tag: str

    @hookimpl
    def enrich(self, document: Document) -> Iterator[Language | Replace]:
        for guess in document.all(Language):
            yield Replace(guess)
        yield Language(*document.span, tag=self.tag)


def carry_out(request: Request, page: Path | None, *, with_traceback: bool) -> int:
    """Show a file's documents, on the terminal or as a page; return the exit code.

    Raises CopydeskError where the file cannot be read.
    """
    watcher = _Watcher(with_traceback=with_traceback)
    with (
        tempfile.TemporaryDirectory() as folder,
        logs_told(tell),
        closing(_pipeline(request, watcher, Path(folder)).stream()) as documents,
    ):
        if page is None:
            _print(documents)
        else:
            with prints_aside():
                _write_page(documents, page, request.file)
    return QUARANTINED if watcher.failures else 0


def _pipeline(request: Request, watcher: _Watcher, folder: Path) -> Pipeline:
    """The steps that read and enrich the file; what they fail on is told, and kept nowhere."""
    if request.pipeline is None:
        installed = working_plugins()
        base = Pipeline(ingest=[installed_reader(request.file, installed)], enrich=installed_enrichers(installed))
    else:
        base = load(request.pipeline, overrides=request.overrides)
        base = Pipeline(
            name=base.name,
            folder=base.folder,
            ingest=[pipeline_reader(base, request.file)],
            enrich=base.stage("enrich"),
            use=base.stage("use"),
        )
    given = [] if request.language is None else [Step(_GivenLanguage(tag=request.language), name="--language")]
    return Pipeline(
        name=base.name,
        folder=base.folder,
        ingest=base.stage("ingest"),
        enrich=[*given, *base.stage("enrich")],
        use=[*base.stage("use"), Step(watcher, name="show")],
        settings=RunSettings(quarantine=folder / "failed.jsonl"),
    )


def _print(documents: Iterable[Document]) -> None:
    console = output_console()
    for place, document in enumerate(documents):
        if place:
            console.rule()
        print_document(console, document)


def _write_page(documents: Iterable[Document], path: Path, shown: Path) -> None:
    outputs = Outputs()
    if shown != STANDARD_STREAM:
        outputs.reserve(shown, "the file that is shown")
    try:
        file = outputs.open(path)
        for part in html_page(documents):
            file.write(part.encode("utf-8", "replace"))
        outputs.commit()
    finally:
        outputs.discard()
    if path != STANDARD_STREAM:
        tell(f"wrote {path}")
    else:
        sys.stdout.flush()
