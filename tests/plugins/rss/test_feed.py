"""What a reader gets: the same stories, in their order, each once, and the same bytes for the same stories."""

from __future__ import annotations

import logging
import tracemalloc
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped]  # it has no types
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plugins.rss.desk import (
    PUBLISHED,
    SEEDS,
    MemoryRun,
    bare,
    dateline,
    feed_of,
    rss,
    seed_feed,
    seed_story,
    story,
)
from tests.plugins.rss.rules import CONTENT, GEORSS, violations

import copydesk


def titles(feed: bytes) -> list[str]:
    return [item.findtext("title") or "" for item in ET.fromstring(feed).iter("item")]


def guids(feed: bytes) -> list[str]:
    return [item.findtext("guid") or "" for item in ET.fromstring(feed).iter("item")]


def item(feed: bytes, name: str) -> str | None:
    found = ET.fromstring(feed).find("channel/item")
    assert found is not None
    return found.findtext(name)


def named(name: str, published: datetime | None = None, **fields: Any) -> copydesk.Document:
    return bare("Text.", **({"id": name, "metadata": {"title": name}, "published": published} | fields))


def test_a_reader_gets_back_what_the_stories_say() -> None:
    documents = [seed_story(path, age) for age, path in enumerate(SEEDS)]
    parsed = feedparser.parse(feed_of(*documents))
    assert not parsed.bozo
    assert [entry.title for entry in parsed.entries] == [document.title for document in documents]
    assert len({entry.id for entry in parsed.entries}) == len(documents)
    for entry, document in zip(parsed.entries, documents, strict=True):
        published = cast("datetime", document.published)
        assert entry.published_parsed[:6] == published.utctimetuple()[:6]
        assert entry.author == "Nermin Şahin"
        assert entry.link == document.metadata["url"]
        assert [tag.term for tag in entry.tags] == list(document.metadata["tags"])
        assert entry.summary == document.text_of(cast("copydesk.Standfirst", document.first(copydesk.Standfirst)))
        assert entry.content[0].type == "text/html"


def test_a_reader_gets_the_html_of_every_story_as_it_was_written() -> None:
    feed = seed_feed()
    written = [item.findtext(CONTENT + "encoded") for item in ET.fromstring(feed).iter("item")]
    assert [entry.content[0].value for entry in feedparser.parse(feed).entries] == written


def test_a_reader_gets_the_language_of_feed_and_story() -> None:
    english, sorani = story("Roads\nOpen.", language="en", id="1"), story("ڕێگا\nکراوە.", language="ckb", id="2")
    parsed = feedparser.parse(feed_of(english, sorani, language="en"))
    assert parsed.feed.language == "en"
    assert [entry.title_detail.language for entry in parsed.entries] == ["en", "ku"]


def test_the_feed_has_the_language_of_most_stories() -> None:
    tags = ["en", "ckb", "kmr"]
    stories = [story("Title\nText.", language=tag, id=tag) for tag in tags]
    assert feedparser.parse(feed_of(*stories)).feed.language == "ku"


def test_a_feed_of_stories_in_no_known_language_names_none() -> None:
    feed = feed_of(bare("Text."), story("A\nB", language="art-x-none", id="2"))
    assert b"<language>" not in feed
    assert b"xml:lang" not in feed


def test_a_reader_gets_the_place_of_the_dateline() -> None:
    text = "Title\nERBIL/DUHOK - Text."
    unknown = copydesk.Place(6, 11, "ERBIL")
    duhok = copydesk.Place(12, 17, "DUHOK", latitude=36.867091, longitude=-42.9)
    feed = feed_of(story(text).with_annotations(dateline(text, "ERBIL/DUHOK -", unknown, duhok)))
    assert item(feed, f"{GEORSS}point") == "36.86709 -42.90000"
    assert feedparser.parse(feed).entries[0].where.coordinates == (-42.9, 36.86709)


@pytest.mark.parametrize(("latitude", "longitude"), [(91.0, 0.0), (0.0, float("nan")), (None, 4.0)])
def test_a_place_that_is_nowhere_is_left_out(latitude: float | None, longitude: float) -> None:
    text = "Title\nERBIL - Text."
    place = copydesk.Place(6, 11, "ERBIL", latitude=latitude, longitude=longitude)
    assert item(feed_of(story(text).with_annotations(dateline(text, "ERBIL -", place))), f"{GEORSS}point") is None


