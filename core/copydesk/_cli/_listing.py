"""The list of installed plugins."""

from __future__ import annotations

import inspect

from rich.table import Table
from rich.text import Text

from copydesk._cli._consoles import output_console
from copydesk._cli._manual import prose
from copydesk._errors import PluginError
from copydesk._plugins._checks import implemented_hooks
from copydesk._plugins._discovery import InstalledPlugin, installed_plugins


def print_installed() -> None:
    """Print every installed plugin, one that cannot be imported with the reason."""
    table = Table("name", "hooks", "from", "what it does", box=None, pad_edge=False, header_style="bold")
    for plugin in installed_plugins():
        table.add_row(plugin.name, *_described(plugin))
    console = output_console()
    console.print(table)
    console.print("\n`copydesk plugins NAME` explains one.")


def _described(plugin: InstalledPlugin) -> tuple[str, str, Text]:
    origin = f"{plugin.distribution} {plugin.version}"
    try:
        classes = plugin.classes()
    except PluginError as error:
        return "-", origin, Text(str(error), style="red")
    hooks = {hook: None for cls in classes for hook in implemented_hooks(cls)}
    return ", ".join(hooks), origin, Text("\n").join(prose(summary_of(cls)) for cls in classes)


def summary_of(cls: type) -> str:
    """The first paragraph of a plugin's manual, on one line."""
    doc = inspect.cleandoc(cls.__doc__ or "")
    return " ".join(doc.partition("\n\n")[0].split()) or "(no manual)"
