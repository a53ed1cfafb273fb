"""Text that nobody would write: the detector stays linear, raises nothing, and every span it gives is valid."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

import copydesk
import copydesk_quotes
from copydesk_quotes import Quotes

PACKS = Path(copydesk_quotes.__file__).parent / "packs"
LANGUAGES = (*sorted(path.stem for path in PACKS.glob("*.toml")), "xx")
STORIES = [
    (data["language"], story["text"])
    for path in sorted((Path(__file__).parent / "languages").glob("*.toml"))
    for data in [tomli.loads(path.read_text("utf-8"))]
    for story in data["story"]
]
PIECES = (
    *('"', "“", "”", "„", "«", "»", "‘", "’", "'", "「", "」", "''", ": ", ", ", ". ", "? ", "— ", "-", "(", ")"),
    *("– ", " – mówi Ala. ", "— А ", ", — сказал он. — "),
    *("said", " he said ", ", said Ali", "according to ", "Ali", "the minister", "قال ", " إن ", "وأضاف", "بحسب "),
    *("گفت:", "وتی", "dedi", "diye konuştu", "sagte, ", "表示", '<a href="x">', "\n", "\n\n", " ", "é", "😀"),
    *("\u200f", "\u200c", "\u202e", "\ufeff", "\ud800", "\x00", "ـ", "e\u0301"),
)


def read(text: str, language: str) -> tuple[copydesk.Document, list[copydesk.Quote]]:
    document = copydesk.Document(text)
    document = document.with_annotations(copydesk.Language(0, len(document.text), tag=language))
    return document, list(Quotes().enrich(document))


def assert_valid(document: copydesk.Document, quotes: list[copydesk.Quote]) -> None:
    text = document.text
    document.with_annotations(*quotes, by="quotes")
    for quote in quotes:
        assert quote.spans
        assert (quote.start, quote.end) == (quote.spans[0][0], quote.spans[-1][1])
        assert all(0 <= start < end <= len(text) for start, end in quote.spans)
        assert all(a[1] <= b[0] for a, b in zip(quote.spans, quote.spans[1:], strict=False))
        assert quote.text == " ".join(text[start:end] for start, end in quote.spans)
        assert 0 <= quote.confidence <= 1
        for part in (quote.cue, quote.speaker, quote.speaker and quote.speaker.resolved):
            if part is not None and part.start is not None:
                assert text[part.start : part.end] == part.text != ""


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.sampled_from(LANGUAGES))
def test_quotes_of_marks_cues_and_signs_in_any_order_are_valid(text: str, language: str) -> None:
    assert_valid(*read(text, language))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
def test_quotes_of_any_text_are_valid(text: str, language: str) -> None:
    assert_valid(*read(text, language))


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(STORIES), st.lists(st.floats(0, 1), min_size=4, max_size=4).map(sorted))
def test_quotes_of_a_story_cut_and_put_together_in_another_order_are_valid(
    story: tuple[str, str], places: list[float]
) -> None:
    language, text = story
    a, b, c, d = (round(place * len(text)) for place in places)
    assert_valid(*read(text[a:b] + text[c:d] + text[b:c], language))


@pytest.mark.parametrize(("mark", "count"), [('"', 10_000_000), ("«", 10_000_000), ("“”", 100_000)])
def test_a_text_of_nothing_but_quotation_marks_holds_no_quote(mark: str, count: int) -> None:
    document, quotes = read(mark * count, "en")
    assert_valid(document, quotes)
    assert quotes == []


def test_a_hundred_thousand_nested_marks_are_survived() -> None:
    assert_valid(*read("“‘" * 50_000 + "Nobody said it." + "’”" * 50_000, "en"))


@pytest.mark.parametrize("words", ["he said ", "قال إن ", "“x,” he said. "])
def test_a_paragraph_of_three_hundred_thousand_letters_is_read_to_its_end(words: str) -> None:
    document, quotes = read(words * (300_000 // len(words)), "ar" if words.startswith("ق") else "en")
    assert_valid(document, quotes)


@pytest.mark.parametrize("words", ["– ", "– A – mówi B. ", "– A – mówi B. “C” – "])
def test_three_hundred_thousand_letters_of_dashes_are_read_to_their_end(words: str) -> None:
    document, quotes = read(words * (300_000 // len(words)), "pl")
    assert_valid(document, quotes)


def test_an_empty_text_holds_no_quote() -> None:
    assert read("", "en")[1] == []


def test_a_language_without_a_pack_still_gets_its_marked_speech() -> None:
    text = "Majidus dixit: “Panis heri in foro nostro frigidus erat.”"
    _, quotes = read(text, "la")
    assert [quote.text for quote in quotes] == ["“Panis heri in foro nostro frigidus erat.”"]


def test_what_was_read_of_a_book_full_of_quotes_is_not_held_but_for_its_quotes() -> None:
    story = "“Rain fell all night,” said Dana Hassan, the mayor of Akre.\n\n“Two schools closed,” he added.\n\n"
    tracemalloc.start()
    try:
        document, quotes = read(story * 2500, "en")
        held, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 1.6 * held
    assert len(quotes) == 5000
    assert {quote.speaker and quote.speaker.resolved and quote.speaker.resolved.text for quote in quotes[1::2]} == {
        "Dana Hassan"
    }
    assert_valid(document, quotes)
