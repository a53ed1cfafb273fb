"""Arguments and options that several commands have, and what the shell offers to complete them."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from copydesk._cli._exits import Session


def complete_pipelines(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str | CompletionItem]:
    """The TOML files that begin so; where there is none, all files and folders, by the shell itself."""
    typed = Path(incomplete)
    folder = typed if incomplete.endswith("/") else typed.parent
    found = [path.as_posix() for path in sorted(folder.glob("*.toml"))]
    return [path for path in found if path.startswith(incomplete)] or [CompletionItem(incomplete, type="file")]


def complete_plugins(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str | CompletionItem]:
    """The names of installed plugins that begin so; none is imported."""
    from importlib.metadata import entry_points

    names = {entry.name for entry in entry_points(group="copydesk")}
    return [name for name in sorted(names) if name.startswith(incomplete)]


def _remember_traceback(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    ctx.ensure_object(Session).traceback = wanted


pipeline_argument = click.argument("pipeline", type=click.Path(path_type=Path), shell_complete=complete_pipelines)

set_option = click.option(
    "--set",
    "overrides",
    metavar="KEY=VALUE",
    multiple=True,
    help="Set an option from outside the file, as in export.json.path=out.jsonl. May be repeated.",
)

traceback_option = click.option(
    "--traceback",
    is_flag=True,
    expose_value=False,
    callback=_remember_traceback,
    help="Where a plugin fails, also print where in its code.",
)
