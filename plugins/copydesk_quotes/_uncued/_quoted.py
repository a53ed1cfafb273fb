"""Marks that the particle of quotation follows, whatever verb comes then: 市長は「C」と身を乗り出す。"""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._blocks._marks import Pair
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._phrases._found import Range

_REACH: Final = 16
_CLAUSE_ENDS: Final = f.COMMA | f.END | f.MARK


def is_quoted(block: Block, pair: Pair) -> bool:
    """Whether the particle that closes content stands behind marks, whatever verb follows: 「C」と身を乗り出す."""
    after = pair.close + 1
    return (
        bool(block.pack.words.topics)
        and block.has(after, f.FINAL)
        and not block.has(after, f.STOP | f.CUE)
        and not block.has(after + 1, f.SCARE)
    )


def verb_after(block: Block, start: int) -> Range | None:
    """The few words behind that particle up to the clause's end, which do the verb's work."""
    end = next((k for k in range(start, min(start + _REACH, len(block.words))) if block.flags[k] & _CLAUSE_ENDS), start)
    return (start, end) if start < end else None
