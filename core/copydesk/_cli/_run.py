"""``copydesk run``."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk._cli._exits import Session
from copydesk._cli._params import pipeline_argument, set_option, traceback_option


@click.command()
@pipeline_argument
@set_option
@click.option("--json", "as_json", is_flag=True, help="Tell what happens as JSON, an event a line, on standard output.")
@click.option("--dry-run", is_flag=True, help="Read and enrich everything, and export nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something is wrong.")
@traceback_option
@click.pass_obj
def run(session: Session, pipeline: Path, overrides: tuple[str, ...], as_json: bool, dry_run: bool, quiet: bool) -> int:
    """Read, enrich and export what a pipeline file says.

    Progress and the summary go to standard error: standard output is the data's, for an export whose path is "-".
    Documents that a step fails on are put into quarantine, and the run goes on.

    \b
    With --json every line of standard output is an object with an "event":
      run_started        pipeline, sources (null: not known yet), dry
      unit_done          sources, read, exported, dropped, quarantined, of this batch
      document_failed    stage, step, id, source, error
      run_finished       report
      run_stopped        error, exit_code
    """
    from copydesk._cli._running import carry_out, chosen_observer

    observer = chosen_observer(as_json=as_json, dry=dry_run, quiet=quiet, with_traceback=session.traceback)
    return carry_out(pipeline, overrides, observer, dry=dry_run)
