"""What a frame found: content, speaker and cue as token ranges of one block."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._blocks._parts import Hit, Sentence
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._pack import According, Cue
from copydesk_quotes._phrases._nouns import Noun
from copydesk_quotes._record import Record

Range = tuple[int, int]
_KEPT: Final = f.MARK | f.OPEN | f.CLOSE
_LOOSE_ENDS: Final = f.COMMA | f.COLON | f.DASH | f.SEMICOLON | f.OPEN | f.CONJUNCTION


class Site:
    """Where a frame is tried: a hit in a sentence; content to its left begins at ``floor`` or later."""

    __slots__ = ("block", "floor", "hit", "sentence")

    def __init__(self, block: Block, sentence: Sentence, hit: Hit, floor: int) -> None:
        self.block = block
        self.sentence = sentence
        self.hit = hit
        self.floor = floor

    @property
    def cue(self) -> Cue:
        """The pack's entry for the hit, where it is a cue."""
        entry = self.hit.entry
        if not isinstance(entry, Cue):
            raise TypeError(f"{entry!r} is no cue")
        return entry


class Found(Record):
    """A speech act in one block. Ranges are token indexes, the end not included."""

    block: Block
    sentence: Sentence
    rule: str
    spans: list[Range]
    speaker: Noun | None = None
    cue: Range | None = None
    entry: Cue | According | None = None
    anchor: int = 0
    """The first token of the frame outside its content: where a coordinate clause begins."""
    tail: int = 0
    """The token after the frame outside its content."""
    inherits: bool = False
    """The speaker is whoever spoke before."""
    shares: bool = False
    """The speaker is the subject of the clause before: «… and said»."""
    chains: bool = False
    """A participle: the speaker is whoever spoke or acted in the sentence, else whoever spoke before."""
    lends: Found | None = None
    """A later speech act whose speaker this one shares."""
    announced: Found | None = None
    """The frame at the end of the block before that announces these words: «He said:»."""
    until: int = 0
    """The text offset where marks that the block leaves open are closed, blocks later; 0 where they are not."""
    nested: bool = False
    """The frame stands inside another one's quotation marks."""
    open_end: bool = False
    """The content runs on until something else begins."""


def runs_on(found: Found) -> bool:
    """Whether the content reaches its block's end without a closing mark."""
    block, end = found.block, found.spans[-1][1]
    if block.words_between(end, len(block.words)):
        return False
    pair = block.pair_around(max(end - 1, 0))
    return found.open_end if pair is None else not pair.closed


def stripped(block: Block, start: int, end: int) -> Range:
    """A token range without punctuation at its ends, marks and brackets excepted."""
    flags = block.flags
    while start < end and flags[start] & f.PUNCTUATION and not flags[start] & _KEPT:
        start += 1
    while end > start and flags[end - 1] & _LOOSE_ENDS:
        end -= 1
    if end - 1 > start and flags[end - 1] & f.END:
        end -= 1
    return start, end


def without_mood(block: Block, start: int, end: int) -> Range:
    """A token range without the verb at its end that only says that it is reported: 「…という」."""
    closed = block.pack.words.topics != () and end - 1 > start and block.has(end - 1, f.HEARSAY)
    return (start, end - 1) if closed else (start, end)
