"""Marks that set off names and titles of works, or are apostrophes, and no speech."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._blocks._marks import Pair
from copydesk_quotes._languages import _flags as f

_NAME_IN_MARKS: Final = 3
_MARKED: Final = 5
_APOSTROPHES: Final = "'’"
_CAPITALS: Final = f.CAPITAL | f.NUMBER | f.PUNCTUATION
_IN_TITLES: Final = _CAPITALS | f.LINKING


def is_name(block: Block, pair: Pair) -> bool:
    """Whether marks set off a name: capitals throughout, or a noun right before them («the airline “Sosoliso”»)."""
    before = block.flags[pair.open - 1] if pair.open else 0
    if before & f.SCARE or is_title(block, pair):
        return True
    if not before & f.CAPITAL or before & f.DETERMINER:
        return False
    if block.pack.capital_nouns and not block.has(pair.open + 1, f.CAPITAL | f.NUMBER):
        return False
    return block.words_between(pair.open, pair.close) <= _NAME_IN_MARKS


def is_title(block: Block, pair: Pair) -> bool:
    """Whether all of several marked words begin with capitals."""
    allowed = _CAPITALS if block.pack.capital_nouns else _IN_TITLES
    words = 0
    for flag in block.flags[pair.open + 1 : pair.close]:
        if not flag & allowed:
            return False
        words += not flag & f.PUNCTUATION
    return words > 1


def is_outlet(block: Block, pair: Pair) -> bool:
    """Whether marks hold a few words with capitals, as behind «told»: «dem „Spiegel“», «der „Bild am Sonntag“»."""
    if not pair.closed or block.words_between(pair.open, pair.close) > _NAME_IN_MARKS:
        return False
    return block.has(pair.open + 1, f.CAPITAL) and block.has(pair.close - 1, f.CAPITAL)


def past_mark(block: Block, i: int, limit: int) -> int:
    """The token after marked words, or an apostrophe, that belong to a name; ``i`` where they do not."""
    pair = block.by_open.get(i)
    if pair is not None and _is_part(block, pair, limit):
        return pair.close + 1
    return i + 1 if is_apostrophe(block, i) else i


def _is_part(block: Block, pair: Pair, limit: int) -> bool:
    """Whether marked words are part of a noun phrase: a short name, which begins with a capital where nouns do."""
    if not pair.closed or pair.close - pair.open > _MARKED or pair.close >= limit:
        return False
    return not block.pack.capital_nouns or block.has(pair.open + 1, f.CAPITAL | f.NUMBER)


def is_apostrophe(block: Block, i: int) -> bool:
    """Whether a mark that opens and closes nothing is a plural's apostrophe: «the bakers' guild»."""
    lone = block.words[i] in _APOSTROPHES and i not in block.by_open and i not in block.by_close
    return lone and i > 0 and block.starts[i] == block.end(i - 1)


def opens_name(block: Block, i: int) -> bool:
    """Whether a preposition is the first word of a name inside a sentence or headline: «zegt | Van der Elst»."""
    inside = i > 0 and not block.has(i - 1, f.END | f.MARK)
    return block.has(i, f.CAPITAL) and (inside or block.kind == "headline") and block.holds(i + 1, i + 3, f.CAPITAL)
