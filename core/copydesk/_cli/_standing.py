"""A pipeline's status in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from copydesk._cli._running import uses_standard_stream
from copydesk._cli._summary import counted
from copydesk._errors import UsageError
from copydesk._pipelines._pipeline import load
from copydesk._runs._status import Status, status_of


def standing(path: Path, overrides: Sequence[str]) -> Iterator[str]:
    """What is done, what is to do and why, and what is in quarantine.

    Raises CopydeskError where the pipeline or its sources cannot be read.
    """
    pipeline = load(path, overrides=overrides)
    for step in pipeline.stage("ingest"):
        if uses_standard_stream(step):
            raise UsageError(f"ingest step {step.name!r} reads standard input, of which only a run knows what it holds")
    status = status_of(pipeline)
    if status.running:
        yield f"{status.pipeline} is being run by {status.running}"
    yield from _units(status)
    for name, is_current in status.exports.items():
        yield f"  export {name}: {'current' if is_current else 'to be written'}"
    yield from _quarantine(status)


def _units(status: Status) -> Iterator[str]:
    done = status.units - status.todo
    yield (
        f"{status.pipeline}: {counted(status.sources, 'source')} in {counted(status.units, 'unit')}, "
        f"{done:,} of them done ({counted(status.documents, 'document')}), {status.todo:,} to do"
    )
    if not status.is_complete:
        yield "  and documents that are known only when they come"
    for reason in status.reasons:
        yield f"  to do, since {reason}"


def _quarantine(status: Status) -> Iterator[str]:
    if status.failures:
        yield f"  {status.failures.total():,} in quarantine (`copydesk retry` tries them again):"
    for error, count in status.failures.most_common():
        yield f"    {count:,} × {error}"
        yield f"      {', '.join(status.examples[error])}{', …' if count > len(status.examples[error]) else ''}"
