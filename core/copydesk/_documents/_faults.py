"""The slow search for what JSON cannot carry in a document, once the quick check has refused it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from math import isfinite
from types import NoneType
from typing import Any

import attrs
import msgspec

from copydesk._documents._annotation import Annotation
from copydesk._documents._document import Document
from copydesk._documents._fields import field_types
from copydesk._documents._writing import has_odd_offset, written

_JSON = frozenset({str, int, float, bool, NoneType})


def faults_of(document: Document) -> Iterator[tuple[str, str]]:
    """Where a document cannot be written, and why: the slow search after the quick refusal."""
    yield from _faults(document.id, "id")
    yield from _faults(document.source, "source")
    yield from _faults(document.metadata, "metadata")
    for index, annotation in enumerate(document.annotations):
        yield from _faults(annotation, f"annotations[{index}]")
        yield from _misfits(annotation, f"annotations[{index}]")


def _misfits(annotation: Annotation, path: str) -> Iterator[tuple[str, str]]:
    """The field whose value is not of its type."""
    try:
        written((annotation,))
    except msgspec.MsgspecError as error:
        problem, _, field = str(error).partition(" - at `$.items[0]")
        yield f"{path}{field.rstrip('`')}", f"is wrong: {problem}"
    except ValueError as error:
        yield path, f"is wrong: {error}"


def _faults(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _faults(key, f"{path}.{key!a}")
            yield from _faults(item, f"{path}.{key}")
    elif isinstance(value, (tuple, list)):
        for index, item in enumerate(value):
            yield from _faults(item, f"{path}[{index}]")
    elif attrs.has(type(value)):
        for name in field_types(type(value)):
            yield from _faults(getattr(value, name), f"{path}.{name}")
    elif problem := _problem_of(value, in_metadata=path.startswith("metadata")):
        yield path, problem


def _problem_of(value: Any, *, in_metadata: bool) -> str | None:
    match value:
        case str() if not _is_encodable(value):
            return "has a lone surrogate, which UTF-8 cannot carry; replace it by U+FFFD"
        case float() if not isfinite(value):
            return f"is {value}, which JSON cannot carry; leave it out or write None"
        case datetime() if not in_metadata:
            odd = f"is {value.isoformat()}, whose offset is no whole minute; write it in UTC"
            return odd if has_odd_offset(value) else None
    if type(value) in _JSON:
        return None
    return f"is of type {type(value).__qualname__}, which JSON cannot carry; write a string or a number"


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
