"""Content that stands before its frame, and what goes on after the frame interrupted it."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._frames._content import accepts
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._pack import Cue
from copydesk_quotes._phrases._between import past_addressee, past_adverbs, past_aside
from copydesk_quotes._phrases._found import Range, stripped
from copydesk_quotes._phrases._terms import is_outlet

_LEAST: Final = 3
_ASIDE: Final = 20
_PAUSE: Final = f.COMMA | f.DASH
_JOINTS: Final = _PAUSE | f.COLON | f.CONJUNCTION
_SENTENCE_ENDS: Final = f.END | f.SEMICOLON
_OWN_WORDS: Final = f.CUE | f.RELATIVE
_PARTS: Final = f.COMMA | f.COLON | f.DASH | f.END | f.OPEN | f.SEMICOLON
_FINITE: Final = f.CUE | f.VERB | f.AUXILIARY
_PERSON: Final = f.CAPITAL | f.ADDRESSEE | f.DETERMINER | f.TITLE


def content_before(block: Block, anchor: int, floor: int, cue: Cue | None) -> Range | None:
    """The content that ends before the frame beginning at ``anchor``; None where nothing fits."""
    flags = block.flags
    k = anchor - 1
    while k >= floor and flags[k] & _PAUSE and not flags[k] & f.DASHED:
        k -= 1
    if k < floor:
        return None
    pair = block.by_close.get(k)
    start = floor
    while start < k and flags[start] & _JOINTS:
        start += 1
    if pair is not None and pair.open >= floor:
        if block.has(pair.open - 1, f.SCARE) and pair.open > start and not block.pack.cased:
            # A title is the verb's subject: «הספר "המטבח" מציע».
            return None
        return _marked_before(block, pair.open, pair.close, start)
    if (cue is not None and "left" not in cue.takes) or k == anchor - 1:
        return None
    return stripped(block, start, k + 1) if block.words_between(start, k + 1) else None


def _marked_before(block: Block, opening: int, closing: int, start: int) -> Range:
    """Marked words before a frame, with the writer's words that lead into them if there are any."""
    flags = block.flags
    if opening > start and flags[opening - 1] & (f.CONJUNCTION | f.COMMA) and block.pair_around(opening - 2):
        return start, closing + 1
    leads = opening > start and (not flags[opening - 1] & _PARTS or _carries_on(block, start, opening))
    return (start if leads else opening), closing + 1


def _carries_on(block: Block, start: int, opening: int) -> bool:
    """Whether marked words carry on the clause before their comma: «It was shut, “and nobody told us”, he said»."""
    begins = not block.pack.cased or block.has(opening + 1, f.CAPITAL | f.NUMBER | f.PUNCTUATION)
    if begins or not block.has(opening - 1, f.COMMA) or block.words_between(start, opening) < _LEAST:
        return False
    return not block.holds(start, opening, f.MARK)


def closes(block: Block, k: int, limit: int, cue: Cue) -> bool:
    """Whether nothing that could be content follows token ``k`` in its sentence: adverbials at most."""
    flags = block.flags
    k = past_addressee(block, k, limit) if cue.addressee and block.has(k, _PERSON) else k
    k = past_aside(block, past_adverbs(block, k, limit), limit)
    if block.has(k, f.COMMA) and block.has(k + 1, f.COMPLEMENTIZER) and accepts(block, k + 1, cue):
        return _is_about_speaker(block, k, k + 1)
    if k >= limit or flags[k] & (f.END | f.COMMA | f.DASH | f.SEMICOLON | f.CONJUNCTION):
        return True
    if not flags[k] & (f.STOP | f.CLAUSE | f.LINKING) or accepts(block, k, cue):
        return False
    while k < limit and not flags[k] & (f.END | f.COMMA | f.SEMICOLON):
        if k in block.by_open and is_outlet(block, block.by_open[k]):
            k = block.by_open[k].close
        elif flags[k] & f.COLON or k in block.by_open or (not flags[k] & f.RELATIVE and accepts(block, k, cue)):
            return False
        k += 1
    return True


def _is_about_speaker(block: Block, tail: int, k: int) -> bool:
    """Whether a complementizer behind a name and a comma goes on about it: «garante a Proteção Civil, que apela …»."""
    opens = block.has(k, f.COMPLEMENTIZER) and block.has(k, f.CLAUSE)
    return opens and not block.has(tail - 1, f.CUE) and block.has(k + 1, _FINITE)


def resumed(block: Block, tail: int, limit: int, *, marked: bool) -> Range | None:
    """Content that goes on after an interrupting frame: «“The road,” Majid said, “is open.”»."""
    flags, comma = block.flags, 0
    tail = past_adverbs(block, tail, limit)
    for k in range(tail, min(limit, tail + _ASIDE)):
        flag = flags[k]
        pair = block.by_open.get(k) if flag & f.MARK else None
        if pair is not None and not marked and comma and block.words_between(comma, k) > _LEAST:
            # «C, says Majid, it is “open” today»: the marks are a part of what goes on.
            break
        if pair is not None:
            end = min(pair.close + 1, len(block.words))
            near = comma and block.words_between(comma, k) <= _LEAST and not flag & f.DASHED
            start = comma + 1 if near and not block.has(k - 1, f.COMMA | f.COLON) else k
            return (start, end) if comma or flag & f.DASHED or block.has(k - 1, f.COLON | f.DASH) else None
        article = flag & f.DETERMINER and not block.has(k - 1, _PAUSE)
        if flag & _SENTENCE_ENDS or (flag & _OWN_WORDS and k > tail and not article):
            break
        if flag & _PAUSE:
            comma = comma or k
            comma = k if block.words_between(comma, k) > _LEAST else comma
    start = tail
    while start < limit and flags[start] & _JOINTS:
        start += 1
    if start >= limit or not block.has(tail, f.COMMA) or (marked and not flags[start] & f.COMPLEMENTIZER):
        return None
    least = _LEAST if marked or not flags[start] & f.HEARSAY else 2
    if flags[start] & (f.RELATIVE | f.CUE | f.ACCORDING) or block.words_between(start, limit) < least:
        return None
    if _is_about_speaker(block, tail, start) or (marked and block.pack.incise):
        return None
    return stripped(block, start, limit)
