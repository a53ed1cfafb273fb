"""Annotation classes whose fields no record can carry are refused when they are first seen."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest

import copydesk
from copydesk._documents._fields import check_annotation_class, field_docs


@attrs.define
class Mutable:
    x: int = 0


@attrs.frozen
class HoldsList:
    items: list[str]


@attrs.frozen
class Point:
    x: float


@attrs.frozen
class WithList:
    tags: list[str]


@attrs.frozen
class WithBareTuple:
    tags: tuple  # type: ignore[type-arg]  # the mistake under test


@attrs.frozen
class WithSet:
    tags: frozenset[int] | None


@attrs.frozen
class WithDict:
    counts: dict[str, int]


@attrs.frozen
class WithAny:
    value: Any


@attrs.frozen
class WithDate:
    day: date


@attrs.frozen
class WithMutable:
    part: Mutable


@attrs.frozen
class WithListInside:
    parts: tuple[HoldsList, ...]


@attrs.frozen
class WithTwoTexts:
    when: str | datetime


@attrs.frozen
class WithTwoClasses:
    pair: tuple[Point, copydesk.Mention]


@attrs.frozen
class WithPrivate:
    _secret: int = 0


@attrs.frozen
class WithoutType:
    value = attrs.field(default=0)  # type: ignore[var-annotated]  # the mistake under test


@attrs.frozen
class WithUndefined:
    value: Nowhere  # type: ignore[name-defined]  # noqa: F821  # the mistake under test


class Well(copydesk.Annotation):
    depth: float
    """Metres, below
    the ground."""
    name: str = ""


def line_of(code: str) -> int:
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(code))


@pytest.mark.parametrize(
    ("cls", "code", "message"),
    [
        (
            WithList,
            "    tags: list",
            "the field 'tags' of WithList has the type list[str], which no record can carry; write tuple[str, ...]",
        ),
        (WithBareTuple, "    tags: tuple", "say what the tuple holds: tuple[str, ...]"),
        (WithSet, "    tags: frozenset", "write tuple[int, ...]"),
        (WithDict, "    counts:", "write a tuple of pairs, or a frozen attrs class"),
        (WithAny, "    value: Any", "has the type Any, which no record can carry; use str, int"),
        (WithDate, "    day:", "has the type date, which no record can carry; use str, int"),
        (WithMutable, "    part:", "make Mutable immutable: @attrs.frozen"),
        (WithListInside, "    items:", "the field 'items' of HoldsList has the type list[str]"),
        (WithTwoTexts, "class WithTwoTexts", "no record can carry WithTwoTexts: Type unions may not contain more"),
        (WithTwoClasses, "    pair:", "holds two attrs classes, which a record cannot tell apart"),
        (WithPrivate, "    _secret:", "is private or not set by the constructor"),
        (WithoutType, "    value = ", "has no type; write value: str, or what it holds"),
        (WithUndefined, "class WithUndefined", "name 'Nowhere' is not defined"),
    ],
)
def test_a_field_that_no_record_can_carry_is_told_with_its_line(cls: type, code: str, message: str) -> None:
    with pytest.raises(copydesk.PluginError) as caught:
        check_annotation_class(cls)
    assert str(caught.value).startswith(f"{__file__}:{line_of(code)}: ")
    assert message in str(caught.value)


def test_a_document_with_such_an_annotation_is_refused_when_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    # Registered for this test only: the JSON Schema of all annotation types would be refused as well.
    monkeypatch.setattr("copydesk._documents._annotation._TYPES", {})

    class Tags(copydesk.Annotation):
        tags: list[str]

    with pytest.raises(copydesk.PluginError, match=r"the field 'tags' of .*Tags has the type"):
        copydesk.to_json(copydesk.Document("", annotations=(Tags(0, 0, tags=[]),)))


def test_the_vocabulary_keeps_the_rules() -> None:
    for cls in (copydesk.Dateline, copydesk.Quote, copydesk.Language, copydesk.Headline, Well):
        check_annotation_class(cls)


def test_the_strings_below_fields_document_them() -> None:
    assert field_docs(Well) == {"depth": "Metres, below the ground."}
