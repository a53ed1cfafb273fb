"""The keys that words are listed under, remembered by the words as written."""

from __future__ import annotations

from collections.abc import Callable


class Keys(dict[str, str]):
    """Keys by word; one that another thread has made the lexicon forget meanwhile is made again."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> str:
        key = self[word] = self._make(word)
        return key
