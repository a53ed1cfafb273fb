"""Running a pipeline file under the eyes of an observer."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import attrs

from copydesk._cli._bar import Bar
from copydesk._cli._events import Events
from copydesk._cli._exits import QUARANTINED
from copydesk._cli._lines import Lines
from copydesk._cli._logging import logs_told
from copydesk._cli._prints import prints_aside
from copydesk._errors import CopydeskError, UsageError
from copydesk._files import STANDARD_STREAM
from copydesk._pipelines._pipeline import Pipeline, load
from copydesk._plugins._step import Step
from copydesk._runs._report import Report

Observer = Events | Bar | Lines


def chosen_observer(*, as_json: bool, dry: bool, quiet: bool, with_traceback: bool) -> Observer:
    """Events for machines; for people a progress bar on a terminal, else plain lines."""
    if as_json:
        return Events(dry=dry, with_traceback=with_traceback)
    if quiet or not sys.stderr.isatty():
        return Lines(quiet=quiet, with_traceback=with_traceback)
    return Bar(with_traceback=with_traceback)


def carry_out(path: Path, overrides: Sequence[str], observer: Observer, *, dry: bool, retry: bool = False) -> int:
    """Run a pipeline file and return the exit code.

    Raises CopydeskError where the run cannot start or has to stop; events tell it too.
    """
    try:
        with logs_told(observer.say), prints_aside():
            pipeline = load(path, overrides=overrides, use=[Step(observer, name="--progress")])
            _keep_apart(pipeline, observer, dry=dry)
            report = pipeline.run(dry=dry, retry=retry)
            _warn_of_empty_outputs(report, observer)
    except CopydeskError as error:
        observer.stopped(error)
        raise
    finally:
        observer.close()
    return 0 if report.ok else QUARANTINED


def _warn_of_empty_outputs(report: Report, observer: Observer) -> None:
    if not report.read:
        observer.say("warning: there was nothing to read; look at the paths of [[ingest]]")
    elif report.quarantined == report.read and not report.dry:
        observer.say(
            "warning: every document failed, and the outputs hold none; max_failures under [run] "
            "stops such a run, and leaves the outputs as they were"
        )


def _keep_apart(pipeline: Pipeline, observer: Observer, *, dry: bool) -> None:
    """Keep events and progress out of the documents, where an export writes them to standard output.

    Raises UsageError where both cannot be had.
    """
    data = [] if dry else [step for step in pipeline.stage("export") if uses_standard_stream(step)]
    if data and isinstance(observer, Events):
        raise UsageError(
            f"export step {data[0].name!r} writes to standard output, and so does --json; "
            f"leave --json out, or give the step a file: --set export.{data[0].name}.path=FILE"
        )
    if data and isinstance(observer, Bar) and sys.stdout.isatty():
        observer.hidden = True


def uses_standard_stream(step: Step) -> bool:
    """Whether an option of the step is the path ``-``, alone or among others."""
    values = [getattr(step.plugin, field.name, None) for field in attrs.fields(type(step.plugin)) if field.init]
    return any(
        STANDARD_STREAM in value if isinstance(value, (tuple, list)) else value == STANDARD_STREAM for value in values
    )
