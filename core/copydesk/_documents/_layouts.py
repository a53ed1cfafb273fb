"""Layouts: how instances of annotation classes, and of the attrs classes in them, are taken apart and checked."""

from __future__ import annotations

from datetime import datetime
from types import UnionType
from typing import Any, Union, get_args, get_origin

import attrs
import msgspec

from copydesk._documents._annotation import Annotation
from copydesk._documents._fields import check_annotation_class, field_types, leaves


@attrs.frozen
class Layout:
    """How a class's instances are written and read."""

    names: tuple[str, ...]
    keys: frozenset[str]
    struct: type[msgspec.Struct]
    """The same fields, for msgspec, which checks the types of values and writes them faster than those of a dict."""
    several: type[Any]
    """Holds ``items``, a list of these: checking many at once takes half the time."""
    parts: tuple[tuple[str, type], ...]
    """The fields that hold objects of an attrs class, and the class; a field has one at most."""
    loose: tuple[str, ...]
    """The fields in which msgspec lets pass more than is read back: floats (NaN), datetimes, tuples, objects."""


class _Layouts(dict[type, Layout]):
    """The layouts of attrs classes, each made, and its class checked, when it is first asked for."""

    def __missing__(self, cls: type) -> Layout:
        fields = field_types(cls)
        names, tag = tuple(fields), None
        if issubclass(cls, Annotation):
            check_annotation_class(cls)
            names, tag = ("type", *names), cls.type
        struct = msgspec.defstruct(
            cls.__name__, list(fields.items()), tag_field="type" if tag else None, tag=tag, gc=False
        )
        self[cls] = layout = Layout(
            names=names,
            keys=frozenset(names),
            struct=struct,
            several=msgspec.defstruct("Several", [("items", list[struct])]),  # type: ignore[valid-type]  # made here
            parts=tuple((name, leaf) for name, hint in fields.items() for leaf in leaves(hint) if attrs.has(leaf)),
            loose=tuple(name for name, hint in fields.items() if _is_loose(hint)),
        )
        return layout


def _is_loose(hint: Any) -> bool:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return any(map(_is_loose, get_args(hint)))
    return origin is tuple or hint in (float, datetime) or attrs.has(hint)


LAYOUTS = _Layouts()
