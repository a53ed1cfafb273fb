"""``copydesk plugins``."""

from __future__ import annotations

import click

from copydesk._cli._params import complete_plugins, traceback_option


@click.command()
@click.argument("name", required=False, shell_complete=complete_plugins)
@traceback_option
def plugins(name: str | None) -> None:
    """List the installed plugins, or explain one.

    NAME is an installed plugin's name, file.py:Class or package.module:Class: its manual is shown, with a table
    of its options and lines to paste into a pipeline file.
    """
    from copydesk._cli._listing import print_installed
    from copydesk._cli._manual import print_manual

    if name is None:
        print_installed()
    else:
        print_manual(name)
