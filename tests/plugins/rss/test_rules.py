"""The feeds of the seed stories break no rule, and the rules find what is broken on purpose."""

from __future__ import annotations

import re

import pytest
from tests.plugins.rss.desk import PUBLISHED, dateline, feed_of, quote, seed_feed, story
from tests.plugins.rss.rules import violations

import copydesk

TEXT = 'Bridge reopens\nTraffic flows again.\nDUHOK (Wire) - The bridge is open.\nNalin Omer said: "We are relieved."'


@pytest.fixture(scope="module")
def feed() -> str:
    """A feed with everything that an item can have, twice."""
    duhok = copydesk.Place(0, 5, "DUHOK", latitude=36.86709, longitude=42.98845)
    found = dateline(TEXT, "DUHOK (Wire) -", duhok), quote(TEXT, '"We are relieved."', speaker="Nalin Omer")
    metadata = {"url": "https://example.org/1", "author": "Hêvî", "tags": ["roads"]}
    first = story(TEXT, language="en", standfirst=True, id="one", metadata=metadata).with_annotations(*found)
    second = story(TEXT, language="en", id="two", published=PUBLISHED.replace(hour=3))
    return feed_of(first, second).decode()


def test_the_feed_of_all_seed_stories_breaks_no_rule() -> None:
    assert violations(seed_feed()) == []


@pytest.mark.parametrize("options", [{"limit": 3}, {"language": "ckb"}, {"self_url": None}, {"description": "A & <b>"}])
def test_nor_does_it_with_other_options(options: dict[str, object]) -> None:
    assert violations(seed_feed(**options)) == []


def test_an_empty_feed_breaks_no_rule() -> None:
    assert violations(feed_of()) == []


MUTATIONS = [
    ("NoDeclarationAtTheStart", "<?xml", " <?xml"),
    ("NoDeclarationAtTheStart", 'encoding="UTF-8"', 'encoding="utf-16"'),
    ("Doctype", "<rss", "<!DOCTYPE rss><rss"),
    ("CarriageReturn", "Bridge", "Bridge\r\n"),
    ("IllFormed", "</channel>", ""),
    ("IllFormed", "Bridge", "Brid\x0bge"),
    ("IllFormed", "Bridge", "Bridge & road"),
    ("BadCharacters", "Bridge", "Br\ufffdidge"),
    ("BadCharacters", "Bridge", "Br\x92idge"),
    ("BadCharacters", "We are", "We\U0001fffe are"),
    ("RootIsNotRss", "rss", "feed"),
    ("WrongVersion", 'version="2.0"', 'version="0.92"'),
    ("NotOneChannel", "</channel>", "</channel><channel/>"),
    ("UnexpectedAttribute", "<item>", '<item dir="rtl">'),
    ("UnexpectedAttribute", "<pubDate>", '<pubDate format="822">'),
    ("InvalidXmlLang", 'xml:lang="en"', 'xml:lang="ckb"'),
    ("InvalidLanguage", "<language>en", "<language>kmr"),
    ("InvalidLanguage", "<language>en", "<language>en_US"),
    ("UnknownElement", "<guid", "<id>1</id><guid"),
    ("UnknownElement", "<language>", "<content>x</content><language>"),
    ("DuplicateElement", "</link>\n<guid", "</link><link>https://example.org/2</link><guid"),
    ("DuplicateElement", "<language>", "<language>ar</language><language>"),
    ("NoChannelTitle", "<title>Wire</title>\n", ""),
    ("NoChannelLink", "<link>https://example.org/wire</link>", ""),
    ("NoChannelDescription", "<description>Wire</description>", ""),
    ("BlankChannelTitle", "<title>Wire<", "<title> <"),
    ("BlankChannelDescription", "<description>Wire<", "<description><"),
    ("MisplacedItem", "</channel>", "<ttl>60</ttl></channel>"),
    ("ChannelLinkIsNoUri", "<link>https://example.org/wire<", "<link>/wire<"),
    ("NoSelfLink", 'rel="self"', 'rel="hub"'),
    (
        "SeveralSelfLinks",
        "<language>",
        '<atom:link rel="self" type="application/rss+xml" href="http://a.org/"/><language>',
    ),
    ("SelfLinkIsNoUri", 'wire/feed.xml"', 'خبر/feed.xml"'),
    ("SelfLinkHasWrongType", "application/rss+xml", "text/xml"),
    ("TtlIsNoPositiveInteger", "<language>", "<ttl>0</ttl><language>"),
    ("DocsIsNoUri", "<language>", "<docs>the specification</docs><language>"),
    ("TextInput", "<language>", "<textInput/><language>"),
    ("ContactIsNoMailAddress", "<language>", "<webMaster>Hêvî</webMaster><language>"),
    ("InvalidSkipHours", "<language>", "<skipHours><hour>24</hour></skipHours><language>"),
    ("InvalidSkipDays", "<language>", "<skipDays><day>monday</day></skipDays><language>"),
    ("IncompleteImage", "<language>", "<image><url>https://example.org/a.png</url></image><language>"),
    ("InvalidDate", "Tue, 05 Mar 2024 12:30:00 +0000", "2024-03-05T12:30:00Z"),
    ("InvalidDate", "Tue, 05 Mar 2024", "Tue, 5 März 2024"),
    ("InvalidDate", "Tue, 05 Mar 2024", "Tue, 35 Mar 2024"),
    ("WrongWeekday", "Tue, 05 Mar", "Mon, 05 Mar"),
    ("ImplausibleDate", "Tue, 05 Mar 2024", "Sun, 05 Mar 1950"),
    ("DateIsNotUtc", "12:30:00 +0000", "15:30:00 +0300"),
    ("LastBuildDateIsNotTheNewest", "<lastBuildDate>Tue, 05 Mar 2024", "<lastBuildDate>Wed, 06 Mar 2024"),
    ("ItemsNotNewestFirst", "03:30:00", "23:30:00"),
    ("ItemLinkIsNoUri", "<link>https://example.org/1<", "<link>https://example.org/a b<"),
    ("InvalidIsPermaLink", 'isPermaLink="false"', 'isPermaLink="no"'),
    ("PermalinkIsNoWebAddress", 'isPermaLink="false"', 'isPermaLink="true"'),
    ("InvalidUuid", "urn:uuid:", "urn:uuid:z"),
    ("BlankElement", "<category>roads<", "<category> <"),
    ("BlankElement", "<dc:creator>Hêvî<", "<dc:creator><"),
    ("AuthorIsNoMailAddress", "<dc:creator>Hêvî</dc:creator>", "<author>Hêvî</author>"),
    ("AuthorAndCreator", "<category>", "<author>a@example.org (A)</author><category>"),
    ("InvalidEnclosure", "<category>", '<enclosure url="https://example.org/a.mp3"/><category>'),
    ("SourceWithoutUrl", "<category>", "<source>Wire</source><category>"),
    ("InvalidPoint", "36.86709 42.98845", "36.86709,42.98845"),
    ("InvalidPoint", "36.86709 42.98845", "136.86709 42.98845"),
    ("MarkupInPlainText", "<category>roads", "<category><b>roads</b>"),
    ("NamedReferenceInPlainText", "<category>roads", "<category>roads &amp; rails"),
    ("NamedReferenceInPlainText", "<description>Wire", "<description>Wire &lt;b>"),
    ("ContentWithoutDescription", "<description>Traffic flows again.</description>", ""),
    ("ContentWithoutDirection", ' dir="ltr"', ""),
    ("OpenBidiControl", "Bridge reopens<", "Bridge \u202ereopens<"),
    ("OpenBidiControl", "We are", "We \u2067are"),
    ("HtmlUnclosed", "</div>]]", "]]"),
    ("HtmlCrossedTags", "<b", "<i><b"),
    ("HtmlBareAmpersand", "We are", "We & you are"),
    ("HtmlBareLessThan", "We are", "We < are"),
    ("HtmlComment", "We are", "We <!-- --> are"),
    ("HtmlUnsafeElement", "We are", "We <iframe></iframe> are"),
    ("HtmlUnknownElement", "We are", "We <blink>are</blink>"),
    ("HtmlBlockInsideText", "We are", "We <div>are</div>"),
    ("HtmlDuplicateAttribute", 'class="dateline"', 'class="dateline" class="b"'),
    ("HtmlScriptAttribute", 'class="dateline"', 'onclick="x()"'),
    ("HtmlStyle", 'class="dateline"', 'style="quotes:none"'),
    ("HtmlUnknownAttribute", 'class="dateline"', 'bgcolor="red"'),
    ("HtmlRelativeUrl", "We are", '<a href="/x">We</a> are'),
    ("HtmlWrongDirection", ' dir="ltr"', ' dir="left"'),
]

