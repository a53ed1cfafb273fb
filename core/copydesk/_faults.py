"""The slow search for what JSON cannot carry in a document, once the quick check has refused it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from math import isfinite
from types import NoneType
from typing import Any

import attrs

from copydesk._document import Document
from copydesk._fields import field_types


def has_odd_offset(value: datetime) -> bool:
    """Whether the time zone is off UTC by seconds, as local mean times are; ISO 8601 offsets end at minutes."""
    return (value.utcoffset() or timedelta()) % timedelta(minutes=1) != timedelta()


def faults_of(document: Document) -> Iterator[tuple[str, str]]:
    """Where a document cannot be written, and why: the slow search after the quick refusal."""
    yield from _faults(document.id, "id")
    yield from _faults(document.source, "source")
    yield from _faults(document.metadata, "metadata")
    for index, annotation in enumerate(document.annotations):
        yield from _faults(annotation, f"annotations[{index}]")


def _faults(value: Any, path: str) -> Iterator[tuple[str, str]]:
    match value:
        case str() if not _is_encodable(value):
            yield path, "has a lone surrogate, which UTF-8 cannot carry; replace it by U+FFFD"
        case float() if not isfinite(value):
            yield path, f"is {value}, which JSON cannot carry; leave it out or write None"
        case datetime() if not path.startswith("metadata"):
            if has_odd_offset(value):
                yield path, f"is {value.isoformat()}, whose offset is no whole minute; write it in UTC"
        case Mapping():
            for key, item in value.items():
                yield from _faults(key, f"{path}.{key!a}")
                yield from _faults(item, f"{path}.{key}")
        case tuple() | list():
            for index, item in enumerate(value):
                yield from _faults(item, f"{path}[{index}]")
        case _ if attrs.has(type(value)):
            for name in field_types(type(value)):
                yield from _faults(getattr(value, name), f"{path}.{name}")
        case _ if type(value) not in (str, int, float, bool, NoneType):
            yield path, f"is a {type(value).__qualname__}, which JSON cannot carry; write a string or a number"


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
