"""Documents: an unchanging text in code points, and what is known about it."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import copydesk
from copydesk import Document, Headline, Language, Mention, Paragraph, Place, Replace, Speaker, Standfirst
from copydesk._documents._document import thaw

SOULI = "قالت الوزيرة 🙂: «لا نعرف»"


class Colour(copydesk.Annotation):
    """A named colour; several may stand on one span."""

    name: str


def spans(text: str) -> list[copydesk.Annotation]:
    return [Paragraph(start, end) for start in range(len(text) + 1) for end in range(start, len(text) + 1)]


def test_offsets_count_code_points() -> None:
    document = Document(SOULI)
    face = SOULI.index("🙂")
    assert document.text_of(Headline(face, face + 1)) == "🙂"
    assert document.text_of(Headline(face + 3, document.span[1])) == "«لا نعرف»"
    assert document.span == (0, len(SOULI))


@given(st.text(alphabet=st.characters(codec=None), max_size=30))
def test_lone_surrogates_become_replacement_characters_and_offsets_hold(text: str) -> None:
    document = Document(text)
    document.text.encode()
    assert len(document.text) == len(text)
    for new, old in zip(document.text, text, strict=True):
        assert new == ("\ufffd" if 0xD800 <= ord(old) <= 0xDFFF else old)


def test_values_of_the_metadata_are_cleaned_like_the_text() -> None:
    document = Document("x", metadata={"tags": ["c\udfff"], "nested": {"k": "\ud800"}})
    assert thaw(document.metadata) == {"tags": ["c\ufffd"], "nested": {"k": "\ufffd"}}


@pytest.mark.parametrize("text", [b"bytes", None, 5])
def test_a_text_that_is_none_is_refused(text: Any) -> None:
    with pytest.raises(TypeError, match=rf"^a document's text must be a str, not {type(text).__name__}$"):
        Document(text)


def test_a_document_cannot_be_changed() -> None:
    given_metadata: dict[str, Any] = {"tags": ["a"], "nested": {"k": ["v"]}}
    document = Document("text", metadata=given_metadata)
    given_metadata["tags"].append("b")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        document.text = "other"  # type: ignore[misc]  # the mistake is the point
    with pytest.raises(TypeError):
        document.metadata["tags"] = ()  # type: ignore[index]  # the mistake is the point
    with pytest.raises(TypeError):
        document.metadata["nested"]["k"] = ()
    assert thaw(document.metadata) == {"tags": ["a"], "nested": {"k": ["v"]}}


def test_equal_documents_are_equal_and_have_one_hash() -> None:
    def make(**metadata: Any) -> Document:
        return Document("text", id="1", metadata=metadata, annotations=[Headline(0, 4)])

    assert make(a=[1]) == make(a=[1])
    assert make(a=[1]) != make(a=[2])
    assert hash(make(a=[1])) == hash(make(a=[1]))


def test_replacing_twenty_thousand_annotations_takes_no_time_to_speak_of() -> None:
    document = Document("a" * 20_000).with_annotations(*(Headline(place, place + 1) for place in range(20_000)), by="a")
    replaced = document.with_findings(map(Replace, document.annotations[1:]), by="b")
    assert replaced.annotations == document.annotations[:1]


def test_an_encoded_document_equals_itself_and_changes_forget_the_record() -> None:
    document, encoded = Document("text"), Document("text")
    encoded.keep_record(b"{}")
    assert encoded == document
    assert encoded.record == b"{}"
    assert encoded.with_annotations(Headline(0, 4)).record is None
    assert attrs.evolve(encoded, id="2").record is None


@pytest.mark.parametrize("again", [lambda it: pickle.loads(pickle.dumps(it)), copy.copy, copy.deepcopy])
def test_documents_survive_pickling_and_copying(again: Any) -> None:
    document = Document(
        SOULI,
        id="wire/1",
        source="wire.txt",
        published=datetime(2020, 6, 1, 12, 30, tzinfo=timezone(timedelta(hours=3))),
        metadata={"tags": ["a", "b"], "nested": {"deep": [1, 2.5, None, True]}},
        annotations=[Headline(0, 4, by="seed-file")],
    )
    assert again(document) == document
    assert isinstance(again(document).metadata, Mapping)


def test_published_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match=r"^published must have a time zone, but 2020-06-01T00:00:00 has none$"):
        Document("text", published=datetime(2020, 6, 1))  # noqa: DTZ001  # the mistake is the point
    assert Document("text", published=datetime(2020, 6, 1, tzinfo=UTC)).published is not None
    with pytest.raises(TypeError, match=r"^published must be a datetime with a time zone, not str$"):
        Document("text", published="2020-06-01")  # type: ignore[arg-type]  # the mistake is the point


def test_the_title_is_the_headline_on_one_line_else_what_the_source_gave() -> None:
    assert Document("text").title is None
    assert Document("text", metadata={"title": "Given"}).title == "Given"
    assert Document("text", metadata={"title": ["no", "string"]}).title is None
    assert Document("Two\n lines\n\nBody", annotations=[Headline(0, 10)]).title == "Two lines"


def test_the_language_is_that_of_the_first_language_annotation() -> None:
    assert Document("text").language is None
    assert Document("text", annotations=[Language(0, 4, tag="ckb")]).language == "ckb"


def test_views_select_by_class_in_order() -> None:
    headline, one, two = Headline(0, 1), Paragraph(1, 2), Paragraph(2, 3)
    document = Document("abc", annotations=[headline, one, two])
    assert document.all(Paragraph) == (one, two)
    assert document.all(copydesk.Annotation) == (headline, one, two)
    assert document.first(Paragraph) is one
    assert document.first(Standfirst) is None
    assert document.all(Standfirst) == ()


def test_findings_are_sorted_by_span_and_type_after_those_of_earlier_steps() -> None:
    document = Document("abcdef").with_annotations(Paragraph(3, 4), by="first")
    found = document.with_annotations(Paragraph(2, 3), Standfirst(0, 2), Headline(0, 2), Headline(0, 1), by="second")
    assert [(one.type, one.span, one.by) for one in found.annotations] == [
        ("paragraph", (3, 4), "first"),
        ("headline", (0, 1), "second"),
        ("headline", (0, 2), "second"),
        ("standfirst", (0, 2), "second"),
        ("paragraph", (2, 3), "second"),
    ]


@given(st.permutations(spans("abc") + [Colour(0, 1, name=name) for name in "xyz"]))
def test_the_order_of_findings_does_not_depend_on_the_order_they_came_in(found: list[copydesk.Annotation]) -> None:
    first = Document("abc").with_annotations(*spans("abc"), *[Colour(0, 1, name=name) for name in "xyz"])
    assert Document("abc").with_annotations(*found) == first


def test_the_order_of_a_set_never_shows(python: Any) -> None:
    program = """
        import copydesk

        class Shade(copydesk.Annotation):
            name: str

        class Shades:
            pass

        found = {Shade(0, 1, name=name) for name in ("amber", "beige", "coral", "denim", "ebony")}
        print([one.name for one in copydesk.Document("text").with_annotations(*found).annotations])
    """
    runs = [python(program, PYTHONHASHSEED=seed) for seed in ("1", "2", "3")]
    assert {run.stdout for run in runs} == {"['amber', 'beige', 'coral', 'denim', 'ebony']\n"}, runs[0].stderr


def test_findings_are_signed_by_their_step_whoever_they_claim_to_be_by() -> None:
    forged = Headline(0, 1, by="someone else")
    found = Document("text").with_annotations(forged, Paragraph(0, 4), by="me")
    assert [one.by for one in found.annotations] == ["me", "me"]
    assert forged.by == "someone else"


def test_adding_an_annotation_leaves_the_one_that_was_given_as_it_was() -> None:
    given_one = Headline(0, 1)
    Document("text").with_annotations(given_one, by="me")
    assert given_one.by == ""


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 2), (0, 5), (3, 2), (5, 5), (0, 2.0), ("0", 2), (None, None), (True, 2)]
)
def test_a_span_outside_the_text_is_refused(start: Any, end: Any) -> None:
    with pytest.raises(copydesk.AnnotationError) as caught:
        Document("text").with_annotations(Headline(start, end))
    assert str(caught.value) == (
        f"headline has the span {start!r} to {end!r}, which does not lie within the text's 0 to 4 code points"
    )


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("spans, at 0 to 6", {"spans": ((0, 2), (0, 6))}),
        ("cue, at 3 to 2", {"cue": Mention(3, 2, "")}),
        ("speaker, at -1 to 8", {"speaker": Speaker(-1, 8, "Hana Aziz")}),
        ("speaker, at None to 4", {"speaker": Speaker(None, 4, "Hana")}),
        ("resolved, at 2 to 9", {"speaker": Speaker(None, None, "", Mention(2, 9, "Hana Aziz"))}),
    ],
)
def test_a_part_of_a_quote_outside_the_text_is_refused(part: str, fields: dict[str, Any]) -> None:
    quote = copydesk.Quote(0, 2, kind="direct", spans=((0, 2),), text="te").with_fields(**fields)
    with pytest.raises(copydesk.AnnotationError) as caught:
        Document("text").with_annotations(quote)
    assert str(caught.value) == (
        f"quote 0 to 2 has a part, {part}, which does not lie within the text's 0 to 4 code points"
    )


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("body_start, at 5 to 5", {"body_start": 5}),
        ("places, at 0 to 5", {"places": (Place(0, 5, "Erbil"),)}),
        ("agency, at 5 to 8", {"agency": copydesk.Agency(5, 8, "AFP")}),
        ("date, at 5 to 8", {"date": copydesk.FilingDate(5, 8, "May", "--05")}),
    ],
)
def test_a_part_of_a_dateline_outside_the_text_is_refused(part: str, fields: dict[str, Any]) -> None:
    dateline = copydesk.Dateline(0, 2, text="te", body_start=2).with_fields(**fields)
    with pytest.raises(copydesk.AnnotationError, match=f"dateline 0 to 2 has a part, {part}, which"):
        Document("text").with_annotations(dateline)


@pytest.mark.parametrize("junk", ["headline", None, 3, {"type": "headline"}])
def test_what_is_no_annotation_is_refused(junk: Any) -> None:
    with pytest.raises(copydesk.AnnotationError) as caught:
        Document("text").with_annotations(junk)
    assert str(caught.value) == (
        f"found {junk!r}, which is no annotation; yield objects of your own subclass of copydesk.Annotation"
    )


def test_empty_spans_and_empty_texts_are_fine() -> None:
    assert Document("").with_annotations(Headline(0, 0)).title == ""
    assert Document("text").with_annotations(Headline(4, 4)).title == ""


def test_replacing_takes_old_annotations_out_and_signs_the_new() -> None:
    document = Document("text", annotations=[Headline(0, 2, by="a"), Paragraph(2, 4, by="a")])
    changed = document.with_findings([Replace(Headline(0, 2, by="a"), Headline(0, 3))], by="b")
    assert changed.annotations == (Paragraph(2, 4, by="a"), Headline(0, 3, by="b"))
    assert document.annotations == (Headline(0, 2, by="a"), Paragraph(2, 4, by="a"))


def test_replacing_what_is_not_there_is_refused() -> None:
    with pytest.raises(copydesk.AnnotationError) as caught:
        Document("text").with_findings([Replace(Headline(0, 2, by="a"))], by="b")
    assert str(caught.value) == (
        "Headline(start=0, end=2, by='a') cannot be replaced: the document does not have it; "
        "take it from document.all(…) as it is"
    )


def test_an_ingested_document_keeps_what_it_brought_and_gets_what_it_lacks() -> None:
    bare = Document("text", annotations=[Paragraph(2, 4), Headline(0, 2, by="earlier run")])
    first = bare.ingested("wire.txt", "wire.txt", "seed-file")
    assert (first.id, first.source) == ("wire.txt", "wire.txt")
    assert [one.by for one in first.annotations] == ["seed-file", "earlier run"]
    own = Document("text", id="42", source="https://example.org/42").ingested("a", "b", "c")
    assert (own.id, own.source) == ("42", "https://example.org/42")


def test_the_vocabulary_nests_frozen_values() -> None:
    speaker = Speaker(0, 4, "Nour", resolved=Mention(0, 4, "Nour"))
    place = Place(0, 4, "Erbil", name="Erbil", country="IQ", latitude=36.19, longitude=44.01)
    assert hash((speaker, place))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        place.name = "Hewlêr"  # type: ignore[misc]  # the mistake is the point
