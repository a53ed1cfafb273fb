"""What stands between a verb and its content: adverbs, «, in a note,», whom it tells («told reporters that»)."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._languages import _flags as f

_REACH: Final = 6
_ASIDE: Final = 9
_NO_ASIDE: Final = f.PUNCTUATION | f.CUE | f.AUXILIARY | f.VERB | f.HEARSAY | f.RESUMPTIVE | f.PRONOUN


def past_adverbs(block: Block, k: int, limit: int) -> int:
    """Past adverbs and a date in brackets after one: «nesta terça-feira (12)»."""
    flags, start = block.flags, k
    while k < limit and flags[k] & f.ADVERB and not flags[k] & (f.COMPLEMENTIZER | f.MARK):
        k += 1
    if k > start and block.has(k, f.OPEN) and block.has(k + 1, f.NUMBER) and block.has(k + 2, f.CLOSE):
        return past_adverbs(block, k + 3, limit)
    return k


def past_aside(block: Block, k: int, limit: int) -> int:
    """Past «, in a note,» right after a cue, where a complementizer, colon or mark follows its second comma."""
    if (
        not block.has(k, f.COMMA)
        or k + 1 in block.by_open
        or block.has(k + 1, f.COMPLEMENTIZER | f.CLAUSE | f.RELATIVE)
    ):
        return k
    opens = f.COMPLEMENTIZER if "V2C" in block.pack.orders else f.COMPLEMENTIZER | f.INFINITIVE
    for i in range(k + 1, min(limit, k + _ASIDE)):
        flag = block.flags[i]
        if flag & f.COMMA and (block.has(i + 1, opens) or i + 1 in block.by_open):
            return i + 1
        if flag & _NO_ASIDE:
            break
    return k


def past_addressee(block: Block, k: int, limit: int) -> int:
    """Past «reporters», «him», «The Washington Post» after a verb such as «told»."""
    flags = block.flags
    start = k
    while k < limit and flags[k] & (f.DETERMINER | f.TITLE):
        k += 1
    if k == start < limit and flags[k] & f.PRONOUN and block.has(k + 1, f.AUXILIARY | f.VERB):
        return k
    if k < limit and flags[k] & (f.ADDRESSEE | f.PRONOUN) and k == start and not flags[k] & f.CAPITAL:
        return past_adverbs(block, k + 1, limit)
    named = k
    while k < limit and (flags[k] & (f.CAPITAL | f.ADDRESSEE | f.ADVERB | f.HYPHEN)) and not flags[k] & f.PRONOUN:
        k += 1
    if k > named or named == start:
        return k if k > start else k + 1
    return _past_common(block, k, limit)


def _past_common(block: Block, k: int, limit: int) -> int:
    """Past an addressee that the pack does not list, «a packed courtroom», to the subject that content opens with."""
    if block.has(k, f.PRONOUN):
        return k
    for i in range(k, min(limit, k + _REACH)):
        if block.has(i, f.PRONOUN | f.DETERMINER | f.CAPITAL) and i > k:
            return i
        if block.has(i, f.PUNCTUATION | f.CLAUSE | f.STOP | f.AUXILIARY):
            break
    return limit
