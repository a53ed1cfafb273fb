"""Pair quotation marks of any script, also odd, reversed, nested and unclosed ones."""

from __future__ import annotations

from operator import attrgetter
from typing import Final

from copydesk_quotes._languages import _flags as f
from copydesk_quotes._record import Record

_FAMILIES: Final = ("\"“”„‟＂❝❞″״''``,,〝〞〟", "«»", "‹›", "「」", "『』", "'‘’‚‛`")
_FAMILY: Final = {sign: family for family in _FAMILIES for sign in (*family, "''", "``", ",,") if sign in family}
_SINGLE: Final = _FAMILIES[-1]
_OPENS: Final = frozenset(("“", "„", "‟", "❝", "〝", "«", "‹", "「", "『", "‘", "‚", "‛", "``", ",,", "`"))
_CLOSES: Final = frozenset(("”", "❞", "〞", "»", "›", "」", "』", "’"))
_LEADS: Final = f.OPEN | f.COLON | f.DASH | f.MARK
_ENDS: Final = f.COMMA | f.END | f.CLOSE | f.COLON | f.SEMICOLON
_WIDE: Final = frozenset("「」『』")


class Pair(Record):
    """Token indexes of an opening and a closing mark; ``close`` is the token after the last where none closes."""

    open: int
    close: int
    closed: bool
    depth: int
    single: bool


def pair_marks(words: list[str], flags: list[int], starts: list[int], marks: list[int], spaced: bool) -> list[Pair]:
    """Pair the marks of a paragraph, tokens ``marks``, in one pass: outer pairs and the pairs right inside them.

    Where blanks and the sign's own direction disagree, blanks win: «”…“» is how some newsrooms type.
    """
    pairs: list[Pair] = []
    stack: list[tuple[int, str]] = []
    for i in marks:
        sign = words[i]
        family = _FAMILY.get(sign, sign)
        waiting = _waiting(stack, family) if stack else -1
        if _opens(words, flags, starts, i, waiting >= 0, spaced):
            if waiting >= 0 and sign not in _OPENS:
                continue
            stack.append((i, family))
        elif waiting >= 0:
            if waiting < 2:
                pairs.append(Pair(stack[waiting][0], i, True, waiting, family is _SINGLE))
            del stack[waiting:]
    if stack:
        pairs.extend(_unclosed(stack, words, flags))
    pairs.sort(key=attrgetter("open"))
    return pairs


def _waiting(stack: list[tuple[int, str]], family: str) -> int:
    """The innermost open mark of a family, among the last few, or -1."""
    for k in range(len(stack) - 1, max(-1, len(stack) - 4), -1):
        if stack[k][1] == family:
            return k
    return -1


def _unclosed(stack: list[tuple[int, str]], words: list[str], flags: list[int]) -> list[Pair]:
    """An outermost mark that nothing closes runs to the paragraph's end if speech can begin there."""
    i, family = stack[0]
    if family is _SINGLE:
        return []
    begins = i == 0 or flags[i - 1] & (f.COLON | f.COMMA | f.END | f.CUE | f.COMPLEMENTIZER)
    return [Pair(i, len(words), False, 0, False)] if begins else []


def stray_close(words: list[str], flags: list[int], starts: list[int], marks: list[int], first: int) -> int:
    """The token of a mark before ``first`` that closes what an earlier paragraph opened, or -1."""
    for i in marks:
        if i < first and _FAMILY.get(words[i]) is not _SINGLE:
            return -1 if _opens(words, flags, starts, i, True, True) else i
    return -1


def _opens(words: list[str], flags: list[int], starts: list[int], i: int, waiting: bool, spaced: bool) -> bool:
    sign = words[i]
    if sign in _WIDE or (not spaced and sign in _OPENS | _CLOSES):
        return sign in _OPENS
    last = len(words) - 1
    before = i == 0 or starts[i] > starts[i - 1] + len(words[i - 1])
    after = i == last or starts[i + 1] > starts[i] + len(sign) or flags[i + 1] & _ENDS != 0
    if not before and flags[i - 1] & _LEADS:
        before = not waiting or sign in _OPENS
    if not before and not waiting and flags[i - 1] & f.CUE:
        # Kurdish newsrooms type «وتی" C"».
        return True
    if before != after:
        return before
    if sign in _OPENS or sign in _CLOSES:
        # German closes with the sign that English opens with.
        return sign in _OPENS and not (sign in "“‘" and waiting)
    if not before and _FAMILY.get(sign) is _SINGLE:
        return False
    return not waiting
