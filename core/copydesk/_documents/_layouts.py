"""How the instances of annotation classes, and of the attrs classes in them, are taken apart and checked."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter
from typing import Any

import attrs

from copydesk._documents._annotation import Annotation
from copydesk._documents._fields import attrs_classes, check_annotation_class, field_types, leaves


@attrs.frozen
class Layout:
    """How a class's instances are written and read."""

    names: tuple[str, ...]
    keys: frozenset[str]
    values: attrgetter[tuple[Any, ...]]
    parts: tuple[tuple[str, type], ...]
    """The fields that hold objects of an attrs class, and the class; a field has one at most."""
    risky: tuple[str, ...]
    """The fields that may hold what JSON cannot carry: floats (NaN) and datetimes (odd offsets), however deep."""


class _Layouts(dict[type, Layout]):
    """The layouts of attrs classes, each made, and its class checked, when it is first asked for."""

    def __missing__(self, cls: type) -> Layout:
        fields = field_types(cls)
        names = tuple(fields) or ("__class__",)
        if issubclass(cls, Annotation):
            check_annotation_class(cls)
            names = ("type", *names)
        self[cls] = layout = Layout(
            names=names,
            keys=frozenset(names),
            values=attrgetter(*names),
            parts=tuple((name, leaf) for name, hint in fields.items() for leaf in leaves(hint) if attrs.has(leaf)),
            risky=tuple(name for name, hint in fields.items() if any(map(_is_risky, leaves(hint)))),
        )
        return layout


def _is_risky(leaf: Any) -> bool:
    inside = [leaf]
    if attrs.has(leaf):
        inside = [part for cls in attrs_classes(leaf) for hint in field_types(cls).values() for part in leaves(hint)]
    return float in inside or datetime in inside


LAYOUTS = _Layouts()