def test_stories_come_newest_first_and_undated_ones_last_in_the_order_they_came() -> None:
    days = [PUBLISHED + timedelta(days=n) for n in range(3)]
    feed = feed_of(named("x"), named("a", days[0]), named("c", days[2]), named("y"), named("b", days[1]))
    assert titles(feed) == ["c", "b", "a", "x", "y"]


def test_stories_of_one_moment_keep_the_order_they_came_in() -> None:
    assert titles(feed_of(*(named(name, PUBLISHED) for name in "bca"))) == ["b", "c", "a"]


@given(st.lists(st.integers(0, 20) | st.none(), max_size=60), st.integers(1, 7))
@settings(max_examples=60, deadline=None)
def test_the_newest_are_kept_whatever_order_they_come_in(days: list[int | None], limit: int) -> None:
    documents = [
        named(str(index), None if day is None else PUBLISHED + timedelta(days=day)) for index, day in enumerate(days)
    ]
    assert titles(feed_of(*documents, limit=limit)) == titles(feed_of(*documents, limit=0))[:limit]


def test_batches_make_no_difference() -> None:
    documents = [named(str(number), PUBLISHED - timedelta(hours=number % 7)) for number in range(40)]
    run, plugin = MemoryRun(), rss(limit=5)
    plugin.start(cast("copydesk.Run", run))
    for document in documents:
        plugin.export([document])
    plugin.finish()
    assert run.written.getvalue() == feed_of(*documents, limit=5)


def test_a_plugin_can_be_run_again() -> None:
    plugin, first, second = rss(limit=0), MemoryRun(), MemoryRun()
    for run in (first, second):
        plugin.start(cast("copydesk.Run", run))
        plugin.export([named("a"), named("b")])
        plugin.finish()
    assert first.written.getvalue() == second.written.getvalue()


@pytest.mark.parametrize("limit", [0, 50])
def test_of_two_stories_with_one_id_the_newer_is_kept_and_both_are_named(
    limit: int, caplog: pytest.LogCaptureFixture
) -> None:
    old = named("a", PUBLISHED, source="old.txt", metadata={"title": "Old"})
    new = named("a", PUBLISHED + timedelta(hours=1), source="new.txt", metadata={"title": "New"})
    for pair in ((old, new), (new, old)):
        caplog.clear()
        feed = feed_of(*pair, limit=limit)
        assert titles(feed) == ["New"]
        assert violations(feed) == []
        assert "'a'" in caplog.text
        assert "old.txt" in caplog.text
        assert "new.txt" in caplog.text


def test_stories_without_an_id_are_told_apart_by_their_text() -> None:
    assert len(titles(feed_of(bare("One.", id=""), bare("Two.", id="")))) == 2


def test_a_guid_depends_on_the_id_alone() -> None:
    first = feed_of(named("stories/1.txt", PUBLISHED))
    other = bare("Rewritten.", id="stories/1.txt", metadata={"url": "https://example.org/new", "title": "Other"})
    second = feed_of(other, title="Renamed", link="https://example.net/", path=Path("other.xml"))
    assert guids(first) == guids(second) == ["urn:uuid:db8e16f2-0551-514b-bb37-888401c74dfa"]


@pytest.mark.parametrize("name", ["https://example.org/?p=17", "tag:example.org,2024:17", "urn:newsml:example.org:17"])
def test_an_id_that_is_a_uri_is_the_guid(name: str) -> None:
    assert guids(feed_of(named(name))) == [name]


def test_dates_are_written_in_utc() -> None:
    baghdad = timezone(timedelta(hours=3))
    feed = feed_of(named("a", datetime(2024, 3, 1, 1, 30, 9, tzinfo=baghdad)))
    assert item(feed, "pubDate") == "Thu, 29 Feb 2024 22:30:09 +0000"


@given(st.datetimes(timezones=st.timezones()))
@settings(max_examples=300, deadline=None)
def test_every_date_that_utc_knows_is_written_to_the_second(moment: datetime) -> None:
    written = item(feed_of(named("a", moment)), "pubDate")
    try:
        expected = moment.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        assert written is None
    else:
        assert written is not None
        assert datetime.strptime(written.split(", ")[1].zfill(26), "%d %b %Y %H:%M:%S %z") == expected


