"""The types that options may have, and what a TOML author calls them."""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

_NAMES: dict[Any, str] = {
    str: "a string",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    Path: "a path",
    datetime: "a date with a time",
    date: "a date",
    time: "a time",
    Any: "any value",
}
_TOML_NAMES: tuple[tuple[type, str], ...] = (
    (bool, "a boolean"),
    (str, "a string"),
    (int, "a whole number"),
    (float, "a number with a fraction"),
    (list, "an array"),
    (dict, "a table"),
    (datetime, "a date with a time"),
    (date, "a date"),
    (time, "a time"),
)
STEP_KEYS = ("plugin", "name", "when")
"""The keys that every step's table has, which no option can be named."""
TYPES = (
    "str, int, float, bool, Path, Literal, datetime, date, time, Enum, and tuple[…, ...], dict[str, …], unions "
    "and attrs classes of these"
)
"""The types that options may have."""
_CONTAINERS = (tuple, list, dict, Mapping)


def option_fields(cls: type) -> dict[str, attrs.Attribute[Any]]:
    """The fields of a plugin class that are options, by name, with their types resolved."""
    hints = get_type_hints(cls)
    return {field.name: field.evolve(type=hints.get(field.name, Any)) for field in attrs.fields(cls) if field.init}


def type_name(kind: Any) -> str:
    """A type in the words of a TOML author: ``a string``, ``an array of paths``, ``"jsonl" or "array"``."""
    origin: Any = get_origin(kind)
    arguments = get_args(kind)
    if origin is Literal:
        return " or ".join(map(_value, arguments))
    if is_enum(kind):
        return " or ".join(_value(member.value) for member in kind)
    if is_union(kind):
        return " or ".join(type_name(argument) for argument in arguments if argument is not type(None))
    if origin is tuple and arguments[-1] is not Ellipsis:
        return f"an array of {' and '.join(map(type_name, arguments))}"
    if origin in (tuple, list, frozenset, set):
        return f"an array of {_several(type_name(arguments[0]))}"
    if origin in (dict, Mapping):
        return "a table"
    return _NAMES.get(kind) or ("a table" if attrs.has(kind) else f"a {getattr(kind, '__name__', 'value').lower()}")


def _value(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def _several(name: str) -> str:
    article, _, noun = name.partition(" ")
    return f"{noun}s" if article in ("a", "an") and " " not in noun.replace("whole number", "") else name


def unsupported(kind: Any, within: tuple[type, ...] = ()) -> Any:
    """The part of an option's type that no TOML value can become, or None; ``within`` may hold itself."""
    arguments = [part for part in get_args(kind) if part not in (..., type(None))]
    if is_union(kind) or get_origin(kind) in _CONTAINERS:
        return _first_unsupported(arguments, within)
    if get_origin(kind) is Literal or kind is Any or kind in _NAMES or is_enum(kind):
        return None
    if attrs.has(kind):
        fields = () if kind in within else option_fields(kind).values()
        return _first_unsupported([field.type for field in fields], (*within, kind))
    return kind


def _first_unsupported(kinds: list[Any], within: tuple[type, ...]) -> Any:
    return next((wrong for wrong in (unsupported(kind, within) for kind in kinds) if wrong is not None), None)


def is_union(kind: Any) -> bool:
    """Whether a type is a union of others."""
    return get_origin(kind) in (Union, types.UnionType)


def is_enum(kind: Any) -> bool:
    """Whether a type is an enumeration, of which TOML gives the value."""
    return isinstance(kind, type) and issubclass(kind, Enum)


def kind_of(value: Any) -> str:
    """What a TOML author calls a value."""
    return next((name for kind, name in _TOML_NAMES if isinstance(value, kind)), type(value).__name__)
