"""Speech that dashes set off as marks do: «– C – mówi S. – C», «— C, — смеется S. — C»."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Final

from copydesk_quotes._blocks._marks import Pair
from copydesk_quotes._languages import _flags as f

_REACH: Final = 30
_BEFORE_VERB: Final = f.AUXILIARY | f.ADVERB | f.BLOCKER
_VERBS: Final = f.CUE | f.VERB
_SUBJECT: Final = f.CAPITAL | f.HEAD | f.TITLE | f.PRONOUN
_OPENS: Final = f.CAPITAL | f.NUMBER | f.MARK | f.END
_PAUSE: Final = f.END | f.COMMA
_LONG: Final = "—–"
_TURNED: Final = "¿¡"
_CALLS: Final = "?!"


def dashed(words: list[str], flags: list[int], starts: list[int], dashes: list[int], pairs: list[Pair]) -> list[Pair]:
    """The pairs of a block with those that its dashes make; such dashes become marks."""
    made: list[Pair] = []
    opened = looked = -1
    for i in _outside([i for i in dashes if _sets_off(i, starts, words, flags)], pairs):
        if opened >= 0 and not flags[i - 1] & f.MARK and _verb_behind(flags, i) >= 0:
            made.append(Pair(opened, i, True, 0, False))
            opened = -1
        elif opened < 0 and (_goes_on(flags, i, made) or _begins(words, flags, i)):
            opened = i
        elif opened >= 0 and (pause := _pause(words, flags, max(opened, looked), i)):
            made.append(Pair(opened, pause, True, 0, False))
            opened = i if _goes_on(flags, i, made) else -1
        looked = i - 2
    if opened >= 0 and (pause := _pause(words, flags, max(opened, looked), len(flags))):
        made.append(Pair(opened, pause, True, 0, False))
    elif opened == 0 or (opened > 0 and (made or flags[opened - 1] & f.COLON)):
        end = _writer_after(flags, opened)
        made.append(Pair(opened, end or len(words), end > 0, 0, False))
    for pair in made:
        flags[pair.open] = f.MARK | f.DASHED
        if pair.closed and flags[pair.close] & f.DASH:
            flags[pair.close] = f.MARK | f.DASHED
        elif pair.closed and flags[pair.close + 1] & f.CUE:
            flags[pair.close] |= f.MARK | f.DASHED
    return _nested(made, pairs) if made else pairs


def _pause(words: list[str], flags: list[int], start: int, limit: int) -> int:
    """The sign after which the frame follows without a second dash: «– C, säger S», «— ¿C? dijo S»; 0 where none is."""
    for k in range(start + 1, limit - 1):
        if flags[k + 1] & f.CUE and (flags[k] & f.COMMA or words[k] in _CALLS) and not flags[k + 1] & f.CAPITAL:
            return k
    comma = next((k for k in range(limit - 2, max(start, limit - _REACH), -1) if flags[k] & f.COMMA), 0)
    # «– C, ylikomisario Majid Ali sanoo»
    named = comma and flags[comma + 1] & _SUBJECT and any(flag & f.CUE for flag in flags[comma + 2 : limit])
    return comma if named else 0


def _writer_after(flags: list[int], opened: int) -> int:
    """The full stop after which the writer goes on: «– C. | Dodaje, że C»; 0 where speech runs to the block's end."""
    stop = 0
    for k in range(opened + 2, len(flags) - 1):
        if flags[k] & f.END:
            stop = k
        elif stop and flags[k] & f.CUE and flags[k + 1] & (f.COMMA | f.COLON):
            named = any(flag & (f.HEAD | f.TITLE) for flag in flags[stop + 1 : k])
            if k == stop + 1 or named or any(flag & f.CAPITAL for flag in flags[stop + 2 : k]):
                return stop
    return 0


def _nested(made: list[Pair], pairs: list[Pair]) -> list[Pair]:
    """All pairs in order, those inside dashes one level down; two levels are kept."""
    outer = iter(made)
    around = next(outer, None)
    result = list(made)
    for pair in pairs:
        while around is not None and around.close < pair.open:
            around = next(outer, None)
        inside = around is not None and around.open < pair.open
        if not inside or pair.depth == 0:
            result.append(Pair(pair.open, pair.close, pair.closed, 1, pair.single) if inside else pair)
    return sorted(result, key=attrgetter("open"))


def _outside(dashes: list[int], pairs: list[Pair]) -> Iterator[int]:
    """The dashes that stand in no marks."""
    rest = iter([pair for pair in pairs if pair.depth == 0])
    pair = next(rest, None)
    for i in dashes:
        while pair is not None and pair.close < i:
            pair = next(rest, None)
        if pair is None or i < pair.open:
            yield i


def _sets_off(i: int, starts: list[int], words: list[str], flags: list[int]) -> bool:
    """Whether a dash stands between blanks and ties no words together; a long one may touch one: «—C —dice S—. C»."""
    if i + 1 >= len(words):
        return False
    before = i == 0 or starts[i] > starts[i - 1] + len(words[i - 1])
    after = starts[i + 1] > starts[i] + len(words[i])
    if words[i] not in _LONG:
        return before and after
    return before or (not after and flags[i + 1] & _PAUSE != 0)


def _begins(words: list[str], flags: list[int], i: int) -> bool:
    """Whether a dash opens speech: at the head of a paragraph or sentence, or after a colon."""
    if not flags[i + 1] & _OPENS and words[i + 1] not in _TURNED:
        return False
    if i == 0 or flags[i - 1] & f.COLON:
        return True
    return bool(flags[i - 1] & f.END) and i > 1 and not flags[i - 2] & f.ABBREVIATION


def _goes_on(flags: list[int], i: int, made: list[Pair]) -> bool:
    """Whether a dash after a pause takes speech up again behind its frame: «– C – mówi S. – C»."""
    if not made or i - made[-1].close > _REACH:
        return False
    if not flags[i - 1] & _PAUSE:
        return bool(flags[i + 1] & _PAUSE) and i + 2 < len(flags)
    return not any(flag & f.END for flag in flags[made[-1].close : i - 1])


def _verb_behind(flags: list[int], dash: int) -> int:
    """The verb behind a dash, with a subject after it where it is no listed cue; -1 where none stands there."""
    k = dash + 1
    while k < len(flags) and flags[k] & _BEFORE_VERB and not flags[k] & (_VERBS | f.PUNCTUATION):
        k += 1
    if not 0 <= dash < k < len(flags) or flags[k] & f.CAPITAL or not flags[k] & _VERBS:
        return -1
    if flags[k] & f.CUE:
        return k
    for flag in flags[k + 1 : k + 1 + _REACH]:
        if flag & _SUBJECT:
            return k
        if flag & f.PUNCTUATION:
            break
    return -1
