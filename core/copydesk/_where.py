"""Where a class or a function was written, and what it is called, for messages about it."""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path
from typing import Any

import attrs

from copydesk._errors import PluginError

_FIELD: type = type(attrs.field())


def where(thing: Any, field: str = "") -> str:
    """``file:line`` of a function, a class, or a class's field; the module's name where there is no source."""
    code = getattr(inspect.unwrap(thing), "__code__", None) if callable(thing) else None
    if code is not None:
        return f"{code.co_filename}:{code.co_firstlineno}"
    owner = next((base for base in inspect.getmro(thing) if _declares(base, field)), thing)
    try:
        lines, first = inspect.getsourcelines(owner)
        path = inspect.getsourcefile(owner)
    except (OSError, TypeError):
        return str(owner.__module__)
    begins = re.compile(rf"\s*{field}\s*[:=]" if field else r"\s*class\b")
    return f"{path}:{next((number for number, line in enumerate(lines, first) if begins.match(line)), first)}"


def _declares(cls: type, field: str) -> bool:
    return field in vars(cls) or field in inspect.get_annotations(cls)


def class_name(cls: type) -> str:
    """``file.py:Class`` or ``package.module:Class``, as pipeline files name it; the folder of a file is left out."""
    module = sys.modules.get(cls.__module__)
    is_file = hasattr(module, "__digest__")
    return f"{Path(str(getattr(module, '__file__', ''))).name if is_file else cls.__module__}:{cls.__qualname__}"


def require_types(cls: type, kind: str) -> None:
    """Refuse a class with a field that has no type: attrs would make no fields of those that have one.

    Raises PluginError that names the class, its file and line, and the fields.
    """
    typed = inspect.get_annotations(cls)
    untyped = [name for name, value in vars(cls).items() if isinstance(value, _FIELD) and name not in typed]
    if untyped:
        names = ", ".join(map(repr, untyped))
        raise PluginError(
            f"{where(cls, untyped[0])}: {kind} {cls.__qualname__} has fields without a type: {names}; "
            f"write `{untyped[0]}: str = attrs.field(…)`, or what it holds"
        )
