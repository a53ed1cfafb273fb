"""Cut content where the next speech act of the sentence begins."""

from __future__ import annotations

from copydesk_quotes import _flags as f
from copydesk_quotes._block import Block
from copydesk_quotes._found import Found, stripped


def cut(founds: list[Found]) -> None:
    """Shorten content that runs on into a coordinate speech act; what is embedded in it stays."""
    for index, found in enumerate(founds):
        if not found.open_end:
            continue
        start, end = found.spans[-1]
        for other in founds[index + 1 :]:
            if other.anchor >= end:
                break
            at = _cut_at(found.block, start, other)
            if at is not None:
                found.spans[-1] = stripped(found.block, start, at)
                break


def _cut_at(block: Block, start: int, other: Found) -> int | None:
    """The token where ``other`` ends content that began at ``start``; None where it is part of it."""
    at = other.anchor
    if at <= start + 1 or other.rule.startswith(("C", "according trail")):
        return None
    if other.rule.startswith("chain"):
        return at
    before = at - 1
    while (
        before > start
        and block.has(before, f.ADVERB | f.CLAUSE)
        and not block.has(before, f.CONJUNCTION | f.COMPLEMENTIZER)
    ):
        before -= 1
    if block.has(before, f.CONJUNCTION):
        return before
    if block.has(before, f.SEMICOLON) or (block.has(at, f.PREFIXED) and not block.pack.cased):
        return at
    return None