def test_the_feed_was_built_when_its_newest_story_was_published() -> None:
    feed = ET.fromstring(feed_of(named("a", PUBLISHED), named("b", PUBLISHED - timedelta(days=1))))
    assert feed.findtext("channel/lastBuildDate") == "Tue, 05 Mar 2024 12:30:00 +0000"
    assert ET.fromstring(feed_of(named("a"))).find("channel/lastBuildDate") is None


def test_a_story_without_a_title_has_a_description_and_one_without_text_a_title() -> None:
    assert item(feed_of(bare("Only text.")), "title") is None
    assert item(feed_of(bare("Only text.")), "description") == "Only text."
    assert item(feed_of(bare("", id="empty.txt")), "title") == "empty.txt"
    assert violations(feed_of(bare("", id=""))) == []


def test_a_lead_paragraph_is_cut_between_words() -> None:
    description = item(feed_of(bare("The <bridge> & road. " * 40)), "description")
    assert description is not None
    assert description.endswith(("bridge&gt;…", "&amp;…", "road.…", "The…"))
    assert 250 < len(description.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")) <= 301


def test_a_lead_paragraph_without_spaces_is_cut_before_no_combining_mark() -> None:
    description = item(feed_of(bare("a\u0301" * 400)), "description")
    assert description is not None
    assert description.endswith("a\u0301…")


def test_authors_may_be_several_and_links_that_lead_nowhere_are_left_out() -> None:
    feed = feed_of(bare("Text.", metadata={"author": ["Hêvî", " Ali\n"], "url": "/relative", "tags": ["", 3, "news"]}))
    parsed = feedparser.parse(feed).entries[0]
    assert [author.name for author in parsed.authors] == ["Hêvî", "Ali"]
    assert [tag.term for tag in parsed.tags] == ["news"]
    assert "link" not in parsed


def test_names_that_are_no_ascii_are_encoded_in_addresses() -> None:
    feed = feed_of(bare("Text.", metadata={"url": "https://münchen.example/straße?q=گەڕان #1"}))
    expected = "https://xn--mnchen-3ya.example/stra%C3%9Fe?q=%DA%AF%DB%95%DA%95%D8%A7%D9%86%20#1"
    assert item(feed, "link") == expected
    assert violations(feed) == []


def test_the_same_stories_give_the_same_bytes_wherever_and_by_whomever_they_are_written(tmp_path: Path) -> None:
    written = []
    for name in ("one", "two"):
        run = copydesk.Run(name, tmp_path / name)
        plugin = rss(path=tmp_path / name / f"{name}.xml", self_url=None)
        plugin.start(run)
        plugin.export([seed_story(path, 1) for path in SEEDS])
        plugin.finish()
        (path,) = run.outputs.commit()
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_without_self_url_the_feed_is_said_to_be_below_the_link(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    feed = feed_of(self_url=None, link="https://example.org/ar/?page=1#top")
    assert b'rel="self" type="application/rss+xml" href="https://example.org/ar/feed.xml"' in feed
    assert "self_url is not set" in caplog.text


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("title", " \n"),
        ("description", "\u0007"),
        ("link", "example.org/wire"),
        ("link", "ftp://example.org/"),
        ("link", "https:///wire"),
        ("link", "https://user:secret@example.org/"),
        ("self_url", "https://example.org:http/"),
        ("language", "Kurdish (Sorani)"),
        ("language", "tlh"),
        ("limit", -1),
    ],
)
def test_an_option_that_makes_no_valid_feed_is_refused_by_its_name(option: str, value: object) -> None:
    with pytest.raises(ValueError, match=option):
        rss(**{option: value})


def test_memory_does_not_grow_with_the_number_of_stories() -> None:
    few, many = _peak_memory(200), _peak_memory(2000)
    assert many - few < 100_000


def _peak_memory(count: int) -> int:
    plugin = rss(limit=10)
    plugin.start(cast("copydesk.Run", MemoryRun()))
    tracemalloc.start()
    plugin.export(bare("Word. " * 500, id=str(n), published=PUBLISHED + timedelta(minutes=n)) for n in range(count))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    plugin.finish()
    return peak
