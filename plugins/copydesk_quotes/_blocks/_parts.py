"""What a block is read by: its sentences, and the cues in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from copydesk_quotes._languages._pack import According, Cue

LONGEST: Final = 300
"""Tokens in a row that no sentence has."""


class Hit:
    """A cue or according-to phrase on the tokens ``start`` to ``end``."""

    __slots__ = ("end", "entry", "start")

    def __init__(self, start: int, end: int, entry: Cue | According) -> None:
        self.start = start
        self.end = end
        self.entry = entry


class Sentence:
    """The tokens ``start`` to ``end`` of one sentence; marks hold sentences together."""

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end


def pieces(start: int, end: int) -> Iterator[Sentence]:
    """A run of words far longer than any sentence, cut so that looking around in it stays cheap."""
    while end - start > LONGEST:
        yield Sentence(start, start + LONGEST)
        start += LONGEST
    yield Sentence(start, end)
