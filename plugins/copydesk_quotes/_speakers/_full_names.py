"""Full names of persons in the paragraph before a speech act: who is written about before who speaks is told."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._speakers._mention import Name, name_of

_PARAGRAPH: Final = 80
_REACH: Final = 1_200
_ENDS: Final = f.PUNCTUATION | f.CUE | f.COMPLEMENTIZER | f.CLAUSE | f.CONJUNCTION | f.STOP
_BETWEEN: Final = f.LINKING | f.STOP | f.DETERMINER | f.PUNCTUATION
_UNNAMED: Final = (
    _ENDS
    | f.ADVERB
    | f.AUXILIARY
    | f.ACCORDING
    | f.PRONOUN
    | f.HEAD
    | f.TITLE
    | f.DETERMINER
    | f.DOCUMENT
    | f.SOURCE
    | f.CROWD
    | f.NUMBER
)
_CALLED: Final = _UNNAMED | f.CAPITAL


def full_name_before(text: str, after: int, block: Block, first: int) -> Name | None:
    """The one person whom an earlier sentence of the paragraph names in full: the last such before ``first``.

    Of several in it, the one that opens the sentence; None where that name begins at offset ``after`` or before.
    """
    if not block.pack.cased:
        return None
    found: list[tuple[int, int]] = []
    lowest = max(0, first - _PARAGRAPH)
    # Whom the words themselves name is asked about, not speaking: «Asked about Ann Field, he said».
    k = next((i for i in range(first - 1, lowest, -1) if block.flags[i] & f.END), lowest)
    while k >= lowest and block.starts[k] > after:
        if block.flags[k] & f.END and found:
            break
        start = _full_name(block, k, lowest) if block.flags[k] & _CALLED == f.CAPITAL else k
        if start < k and _is_person(text, block, start, k + 1):
            found.append((start, k + 1))
        k = min(start, k) - 1
    if not found or any(flag & f.PRONOUN for flag in block.flags[k + 1 : found[-1][0]]):
        return None
    start, end = found[-1]
    if len(found) > 1 and start != k + 1:
        return None
    inside = slice(start, end)
    return name_of(block.words[inside], block.flags[inside], block.starts[inside], block.lexicon)


def name_opening(block: Block, first: int) -> int:
    """The one word that may be the surname with which the sentence of token ``first`` opens; -1 for none.

    Where ``first`` opens a sentence itself, the one before counts; where verbs come first, the word behind one.
    """
    lowest = max(0, first - _PARAGRAPH)
    i = next((i + 1 for i in range(first - 2, lowest - 1, -1) if block.flags[i] & f.END), lowest)
    if block.pack.cased:
        return i if _is_name(block.flags[i]) and not block.has(i + 1, f.CAPITAL) else -1
    i += block.pack.orders[0] == "VSC"
    while i + 2 < first and block.has(i + 1, f.HYPHEN):
        i += 2
    return i if i < first and not block.has(i, _UNNAMED) else -1


def _full_name(block: Block, last: int, lowest: int) -> int:
    """Where the name of two words or more begins that ends in ``last``, its office taken in; ``last`` if none."""
    start = last
    while start > lowest:
        before = start - 1
        between = block.flags[before] & _BETWEEN
        if before > lowest and (between == f.LINKING or (between == f.DETERMINER and block.has(before, f.CAPITAL))):
            # «Ludo van der Berg», «Yannick Le Bihan».
            before -= 1
        if not _is_name(block.flags[before]):
            break
        start = before
    if start == last:
        return last
    while start > lowest and block.has(start - 1, f.ROLE | f.TITLE):
        start -= 1
    return start


def _is_name(flag: int) -> bool:
    return flag & _CALLED == f.CAPITAL


def _is_person(text: str, block: Block, start: int, end: int) -> bool:
    """Whether a name is no place or common noun: an office opens it, or its last word is called again alone."""
    if block.has(start, f.ROLE | f.TITLE):
        return True
    if block.has(start - 1, f.DETERMINER):
        return False
    if not block.pack.capital_nouns and not block.has(start - 1, f.STOP):
        return True
    last, since = block.words[end - 1], block.end(end - 1)
    again = text.find(last, since, since + _REACH)
    return again >= 0 and not text.endswith(block.words[end - 2], since, again - 1)
