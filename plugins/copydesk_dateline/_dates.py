"""Dates in a dateline: found by form, whatever the language, calendar or order of their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk_dateline._date_reader import DateParts, DateReader, full_year, tokens_of
from copydesk_dateline._knowledge import DateWords

_CHINESE = {**{c: i for i, c in enumerate("〇一二三四五六七八九")}, "○": 0, "零": 0, "Ｏ": 0}
_CJK_NUMBER = "[0-9〇○零一二三四五六七八九十]"
_CJK = re.compile(
    rf"(?:(?P<y>{_CJK_NUMBER}{{4}}) ?[年년] ?)?"
    rf"(?:(?P<m>{_CJK_NUMBER}{{1,3}}) ?[月월] ?)?"
    rf"(?P<d>{_CJK_NUMBER}{{1,4}}) ?[日일号]"
)
_CJK_DAYS = "日일号"
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,4})(\. (?=\d{1,2}\. \d{4})|[./-])(\d{1,2})\2(\d{4}|\d{1,2})(?![\d])")
_SHORT = re.compile(
    r"(?<=\()(\d{1,2})[./](\d{1,2})(?=\))|(?<=[A-Z] )(\d{1,2})/(\d{1,2})(?=\))"
    r"|(?<=[,—-] )(\d{1,2}) ?(?:[./—]|--?) ?(\d{1,2})(?= ?\()"
)
"""«(7/3)», «(TTXVN 7/3)», «- 24 - 11 (كونا)»; «(2-1)» is a score."""
_DIGIT = re.compile(rf"{_CJK_NUMBER}")
_HEAD = 100
"""Characters in which a dateline's first digit stands."""
_LONGEST = 75
"""Characters that the same day in two calendars takes behind its first digit."""
_BEFORE_DIGIT = 30
"""Characters that a weekday and a month's name take before it."""


def find_dates(text: str, words: DateWords, language: str | None = None) -> list[DateParts]:
    """Every date in ``text``, from left to right, none inside another."""
    digit = _DIGIT.search(text, 0, _HEAD)
    if digit is None and not text.isascii():
        digit = words.spelt_day.search(text, 0, _HEAD)
    if digit is None:
        return []
    text = text[: digit.start() + _LONGEST]
    found = list(_cjk_dates(text)) if any(mark in text for mark in _CJK_DAYS) else []
    tokens = tokens_of(text, text.rfind(" ", 0, max(0, digit.start() - _BEFORE_DIGIT)) + 1)
    numeric = {date.start: date for date in _numeric_dates(text)}
    if not numeric and not any(t.key in words.month_words or t.key[:-1] in words.month_words for t in tokens):
        return found
    reader = DateReader(tokens, words, language, numeric)
    found += [date for date in reader.dates() if not any(d.start < date.end and date.start < d.end for d in found)]
    return sorted(found, key=lambda date: date.start)


def _numeric_dates(text: str) -> Iterator[DateParts]:
    for match in _NUMERIC.finditer(text):
        first, second, third = int(match[1]), int(match[3]), int(match[4])
        year_first = len(match[1]) == 4
        day, month, year = (third, second, first) if year_first else (first, second, third)
        if month > 12 >= day:
            day, month = month, day
        if len(match[1]) == 3 or not (1 <= month <= 12 and 1 <= day <= 31):
            continue
        calendar = "gregorian" if year > 1700 or year < 100 else "jalali" if year < 1420 else "hijri"
        yield DateParts(*match.span(), match.start(), day, month, full_year(year), calendar)
    for match in _SHORT.finditer(text):
        day, month = (int(figure) for figure in match.groups() if figure)
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield DateParts(*match.span(), match.start(), day, month, None)


def _cjk_dates(text: str) -> Iterator[DateParts]:
    for match in _CJK.finditer(text):
        year, month, day = (_cjk_number(match[part]) for part in "ymd")
        if day is not None and 1 <= day <= 31 and (month is None or 1 <= month <= 12):
            yield DateParts(*match.span(), match.start(), day, month, year)


def _cjk_number(text: str | None) -> int | None:
    if text is None or (text.isdecimal() and text.isascii()):
        return int(text) if text else None
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (_CHINESE.get(tens, 1) if tens else 1) + (_CHINESE.get(ones, 0) if ones else 0)
    return int("".join(str(_CHINESE.get(c, c)) for c in text))
