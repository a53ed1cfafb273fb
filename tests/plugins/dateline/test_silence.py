"""What only looks like a dateline stays unmarked: a false one is worse than a missed one."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

import copydesk
from copydesk_dateline import Datelines

PLUGIN = Datelines()
SILENT = tomli.loads(Path(__file__).with_name("silent.toml").read_text("utf-8"))["stories"]
PIECES = (
    *("PARIS", "(AFP)", "—", " - ", ", ", "March 5", "بغداد", "/", ":", ".", "新华社", "北京", "3月5日", "电", "\n"),
    *("ـ", "By ", "【", "】", "=", "서울", "기자", "{", "}", "¹", "\u200f", "12", "|"),
)
SECOND = "\n\nMore people than expected came to the opening, and the band played until the rain began."


@pytest.mark.parametrize("paragraph", SILENT)
def test_a_paragraph_that_is_no_dateline_stays_silent(paragraph: str) -> None:
    story = f"A headline about the town\n\n{paragraph}{SECOND}"
    assert list(PLUGIN.enrich(copydesk.Document(story))) == []


def test_a_headline_that_names_a_place_is_no_dateline() -> None:
    for headline in ("Paris: la piscine rouvre", "بغداد: افتتاح مكتبة جديدة", "BERLIN - Das Bad ist offen"):
        assert list(PLUGIN.enrich(copydesk.Document(f"{headline}\n\nThe pool is open.{SECOND}"))) == []


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_without_error_and_every_span_lies_within_it(text: str) -> None:
    for found in PLUGIN.enrich(copydesk.Document(text)):
        assert 0 <= found.start <= found.end <= found.body_start <= len(text)
        parts: list[copydesk.Place | copydesk.Agency | copydesk.FilingDate | None] = [
            *found.places,
            found.agency,
            found.date,
        ]
        for part in parts:
            assert part is None or text[part.start : part.end] == part.text


@given(st.lists(st.sampled_from(PIECES), max_size=14))
@settings(max_examples=500, deadline=None)
def test_any_row_of_dateline_parts_gives_spans_that_hold(pieces: list[str]) -> None:
    text = "".join(pieces)
    for found in PLUGIN.enrich(copydesk.Document(text)):
        assert 0 <= found.start < found.end <= len(text)
        assert found.text == text[found.start : found.end]
        assert found.places or found.agency or found.date


def test_a_page_of_briefs_is_no_story_and_has_no_dateline() -> None:
    briefs = ("Washington (AFP) – The first brief.", "Paris (AFP) – The second one.", "Rome (AFP) – The last one.")
    assert list(PLUGIN.enrich(copydesk.Document("The day in brief\n\n" + "\n\n".join(briefs)))) == []
    assert list(PLUGIN.enrich(copydesk.Document("The day in brief\n\n" + "\n\n".join(briefs[:2])))) != []


def test_a_middling_town_opens_a_story_in_the_language_of_its_country_only() -> None:
    text = "A headline\n\nBregenz – Die Stadt hat das Hallenbad nach neun Jahren wieder geöffnet, sagte ein Sprecher."
    blocks = (copydesk.Headline(0, 10), copydesk.Paragraph(12, len(text)))
    for tag, count in (("de-AT", 1), ("it", 0)):
        tagged = (copydesk.Language(0, len(text), tag=tag), *blocks)
        assert len(list(PLUGIN.enrich(copydesk.Document(text, annotations=tagged)))) == count


def test_a_place_before_each_line_makes_a_list_or_a_dialogue() -> None:
    for lines in (
        ("Houston - the swimming hall will open on Monday at nine in the morning", "Dallas - the library opens"),
        ("SAVANNAH: So we moved north, where it rained and nobody knew our names.", "HOST: And then?"),
        ("London - FTSE 100: UP 0.3 percent at 7,500 points when trading ended", "Paris - CAC 40: DOWN 0.1 percent"),
    ):
        assert list(PLUGIN.enrich(copydesk.Document("A headline\n\n" + "\n\n".join(lines)))) == []
