"""What the tests of the feed share: stories of our own, and a feed made of documents."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, cast

import copydesk
from copydesk_rss import Rss

SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))
PUBLISHED = datetime(2024, 3, 5, 12, 30, tzinfo=UTC)


class MemoryRun:
    """A run whose outputs stay in memory."""

    def __init__(self) -> None:
        self.written = io.BytesIO()

    def output(self, path: Path) -> IO[bytes]:
        return self.written


def rss(**options: Any) -> Rss:
    """The plugin with what it needs, and what is given."""
    needed: dict[str, Any] = {
        "path": Path("feed.xml"),
        "title": "Wire",
        "link": "https://example.org/wire",
        "self_url": "https://example.org/wire/feed.xml",
    }
    return Rss(**(needed | options))


def feed_of(*documents: copydesk.Document, **options: Any) -> bytes:
    """The feed of documents exported in one batch."""
    run, plugin = MemoryRun(), rss(**options)
    plugin.start(cast("copydesk.Run", run))
    plugin.export(documents)
    plugin.finish()
    return run.written.getvalue()


def bare(text: str, **fields: Any) -> copydesk.Document:
    """A document without annotations, named and dated unless told otherwise."""
    usual: dict[str, Any] = {"id": "stories/bare.txt", "published": PUBLISHED}
    return copydesk.Document(text, **(usual | fields))


def story(text: str, *, language: str | None = None, standfirst: bool = False, **fields: Any) -> copydesk.Document:
    """A document whose lines are its headline, perhaps a standfirst, and its paragraphs."""
    lines = [match.span() for match in re.finditer(r"\S(?:.*\S)?", text)]
    kinds = [copydesk.Headline, copydesk.Standfirst if standfirst else copydesk.Paragraph]
    found: list[copydesk.Annotation] = [
        (kinds[index] if index < 2 else copydesk.Paragraph)(*span) for index, span in enumerate(lines)
    ]
    if language is not None:
        found.append(copydesk.Language(0, len(text), tag=language))
    return bare(text, **fields).with_annotations(*found, by="test")


def seed_story(path: Path, age: int) -> copydesk.Document:
    """A seed story as the plugins before the feed would mark it, with its language from the file's name."""
    text = path.read_text("utf-8")
    named = re.match(r"\d+_([a-z]{2,3})_", path.name)
    language = named[1] if named else "ar"
    made = story(
        text,
        language=language,
        standfirst=True,
        id=f"seeds/{path.name}",
        published=PUBLISHED - timedelta(days=age),
        metadata={
            "url": f"https://example.org/{language}/{path.stem}",
            "author": "Nermin Şahin",
            "tags": ["news & views", language],
        },
    )
    return made.with_annotations(*_every_quoted_stretch(text), by="quotes")


def _every_quoted_stretch(text: str) -> list[copydesk.Quote]:
    return [
        quote(text, match[0], speaker='A <speaker> & "co"')
        for match in re.finditer('"[^"\\n]+"|“[^”\\n]+”|«[^»\\n]+»|„[^“\\n]+“', text)
    ]


def quote(text: str, *contents: str, kind: Any = "direct", speaker: str | None = None) -> copydesk.Quote:
    """A quote of stretches that occur in the text."""
    spans = tuple((text.index(content), text.index(content) + len(content)) for content in contents)
    who = copydesk.Speaker(None, None, speaker) if speaker is not None else None
    return copydesk.Quote(spans[0][0], spans[-1][1], kind=kind, spans=spans, text=" ".join(contents), speaker=who)


def dateline(text: str, content: str, *places: copydesk.Place) -> copydesk.Dateline:
    """A dateline that occurs in the text."""
    start = text.index(content)
    end = start + len(content)
    return copydesk.Dateline(start, end, text=content, body_start=end, places=places)


def seed_feed(**options: Any) -> bytes:
    """The feed of all seed stories."""
    return feed_of(*(seed_story(path, age) for age, path in enumerate(SEEDS)), **options)
