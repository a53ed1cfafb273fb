"""A text's lines and the blocks they stand in, by offsets; the text itself is never touched."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

INVISIBLE = "".join(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)))
"""Characters without width: joiners, bidirectional marks, byte order marks."""
_BLANK = INVISIBLE + "".join(c for c in map(chr, range(0x3001)) if c.isspace())
_PARAGRAPH_SEPARATOR = "\u2029"
_INDENT = re.compile(r"[ \t\u00a0\u2000-\u200a]{2}|\t|\u3000")
_ENDS_SENTENCE = re.compile(r"[.!?…؟۔。！？।॥።։]['\"’”»›」』)）\]]*$")

_HARD_WRAP = 120
"""Lines longer than this were not broken to fit a page: each is a paragraph."""


class Span(NamedTuple):
    """``text[start:end]``, without white space at either end."""

    start: int
    end: int


class Line(NamedTuple):
    """A line that is not blank; ``indented`` where white space came before it."""

    start: int
    end: int
    indented: bool


def is_blank(text: str) -> bool:
    """Whether a text shows nothing: white space and invisible characters only."""
    return not text.strip(_BLANK)


def read_blocks(text: str) -> list[list[Line]]:
    """The blocks of a text: runs of lines with no blank line between them.

    Lines end as ``str.splitlines`` has it: LF, CRLF, CR, VT, FF, FS, GS, RS, NEL, U+2028, U+2029; the last
    also ends its block. Lines of white space and invisible characters only are blank.
    """
    blocks: list[list[Line]] = []
    block: list[Line] = []
    at = 0
    for raw in text.splitlines(keepends=True):
        start, at = at, at + len(raw)
        line = _line(raw, start)
        if line is not None:
            block.append(line)
        if block and (line is None or raw.endswith(_PARAGRAPH_SEPARATOR)):
            blocks.append(block)
            block = []
    if block:
        blocks.append(block)
    return blocks


def _line(raw: str, at: int) -> Line | None:
    stripped = raw.strip()
    if not stripped or (stripped[0] in INVISIBLE and is_blank(stripped)):
        return None
    start = at + raw.index(stripped[0])
    return Line(start, start + len(stripped), _INDENT.match(raw) is not None)


def ends_sentence(text: str, span: Span | Line) -> bool:
    """Whether a stretch closes with a full stop or its like, quotation marks and brackets after it included."""
    return _ENDS_SENTENCE.search(text, max(span.start, span.end - 8), span.end) is not None


def paragraphs(text: str, lines: list[Line]) -> list[Span]:
    """The paragraphs of one block: its lines, or the lines of a page's width joined up again."""
    if len(lines) == 1:
        return [Span(lines[0].start, lines[0].end)]
    starts = _paragraph_starts(text, lines)
    bounds = [*starts, len(lines)]
    return [Span(lines[a].start, lines[b - 1].end) for a, b in pairwise(bounds)]


def _paragraph_starts(text: str, lines: list[Line]) -> list[int]:
    """Which lines begin a paragraph, by their index."""
    indented = [index for index, line in enumerate(lines) if line.indented]
    if indented and len(indented) < len(lines):
        return sorted({0, *indented})
    closed = sum(ends_sentence(text, line) for line in lines[:-1])
    if 2 * closed >= len(lines) - 1 or any(line.end - line.start > _HARD_WRAP for line in lines):
        return list(range(len(lines)))
    return [0]
