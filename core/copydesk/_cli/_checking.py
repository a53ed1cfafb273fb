"""Checking a pipeline: its file, its plugins, and whether there is something to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from copydesk._cli._messages import tell_warning
from copydesk._cli._running import uses_standard_stream
from copydesk._cli._summary import counted
from copydesk._pipelines._pipeline import Pipeline, load
from copydesk._plugins._step import Step
from copydesk._plugins._when import When
from copydesk._runs._plan import plan
from copydesk._runs._run import Run
from copydesk._runs._units import Grouping
from copydesk._sources import Source


def checked(path: Path, overrides: Sequence[str]) -> Iterator[str]:
    """Say that a pipeline is well, and what its steps are.

    Raises CopydeskError with what is wrong.
    """
    pipeline = load(path, overrides=overrides)
    found = {step.name: _input(pipeline, step) for step in pipeline.stage("ingest")}
    yield f"ok: {pipeline.name}"
    width = max(len(step.name) for step in pipeline.steps)
    for step in pipeline.steps:
        remarks = found.get(step.name, "") if step.stage == "ingest" else _condition(step.when)
        yield f"  {step.stage:<7} {step.name:<{width}}  {remarks}".rstrip()


def _input(pipeline: Pipeline, step: Step) -> str:
    """How much there is for an ingest step to read; standard input is left for the run."""
    if uses_standard_stream(step):
        step.call("ingest")
        return "standard input"
    run = Run(pipeline.name, pipeline.folder)
    try:
        step.call("start", run=run)
        units, total = plan([step], Grouping(pipeline.folder, keyed=False))
    finally:
        run.outputs.discard()
    first = next(units, None)
    if first is None:
        tell_warning(f"ingest step {step.name!r} finds nothing to read; look at its paths")
    if total is None:
        return "10,000 sources or more" if first and isinstance(first.items[0], Source) else "documents"
    return counted(total, "source")


def _condition(when: When | None) -> str:
    if when is None:
        return ""
    parts = [f"{name} {', '.join(values)}" for name, values in (("language", when.language), ("source", when.source))]
    return "when " + " and ".join(part for part in parts if not part.endswith(" "))
