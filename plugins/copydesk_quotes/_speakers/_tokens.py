"""A stretch of the text as words."""

from __future__ import annotations

from itertools import accumulate

from copydesk_quotes._languages._lexicon import Lexicon
from copydesk_quotes._speakers._mention import Name, name_of


class Tokens:
    """Words, the gaps before them, flags and offsets."""

    def __init__(self, words: list[str], gaps: list[str], starts: list[int], lexicon: Lexicon) -> None:
        self.words = words
        self.gaps = gaps
        self.starts = starts
        self.flags = list(map(lexicon.__getitem__, words))
        self.lexicon = lexicon

    @classmethod
    def read(cls, text: str, start: int, end: int, lexicon: Lexicon) -> Tokens:
        """The tokens of ``text[start:end]``."""
        parts = lexicon.token.split(text[start:end])
        return cls(parts[1::2], parts[::2], list(accumulate(map(len, parts), initial=start))[1:-1:2], lexicon)

    def name(self, first: int, end: int) -> Name | None:
        return name_of(self.words[first:end], self.flags[first:end], self.starts[first:end], self.lexicon)

    def has(self, i: int, flag: int) -> bool:
        return 0 <= i < len(self.flags) and self.flags[i] & flag != 0
