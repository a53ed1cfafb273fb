"""The noun phrase that opens a clause, or the document that one names."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._phrases._nouns import Noun, noun_after

_LONGEST: Final = 24
_PASSED: Final = f.ADVERB | f.CONJUNCTION | f.COMMA
_HARD: Final = f.COLON | f.END | f.SEMICOLON


def first_noun(block: Block, start: int, limit: int, ends: int = 0) -> Noun | None:
    """The noun phrase that opens a clause, adverbials and conjunctions before it passed over."""
    flags = block.flags
    # «یزد- رضا حیدری»: the place that a story opens with.
    i = start + 2 if start == 0 and block.has(1, f.DASH) else start
    while i < limit:
        flag = flags[i]
        if flag & _PASSED or (flag & f.CLAUSE and not flag & f.PRONOUN):
            i += 1
        elif flag & f.STOP and not flag & f.PRONOUN:
            i = _past_adverbial(block, i, limit)
        else:
            break
    return noun_after(block, i, limit, f.FINAL | ends) if i < limit else None


def document_before(block: Block, start: int, limit: int) -> Noun | None:
    """The document that a clause without a speaker names: «in the statement it was said that»."""
    for k in range(limit - 1, start - 1, -1):
        if block.flags[k] & f.DOCUMENT:
            return noun_after(block, k, limit, f.POSTPOSITION)
    return None


def _past_adverbial(block: Block, i: int, limit: int) -> int:
    """Past a prepositional phrase to its comma; where it has none, to the next head noun or past the preposition."""
    head = named = 0
    for k in range(i + 1, min(limit, i + _LONGEST)):
        flag = block.flags[k]
        if flag & f.CAPITAL and not named:
            named = k
        if flag & (f.COMMA | f.POSTPOSITION):
            return k + 1
        if flag & (_HARD | f.MARK | f.CUE):
            break
        if flag & (f.HEAD | f.TITLE) and not head and not block.pack.cased and not block.has(k - 1, f.STOP):
            head = k
    # «Li ser pirsa rojnamevanan | Jiyan bersiv da»: common nouns lead up to the name.
    head = head or (named if named > i + 2 and not block.pack.capital_nouns else 0)
    return i + 1 if block.has(i + 1, f.DOCUMENT) else head or i + 1
