"""Lines to paste into a pipeline file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import attrs

from copydesk._plugins._option_types import option_fields


def snippet(reference: str, table: str, cls: type) -> str:
    """A step's table: required options with an example, all others commented out with their defaults."""
    lines = [f"[[{table}]]", f"plugin = {toml_value(reference)}"]
    for name, field in option_fields(cls).items():
        if field.default is attrs.NOTHING:
            lines.append(f"{name} = {_example(field.type)}")
        else:
            lines.append(f"# {name} = {_suggestion(field)}")
    return "\n".join(lines)


def _suggestion(field: attrs.Attribute[Any]) -> str:
    """The default, or an example where TOML has no word for it."""
    default: Any = field.default
    if is_factory(default):
        return _example(field.type) if default.takes_self else toml_value(default.factory())
    return _example(field.type) if default is None else toml_value(default)


def is_factory(default: Any) -> bool:
    """Whether a field's default is made anew for each instance."""
    return hasattr(default, "factory")


def toml_value(value: Any) -> str:
    """A value as TOML writes it; a dash for None, which TOML does not have."""
    match value:
        case None:
            return "-"
        case Enum():
            return toml_value(value.value)
        case bool() | int() | float():
            return str(value).lower()
        case str() | Path():
            return json.dumps(str(value), ensure_ascii=False)
        case datetime() | date() | time():
            return value.isoformat()
        case Mapping():
            return _inline_table(value)
        case list() | tuple() | set() | frozenset():
            return f"[{', '.join(map(toml_value, value))}]"
        case _ if attrs.has(type(value)):
            return _inline_table(attrs.asdict(value, recurse=False))
        case _:
            return str(value)


def _inline_table(values: Mapping[Any, Any]) -> str:
    items = [f"{_key(str(key))} = {toml_value(value)}" for key, value in values.items() if value is not None]
    return f"{{ {', '.join(items)} }}" if items else "{}"


def _key(name: str) -> str:
    bare = name.replace("-", "").replace("_", "")
    return name if bare.isascii() and bare.isalnum() else json.dumps(name, ensure_ascii=False)


_EXAMPLES: dict[Any, str] = {str: '"…"', bool: "true", int: "1", float: "1.0", Path: '"path/to/file"'}


def _example(kind: Any) -> str:
    """A value of a type, to be replaced by the reader."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return toml_value(arguments[0])
    if origin in (Union, UnionType):
        return _example(next(argument for argument in arguments if argument is not type(None)))
    if origin in (tuple, list, set, frozenset):
        return f"[{_example(arguments[0])}]" if arguments else "[]"
    if isinstance(kind, type) and issubclass(kind, (datetime, date, time)):
        return {datetime: "2026-01-31T09:00:00Z", date: "2026-01-31", time: "09:00:00"}.get(kind, "2026-01-31")
    if isinstance(kind, type) and attrs.has(kind):
        fields = option_fields(kind).items()
        required = {name: _example(field.type) for name, field in fields if field.default is attrs.NOTHING}
        return f"{{ {', '.join(f'{name} = {value}' for name, value in required.items())} }}" if required else "{}"
    return _EXAMPLES.get(kind, "{}" if origin is not None else '"…"')
