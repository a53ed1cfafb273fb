"""Headlines that name a speaker before a colon or marks: «Majid Ali: the road stays open», 장관 "C"."""

from __future__ import annotations

from copydesk_quotes import _flags as f
from copydesk_quotes._block import Block
from copydesk_quotes._found import Found, stripped
from copydesk_quotes._nouns import noun_after

_LONGEST_NAME = 6
_LEAST = 3


def colon_headline(block: Block) -> Found | None:
    """The frame of a headline with a name, a colon and words, whether or not the name is one that speaks."""
    sign = next((i for i in range(1, min(_LONGEST_NAME + 1, len(block.flags))) if _opens(block, i)), 0)
    name = noun_after(block, 0, sign) if sign else None
    if name is None or name.end != sign or any(flag & f.NUMBER for flag in block.flags[:sign]):
        return None
    span = stripped(block, sign + (0 if block.has(sign, f.MARK) else 1), len(block.words))
    if block.words_between(*span) < _LEAST:
        return None
    found = Found(block, block.sentences[0], "headline colon", [span], name)
    found.anchor, found.tail = 0, span[0]
    return found


def _opens(block: Block, i: int) -> bool:
    """Whether speech begins at a colon, or without one at a mark that closes the headline: 장관 "C", 首相「C」."""
    pair = block.by_open.get(i)
    bare = pair is not None and bool(block.pack.words.topics) and pair.close == len(block.words) - 1
    return bare or block.has(i, f.COLON)


def speaks(found: Found, others: list[Found]) -> bool:
    """Whether a colon headline is speech: it is in marks, or its name speaks in the story."""
    block = found.block
    pair = block.by_open.get(found.spans[0][0])
    name = found.speaker
    if name is None:
        return False
    if pair is not None and pair.close + 2 >= found.spans[0][1]:
        office = any(flag & (f.TITLE | f.HEAD) for flag in block.flags[name.start : name.end])
        if office or block.has(pair.open - 1, f.COLON):
            return True
    keys = {block.key(i) for i in range(name.start, name.end) if not block.has(i, f.TITLE | f.STOP | f.DETERMINER)}
    return any(
        other.speaker and block.lexicon.key(other.block.words[other.speaker.end - 1]) in keys for other in others
    )
