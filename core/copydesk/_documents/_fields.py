"""The types that an annotation's fields may have, so that every finding survives being written and read."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs
import msgspec

from copydesk._errors import PluginError
from copydesk._where import where

_PLAIN = frozenset({str, int, float, bool, NoneType, datetime})
_ALLOWED = "str, int, float, bool, None, datetime, tuples, Literal, frozen attrs classes of these, and unions with None"


def check_annotation_class(cls: type) -> None:
    """Check that a record can carry every field of an annotation class, and of the attrs classes in it.

    Raises PluginError that names the class, the field, its file and line, and what to write.
    """
    for owner in attrs_classes(cls):
        for attribute in attrs.fields(owner):
            _check_attribute(owner, attribute)
    try:
        msgspec.json.Decoder(cls)
    except (TypeError, NotImplementedError) as error:
        raise PluginError(f"{where(cls)}: no record can carry {cls.__qualname__}: {error}") from error


def field_types(cls: type) -> dict[str, Any]:
    """The types of an attrs class's fields by name, with names in quotes resolved; None where there is none.

    Raises PluginError where a type's name is not defined in the class's module.
    """
    try:
        hints = get_type_hints(cls)
    except NameError as error:
        raise PluginError(
            f"{where(cls)}: the fields of {cls.__qualname__} cannot be resolved: {error}; "
            "import what its types name, and define the classes at the top of the module"
        ) from error
    return {field.name: hints.get(field.name) for field in attrs.fields(cls)}


def leaves(hint: Any) -> Iterator[Any]:
    """The types that a type is made of: its members where it is a union, a tuple or a Literal, else itself."""
    origin = get_origin(hint)
    if origin is Literal:
        yield from map(type, get_args(hint))
    elif origin in (Union, UnionType, tuple):
        for part in get_args(hint):
            if part is not Ellipsis:
                yield from leaves(part)
    else:
        yield hint


def attrs_classes(cls: type) -> list[type]:
    """An attrs class and those that its fields hold, however deep, each once."""
    found = [cls]
    for owner in found:
        for hint in field_types(owner).values():
            found += [leaf for leaf in leaves(hint) if attrs.has(leaf) and leaf not in found]
    return found


def field_docs(cls: type) -> dict[str, str]:
    """What the string literals below an attrs class's fields say of them, by field; base classes included."""
    docs: dict[str, str] = {}
    for owner in reversed(cls.__mro__):
        body = _class_body(owner) if attrs.has(owner) else []
        for field, below in pairwise(body):
            match field, below:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(doc))):
                    docs[name] = " ".join(inspect.cleandoc(doc).split())
    return docs


def _class_body(cls: type) -> list[ast.stmt]:
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(cls)))
    except (OSError, TypeError, SyntaxError):
        return []
    return tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []


def _check_attribute(cls: type, attribute: attrs.Attribute[Any]) -> None:
    name, hint = attribute.name, field_types(cls)[attribute.name]
    if name.startswith("_") or not attribute.init:
        problem = "is private or not set by the constructor; a record could not set it again: make it a property"
    elif attribute.type is None:
        problem = f"has no type; write {name}: str, or what it holds"
    elif wrong := [leaf for leaf in leaves(hint) if not _is_allowed(leaf)]:
        problem = f"has the type {_spelled(hint)}, which no record can carry; {_advice(wrong[0])}"
    elif len({leaf for leaf in leaves(hint) if attrs.has(leaf)}) > 1:
        problem = "holds two attrs classes, which a record cannot tell apart; give each a field of its own"
    else:
        return
    raise PluginError(f"{where(cls, name)}: the field {name!r} of {cls.__qualname__} {problem}")


def _is_allowed(leaf: Any) -> bool:
    return leaf in _PLAIN or (attrs.has(leaf) and attrs.inspect(leaf).is_frozen)


def _advice(wrong: Any) -> str:
    kind = get_origin(wrong) or wrong
    if kind is tuple:
        return "say what the tuple holds: tuple[str, ...]"
    if kind in (list, set, frozenset):
        return f"write tuple[{_spelled((get_args(wrong) or (str,))[0])}, ...]"
    if attrs.has(kind):
        return f"make {kind.__qualname__} immutable: @attrs.frozen"
    if kind is dict:
        return "write a tuple of pairs, or a frozen attrs class with a field for each key"
    return f"use {_ALLOWED}"


def _spelled(hint: Any) -> str:
    text = hint.__name__ if isinstance(hint, type) and not get_args(hint) else str(hint)
    return text.replace("typing.", "")
