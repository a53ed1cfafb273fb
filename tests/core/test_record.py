"""Records: what is written is read back equal, and what cannot be is refused with its place."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Literal
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import copydesk
from copydesk import Document, RecordError, from_json, to_json
from copydesk._runs._store._unit_file import document_of_record


@attrs.frozen
class Source:
    name: str
    weight: float | None = None
    seen: tuple[datetime, ...] = ()


@attrs.frozen
class Chain:
    links: tuple[Chain, ...] = ()
    weight: float = 0.0


class CheckedFact(copydesk.Annotation):
    """An annotation as a third party may write one."""

    verdict: Literal["true", "false", 3] | None
    when: datetime
    cells: tuple[tuple[int, str], ...] = ()
    source: Source | None = None
    chain: Chain = Chain()
    score: int | float = attrs.field(default=0, validator=attrs.validators.ge(0))
    certain: bool = False


WHEN = datetime(2024, 5, 1, tzinfo=UTC)

offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(timezones=offsets)
floats = st.floats(allow_nan=False, allow_infinity=False)
clean = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | floats | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(clean, inner, max_size=3),
    max_leaves=8,
)
sources = st.builds(Source, name=clean, weight=st.none() | floats, seen=st.lists(moments, max_size=2).map(tuple))
mentions = st.builds(copydesk.Mention, st.integers(0), st.integers(0), clean)
places = st.builds(copydesk.Place, st.integers(0), st.integers(0), clean, latitude=st.none() | floats)
speakers = st.builds(copydesk.Speaker, st.none(), st.none(), clean, resolved=st.none() | mentions)


KINDS: list[tuple[type[copydesk.Annotation], dict[str, st.SearchStrategy[Any]]]] = [
    (copydesk.Headline, {}),
    (copydesk.Standfirst, {}),
    (copydesk.Paragraph, {}),
    (copydesk.Byline, {}),
    (copydesk.Language, {"tag": clean, "confidence": floats}),
    (
        copydesk.Dateline,
        {
            "text": clean,
            "places": st.lists(places, max_size=2).map(tuple),
            "agency": st.none() | st.builds(copydesk.Agency, st.integers(0), st.integers(0), clean),
            "date": st.none() | st.builds(copydesk.FilingDate, st.integers(0), st.integers(0), clean, clean),
            "body_start": st.integers(0),
        },
    ),
    (
        copydesk.Quote,
        {
            "kind": st.sampled_from(["direct", "indirect", "mixed"]),
            "spans": st.lists(st.tuples(st.integers(), st.integers()), max_size=2).map(tuple),
            "text": clean,
            "speaker": st.none() | speakers,
            "cue": st.none() | mentions,
        },
    ),
    (
        CheckedFact,
        {
            "verdict": st.sampled_from(["true", "false", 3, None]),
            "when": moments | st.datetimes(),
            "cells": st.lists(st.tuples(st.integers(), clean), max_size=2).map(tuple),
            "source": st.none() | sources,
            "chain": st.just(Chain((Chain((), 1.5), Chain()))),
            "score": st.integers(0) | st.floats(0, 1e300),
            "certain": st.booleans(),
        },
    ),
]


@st.composite
def findings(draw: st.DrawFn, length: int) -> copydesk.Annotation:
    start, end = sorted(draw(st.tuples(st.integers(0, length), st.integers(0, length))))
    cls, fields = draw(st.sampled_from(KINDS))
    values = {name: draw(strategy) for name, strategy in fields.items()}
    found: copydesk.Annotation = cls(start, end, by=draw(clean), **values)
    return found


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(st.text())
    return Document(
        text,
        id=draw(clean),
        source=draw(clean),
        published=draw(st.none() | moments),
        metadata=draw(st.dictionaries(clean, json_values, max_size=3)),
        annotations=draw(st.lists(findings(len(text)), max_size=4)),
    )


def document_with(annotation: copydesk.Annotation) -> Document:
    return Document("Erbil (AFP) - Rain fell.", id="rain", annotations=(annotation,))


def wrong(**fields: Any) -> Document:
    return document_with(CheckedFact(0, 1, **{"verdict": None, "when": WHEN} | fields))


def record(**changes: Any) -> dict[str, Any]:
    return {"schema": 1, "id": "rain", "text": "Rain 🌧 fell.", **changes}


def fact(**changes: Any) -> dict[str, Any]:
    fields = {"type": "checked_fact", "start": 0, "end": 4, "verdict": None, "when": "2024-01-01T00:00:00Z"}
    return fields | changes


@given(documents())
def test_any_document_is_read_back_equal(document: Document) -> None:
    written = to_json(document)
    assert b"\n" not in written
    again = from_json(written)
    assert again == document
    assert again.language == document.language
    assert to_json(again) == written


@given(documents())
def test_a_record_decoded_by_another_json_library_gives_the_same_document(document: Document) -> None:
    assert from_json(json.loads(to_json(document))) == document


def test_a_record_holds_the_documented_fields_in_their_order() -> None:
    document = Document("نص", id="a", published=datetime(2024, 5, 1, tzinfo=UTC), metadata={"title": "عنوان"})
    annotated = document.with_annotations(copydesk.Language(0, 2, tag="ar"), by="seed")
    assert to_json(annotated).decode() == (
        '{"schema":1,"id":"a","source":"","language":"ar","title":"عنوان","published":"2024-05-01T00:00:00Z",'
        '"text":"نص","metadata":{"title":"عنوان"},'
        '"annotations":[{"type":"language","start":0,"end":2,"by":"seed","tag":"ar","confidence":1.0}]}'
    )


def test_an_annotation_of_a_type_that_is_not_installed_is_kept_as_it_was() -> None:
    written = (
        '{"schema":1,"id":"","source":"","language":null,"title":null,"published":null,"text":"Rain.","metadata":{},'
        '"annotations":[{"type":"weather.front","start":0,"end":4,"by":"met","zeta":123456789012345678901234567890,'
        '"alpha":[1.5,-0.0,1e+300,{"é":null}],"name":"x","fields":"y"}]}'
    )
    document = from_json(written)
    (kept,) = document.annotations
    assert isinstance(kept, copydesk.UnknownAnnotation)
    assert (kept.name, kept.span, kept.by) == ("weather.front", (0, 4), "met")
    again = to_json(document).decode()
    assert json.loads(again) == json.loads(written)
    assert list(json.loads(again)["annotations"][0]) == list(json.loads(written)["annotations"][0])
    assert from_json(again) == document


def test_language_and_title_of_a_record_made_by_hand_are_taken_over() -> None:
    document = from_json(record(language="ckb", title="Rain"))
    assert (document.language, document.title) == ("ckb", "Rain")


def test_annotations_say_more_of_language_and_title_than_the_record_does() -> None:
    headline = {"type": "headline", "start": 0, "end": 4}
    document = from_json(record(title="Snow", annotations=[headline]))
    assert document.title == "Rain"
    assert "title" not in document.metadata


def test_a_time_before_standard_time_keeps_its_moment() -> None:
    published = datetime(1880, 3, 1, tzinfo=ZoneInfo("Asia/Baghdad"))
    document = Document("", published=published)
    assert from_json(to_json(document)).published == published


def test_a_document_that_knows_its_record_gives_it_back() -> None:
    document = Document("Rain.")
    written = to_json(document)
    document.keep_record(written)
    assert to_json(document) is written


@given(documents())
def test_a_document_of_the_store_is_the_document_that_was_written(document: Document) -> None:
    written = to_json(document)
    assert Document.of_record(written, from_json) == document
    assert pickle.loads(pickle.dumps(Document.of_record(written, from_json))) == document
    assert copy.copy(Document.of_record(written, from_json)) == document
    assert Document.of_record(written, from_json).with_annotations() == document
    assert to_json(Document.of_record(written, from_json)) is written
    assert Document.of_record(written, from_json).title == document.title


def test_a_record_of_the_store_that_cannot_be_read_any_more_is_told_when_it_is() -> None:
    record = b'{"schema":1,"text":"Rain","annotations":[{"type":"language","start":0}]}'
    kept = Document.of_record(record, document_of_record)
    assert not hasattr(kept, "colour")
    with pytest.raises(RecordError, match=r"the store is out of date, remove it.*annotations\[0\] is wrong"):
        print(kept.text)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"schema": 2, "new": []}, "schema 2, and this copydesk reads up to 1"),
        ({"schema": 0}, "schema is wrong"),
        ({"schema": None}, "schema is wrong"),
        ({"text": None}, "text is wrong: Expected `str`, got `null`"),
        ({"anotations": []}, "unknown field `anotations`"),
        ({"published": "2024-05-01T00:00:00"}, "published is wrong: Expected `datetime` with a timezone"),
        ({"published": "yesterday"}, "published is wrong"),
        ({"metadata": []}, "metadata is wrong"),
        ({"annotations": [{}]}, r"record 'rain': annotations\[0\] is wrong: .*`type`"),
        ({"annotations": [{"type": ["quote"]}]}, r"annotations\[0\]\.type is wrong"),
        ({"annotations": [{"type": "front", "start": 0}]}, r"annotations\[0\] is wrong: .*`end`"),
        ({"annotations": [{"type": "front", "start": 0, "end": 13}]}, r"annotations\[0\]\.end is wrong: 0 to 13"),
        (
            {"annotations": [fact(), fact(end=13)]},
            r"annotations\[1\]\.end is wrong: 0 to 13 is no span.*12 code points",
        ),
        ({"annotations": [fact(start=-1)]}, r"annotations\[0\]\.start is wrong"),
        ({"annotations": [fact(start=3, end=2)]}, r"annotations\[0\]\.end is wrong"),
        ({"annotations": [fact(start="0")]}, r"annotations\[0\]\.start is wrong: Expected `int`, got `str`"),
        ({"annotations": [fact(start=True)]}, r"annotations\[0\]\.start is wrong"),
        ({"annotations": [fact(verdict="maybe")]}, r"annotations\[0\]\.verdict is wrong: Invalid enum value 'maybe'"),
        ({"annotations": [fact(score=-1)]}, r"annotations\[0\].*'score' must be >= 0"),
        ({"annotations": [fact(cells=[[1]])]}, r"annotations\[0\]\.cells\[0\] is wrong"),
        ({"annotations": [fact(colour="red")]}, r"annotations\[0\]\.colour is unknown: CheckedFact has type, start"),
        ({"annotations": [fact(source={"name": "a", "x": 1})]}, r"annotations\[0\]\.source\.x is unknown: Source has"),
        (
            {"annotations": [fact(chain={"links": [{}, {"y": 1}]})]},
            r"annotations\[0\]\.chain\.links\[1\]\.y is unknown",
        ),
    ],
)
def test_a_wrong_record_is_refused_with_the_place_that_is_wrong(changes: dict[str, Any], message: str) -> None:
    for data in (record(**changes), json.dumps(record(**changes)), json.dumps(record(**changes)).encode()):
        with pytest.raises(RecordError, match=message):
            from_json(data)


@pytest.mark.parametrize("data", ["", "{", "[]", "null", b"\xff", '{"title": "Rain"}', "[" * 100_000, {}, '"\\ud800"'])
def test_what_is_no_record_is_refused_and_told_what_a_record_is(data: Any) -> None:
    with pytest.raises(RecordError, match='a record is a JSON object with "schema": 1 and "text"'):
        from_json(data)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (Document("", id="\ud800"), "id has a lone surrogate"),
        (Document("", metadata={"a": [1, float("nan")]}), r"metadata\.a\[1\] is nan"),
        (Document("", metadata={"a": {"b": float("inf")}}), r"metadata\.a\.b is inf"),
        (Document("", metadata={"a": WHEN}), r"metadata\.a is of type datetime"),
        (Document("", metadata={"a": b"x"}), r"metadata\.a is of type bytes"),
        (Document("", metadata={"a": {1, 2}}), r"metadata\.a is of type set"),
        (Document("", metadata={"\udfff": 1}), r"metadata\.'\\udfff' has a lone surrogate"),
        (document_with(copydesk.Language(0, 1, tag="\ud83d")), r"annotations\[0\]\.tag has a lone surrogate"),
        (
            document_with(copydesk.Language(0, 1, tag="en", confidence=float("nan"))),
            r"record 'rain': annotations\[0\]\.confidence is nan",
        ),
        (
            document_with(
                copydesk.Dateline(
                    0, 11, text="", body_start=14, places=(copydesk.Place(0, 5, "Erbil", longitude=float("-inf")),)
                )
            ),
            r"annotations\[0\]\.places\[0\]\.longitude is -inf",
        ),
        (
            document_with(CheckedFact(0, 1, verdict=None, when=WHEN, chain=Chain((Chain(weight=float("nan")),)))),
            r"annotations\[0\]\.chain\.links\[0\]\.weight is nan",
        ),
        (
            document_with(CheckedFact(0, 1, verdict=None, when=datetime(1880, 1, 1, tzinfo=ZoneInfo("Asia/Baghdad")))),
            r"annotations\[0\]\.when is 1880-01-01T00:00:00\+02:57:\d\d, whose offset is no whole minute",
        ),
        (
            document_with(CheckedFact(0, 1, verdict=None, when=WHEN, certain=object())),  # type: ignore[arg-type]  # the mistake on test
            r"annotations\[0\]\.certain is of type object, which JSON cannot carry",
        ),
        (wrong(certain=1), r"annotations\[0\]\.certain is wrong: Expected `bool`, got `int`"),
        (wrong(verdict="maybe"), r"annotations\[0\]\.verdict is wrong: Invalid enum value 'maybe'"),
        (wrong(when="2024-01-01T00:00:00Z"), r"annotations\[0\] is wrong: when is '2024.*', of type str, not datetime"),
        (wrong(cells=[(1, "a")]), r"annotations\[0\] is wrong: cells is \[.*\], of type list, not tuple"),
        (wrong(cells=((1, 2),)), r"annotations\[0\]\.cells\[0\]\[1\] is wrong: Expected `str`, got `int`"),
        (wrong(source={"name": "a"}), r"annotations\[0\] is wrong: source is .*, of type dict, not Source"),
        (wrong(source=copydesk.Mention(0, 1, "a")), r"annotations\[0\]\.source is wrong: .*got `Mention`"),
        (wrong(source=Source(7)), r"source holds a Source that is wrong: Expected `str`, got `int` - at `\$\.name`"),  # type: ignore[arg-type]  # the mistake on test
        (wrong(chain=Chain((Chain(weight="heavy"),))), "chain holds a Chain that is wrong: Expected `float`"),  # type: ignore[arg-type]  # the mistake on test
    ],
)
def test_what_json_cannot_carry_is_refused_with_its_place(document: Document, message: str) -> None:
    with pytest.raises(RecordError, match=message):
        to_json(document)


def test_a_whole_number_where_a_float_is_declared_is_one_from_then_on() -> None:
    fact = CheckedFact(0, 1, verdict=None, when=WHEN, score=1, source=Source("a", 2), chain=Chain((Chain((), 3),)))
    again = from_json(to_json(document_with(fact))).annotations[0]
    assert repr(again) == repr(fact)
    assert "weight=2.0" in repr(fact)
    assert "weight=3.0" in repr(fact)


@pytest.mark.parametrize("depth", [200, 400, 900, 100_000])
def test_deep_nesting_is_read_or_refused(depth: int) -> None:
    nested = "[" * depth + "]" * depth
    front = f'{{"type": "front", "start": 0, "end": 0, "x": {nested}}}'
    for data in (
        f'{{"schema": 1, "text": "", "metadata": {{"a": {nested}}}}}',
        f'{{"schema": 1, "text": "", "annotations": [{front}]}}',
    ):
        try:
            document = from_json(data)
            again = from_json(to_json(document))
        except RecordError as error:
            assert "recursion" in str(error) or "too deeply" in str(error)  # noqa: PT017  # either outcome is right
        else:
            assert again == document


def test_nan_in_an_annotation_that_is_not_installed_is_refused() -> None:
    with pytest.raises(RecordError, match=r"annotations\[0\] cannot be kept"):
        from_json(record(annotations=[{"type": "front", "start": 0, "end": 1, "depth": float("nan")}]))
