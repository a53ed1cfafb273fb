"""Annotations as their records have them, and the stretches of text that they point at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from copydesk._documents._document import Document
from copydesk._documents._record import to_json

_HEAD = frozenset({"type", "start", "end", "by"})


@attrs.frozen
class Finding:
    """An annotation of any type, installed or not."""

    type: str
    start: int
    end: int
    by: str
    fields: dict[str, Any]
    """Its own fields, as JSON values."""


@attrs.frozen
class Mark:
    """A stretch of text that a finding stands on, or that a part of it points at."""

    start: int
    end: int
    role: str
    """The finding's type; of a part, ``type.field``."""
    finding: int
    """Its place among the document's findings."""


def findings_of(document: Document) -> list[Finding]:
    """The document's annotations, in its order.

    Raises RecordError where one holds what no record can carry.
    """
    return [
        Finding(
            item["type"],
            item["start"],
            item["end"],
            item["by"],
            {name: value for name, value in item.items() if name not in _HEAD},
        )
        for item in json.loads(to_json(document))["annotations"]
    ]


def is_about_all(finding: Finding, length: int) -> bool:
    """Whether a finding says something of the whole text, so that no place in it need be marked."""
    return finding.start == 0 and finding.end == length


def marks_of(findings: Sequence[Finding], length: int) -> Iterator[Mark]:
    """What to mark in a text of ``length`` code points: each finding, then its parts."""
    for place, finding in enumerate(findings):
        if is_about_all(finding, length):
            continue
        yield Mark(finding.start, finding.end, finding.type, place)
        for name, value in finding.fields.items():
            for start, end in _spans(name, value):
                if 0 <= start < end <= length:
                    yield Mark(start, end, f"{finding.type}.{name}", place)


def _spans(name: str, value: Any) -> Iterator[tuple[int, int]]:
    """The spans of a part, of several, or of a field named ``spans``."""
    if isinstance(value, dict) and type(value.get("start")) is int and type(value.get("end")) is int:
        yield value["start"], value["end"]
    elif isinstance(value, list) and name == "spans":
        yield from (tuple(pair) for pair in value)
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                yield from _spans(name, item)
