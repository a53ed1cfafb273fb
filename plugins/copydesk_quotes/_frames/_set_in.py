"""A frame set into the marked words by dashes, as Slavic newsrooms write: «C, — сказал мэр. — C»."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._blocks._marks import Pair
from copydesk_quotes._blocks._parts import Hit
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._pack import Cue
from copydesk_quotes._phrases._found import Found
from copydesk_quotes._phrases._free_order import subject_after

_REACH: Final = 24
_PAUSE: Final = f.COMMA | f.END


def set_in(block: Block, pair: Pair, hits: list[Hit]) -> Found | None:
    """The speech act of a pair of marks that holds its own frame, None where it holds none."""
    return next((found for hit in hits if (found := _frame(block, pair, hit)) is not None), None)


def _frame(block: Block, pair: Pair, hit: Hit) -> Found | None:
    cue = hit.entry
    if not isinstance(cue, Cue) or not block.has(hit.start - 1, f.DASH) or "marks" not in cue.takes:
        return None
    end = _end(block, hit.end, pair.close)
    if hit.start - 2 <= pair.open or not (block.has(hit.start - 2, _PAUSE) or end < pair.close):
        return None
    start = hit.end
    while start < end and block.has(start, f.ADVERB):
        start += 1
    speaker = subject_after(block, start, end)
    if end >= pair.close and (speaker is None or speaker.end < pair.close):
        return None
    spans = [(pair.open, hit.start - 1)]
    if end < pair.close:
        spans.append((end + 1, min(pair.close + 1, len(block.words))))
    sentence = next(part for part in block.sentences if part.start <= hit.start < part.end)
    found = Found(block, sentence, "CVS marks", spans, speaker, (hit.start, hit.end), cue)
    found.anchor, found.tail, found.inherits = hit.start, end, speaker is None
    return found


def _end(block: Block, start: int, limit: int) -> int:
    """The dash after a pause that ends the frame; ``limit`` where there is none."""
    for k in range(start, min(limit, start + _REACH)):
        if block.has(k, f.DASH):
            return k
    return limit
