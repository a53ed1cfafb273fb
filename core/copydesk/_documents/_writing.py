"""Annotations as records carry them: checked against the types of their fields, ready to be encoded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from math import isfinite
from operator import is_
from typing import Any

import attrs
import msgspec

from copydesk._documents._annotation import Annotation, UnknownAnnotation
from copydesk._documents._layouts import LAYOUTS

HEAD = ("type", "start", "end", "by")
"""The fields that every annotation's record has."""


def written(annotations: Iterable[Annotation]) -> list[msgspec.Struct | dict[str, Any]]:
    """Annotations for the encoder.

    Whole numbers in fields of floats become floats in the annotations too: they are equal, and exports get
    from memory what others get from a record.

    Raises ValidationError or ValueError for a value that is not of its field's type, or that JSON cannot carry.
    """
    found: list[msgspec.Struct | dict[str, Any]] = []
    for cls, group in groupby(annotations, type):
        fields = [annotation.__dict__ for annotation in group]
        if cls is UnknownAnnotation:
            found += map(_rewritten, fields)
            continue
        layout = LAYOUTS[cls]
        structs = msgspec.convert({"items": fields}, layout.several).items
        if layout.loose:
            for each, struct in zip(fields, structs, strict=True):
                _settle(each, struct, layout.loose)
        found += structs
    return found


def has_odd_offset(value: datetime) -> bool:
    """Whether the time zone is off UTC by seconds, as local mean times are; ISO 8601 offsets end at minutes."""
    return (value.utcoffset() or timedelta()) % timedelta(minutes=1) != timedelta()


def _rewritten(unknown: Mapping[str, Any]) -> dict[str, Any]:
    head = (unknown["name"], unknown["start"], unknown["end"], unknown["by"])
    return dict(zip(HEAD, head, strict=True)) | msgspec.json.decode(unknown["fields"], type=dict[str, Any])


def _settle(fields: dict[str, Any], struct: msgspec.Struct, loose: Iterable[str]) -> None:
    """Check the fields of an annotation in which msgspec is lenient."""
    for name in loose:
        value = fields[name]
        settled = _settled(value, getattr(struct, name), name)
        if settled is not value:
            fields[name] = settled
            setattr(struct, name, settled)


def _settled(value: Any, converted: Any, name: str) -> Any:
    """A field's value as it is when its record is read back; ``converted`` is what msgspec, which is lenient, made."""
    kind = type(value)
    if kind is float:
        if not isfinite(value):
            raise ValueError(f"{name} is {value}")
    elif kind is int and type(converted) is float:
        return converted
    elif kind is not type(converted):
        raise ValueError(f"{name} is {value!r:.80}, of type {kind.__qualname__}, not {type(converted).__qualname__}")
    elif kind is tuple:
        items = tuple([_settled(*pair, name) for pair in zip(value, converted, strict=True)])
        return value if all(map(is_, items, value)) else items
    elif attrs.has(kind):
        return _settled_part(value, name)
    elif kind is datetime and has_odd_offset(value):
        raise ValueError(f"{name} is {value}")
    return value


def _settled_part(part: Any, name: str) -> Any:
    layout = LAYOUTS[type(part)]
    try:
        struct = msgspec.convert(part, layout.struct, from_attributes=True)
    except msgspec.ValidationError as error:
        raise ValueError(f"{name} holds a {type(part).__qualname__} that is wrong: {error}") from error
    settled = {inner: _settled(getattr(part, inner), getattr(struct, inner), name) for inner in layout.loose}
    if all(getattr(part, inner) is value for inner, value in settled.items()):
        return part
    return attrs.evolve(part, **settled)
