"""Whatever characters come in, the feed is well-formed, breaks no rule, and keeps what can be kept."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from xml.etree import ElementTree as ET

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.plugins.rss.desk import bare, feed_of
from tests.plugins.rss.rules import CONTENT, violations

import copydesk

CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))
BIDI = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
MARKUP = ["]]>", "<![CDATA[", "</title>", "<script>", "&amp;", "&#0;", "&", "<", ">", '"', "'", "<!--", "\r\n", "\n\n"]
OTHERS = ["\ud800", "\udfff", "\ufffd", "\ufffe", "\uffff", "\U0001fffe", "\ufdd0", "\u2028", "\u200c", "\u00a0", "😀"]
WORDS = ["bridge", "جسر", "پرد", "गाँव", "桥", "e\u0301"]

hostile = st.lists(st.sampled_from([*CONTROLS, *BIDI, *MARKUP, *OTHERS, *WORDS, " "]), max_size=12).map("".join)
strings = hostile | st.text(st.characters(codec=None), max_size=20)
tags = st.sampled_from(["ar", "en", "ckb", "x", "", '"><'])


@st.composite
def documents(draw: st.DrawFn) -> copydesk.Document:
    """A document with any strings wherever a document has strings."""
    metadata = {
        "title": draw(strings),
        "author": draw(strings),
        "tags": draw(st.lists(strings, max_size=2)),
        "url": draw(strings | strings.map("https://example.org/{}".format)),
    }
    language = copydesk.Language(0, 0, tag=draw(tags))
    return bare(draw(strings), id=draw(strings), metadata=metadata).with_annotations(language)


@given(st.lists(documents(), min_size=4, max_size=7), strings, strings)
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_strings_make_a_feed_that_breaks_no_rule(stories: list[copydesk.Document], title: str, about: str) -> None:
    # 400 feeds of some 30 strings each.
    stories = [attrs.evolve(story, id=f"{story.id}{number}") for number, story in enumerate(stories)]
    feed = feed_of(*stories, title=f"W{title}", description=f"W{about}")
    assert violations(feed) == []
    assert len(list(ET.fromstring(feed).iter("item"))) == len(stories)


@given(strings)
@settings(max_examples=1500, deadline=None)
def test_every_character_that_a_feed_may_hold_is_kept(text: str) -> None:
    document = bare(text)
    html = ET.fromstring(feed_of(document)).findtext(f"channel/item/{CONTENT}encoded") or ""
    shown = unescape(re.sub("<[^>]*>", "", html))
    expected = "".join(map(_kept, document.text))
    if _BIDI_CONTROLS.search(text):
        shown, expected = _BIDI_CONTROLS.sub("", shown), _BIDI_CONTROLS.sub("", expected)
    assert "".join(shown.split()) == "".join(expected.split())


_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def _kept(character: str) -> str:
    if "\x80" <= character <= "\x9f" and character != "\x85":
        return character.encode("latin-1").decode("cp1252", "ignore")
    is_noncharacter = ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    is_control = unicodedata.category(character) == "Cc" and character not in "\t\n\r\x85"
    return "" if is_noncharacter or is_control or character == "\ufffd" else character


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Road\x00s", "Roads"),
        ("It\x92s  open\x85now", "It\u2019s open now"),
        ("Br\ufffdidge\ufffe\U0010ffff", "Bridge"),
        ("Bridge 😀 e\u0301 \u200fab", "Bridge 😀 e\u0301 \u200fab"),
        ("Open ]]> &amp; <b>", "Open ]]> &amp; <b>"),
        ("a \u202eb", "a \u202eb\u202c"),
        ("a \u2067b \u202ac \u2069d", "a \u2067b \u202ac \u2069d"),
        ("a\u202c b\u2069", "a b"),
        ("a \u2066\u202ab", "a \u2066\u202ab\u202c\u2069"),
    ],
)
def test_titles_are_cleaned_and_their_controls_paired(title: str, written: str) -> None:
    feed = feed_of(bare("Text.", metadata={"title": title}))
    assert ET.fromstring(feed).findtext("channel/item/title") == written


@pytest.mark.parametrize(
    ("language", "title", "written"),
    [
        ("ar", "جسر دهوك", "جسر دهوك"),
        ("ar", "BBC في دهوك", "\u200fBBC في دهوك"),
        ("ckb", "24 !", "\u200f24 !"),
        ("en", "دهوك reopens", "\u200eدهوك reopens"),
        ("en", "24 reopen", "24 reopen"),
    ],
)
def test_a_title_that_begins_in_the_other_direction_is_led_by_a_mark(language: str, title: str, written: str) -> None:
    document = bare("Text.", metadata={"title": title}).with_annotations(copydesk.Language(0, 5, tag=language))
    assert ET.fromstring(feed_of(document)).findtext("channel/item/title") == written


def test_the_title_of_the_feed_is_led_by_a_mark_too() -> None:
    feed = ET.fromstring(feed_of(title="Wire كوردستان", language="ar"))
    assert feed.findtext("channel/title") == "\u200fWire كوردستان"
