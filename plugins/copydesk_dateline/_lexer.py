"""From a head to a row of items: each piece between marks is a place, a date, an agency, a byline, or something else.

Item letters: P place, R region or country, Q both, C place or agency, A agency, a perhaps an agency, G generic
agency, H host name, h call sign, D date, T time of day, B byline, K desk, X pseudo-place, S section, E «wired»,
N unknown name, U unknown short words, O other text; marks stand for themselves, - for any dash, ~ for a tight
hyphen, $ for the line's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from copydesk_dateline._date_reader import DateParts
from copydesk_dateline._dates import find_dates
from copydesk_dateline._knowledge import Knowledge, KnownAgency
from copydesk_dateline._pieces import Pieces
from copydesk_dateline._view import LONG_DASH

MOST_ITEMS = 32
_MARK = re.compile(
    # Looking at one character first makes the search three times as fast.
    r"(?=[ .:…—(),/|=·&;!?।«»“”„\"-])(?:"
    r"\.? ?[-—]{2,}|[.:][-—](?!\w\.)|\.{3}|…|(?<![\w.])-|(?<=\.)-(?!\w\.)|-(?!\w)|—|(?<=\w)\. (?=—)"
    r"|[(),:/|=·&;!?।]|\.(?=\s|$|[)(/,:])|[«»“”„\"])"
)
_SENTENCE = re.compile(r"[^\d()\[\]{},:/|=·&;!?।.—\-=]{46}")
_TIGHT_SLASH = re.compile(r"(?<=\w)/(?=\w)")
_SHORT_WORD = 4
_ACRONYM = 3
_CJK_DATE_END = "日号일"
_CLOCK = re.compile(r" ?[,/] ?\d{1,2}[:.]\d{2}(?: ?(?:[ap]m|GMT|UTC|МСК))?\b", re.IGNORECASE)
"""«7 марта 2024, 12:10 —», «Mar 7, 2024 / 10:45 am»: when on the day, which is no part of the date."""


@attrs.frozen
class Item:
    """A part of a head: its letter, its span in the view, and what was found under its name."""

    letter: str
    start: int
    end: int
    agency: KnownAgency | None = None
    date: DateParts | None = None


def lex(text: str, knowledge: Knowledge, pieces: Pieces, language: str | None, at: int = 0) -> list[Item]:
    """The items of ``text`` from ``at`` on, up to the first that no dateline has."""
    items: list[Item] = []
    if _SENTENCE.match(text, at):
        return items
    dates = [date for date in find_dates(text, knowledge.dates, language) if date.start >= at]
    for item in _items(text, at, dates, pieces):
        # Behind a date stands who filed, and no place: «Jan 24 aap».
        credit = item.letter == "C" and any(before.letter == "D" for before in items)
        items.append(attrs.evolve(item, letter="a") if credit else item)
        if item.letter == "O" or len(items) >= MOST_ITEMS:
            return items
    items.append(Item("$", len(text), len(text)))
    return items


def _items(text: str, at: int, dates: list[DateParts], pieces: Pieces) -> Iterator[Item]:
    position = at
    for date in dates:
        if date.lead < position:
            continue
        yield from _between(text, position, date.lead, pieces)
        yield Item("D", date.start, date.end, date=date)
        position = date.end
        clock = _CLOCK.match(text, position)
        if clock is not None:
            yield Item("T", *clock.span())
            position = clock.end()
        if text[position - 1] in _CJK_DATE_END:
            filed = pieces.unspaced.filed(text, position)
            if filed:
                yield Item("E", position, position + filed)
                position += filed
    yield from _between(text, position, len(text), pieces)


def _between(text: str, start: int, end: int, pieces: Pieces) -> Iterator[Item]:
    position = start
    while position < end:
        mark = _next_mark(text, position, end, pieces)
        stop = mark.start() if mark else end
        if text[position:stop].strip():
            found = list(_piece(text, position, stop, pieces))
            yield from found
            if mark and found and found[-1].letter in "RD" and mark[0] == "." and not _ends_head(text, mark, end):
                # The dot of «Calif.» is the abbreviation's.
                position = mark.end()
                continue
        if mark is None:
            return
        yield from _mark(mark)
        position = mark.end()


def _next_mark(text: str, position: int, end: int, pieces: Pieces) -> re.Match[str] | None:
    search = position
    while (mark := _MARK.search(text, search, end)) is not None:
        if (mark[0] == "." and _goes_on(text, position, mark.start(), end, pieces)) or (
            mark[0] == "/" and mark.start() > position and _TIGHT_SLASH.match(text, mark.start())
        ):
            search = mark.end()
        else:
            return mark
    return None


def _ends_head(text: str, dot: re.Match[str], end: int) -> bool:
    """Whether a sentence begins behind a region's dot: «Xalapa, Ver. La …»."""
    return text[dot.end() : min(dot.end() + 2, end)].strip()[:1].isalpha()


def _goes_on(text: str, start: int, dot: int, end: int, pieces: Pieces) -> bool:
    """Whether a name goes on behind a dot; a state's short name ends with it: «Xalapa, Ver. La …»."""
    if not _is_abbreviation(text, start, dot, end):
        return False
    name = text[start:dot].strip()
    kind = pieces.classify(name)[0][0]
    if kind == "A" or (len(name) == _SHORT_WORD and kind in "PQ"):
        # «…, ЎзА. Шаҳарда», «Umeå. Tusentals …»; the short words before a name have three letters.
        return False
    return start == 0 or [part[0] for part in pieces.classify(name)] not in (["R"], ["Q"])


def _is_abbreviation(text: str, start: int, dot: int, end: int) -> bool:
    """«St. Paul», «a. M.»: a short word before a dot, a capital after it."""
    following = text[dot + 1 : min(dot + 3, end)]
    if not (len(following) == 2 and following[0] == " " and following[1].isupper()):
        return False
    before = text[start:dot].split()
    if not before or len(before[-1]) > _SHORT_WORD or before[-1].isdecimal():
        return False
    word = before[-1]
    if len(before) > 1 and len(word) == _SHORT_WORD:
        # «Anna Holm. The …»
        return False
    if len(before) == 1 and text[start - 1 : start] in ("/", "("):
        return True
    return len(word) == 1 or (word[0].isupper() and (len(word) < _ACRONYM or not word.isupper()))


def _mark(mark: re.Match[str]) -> Iterator[Item]:
    letter = mark[0].strip()
    if letter == "...":
        letter = "…"
    if letter[-1] in f"-{LONG_DASH}":
        yield Item("-", mark.start(), mark.end())
    elif letter in '«»“”„"':
        return
    elif letter in ";!?":
        yield Item("O", mark.start(), mark.end())
    else:
        yield Item(letter, mark.start(), mark.end())


def _piece(text: str, start: int, end: int, pieces: Pieces) -> Iterator[Item]:
    raw = text[start:end]
    bare = raw.lstrip(" .")
    start += len(raw) - len(bare)
    # «(ANTARA News Kaltim)» is a name, «ANTARA Hujan deras …» begins a story.
    signed = pieces.signed_story(bare) if text[end : end + 1] != ")" else None
    for letter, first, last, agency in signed or pieces.classify(bare.rstrip()):
        yield Item(letter, start + first, start + last, agency)
