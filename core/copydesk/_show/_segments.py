"""Cutting a text into blocks, and blocks where annotations begin and end, so that these may nest and overlap."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import attrs

from copydesk._show._findings import Mark

_LINE_ENDS = "\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_LINE_END = re.compile(rf"\r\n|[{_LINE_ENDS}]")
_GAP = re.compile(rf"[{_LINE_ENDS}]\s*")


@attrs.frozen
class Segment:
    """A stretch of text with the same marks from end to end."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def blocks(text: str, marks: Iterable[Mark]) -> list[tuple[int, int]]:
    """The spans of headline, paragraphs and so on: parted by blank lines, and by line ends where a mark begins."""
    starts = {mark.start for mark in marks}
    found: list[tuple[int, int]] = []
    begin = len(text) - len(text.lstrip())
    for gap in _GAP.finditer(text, begin):
        is_blank = len(_LINE_END.findall(gap[0])) > 1
        if is_blank or not starts.isdisjoint(range(gap.start() + 1, gap.end() + 1)):
            found.append((begin, gap.start()))
            begin = gap.end()
    last = len(text.rstrip())
    return [(start, end) for start, end in [*found, (begin, last)] if start < end]


def segmented(spans: Sequence[tuple[int, int]], marks: Sequence[Mark]) -> Iterator[list[Segment]]:
    """For each block's span its segments, which together are the block; longer marks come first."""
    cuts = {point for span in spans for point in span} | {point for mark in marks for point in (mark.start, mark.end)}
    opening, closing = defaultdict(list), defaultdict(list)
    for mark in marks:
        opening[mark.start].append(mark)
        closing[mark.end].append(mark)
    ends = dict(spans)
    active: dict[int, Mark] = {}
    block: list[Segment] = []
    block_end = -1
    for start, end in pairwise(sorted(cuts)):
        for mark in closing[start]:
            active.pop(id(mark), None)
        for mark in opening[start]:
            if mark.end > start:
                active[id(mark)] = mark
        if start in ends:
            block, block_end = [], ends[start]
        if start < block_end:
            block.append(Segment(start, end, tuple(sorted(active.values(), key=_longest_first))))
            if end == block_end:
                yield block


def _longest_first(mark: Mark) -> tuple[int, int, str]:
    return mark.start - mark.end, mark.finding, mark.role
