"""Relative clauses between a speaker and the verb: «an aide who asked for silence | says»."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._languages import _flags as f

CLAUSE_VERB: Final = f.AUXILIARY | f.CUE
_REACH: Final = 10
_COMPLEMENTIZER: Final = f.COMPLEMENTIZER | f.BLOCKER | f.AUXILIARY
_NAMED: Final = f.DETERMINER | f.CAPITAL | f.HEAD | f.TITLE | f.NUMBER | f.DOCUMENT | f.PRONOUN
_NO_NOUN: Final = f.PUNCTUATION | f.CUE | f.AUXILIARY | f.VERB | f.PRONOUN | f.STOP | f.CLAUSE | f.CONJUNCTION


def relative_before(block: Block, last: int, limit: int) -> int:
    """The relative pronoun whose verb ends at ``last``: «an aide who asked for | silence says»; ``limit`` if none."""
    k = last
    while k > limit and block.has(k, CLAUSE_VERB | f.VERB) and not block.has(k, f.CLAUSE):
        k -= 1
    if k == last or not block.has(k, f.CLAUSE):
        return limit
    joins = block.has(k, f.COMPLEMENTIZER) and not block.has(k - 1, CLAUSE_VERB | f.PUNCTUATION | f.VERB)
    return k if joins or block.has(k, f.RELATIVE) else limit


def relative_around(block: Block, start: int, limit: int) -> int:
    """The relative pronoun that is the subject of words up to a verb: «a man who lives here | said»; ``limit`` if none.

    ``start`` is where the last noun phrase before that verb begins; it is the subject of «whom | the mayor said».
    """
    for k in range(start - 1, max(limit, start - _REACH), -1):
        flag = block.flags[k]
        if flag & f.RELATIVE and flag & f.CLAUSE:
            subject = k < start - 1 or not block.has(start, _NAMED)
            return k if subject and not block.has(k - 1, _NO_NOUN) else limit
        if flag & (f.PUNCTUATION | f.CONJUNCTION) or flag & _COMPLEMENTIZER == f.COMPLEMENTIZER:
            break
    return limit
