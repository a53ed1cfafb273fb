"""Whether a block is worth reading: most hold neither marks nor cues, and cost a look at their words only."""

from __future__ import annotations

from itertools import accumulate
from typing import Final

from copydesk_quotes._blocks._block import NOTED, Block, BlockKind
from copydesk_quotes._languages._flags import ACCORDING, COLON, CUE, DASH, HOT, PHRASE
from copydesk_quotes._languages._lexicon import Lexicon

_CUE_FLAGS: Final = CUE | ACCORDING


def hot_block(text: str, start: int, end: int, kind: BlockKind, lexicon: Lexicon, *, always: bool) -> Block | None:
    """The block's tokens, or None where it has neither marks nor cues and need not be read ``always``."""
    lexicon.forget()
    parts = lexicon.token.split(text[start:end])
    words = parts[1::2]
    flags = list(map(lexicon.__getitem__, words))
    noted = [i for i, flag in enumerate(flags) if flag & NOTED]
    wanted = HOT | COLON if kind == "headline" else HOT
    if not always and not _is_hot(lexicon, words, flags, noted, wanted) and not _opens_with_dash(lexicon, flags):
        return None
    starts = list(accumulate(map(len, parts), initial=start))[1::2]
    return Block(text, kind, lexicon, words, flags, starts, noted)


def _is_hot(lexicon: Lexicon, words: list[str], flags: list[int], noted: list[int], wanted: int) -> bool:
    """Whether a mark or a cue is among the tokens; the first word of a phrase is one only before the second."""
    for i in noted:
        flag = flags[i] & wanted
        if flag and (flag & ~_CUE_FLAGS or not flags[i] & PHRASE or lexicon.is_cue(words, i)):
            return True
    return False


def _opens_with_dash(lexicon: Lexicon, flags: list[int]) -> bool:
    return lexicon.pack.dialogue and bool(flags) and flags[0] & DASH != 0
