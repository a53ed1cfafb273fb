"""``copydesk show``."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk._cli._exits import Session
from copydesk._cli._params import complete_pipelines, set_option, traceback_option


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option(
    "--pipeline",
    type=click.Path(path_type=Path),
    shell_complete=complete_pipelines,
    help="Read and enrich as this pipeline file says; without it, every installed enricher has its say.",
)
@set_option
@click.option(
    "--html",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help='Write a page for the browser, complete in one file, in place of showing it here; "-" is standard output.',
)
@click.option(
    "--language", metavar="TAG", help="The language of the story (BCP 47: ar, ckb, zh-Hant); not guessed then."
)
@traceback_option
@click.pass_obj
def show(
    session: Session,
    file: Path,
    pipeline: Path | None,
    overrides: tuple[str, ...],
    html: Path | None,
    language: str | None,
) -> int:
    """Show a story and what is found in it.

    Everything is marked in its place and listed below. FILE is read by the installed plugin that reads files of
    its kind; "-" is plain text from standard input.
    """
    from copydesk._cli._showing import Request, carry_out

    if overrides and pipeline is None:
        raise click.UsageError("--set changes options of a pipeline file: name it with --pipeline")
    return carry_out(Request(file, pipeline, overrides, language), html, with_traceback=session.traceback)
