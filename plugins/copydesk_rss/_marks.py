"""What is marked inside a paragraph: the dateline, and quotes with their speakers.

HTML's ``q`` makes a browser print quotation marks of its own. Where the story prints marks already they would
show twice, and taking the printed ones out would change the text; a ``style`` against it is refused by feed
validators and stripped by readers. So ``q`` is for direct quotes that are printed without marks, ``span`` for the
other quotes inside a paragraph, and a direct quote that ends its paragraph becomes a ``blockquote``, which adds no
marks. The speaker is always in ``title``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import copydesk
from copydesk_rss._story import Block, Story
from copydesk_rss._text import escape_attribute, single_line

_QUOTATION_MARKS = '"“”„‟«»‹›「」『』《》＂〝〞〟‘‚'
_word = re.compile(r"[^\W_]")
_quotation_mark = re.compile(f"[{_QUOTATION_MARKS}]|^'|'$")


class Mark(NamedTuple):
    """An inline element around ``text[start:end]``."""

    start: int
    end: int
    tag: str
    name: str = ""
    """Its class."""
    speaker: str = ""
    """The ``title`` attribute that names the speaker, ready to be written."""
    is_whole_quote: bool = False
    """Whether it holds all of a direct quote, which may then stand as a block."""

    @property
    def opening(self) -> str:
        name = f' class="{self.name}"' if self.name else ""
        return f"<{self.tag}{name}{self.speaker}>"

    @property
    def closing(self) -> str:
        return f"</{self.tag}>"


class ClosingQuote(NamedTuple):
    """The quote that a paragraph ends with, and where it starts there."""

    start: int
    mark: Mark


def marks_of(story: Story) -> list[Mark]:
    """The marks of the dateline and the quotes, by start, the longer first."""
    marks = [Mark(dateline.start, dateline.end, "b", "dateline") for dateline in story.datelines]
    for quote in story.quotes:
        marks += _quote_marks(story.text, quote)
    return sorted(marks, key=_order)


def by_block(marks: Sequence[Mark], blocks: Iterable[Block]) -> Iterator[list[Mark]]:
    """For each block the marks that reach into it; both come in order."""
    current: list[Mark] = []
    coming = 0
    for block in blocks:
        while coming < len(marks) and marks[coming].start < block.end:
            current.append(marks[coming])
            coming += 1
        current = [mark for mark in current if mark.end > block.start]
        yield current


def within(marks: Iterable[Mark], start: int, end: int) -> list[Mark]:
    """The marks cut to a stretch of the text and to each other, so that any two are nested or apart.

    Of two that cross, the one that begins later ends with the earlier.
    """
    nested: list[Mark] = []
    around: list[Mark] = []
    for mark in sorted([_cut(mark, start, end) for mark in marks], key=_order):
        while around and around[-1].end <= mark.start:
            around.pop()
        inner = _cut(mark, start, around[-1].end) if around else mark
        if inner.start < inner.end and inner not in around:
            nested.append(inner)
            around.append(inner)
    return nested


def closing_quote(text: str, start: int, end: int, marks: Iterable[Mark]) -> ClosingQuote | None:
    """The direct quote that a paragraph consists of, or ends with after words that lead in to it.

    A dateline alone does not lead in: it stays with the words that follow.
    """
    filed = max((min(mark.end, end) for mark in marks if mark.tag == "b"), default=start)
    for mark in marks:
        if mark.is_whole_quote and not _word.search(text, mark.end, end):
            opening = _with_opening_mark(text, start, max(mark.start, start))
            if _word.search(text, filed, opening):
                return ClosingQuote(opening, mark)
            return None if _word.search(text, start, opening) else ClosingQuote(start, mark)
    return None


def _cut(mark: Mark, start: int, end: int) -> Mark:
    if start <= mark.start and mark.end <= end:
        return mark
    return mark._replace(start=max(mark.start, start), end=min(mark.end, end))


def _order(mark: Mark) -> tuple[int, int]:
    return mark.start, -mark.end


def _with_opening_mark(text: str, start: int, opening: int) -> int:
    while opening > start and text[opening - 1] in _QUOTATION_MARKS:
        opening -= 1
    return opening


def _quote_marks(text: str, quote: copydesk.Quote) -> Iterator[Mark]:
    speaker = _speaker_attribute(quote.speaker)
    is_whole = quote.kind == "direct" and len(quote.spans) == 1
    for start, end in quote.spans:
        if quote.kind == "direct" and not _quotation_mark.search(text[max(start - 1, 0) : end + 1]):
            yield Mark(start, end, "q", "", speaker, is_whole)
        else:
            yield Mark(start, end, "span", "quote", speaker, is_whole)


def _speaker_attribute(speaker: copydesk.Speaker | None) -> str:
    if speaker is None:
        return ""
    name = speaker.resolved.text if speaker.resolved is not None else speaker.text
    name = escape_attribute(single_line(name))
    return f' title="{name}"' if name else ""
