"""A document's story, taken apart for the feed: title, language, the blocks of text, what is marked in them."""

from __future__ import annotations

import re
from typing import NamedTuple

import attrs

import copydesk
from copydesk_rss._languages import Direction, language_direction, text_direction
from copydesk_rss._text import single_line

_KINDS: dict[type[copydesk.Annotation], str] = {
    copydesk.Headline: "headline",
    copydesk.Standfirst: "standfirst",
    copydesk.Byline: "byline",
    copydesk.Paragraph: "paragraph",
}
_LINE_END = r"(?>\r\n|[\n\r\x85\u2028])"
_blank_line = re.compile(rf"(?:{_LINE_END}[ \t]*){{2,}}|\u2029")


class Block(NamedTuple):
    """A stretch of the text that is shown as one paragraph."""

    start: int
    end: int
    kind: str
    """``standfirst``, ``byline`` or ``paragraph``."""


@attrs.frozen(kw_only=True)
class Story:
    """What the feed shows of a document."""

    text: str
    title: str
    """On one line; empty where there is none."""
    language: str | None
    """The document's BCP 47 tag, None where it is none."""
    direction: Direction
    blocks: list[Block]
    """In order, not overlapping; they hold all of the text but the headline and blank space."""
    quotes: list[copydesk.Quote]
    datelines: list[copydesk.Dateline]


def story_of(document: copydesk.Document) -> Story:
    """Take a document apart. Text that no annotation claims is cut into paragraphs at blank lines."""
    claimed: list[Block] = []
    quotes: list[copydesk.Quote] = []
    datelines: list[copydesk.Dateline] = []
    for found in document.annotations:
        kind = _KINDS.get(type(found))
        if kind is not None:
            claimed.append(Block(found.start, found.end, kind))
        elif isinstance(found, copydesk.Quote):
            quotes.append(found)
        elif isinstance(found, copydesk.Dateline):
            datelines.append(found)
    tag = document.language
    language = tag if tag is not None and copydesk.is_language_tag(tag) else None
    return Story(
        text=document.text,
        title=single_line(document.title or ""),
        language=language,
        direction=(language_direction(language) if language else None) or text_direction(document.text),
        blocks=_blocks(document, claimed),
        quotes=quotes,
        datelines=datelines,
    )


def _blocks(document: copydesk.Document, claimed: list[Block]) -> list[Block]:
    text = document.text
    blocks: list[Block] = []
    position = 0
    # By start, then end: a headline at the head of an all-embracing paragraph comes before it.
    for block in sorted(claimed):
        start, end, kind = block
        if end <= position or start == end:
            continue
        if not text[position:start].isspace():
            blocks += _unclaimed(text, position, start)
        blocks.append(block if start >= position else Block(position, end, kind))
        position = end
    blocks += _unclaimed(text, position, len(text))
    if blocks and _repeats_title(document, blocks[0]):
        del blocks[0]
    return [block for block in blocks if block.kind != "headline"]


def _unclaimed(text: str, start: int, end: int) -> list[Block]:
    cuts = [start, *(cut for match in _blank_line.finditer(text, start, end) for cut in match.span()), end]
    stretches = [_trimmed(text, *cuts[i : i + 2]) for i in range(0, len(cuts), 2)]
    return [Block(start, end, "paragraph") for start, end in stretches if start < end]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    stretch = text[start:end]
    return start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())


def _repeats_title(document: copydesk.Document, block: Block) -> bool:
    title = document.metadata.get("title")
    return isinstance(title, str) and title.split() == document.text[block.start : block.end].split()
