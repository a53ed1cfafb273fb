"""The plugin: its options, and the run of a feed from the first document to the last byte."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

import attrs

import copydesk
from copydesk_rss._channel import FOOT, Channel
from copydesk_rss._item import guid_of, item_body, rss_date
from copydesk_rss._languages import feed_language
from copydesk_rss._newest import Entry, Newest, Rank, rank
from copydesk_rss._text import single_line
from copydesk_rss._uris import feed_uri, feed_uri_below

_log = logging.getLogger("copydesk_rss")


def _not_blank(_: Any, option: attrs.Attribute[str], value: str | None) -> None:
    if value is not None and not single_line(value):
        raise ValueError(f"{option.name} must not be empty; write a line of text")


def _web_address(_: Any, option: attrs.Attribute[str], value: str | None) -> None:
    if value is not None and feed_uri(value) is None:
        raise ValueError(f"{option.name} must be a whole web address such as https://example.org/news, not {value!r}")


def _rss_language(_: Any, option: attrs.Attribute[str], value: str | None) -> None:
    if value is not None and feed_language(value) is None:
        raise ValueError(f"{option.name} must be a language tag such as ar or pt-BR, not {value!r}")


@copydesk.plugin
class Rss:
    """Write the newest stories as an RSS 2.0 feed that the W3C feed validator accepts without a remark.

    Stories come newest first; those without a date follow in the order they came. Where two have one id the
    newer is kept. Each item has the whole story as HTML, with the dateline and the quotes marked and the right
    direction of writing, the standfirst as its description, and the place of the dateline as ``georss:point``.
    ``url``, ``author`` and ``tags`` of a story's metadata become link, ``dc:creator`` and categories.

    The same stories give the same bytes: ``lastBuildDate`` is the newest story's date, and items are named
    (``guid``) by a story's id alone. Dates before 1990 are written as they are, although the validator doubts them.
    """

    path: Path
    """The feed's file; ``-`` is standard output."""
    title: str = attrs.field(validator=_not_blank)
    """The feed's title."""
    link: str = attrs.field(validator=_web_address)
    """The web page that the feed belongs to."""
    description: str | None = attrs.field(default=None, validator=_not_blank)
    """A sentence about the feed; the title where not given."""
    self_url: str | None = attrs.field(default=None, validator=_web_address)
    """Where the feed itself is published; ``feed.xml`` below ``link`` where not given, with a warning."""
    language: str | None = attrs.field(default=None, validator=_rss_language)
    """The feed's language, that of most stories where not given; as RSS knows it: ``ckb`` is written ``ku``."""
    limit: int = attrs.field(default=50, validator=attrs.validators.ge(0))
    """How many stories the feed holds at most; 0 is all."""

    _output: IO[bytes] = attrs.field(init=False)
    _newest: Newest = attrs.field(init=False)
    _seen: int = attrs.field(init=False)

    @copydesk.hookimpl
    def start(self, run: copydesk.Run) -> None:
        """Open the feed's file."""
        if self.self_url is None:
            _log.warning("self_url is not set: the feed will say that it is published at %s", self._self_url())
        self._output = run.output(self.path)
        self._newest = Newest(self.limit)
        self._seen = 0

    @copydesk.hookimpl
    def export(self, documents: Iterable[copydesk.Document]) -> None:
        """Render the documents that are among the newest so far."""
        for document in documents:
            self._seen += 1
            self._consider(document, rank(document.published, self._seen))

    @copydesk.hookimpl
    def finish(self) -> None:
        """Write the feed."""
        entries = self._newest.entries()
        channel = self._channel(entries)
        self._output.write(channel.head().encode())
        for entry in entries:
            differs = entry.language is not None and entry.language != channel.language
            language = f' xml:lang="{entry.language}"' if differs else ""
            self._output.write(f"<item{language}>\n".encode())
            self._output.write(self._newest.item(entry))
            self._output.write(b"</item>\n")
        self._output.write(FOOT.encode())

    def _consider(self, document: copydesk.Document, rank: Rank) -> None:
        if not self._newest.accepts(rank):
            return
        guid = guid_of(document)
        other = self._newest.get(guid)
        if other is not None:
            _warn_of_duplicate(document, other)
            if rank < other.rank:
                return
        date = rss_date(document.published)
        item = item_body(document, guid, date).encode()
        language = feed_language(document.language) if document.language else None
        self._newest.put(guid, Entry(rank, _name(document), date, language, item))

    def _channel(self, entries: list[Entry]) -> Channel:
        return Channel(
            title=self.title,
            link=feed_uri(self.link) or self.link,
            self_url=self._self_url(),
            description=self.description or self.title,
            language=feed_language(self.language) if self.language else _most_common_language(entries),
            last_build_date=entries[0].date if entries else None,
        )

    def _self_url(self) -> str:
        # Never from the file's name: the same stories give the same bytes wherever they are written.
        link = self.self_url or feed_uri_below(self.link, "feed.xml")
        return feed_uri(link) or link


def _most_common_language(entries: list[Entry]) -> str | None:
    languages = Counter(entry.language for entry in entries if entry.language)
    return languages.most_common(1)[0][0] if languages else None


def _name(document: copydesk.Document) -> str:
    return f"{document.title or 'untitled'!r} ({document.source or 'no source'})"


def _warn_of_duplicate(document: copydesk.Document, other: Entry) -> None:
    _log.warning(
        "two documents have the id %r: %s and %s; the feed keeps the newer",
        document.id,
        other.name,
        _name(document),
    )
