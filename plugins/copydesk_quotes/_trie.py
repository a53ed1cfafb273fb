"""A list of words as one regular expression shaped like a trie, so that each letter is looked at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any


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
    branches = [re.escape(letter) + _pattern(rest) for letter, rest in sorted(node.items()) if letter]
    if not branches:
        return ""
    alone = len(branches) == 1 and "" not in node
    joined = branches[0] if alone else f"(?:{'|'.join(branches)})"
    return f"{joined}?" if "" in node else joined
