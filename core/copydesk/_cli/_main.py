"""The command ``copydesk`` and its subcommands."""

from __future__ import annotations

from typing import Any

import click

from copydesk._cli._check import check
from copydesk._cli._exits import OutputLost
from copydesk._cli._plugins import plugins
from copydesk._cli._retry import retry
from copydesk._cli._run import run
from copydesk._cli._schema import schema
from copydesk._cli._show import show
from copydesk._cli._status import status

_EPILOG = """\
\b
Exit codes:
  0    all went well
  1    the run had to stop; outputs of earlier runs are as they were
  2    a mistake in the command line, a pipeline file or a plugin; nothing was started
  3    finished, but some documents were quarantined
  70   a bug in copydesk
  130  interrupted (Ctrl-C), 143 terminated (SIGTERM); outputs are as they were
  141  standard output was closed early, as by `| head`

\b
Completion, for bash (zsh and fish likewise), goes into ~/.bashrc:
  eval "$(_COPYDESK_COMPLETE=bash_source copydesk)"
"""


class _Commands(click.Group):
    """In the order they are needed, and with closed pipes told apart from other ends."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # its name is click's
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise OutputLost from error


def _print_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"copydesk {version('copydesk')}")
        ctx.exit()


@click.group(cls=_Commands, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Print the version."
)
def copydesk() -> None:
    """A copy desk: stories in, datelines and quotes found, feeds out.

    A pipeline file (TOML) says which plugins read, enrich and export.

    \b
    Try it on one story:       copydesk show story.txt
    See what is installed:     copydesk plugins
    Look for mistakes:         copydesk check pipeline.toml
    Do the work:               copydesk run pipeline.toml
    """


for _command in (run, status, retry, check, show, plugins, schema):
    copydesk.add_command(_command)
