"""A document's headlines, standfirsts and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import copydesk
from copydesk_quotes._blocks._block import BlockKind

# One class comes first, so that the search skips all other letters at once.
_BLANK_LINE: Final = re.compile(r"[\r\n\u2028\u2029](?:(?<=\r)\n)?+(?:(?<=\u2029)|\s*[\r\n\u2028])")
_LONGEST: Final = 20_000
_KINDS: dict[type[copydesk.Annotation], BlockKind] = {
    copydesk.Headline: "headline",
    copydesk.Standfirst: "standfirst",
    copydesk.Paragraph: "paragraph",
}


def blocks_of(document: copydesk.Document) -> list[tuple[int, int, BlockKind]]:
    """Start, end and kind of each block that earlier steps found, else of what blank lines part, datelines left out."""
    dateline = document.first(copydesk.Dateline)
    body = dateline.body_start if dateline is not None else -1
    found = sorted([(a.start, a.end, _KINDS[type(a)]) for a in document.annotations if type(a) in _KINDS])
    blocks: list[tuple[int, int, BlockKind]] = []
    for start, end, kind in found or _split(document.text):
        first = body if start < body < end else start
        blocks.extend([(*piece, kind) for piece in _pieces(document.text, first, end)])
    return blocks


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A block, cut at blanks where it is far longer than any paragraph, so that memory stays bounded."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start, start + _LONGEST) + 1 or start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _split(text: str) -> Iterator[tuple[int, int, BlockKind]]:
    start = 0
    for blank in _BLANK_LINE.finditer(text):
        end, following = blank.span()
        if end > start:
            yield start, end, "paragraph"
        start = following
    if start < len(text):
        yield start, len(text), "paragraph"
