"""The marked words inside mixed speech as quotes of their own, for languages whose editors count them so."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk_quotes import _flags as f
from copydesk_quotes._block import Block
from copydesk_quotes._found import Found
from copydesk_quotes._marks import Pair

_NAME = 3


def with_fragments(block: Block, founds: list[Found]) -> list[Found]:
    """The block's speech acts in order, each mixed one followed by its marked words."""
    result: list[Found] = []
    for found in founds:
        result.append(found)
        if not found.nested:
            result.extend(_fragments(block, found))
    return result


def _fragments(block: Block, found: Found) -> Iterator[Found]:
    for start, end in found.spans:
        for pair in block.pairs:
            inside = start <= pair.open and pair.closed and pair.close < end
            if inside and (start, end) != (pair.open, pair.close + 1) and not _is_name(block, pair):
                span = pair.open, pair.close + 1
                part = Found(block, found.sentence, "fragment", [span], found.speaker, found.cue, found.entry)
                part.inherits, part.nested = found.inherits, True
                yield part


def _is_name(block: Block, pair: Pair) -> bool:
    """Whether marks set off a name: capitals throughout, or a noun right before them («the airline “Sosoliso”»)."""
    words = [flag for flag in block.flags[pair.open + 1 : pair.close] if not flag & f.PUNCTUATION]
    capitals = all(flag & (f.CAPITAL | f.NUMBER | f.LINKING) for flag in words)
    named = block.has(pair.open - 1, f.CAPITAL) and not block.has(pair.open - 1, f.DETERMINER)
    return (capitals and len(words) > 1) or (named and len(words) <= _NAME) or block.has(pair.open - 1, f.SCARE)
