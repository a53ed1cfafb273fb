"""``copydesk retry``."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk._cli._exits import Session
from copydesk._cli._params import pipeline_argument, set_option, traceback_option


@click.command()
@pipeline_argument
@set_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something is wrong.")
@traceback_option
@click.pass_obj
def retry(session: Session, pipeline: Path, overrides: tuple[str, ...], quiet: bool) -> int:
    """Try again what is in quarantine, and run the rest.

    For documents that failed for a reason that has passed: a service that was down, a file that could not be read.
    A plugin that was corrected needs no retry, for all that it made is made again anyway.
    """
    from copydesk._cli._running import carry_out, chosen_observer

    observer = chosen_observer(as_json=False, dry=False, quiet=quiet, with_traceback=session.traceback)
    return carry_out(pipeline, overrides, observer, dry=False, retry=True)
