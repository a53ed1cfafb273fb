"""One document as an RSS item."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import copydesk
from copydesk_rss._html import story_html
from copydesk_rss._languages import with_direction_mark
from copydesk_rss._story import Story, story_of
from copydesk_rss._text import bidi_balanced, escape_html, escape_plain, single_line
from copydesk_rss._uris import feed_uri

SUMMARY_LENGTH = 300
"""Code points of a lead paragraph that a description shows; a standfirst is shown whole."""

_NAMESPACE = uuid.UUID(
    "3624f55d-3f97-4595-9f3d-f212b495debb"
)  # never change it: every reader would see every item anew
_uri = re.compile(r"(?:https?|urn|tag):[!-~]{8,}")


def guid_of(document: copydesk.Document) -> str:
    """The item's permanent name: the document's id where that is a URI, else a UUID made from the id alone.

    It stays the same whatever the feed's title, address, file or pipeline become. Without an id the text names it.
    """
    if _uri.fullmatch(document.id):
        return document.id
    # A file's name may hold bytes that are no UTF-8, which Python reads as lone surrogates.
    name = (document.id or document.text).encode("utf-8", "backslashreplace").decode()
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, name)}"


def rss_date(moment: datetime | None) -> str | None:
    """The moment in UTC as RFC 822 wants it, with a four-digit year; None where there is none."""
    try:
        return format_datetime(moment.astimezone(UTC)) if moment is not None else None
    except OverflowError:
        return None


def item_body(document: copydesk.Document, guid: str, date: str | None) -> str:
    """What stands inside an ``item`` element: its children, one a line, in the order validators want."""
    return "".join(_elements(document, story_of(document), guid, date))


def _elements(document: copydesk.Document, story: Story, guid: str, date: str | None) -> Iterator[str]:
    summary = _summary(story)
    # An item must have a title or a description.
    title = story.title or (single_line(document.id) or guid if not summary else "")
    if title:
        yield f"<title>{escape_plain(with_direction_mark(title, story.direction))}</title>\n"
    link = _link(document)
    if link is not None:
        yield f"<link>{escape_plain(link)}</link>\n"
    yield f'<guid isPermaLink="false">{escape_plain(guid)}</guid>\n'
    if date is not None:
        yield f"<pubDate>{date}</pubDate>\n"
    for author in _lines(document.metadata.get("author")):
        yield f"<dc:creator>{escape_plain(author)}</dc:creator>\n"
    for tag in _lines(document.metadata.get("tags")):
        yield f"<category>{escape_plain(tag)}</category>\n"
    point = _point(story)
    if point is not None:
        yield f"<georss:point>{point}</georss:point>\n"
    if summary:
        # A description holds HTML, so its text is escaped for HTML and then for XML.
        yield f"<description>{escape_html(escape_html(summary))}</description>\n"
        # Our HTML never holds "]]>": a ">" of the text is escaped, one of a tag follows a name or a quote.
        yield f"<content:encoded><![CDATA[{story_html(story)}]]></content:encoded>\n"


def _link(document: copydesk.Document) -> str | None:
    address = document.metadata.get("url")
    return feed_uri(address) if isinstance(address, str) else None


def _lines(value: Any) -> Iterator[str]:
    """The names in a metadata value, which may be one string or several."""
    for name in value if isinstance(value, tuple) else (value,):
        line = single_line(name) if isinstance(name, str) else ""
        if line:
            yield line


def _point(story: Story) -> str | None:
    """Latitude and longitude of the first place of the dateline that is known, in degrees to about a metre."""
    for place in story.datelines[0].places if story.datelines else ():
        latitude, longitude = place.latitude, place.longitude
        if latitude is not None and longitude is not None and abs(latitude) <= 90 and abs(longitude) <= 180:
            return f"{latitude:.5f} {longitude:.5f}"
    return None


def _summary(story: Story) -> str:
    """The standfirst, else the beginning of the first paragraph; empty where there is no text."""
    for kind in ("standfirst", "paragraph", "byline"):
        for block in story.blocks:
            line = single_line(story.text[block.start : block.end]) if block.kind == kind else ""
            if line:
                return line if kind == "standfirst" else _shortened(line)
    return ""


def _shortened(line: str) -> str:
    if len(line) <= SUMMARY_LENGTH:
        return line
    end = line.rfind(" ", SUMMARY_LENGTH // 2, SUMMARY_LENGTH + 1)
    if end < 0:
        # Scripts without spaces are cut between characters, never before a combining one.
        end = SUMMARY_LENGTH
        while end > 1 and unicodedata.category(line[end]).startswith("M"):
            end -= 1
    return bidi_balanced(line[:end].rstrip() + "…")
