"""The marked words inside mixed speech as quotes of their own, for languages whose editors count them so."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._phrases._found import Found
from copydesk_quotes._phrases._terms import is_name


def with_fragments(block: Block, founds: list[Found]) -> list[Found]:
    """The block's speech acts in order, each mixed one followed by its marked words."""
    result: list[Found] = []
    for found in founds:
        result.append(found)
        if not found.nested:
            result.extend(_fragments(block, found))
    return result


def _fragments(block: Block, found: Found) -> Iterator[Found]:
    if all(_is_marked(block, *span) for span in found.spans):
        return
    for start, end in found.spans:
        for pair in block.pairs:
            inside = start <= pair.open and pair.closed and pair.close < end
            if inside and not is_name(block, pair):
                span = pair.open, pair.close + 1
                part = Found(block, found.sentence, "fragment", [span], found.speaker, found.cue, found.entry)
                part.inherits, part.nested = found.inherits, True
                yield part


def _is_marked(block: Block, start: int, end: int) -> bool:
    """Whether a range is one pair of marks and what they hold."""
    pair = block.by_open.get(start)
    return pair is not None and pair.close + 1 >= end
