"""The parts of a plain-text story: headline, standfirsts, bylines, paragraphs.

A text file has no markup, so the parts are told by where they stand, how long they are, whether they close
with a full stop, and where the first dateline is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

import copydesk
from copydesk_seedfile._blocks import Line, Span, ends_sentence, paragraphs, read_blocks
from copydesk_seedfile._datelines import opens_body
from copydesk_seedfile._meta import Meta, take_meta

_LONGEST_HEADLINE = 250
_LONGEST_CLOSED_HEADLINE = 110
"""A first block that closes with a full stop is a headline up to here; leads are longer."""
_LONGEST_JOINED_LINE = 100
_LONGEST_STANDFIRST = 400
_LONGEST_OPEN_STANDFIRST = 250
"""Where nothing marks the body's beginning."""
_MOST_STANDFIRSTS = 4
_HEAD = _MOST_STANDFIRSTS + 1
"""The body begins among this many blocks or lines below the headline."""
_SENTENCE_BREAK = re.compile(r"[^\W_]{2}[.!?…؟۔।]['\"’”»›)]*\s|[。！？]['\"’”»」』）]*(?=.)")
_GOES_ON = (":", "：", ",", "،", "，", "؛", ";")


@attrs.frozen
class Story:
    """What a text is made of: its parts in order, and what its head lines said."""

    parts: tuple[copydesk.Annotation, ...]
    meta: Meta


def read_story(text: str) -> Story:
    """Find the parts of a text. Every line that is not blank is in one of them, or was read as a meta line."""
    meta, blocks = take_meta(text, read_blocks(text))
    headline, rest = _take_headline(text, blocks)
    rest = [part for block in rest[:_HEAD] for part in _cut_at_dateline(text, block)] + rest[_HEAD:]
    spans = [span for block in rest for span in paragraphs(text, block)]
    above = _count_standfirsts(text, spans) if headline else 0
    if headline and not above and _has_deck(headline, blocks):
        above = int(_is_brief(text, spans[0]))
    parts = [*_parts(headline, spans, above), *(copydesk.Byline(*span) for span in meta.bylines)]
    return Story(tuple(sorted(parts, key=lambda part: part.start)), meta)


def _parts(headline: Span | None, spans: list[Span], above: int) -> Iterator[copydesk.Annotation]:
    if headline is not None:
        yield copydesk.Headline(*headline)
    for index, (start, end) in enumerate(spans):
        yield copydesk.Standfirst(start, end) if index < above else copydesk.Paragraph(start, end)


def _take_headline(text: str, blocks: list[list[Line]]) -> tuple[Span | None, list[list[Line]]]:
    """The headline, and the blocks without it: a short first block, a first line, or a line up to its tab."""
    if not blocks:
        return None, blocks
    first, rest = blocks[0], blocks[1:]
    if rest and _is_short(text, first):
        whole = Span(first[0].start, first[-1].end)
        if _is_headline(text, whole, alone=False):
            return whole, rest
    if tabbed := _cut_at_tab(text, first[0]):
        first = [*tabbed, *first[1:]]
    alone = len(first) == 1 and not rest
    line = Span(first[0].start, first[0].end)
    if not _is_headline(text, line, alone=alone) or _is_wrapped(text, first):
        return None, blocks
    return line, [first[1:], *rest] if len(first) > 1 else rest


def _has_deck(headline: Span, blocks: list[list[Line]]) -> bool:
    """Whether the headline's block has one more line, which then is no headline: the body stands apart."""
    return len(blocks) > 1 and len(blocks[0]) == 2 and blocks[0][0].end == headline.end


def _is_short(text: str, block: list[Line]) -> bool:
    """Whether a block may be a headline, perhaps one that was broken into a few lines."""
    if block[-1].end - block[0].start > _LONGEST_HEADLINE or "\t" in text[block[0].start : block[-1].end]:
        return False
    return len(block) == 1 or not any(
        line.end - line.start > _LONGEST_JOINED_LINE or ends_sentence(text, line) for line in block
    )


def _is_wrapped(text: str, block: list[Line]) -> bool:
    """Whether a block's first line runs on into the next: a paragraph broken to a page's width."""
    return len(block) > 1 and text[block[1].start].islower()


def _cut_at_tab(text: str, line: Line) -> list[Line]:
    """A line's parts before and after its first tab, where a headline could stand before it."""
    tab = text.find("\t", line.start, min(line.end, line.start + _LONGEST_HEADLINE))
    if tab < 0:
        return []
    before = text[line.start : tab].rstrip()
    after = text[tab : line.end].lstrip()
    return [
        Line(line.start, line.start + len(before), line.indented),
        Line(line.end - len(after), line.end, False),
    ]


def _cut_at_dateline(text: str, block: list[Line]) -> list[list[Line]]:
    """A block cut before a line that opens the body: sub-headlines above it, where no blank line parts them."""
    for index, line in enumerate(block[1:_HEAD], start=1):
        if opens_body(text, line.start, line.end):
            return [block[:index], block[index:]]
    return [block]


def _is_headline(text: str, span: Span, *, alone: bool) -> bool:
    length = span.end - span.start
    if length > _LONGEST_HEADLINE:
        return False
    if not ends_sentence(text, span):
        return not (length > _LONGEST_CLOSED_HEADLINE and opens_body(text, *span))
    if alone or length > _LONGEST_CLOSED_HEADLINE or opens_body(text, *span):
        return False
    return text[span.end - 1] not in "。．"


def _count_standfirsts(text: str, spans: list[Span]) -> int:
    """How many blocks are standfirsts: those above the dateline; where there is none, those without a full stop."""
    head = spans[:_HEAD]
    body = next((index for index, span in enumerate(head) if opens_body(text, *span)), None)
    if body is not None:
        above = head[:body]
        closed = sum(ends_sentence(text, span) for span in above)
        return body if closed <= 1 and all(_is_brief(text, span) for span in above) else 0
    return _count_open(text, head)


def _count_open(text: str, head: list[Span]) -> int:
    count = 0
    while count + 1 < len(head) and _is_open(text, head[count]):
        count += 1
    return count if count < len(head) and ends_sentence(text, head[count]) else 0


def _is_open(text: str, span: Span) -> bool:
    return (
        span.end - span.start <= _LONGEST_OPEN_STANDFIRST
        and not ends_sentence(text, span)
        and text[span.end - 1] not in _GOES_ON
    )


def _is_brief(text: str, span: Span) -> bool:
    """Whether a block has at most two sentences and no more words than a standfirst."""
    if span.end - span.start > _LONGEST_STANDFIRST or text[span.end - 1] in _GOES_ON:
        return False
    return sum(1 for _ in _SENTENCE_BREAK.finditer(text, *span)) <= 1
