"""Where a class or a function was written, for messages about it."""

from __future__ import annotations

import inspect
from typing import Any

import attrs

from copydesk._errors import PluginError

_FIELD: type = type(attrs.field())


def where(thing: Any) -> str:
    """``file:line`` of a class or function, or its module where there is no source."""
    code = getattr(inspect.unwrap(thing), "__code__", None) if callable(thing) else None
    if code is not None:
        return f"{code.co_filename}:{code.co_firstlineno}"
    try:
        return f"{inspect.getsourcefile(thing)}:{inspect.getsourcelines(thing)[1]}"
    except (OSError, TypeError):
        return str(getattr(thing, "__module__", thing))


def require_types(cls: type, kind: str) -> None:
    """Refuse a class with a field that has no type: attrs would make no fields of those that have one.

    Raises PluginError that names the class, its file and line, and the fields.
    """
    typed = inspect.get_annotations(cls)
    untyped = [name for name, value in vars(cls).items() if isinstance(value, _FIELD) and name not in typed]
    if untyped:
        names = ", ".join(map(repr, untyped))
        raise PluginError(
            f"{where(cls)}: {kind} {cls.__qualname__} has fields without a type: {names}; "
            f"write `{untyped[0]}: str = attrs.field(…)`, or what it holds"
        )
