"""``copydesk status``."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk._cli._params import pipeline_argument, set_option, traceback_option


@click.command()
@pipeline_argument
@set_option
@traceback_option
def status(pipeline: Path, overrides: tuple[str, ...]) -> None:
    """Say what a run would do, and why, and what is in quarantine.

    Looks at the sources and at what earlier runs have kept, and changes nothing.
    """
    from copydesk._cli._standing import standing

    for line in standing(pipeline, overrides):
        click.echo(line)
