"""Annotations: typed, frozen findings on spans of a text, and the registry of their types."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Mapping
from typing import Any, ClassVar, Self, dataclass_transform

import attrs

from copydesk._errors import PluginError
from copydesk._where import require_types, where

_TYPES: dict[str, type[Any]] = {}
_RESERVED = frozenset({"type", "start", "end", "by", "span", "with_fields"})


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(attrs.field,))
class _Frozen:
    """Makes every subclass a frozen attrs class and registers it, all but ``Annotation`` itself."""

    type: ClassVar[str] = "annotation"

    def __init_subclass__(cls, *, type: str | None = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if _Frozen in cls.__bases__:
            attrs.frozen(slots=False, kw_only=True)(cls)
            return
        own = set(inspect.get_annotations(cls)) & _RESERVED
        if own:
            raise PluginError(
                f"{where(cls)}: annotation class {cls.__qualname__} declares {', '.join(sorted(own))}, "
                "which every annotation has already; rename the field"
            )
        cls.type = type or _snake_case(cls.__name__)
        require_types(cls, "annotation class")
        attrs.frozen(slots=False, kw_only=True)(cls)
        _register(cls)


class Annotation(_Frozen):
    """What is known about ``text[start:end]``: the base class of every finding.

    ``start`` and ``end`` count Unicode code points of the document's text. ``by`` is the name of the
    step that found it; the engine sets it. A subclass declares its own fields as typed attributes
    (``str``, ``int``, ``float``, ``bool``, ``None``, ``datetime``, tuples, and frozen attrs classes of
    these), which are set by keyword; a document with a value of another type in one goes to quarantine.
    It becomes a frozen attrs class and is registered under its type's name: the class name in snake case,
    or ``class Name(Annotation, type="name")``.

    Raises PluginError when two different classes claim one type's name.
    """

    start: int = attrs.field(kw_only=False)
    end: int = attrs.field(kw_only=False)
    by: str = attrs.field(default="")

    @property
    def span(self) -> tuple[int, int]:
        """``(start, end)``."""
        return self.start, self.end

    def with_fields(self, **fields: Any) -> Self:
        """A copy with other values in these fields, as for ``Replace``.

        Raises TypeError for a field that it does not have.
        """
        return attrs.evolve(self, **fields)  # type: ignore[misc]  # mypy sees no attrs class in the base


@attrs.frozen
class Replace:
    """Yielded by an enricher to put ``new`` in the place of an earlier step's ``old``; None takes it out."""

    old: Annotation
    new: Annotation | None = None


def annotation_type(name: str) -> type[Annotation] | None:
    """The class registered for the type ``name``, or None where none is loaded."""
    return _TYPES.get(name)


def annotation_types() -> dict[str, type[Annotation]]:
    """Every registered annotation class by its type's name, sorted."""
    return dict(sorted(_TYPES.items()))


def _register(cls: type[Any]) -> None:
    known = _TYPES.get(cls.type)
    if known is not None and _origin(known) != _origin(cls):
        raise PluginError(
            f"two annotation classes are named {cls.type!r}: {known.__module__}.{known.__qualname__} "
            f"({where(known)}) and {cls.__module__}.{cls.__qualname__} ({where(cls)}); "
            'rename one, or give it another name: class … (copydesk.Annotation, type="…")'
        )
    _TYPES[cls.type] = cls


def _origin(cls: type) -> tuple[str, str]:
    """File and name: a file loaded as a plugin may be imported as a module too, and is the same all the same."""
    file = getattr(sys.modules.get(cls.__module__), "__file__", None)
    return str(file or cls.__module__), cls.__qualname__


def _snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


class UnknownAnnotation(Annotation):
    """An annotation whose type is not installed here, kept as it was read.

    ``name`` is its type's name, ``fields`` its own fields as JSON text; both are written back unchanged.
    """

    name: str
    fields: str

    @classmethod
    def from_fields(cls, start: int, end: int, by: str, name: str, fields: Mapping[str, Any]) -> Self:
        """Keep ``fields``, JSON values by name, of an annotation of the unknown type ``name``."""
        import msgspec

        return cls(start, end, by=by, name=name, fields=msgspec.json.encode(fields).decode())
