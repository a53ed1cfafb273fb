"""The JSON Schema accepts what is written, and nothing that reading refuses."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import attrs
import msgspec
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships no types

import copydesk


@attrs.frozen
class Gauge:
    """Where the rain was measured."""

    name: str
    millimetres: float | None = None


class RainFall(copydesk.Annotation):
    """How much rain a passage reports."""

    gauges: tuple[Gauge, ...]
    """One for each station."""
    until: datetime | None = None


TEXT = "Duhok (AFP) - “It rained,” said Karwan Salih."


def validator() -> Draft202012Validator:
    schema = copydesk.json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def written() -> Any:
    document = copydesk.Document(
        TEXT,
        id="rain",
        published=datetime(2024, 5, 1, tzinfo=UTC),
        metadata={"tags": ["rain"], "depth": 1.5, "none": None},
        annotations=(
            copydesk.Language(0, len(TEXT), tag="en"),
            copydesk.Dateline(
                0,
                13,
                text=TEXT[:13],
                places=(copydesk.Place(0, 5, "Duhok", latitude=36.87, longitude=42.99),),
                agency=copydesk.Agency(7, 10, "AFP", id="afp"),
                body_start=14,
            ),
            copydesk.Quote(
                14,
                26,
                kind="direct",
                spans=((15, 25),),
                text="It rained,",
                speaker=copydesk.Speaker(32, 44, "Karwan Salih"),
                cue=copydesk.Mention(27, 31, "said"),
            ),
            RainFall(0, 5, gauges=(Gauge("Duhok", 3.5), Gauge("Zakho")), until=datetime(2024, 5, 1, tzinfo=UTC)),
            copydesk.UnknownAnnotation(0, 5, name="front", fields='{"depth":[1,{"a":null}]}'),
        ),
    )
    return msgspec.json.decode(copydesk.to_json(document))


def test_written_records_are_valid() -> None:
    assert list(validator().iter_errors(written())) == []


def test_records_of_the_smallest_kind_are_valid() -> None:
    validator().validate({"schema": 1, "text": ""})


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("schema",), 2),
        (("text",), None),
        (("published",), 20240501),
        (("anotations",), []),
        (("annotations", 0, "type"), None),
        (("annotations", 0, "start"), -1),
        (("annotations", 0, "tag"), 5),
        (("annotations", 0, "colour"), "red"),
        (("annotations", 1, "places", 0, "latitude"), "north"),
        (("annotations", 1, "places", 0, "altitude"), 565),
        (("annotations", 2, "kind"), "shouted"),
        (("annotations", 2, "spans", 0), [1]),
        (("annotations", 2, "speaker", "text"), None),
        (("annotations", 3, "gauges", 1, "millimetres"), []),
        (("annotations", 4, "end"), "5"),
    ],
)
def test_a_broken_record_is_not_valid(place: tuple[Any, ...], value: Any) -> None:
    record = written()
    *path, last = place
    part = record
    for step in path:
        part = part[step]
    part[last] = value
    assert not validator().is_valid(record)
    with pytest.raises(copydesk.RecordError):
        copydesk.from_json(record)


def test_docstrings_describe_types_and_fields() -> None:
    definitions = copydesk.json_schema()["$defs"]
    assert definitions["RainFall"]["description"] == "How much rain a passage reports."
    assert definitions["RainFall"]["properties"]["gauges"]["description"] == "One for each station."
    assert definitions["RainFall"]["properties"]["type"] == {"const": "rain_fall"}
    assert definitions["Gauge"]["description"] == "Where the rain was measured."
    assert definitions["Language"]["properties"]["tag"]["description"].startswith("A BCP 47 tag")


def test_every_field_of_a_record_is_described() -> None:
    properties = copydesk.json_schema()["properties"]
    assert all(value["description"] for value in properties.values())
