"""Subjects where commas string clauses together, as in Chinese: the cue's own clause has its speaker."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._phrases._found import Site
from copydesk_quotes._phrases._nouns import Noun
from copydesk_quotes._phrases._openings import first_noun

_LIST_COMMA: Final = "、"
_NAME: Final = 10
_CLAUSE: Final = 2
_NAMED: Final = f.TITLE | f.HEAD
_BREAKS: Final = f.COMMA | f.SEMICOLON | f.COLON


def clause_subject(site: Site) -> Noun | None:
    """The first noun phrase of the cue's clause, else of the clause before; its anchor opens the clause."""
    block, end = site.block, site.hit.start
    start = _clause_start(block, end, site.floor)
    noun = first_noun(block, start, end)
    if noun is not None:
        noun = _described(block, noun, end)
        return Noun(noun.start, noun.end, start)
    if start - 1 <= site.floor or not block.has(start - 1, f.COMMA):
        return None
    before = _clause_start(block, start - 1, site.floor)
    noun = first_noun(block, before, start - 1)
    # A noun phrase that fills a whole clause holds its verb: it is no name.
    if noun is None or noun.end == start - 1 or block.words_between(noun.start, noun.end) > _NAME:
        return None
    if block.holds(site.sentence.start, before, f.CUE) and not block.holds(noun.start, noun.end, _NAMED | f.PRONOUN):
        # 「X指出，规定不变，并承诺C」: the clause between is what X says.
        return None
    return Noun(noun.start, noun.end, before)


def _described(block: Block, noun: Noun, end: int) -> Noun:
    """Whoever a clause before 的 describes: 住在楼上的|李婆婆 (a body before it belongs to the name)."""
    if block.holds(noun.start, min(noun.start + 1, noun.end), _NAMED):
        return noun
    last = next((k for k in range(end - 1, noun.start, -1) if block.flags[k] & f.LINKING), -1)
    inside = block.flags[noun.start : max(last, noun.start)]
    if (
        last < 0
        or any(flag & _NAMED and not flag & f.ROLE for flag in inside)
        or block.words_between(noun.start, last) < _CLAUSE
    ):
        return noun
    whom = first_noun(block, last + 1, end)
    return whom if whom is not None and block.holds(whom.start, whom.end, _NAMED) else noun


def sourced(site: Site) -> bool:
    """Whether an according-to phrase stands in the cue's clause, which then is a part of it: «据警方介绍»."""
    start = _clause_start(site.block, site.hit.start, site.floor)
    return site.block.holds(start, site.hit.start, f.ACCORDING)


def _clause_start(block: Block, end: int, floor: int) -> int:
    for k in range(end - 1, floor - 1, -1):
        flag = block.flags[k]
        if flag & _BREAKS and (not flag & f.COMMA or block.words[k] != _LIST_COMMA):
            return k + 1
        if block.kind == "headline" and block.starts[k + 1] > block.end(k):
            return k + 1
        if flag & f.MARK and k in block.by_close and block.has(k - 1, f.END | f.COMMA):
            return k + 1
    return floor
