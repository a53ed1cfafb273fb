"""A plugin's manual, made from its docstring and its options."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import indent
from typing import Any, get_args, get_origin

import attrs
from rich.console import Console
from rich.table import Table
from rich.text import Text

from copydesk._cli._consoles import output_console
from copydesk._cli._snippet import is_factory, snippet, toml_value
from copydesk._documents._fields import field_docs
from copydesk._errors import PluginError
from copydesk._plugins._checks import implemented_hooks, tables_for
from copydesk._plugins._discovery import UnknownPluginError, find_plugin_classes
from copydesk._plugins._option_types import option_fields, type_name
from copydesk._where import class_name


@attrs.frozen
class OptionRow:
    """An option as its table shows it; options of a table within have dotted names."""

    name: str
    type: str
    default: str
    doc: str


def print_manual(reference: str) -> None:
    """Print the manual of each class that a plugin's name stands for.

    Raises PluginError where there is none, or it breaks the rules.
    """
    try:
        classes = find_plugin_classes(reference, Path.cwd())
    except UnknownPluginError as error:
        raise PluginError(f"{error}; {error.hint or '`copydesk plugins` lists what is installed'}") from None
    console = output_console()
    for index, cls in enumerate(classes):
        if index:
            console.print()
        _print_class(console, reference, cls)


def option_rows(cls: type, prefix: str = "", within: tuple[type, ...] = ()) -> Iterator[OptionRow]:
    """The options of a plugin class, each followed by those of the table it is, or of the tables in it (``*``).

    Of a table that may hold itself the options are told once.
    """
    docs = field_docs(cls)
    for name, field in option_fields(cls).items():
        yield OptionRow(prefix + name, type_name(field.type), _default(field), docs.get(name, ""))
        inner = _table_class(field.type)
        if inner is not None and inner not in (*within, cls):
            named = ".*" if get_origin(field.type) in (dict, Mapping) else ""
            yield from option_rows(inner, f"{prefix}{name}{named}.", (*within, cls))


def _default(field: attrs.Attribute[Any]) -> str:
    if field.default is attrs.NOTHING:
        return "required"
    default: Any = field.default
    if is_factory(default):
        return "computed" if default.takes_self else toml_value(default.factory())
    return toml_value(default)


def _table_class(kind: Any) -> type | None:
    """The attrs class that a type is, or holds in an array or a union."""
    if inspect.isclass(kind) and get_origin(kind) is None:
        return kind if attrs.has(kind) else None
    return next((cls for cls in map(_table_class, get_args(kind)) if cls is not None), None)


def _print_class(console: Console, reference: str, cls: type) -> None:
    tables = ", ".join(f"[[{table}]]" for table in tables_for(cls))
    name = class_name(cls)
    console.print(Text.assemble((reference, "bold"), "" if reference.endswith(name) else f"  {name}"))
    console.print(f"Goes in {tables}; hooks: {', '.join(implemented_hooks(cls)) or 'none'}.\n")
    for paragraph in inspect.cleandoc(cls.__doc__ or "It has no manual.").split("\n\n"):
        console.print(prose(_reflowed(paragraph)), end="\n\n")
    rows = list(option_rows(cls))
    console.print(Text("Options", style="bold"))
    console.print(_table(rows) if rows else "It has none.")
    for table in tables_for(cls):
        console.print(Text("\nIn a pipeline file", style="bold"))
        console.print(indent(snippet(reference, table, cls), "  "), soft_wrap=True)


def prose(text: str) -> Text:
    """A docstring's text, its ``code`` coloured."""
    parts = text.split("``")
    return Text.assemble(*((part, "cyan" if place % 2 else "") for place, part in enumerate(parts)))


def _reflowed(paragraph: str) -> str:
    """A paragraph on one line, for the console to wrap; lists and indented text as they are."""
    lines = paragraph.split("\n")
    if any(line[:1] in (" ", "-", "*") for line in lines):
        return paragraph
    return " ".join(lines)


def _table(rows: list[OptionRow]) -> Table:
    table = Table("name", "type", "default", "meaning", box=None, padding=(0, 2, 0, 0), header_style="dim")
    for row in rows:
        default = Text(row.default, style="bold" if row.default == "required" else "")
        table.add_row(Text(row.name, style="cyan"), row.type, default, prose(row.doc))
    return table
