"""Subjects where commas string clauses together, as in Chinese: the cue's own clause has its speaker."""

from __future__ import annotations

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._phrases._found import Site
from copydesk_quotes._phrases._nouns import Noun, first_noun

_LIST_COMMA = "、"
_NAME = 10
_BREAKS = f.COMMA | f.SEMICOLON | f.COLON


def clause_subject(site: Site) -> Noun | None:
    """The first noun phrase of the cue's clause, else of the clause before; its anchor opens the clause."""
    block, end = site.block, site.hit.start
    start = _clause_start(block, end, site.floor)
    noun = first_noun(block, start, end)
    if noun is not None:
        return Noun(noun.start, noun.end, start)
    if start - 1 <= site.floor or not block.has(start - 1, f.COMMA):
        return None
    before = _clause_start(block, start - 1, site.floor)
    noun = first_noun(block, before, start - 1)
    # A noun phrase that fills a whole clause holds its verb: it is no name.
    if noun is None or noun.end == start - 1 or block.words_between(noun.start, noun.end) > _NAME:
        return None
    return Noun(noun.start, noun.end, before)


def sourced(site: Site) -> bool:
    """Whether an according-to phrase stands in the cue's clause, which then is a part of it: «据警方介绍»."""
    start = _clause_start(site.block, site.hit.start, site.floor)
    return site.block.holds(start, site.hit.start, f.ACCORDING)


def _clause_start(block: Block, end: int, floor: int) -> int:
    for k in range(end - 1, floor - 1, -1):
        flag = block.flags[k]
        if flag & _BREAKS and (not flag & f.COMMA or block.words[k] != _LIST_COMMA):
            return k + 1
        if flag & f.MARK and k in block.by_close and block.has(k - 1, f.END | f.COMMA):
            return k + 1
    return floor