STRUCTURAL_MUTATIONS = [
    ("NoGuid", r"<guid[^\n]*\n", ""),
    ("DuplicateGuid", r"(<guid[^\n]*\n)(.*)<guid[^\n]*\n", r"\1\2\1"),
    ("GuidTooShort", r">urn:uuid:[^<]*<", ">17<"),
    ("NeitherTitleNorDescription", r"<title>Bridge[^\n]*\n(.*?)<description>.*?</item>", r"\1</item>"),
    ("ContentBeforeDescription", r"(<description>Traffic[^\n]*\n)(<content.*?</content:encoded>\n)", r"\2\1"),
    ("MisplacedItem", r"(<link>[^\n]*\n)(.*?)</channel>", r"\2\1</channel>"),
]


@pytest.mark.parametrize(("rule", "right", "wrong"), MUTATIONS)
def test_what_is_broken_on_purpose_is_found(feed: str, rule: str, right: str, wrong: str) -> None:
    assert right in feed
    assert rule in violations(feed.replace(right, wrong, 1 if rule != "RootIsNotRss" else -1).encode())


@pytest.mark.parametrize(("rule", "pattern", "wrong"), STRUCTURAL_MUTATIONS)
def test_what_is_put_in_the_wrong_place_is_found(feed: str, rule: str, pattern: str, wrong: str) -> None:
    mutated, count = re.subn(pattern, wrong, feed, count=1, flags=re.DOTALL)
    assert count == 1
    assert rule in violations(mutated.encode())


def test_bytes_that_are_no_utf_8_are_found(feed: str) -> None:
    assert violations(feed.encode("utf-16")) == ["NotUtf8"]


def test_the_feed_that_is_mutated_breaks_no_rule(feed: str) -> None:
    assert violations(feed.encode()) == []
