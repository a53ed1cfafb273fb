"""Headlines that name a speaker before a colon: «Majid Ali: the road stays open»."""

from __future__ import annotations

from copydesk_quotes import _flags as f
from copydesk_quotes._block import Block
from copydesk_quotes._found import Found, stripped
from copydesk_quotes._nouns import noun_after

_LONGEST_NAME = 6
_LEAST = 3


def colon_headline(block: Block) -> Found | None:
    """The frame of a headline with a name, a colon and words, whether or not the name is one that speaks."""
    colon = next((i for i in range(1, min(_LONGEST_NAME + 1, len(block.flags))) if block.flags[i] & f.COLON), 0)
    name = noun_after(block, 0, colon) if colon else None
    if name is None or name.end != colon or any(flag & f.NUMBER for flag in block.flags[:colon]):
        return None
    span = stripped(block, colon + 1, len(block.words))
    if block.words_between(*span) < _LEAST:
        return None
    found = Found(block, block.sentences[0], "headline colon", [span], name)
    found.anchor, found.tail = 0, colon + 1
    return found


def speaks(found: Found, others: list[Found]) -> bool:
    """Whether a colon headline is speech: it is in marks, or its name speaks in the story."""
    block = found.block
    pair = block.by_open.get(found.spans[0][0])
    if pair is not None and pair.close + 2 >= found.spans[0][1]:
        return True
    name = found.speaker
    if name is None:
        return False
    keys = {block.key(i) for i in range(name.start, name.end) if not block.has(i, f.TITLE | f.STOP | f.DETERMINER)}
    return any(
        other.speaker and block.lexicon.key(other.block.words[other.speaker.end - 1]) in keys for other in others
    )
