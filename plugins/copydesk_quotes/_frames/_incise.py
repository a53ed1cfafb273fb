"""A frame set between commas or dashes inside the marks, as in French and Spanish: « C, prévient S. C »."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._blocks._marks import Pair
from copydesk_quotes._blocks._parts import Hit
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._pack import Cue
from copydesk_quotes._phrases._found import Found
from copydesk_quotes._phrases._nouns import noun_after

_LEAST: Final = 2
_SAYS: Final = frozenset(("left", "that"))
_OPENS: Final = f.COMMA | f.DASH
_PAUSE: Final = _OPENS | f.END
_TIES: Final = f.HYPHEN | f.AUXILIARY


def incised(block: Block, pair: Pair, hits: list[Hit]) -> Found | None:
    """The speech act of a pair of marks that holds its own frame, None where it holds none."""
    return next((found for hit in hits if (found := _frame(block, pair, hit)) is not None), None)


def _frame(block: Block, pair: Pair, hit: Hit) -> Found | None:
    cue = hit.entry
    if not isinstance(cue, Cue) or cue.role != "main" or "marks" not in cue.takes or _SAYS.isdisjoint(cue.takes):
        return None
    first, start = hit.start, hit.end
    while first > pair.open and block.flags[first - 1] & (_TIES | f.PRONOUN):
        first -= 1
    while block.has(start, _TIES | f.ADVERB) and not block.has(start, f.PRONOUN):
        start += 1
    inverted = next((k for k in range(first, hit.start) if block.flags[k] & f.PRONOUN), -1)
    speaker = noun_after(block, start, pair.close) if inverted < 0 else noun_after(block, inverted, hit.start)
    end = max(speaker.end, hit.end) if speaker else -1
    if speaker is None and "VSC" in block.pack.orders and block.has(first - 1, f.DASH) and block.has(start, f.DASH):
        end = start
    if not block.has(first - 1, _OPENS) or end < 0 or not (end == pair.close or block.has(end, _PAUSE)):
        return None
    if block.words_between(pair.open, first) < _LEAST:
        return None
    spans = [(pair.open, first - 1)]
    after = end
    while after < pair.close and block.flags[after] & _PAUSE:
        after += 1
    if after < pair.close:
        spans.append((after, min(pair.close + 1, len(block.words))))
    sentence = next(part for part in block.sentences if part.start <= hit.start < part.end)
    found = Found(block, sentence, "CVS marks", spans, speaker, (hit.start, hit.end), cue)
    found.anchor, found.tail, found.inherits = first, end, speaker is None
    return found
