"""A list of words as one regular expression shaped like a trie, so that each letter is looked at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

_SHELF: Final = 48


def trie_pattern(words: Iterable[str]) -> str:
    """A pattern that matches the longest of the words at a place; empty words are left out."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        if word:
            node[""] = {}
    return _pattern(root)


def _pattern(node: dict[str, Any]) -> str:
    letters = sorted(letter for letter in node if letter)
    if not letters:
        return ""
    branches = [re.escape(letter) + _pattern(node[letter]) for letter in letters]
    alone = len(branches) == 1 and "" not in node
    joined = branches[0] if alone else f"(?:{'|'.join(_shelves(letters, branches))})"
    return f"{joined}?" if "" in node else joined


def _shelves(letters: list[str], branches: list[str]) -> Iterator[str]:
    """Branches in groups that a look at the next letter's range can pass over, for ``re`` tries them one by one."""
    if len(branches) <= _SHELF:
        yield from branches
        return
    for at in range(0, len(branches), _SHELF):
        first, last = letters[at], letters[min(at + _SHELF, len(letters)) - 1]
        group = "|".join(branches[at : at + _SHELF])
        yield f"(?=[{re.escape(first)}-{re.escape(last)}])(?:{group})"
