"""Infinitives with which content begins: «nega | di aver visto», «призвал жителей | беречь воду»."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._languages import _flags as f

_LEAST: Final = 3
_OBJECT: Final = 6
_REACH: Final = 40
_BEFORE_INFINITIVE: Final = f.STOP | f.LINKING | f.INFINITIVE
_NAMED_INFINITIVE: Final = f.INFINITIVE | f.CAPITAL | f.ADVERB
_CLAUSE_ENDS: Final = f.COMMA | f.END | f.COLON | f.SEMICOLON | f.MARK


def infinitive_at_once(block: Block, first: int, limit: int) -> int:
    """The infinitive right after a cue, its preposition passed over: «se comprometió a | abrir»; 0 for none."""
    flag = block.flags[min(first, limit - 1)]
    if not flag & _BEFORE_INFINITIVE or flag & (f.COMPLEMENTIZER | f.CLAUSE) or "V2C" in block.pack.orders:
        return 0
    at = first if block.has(first, f.INFINITIVE) else first + 1
    if block.has(first, f.STOP) and not block.has(at, f.INFINITIVE):
        at = _past_addressed(block, at, limit)
    return at if block.flags[min(at, limit - 1)] & _NAMED_INFINITIVE == f.INFINITIVE and limit - at >= _LEAST else 0


def _past_addressed(block: Block, at: int, limit: int) -> int:
    """The word after whom a verb addresses, and a preposition: «ha raccontato ai carabinieri di | essere scappata»."""
    while at < limit and block.flags[at] & f.DETERMINER:
        at += 1
    at += 1 if block.has(at, f.ADDRESSEE | f.HEAD | f.CAPITAL) else 0
    return at + 1 if block.has(at, f.LINKING) else at


def own_infinitive(block: Block, first: int, limit: int) -> int:
    """The start of an infinitive right after a cue, whose subject is the speaker: «nega di aver visto»; 0 for none."""
    if "V2C" in block.pack.orders:
        end = next((k for k in range(first, limit) if block.has(k, _CLAUSE_ENDS)), limit)
        clause = block.flags[first:end]
        plain = not any(flag & f.COMPLEMENTIZER for flag in clause)
        return first if plain and any(flag & f.INFINITIVE for flag in clause) else 0
    start = first + 1 if block.has(first, f.LINKING) else first
    k = start
    while k < min(limit, start + _LEAST) and block.has(k, f.AUXILIARY | f.BLOCKER | f.PRONOUN):
        if block.has(k, f.INFINITIVE):
            break
        k += 1
    return start if k < limit and block.has(k, f.INFINITIVE) else 0


def addressed_infinitive(block: Block, first: int, limit: int) -> int:
    """The infinitive after a cue and whom it addresses, 0 where there is none: «призвал жителей беречь воду»."""
    for k in range(first, min(limit, first + _OBJECT)):
        if block.has(k, f.INFINITIVE):
            negated = k > first and block.has(k - 1, f.BLOCKER) and block.has(k - 1, f.AUXILIARY)
            return k - 1 if negated else k
        if block.has(k, f.PUNCTUATION | f.CLAUSE | f.CONJUNCTION):
            break
    return 0


def takes_infinitive(block: Block, k: int, limit: int) -> bool:
    """Whether a clause follows the word that opens it; «om» opens an infinitive, not in «om vrijspraak»."""
    if not block.has(k, f.BLOCKER) or "V2C" not in block.pack.orders:
        return True
    return block.holds(k + 1, min(limit, k + _REACH), f.INFINITIVE)
