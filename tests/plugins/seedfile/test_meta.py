"""Bylines and `key: value` lines at a story's head."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from copydesk_seedfile._meta import read_moment
from copydesk_seedfile._story import read_story

BODY = "\n\nERBIL, Iraq (AP) — Bakers came back.\n\nBread sold out."


def test_meta_lines_are_read_and_are_no_paragraphs() -> None:
    text = "Market reopens\nBy Lana Aziz\nPublished: 2024-03-05T10:00+03:00\nurl: https://example.org/market" + BODY
    story = read_story(text)
    assert [part.type for part in story.parts] == ["headline", "byline", "paragraph", "paragraph"]
    assert story.meta.published == datetime(2024, 3, 5, 7, tzinfo=UTC)
    assert story.meta.metadata == {"author": "Lana Aziz", "url": "https://example.org/market"}


def test_chinese_meta_lines_hold_several_values() -> None:
    text = "旧粮仓变书房\n\n作者：陈一凡　时间：2024年3月5日 10:20　来源：新华社\n\n新华社兰州3月5日电 书房开门。"
    story = read_story(text)
    assert story.meta.metadata == {"author": "陈一凡", "published": "2024年3月5日 10:20", "credit": "新华社"}
    byline = next(part for part in story.parts if part.type == "byline")
    assert text[byline.start : byline.end] == "作者：陈一凡"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Lana Aziz and Omar Rashid", "Lana Aziz and Omar Rashid"),
        ("Von Anke Brückner", "Anke Brückner"),
        ("Par Claire Bastiani, à Marseille", None),
        ("بقلم لانا عزيز", "لانا عزيز"),
        ("김하늘 기자", "김하늘"),
        ("By the time the roof was mended", None),
        ("By Monday the ovens were hot.", None),
    ],
)
def test_bylines_without_a_colon_are_known_by_their_first_or_last_word(line: str, names: str | None) -> None:
    assert read_story(f"Market reopens\n\n{line}{BODY}").meta.metadata.get("author") == names


def test_a_story_does_not_begin_with_a_byline() -> None:
    assert read_story("By Land and Sea" + BODY).meta.bylines == []


def test_a_byline_parts_the_lines_around_it() -> None:
    text = "Bakers bring the market\nback to life\nBy Lana Aziz\nThirty bakers returned.\n\nBread sold out."
    story = read_story(text)
    assert [part.type for part in story.parts] == ["headline", "byline", "paragraph", "paragraph"]


def test_two_bylines_are_both_kept() -> None:
    story = read_story("Market reopens\nBy Lana Aziz\nBy Omar Rashid" + BODY)
    assert story.meta.metadata["author"] == "Lana Aziz, Omar Rashid"
    assert len(story.meta.bylines) == 2


def test_a_line_that_only_looks_like_a_meta_line_stays_in_the_story() -> None:
    text = "Market reopens\n\nTime: the one thing bakers lack.\n\nBread sold out."
    assert [part.type for part in read_story(text).parts] == ["headline", "paragraph", "paragraph"]


def test_meta_lines_in_the_body_are_paragraphs() -> None:
    text = "Market reopens\n\n" + "Bread sold out.\n\n" * 20 + "url: https://example.org/market"
    story = read_story(text)
    assert story.meta.metadata == {}
    assert text[story.parts[-1].start :] == "url: https://example.org/market"


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2024-03-05T10:00:00Z", datetime(2024, 3, 5, 10, tzinfo=UTC)),
        ("2024-03-05 10:00 +03:00", datetime(2024, 3, 5, 7, tzinfo=UTC)),
        ("2024/3/5 10:00 UTC", datetime(2024, 3, 5, 10, tzinfo=UTC)),
        ("Tue, 05 Mar 2024 10:00:00 +0300", datetime(2024, 3, 5, 10, tzinfo=timezone(timedelta(hours=3)))),
        ("2024-03-05", datetime(2024, 3, 5, tzinfo=UTC)),
        ("2024年3月5日", datetime(2024, 3, 5, tzinfo=UTC)),
        ("2024-02-30", None),
        ("2024年13月5日", None),
        ("31 Feb 2024 10:00:00 +0000", None),
        ("yesterday", None),
    ],
)
def test_moments_are_read_in_the_common_forms(value: str, moment: datetime | None) -> None:
    assert read_moment(value) == moment


def test_a_time_without_a_zone_is_kept_as_written_for_its_moment_is_not_known() -> None:
    story = read_story("Market reopens\nPublished: 2024-03-05 10:00" + BODY)
    assert story.meta.published is None
    assert story.meta.metadata == {"published": "2024-03-05 10:00"}
