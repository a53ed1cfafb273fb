"""``copydesk check``."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk._cli._params import pipeline_argument, set_option, traceback_option


@click.command()
@pipeline_argument
@set_option
@traceback_option
def check(pipeline: Path, overrides: tuple[str, ...]) -> None:
    """Look for mistakes in a pipeline file, and run nothing.

    Loads the plugins, checks every option, and asks each ingest step whether there is something to read.
    All mistakes are told at once.
    """
    from copydesk._cli._checking import checked

    for line in checked(pipeline, overrides):
        click.echo(line)
