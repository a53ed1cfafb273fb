"""Dates of other calendars as Gregorian ones."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate

_FIRST_YEAR = 1365
_FIRST_DAY = date(1945, 12, 5)
# Umm al-Qura, the official calendar of Saudi Arabia: three hexadecimal digits a year, bit 0 for Muharram,
# set where the month has 30 days.
_LENGTHS = (
    "d55555555d556d5555ea5d2aaaacd5655572da9555aaa55552da6d55a55574dd53d54556d552d5d55d54d4565552da5d"
    "55aad56aad4b52aa574ae97656cb55aaaa554ad95d2da5d9db2ba4b4aa552b5575b6abd2bc4b89a9552d5adb6a6d4dc9"
    "d92aa69562ae56d36ab55aaa94d49d95d2ba5b55aad55a9a92e26e55dada6d46a554ba9754eaae5acba9d92b2564bcab"
    "55ab556d2ea5e4aa9552daad36c7596d269552da5b4ba9ba3b4b69b52aa64b696d2ec6d9eb2d54d2aa564ae96dd6ab54"
    "b29a9352ba57536ab56aae93"
)
_MONTHS = [
    29 + (int(_LENGTHS[year * 3 : year * 3 + 3], 16) >> month & 1)
    for year in range(len(_LENGTHS) // 3)
    for month in range(12)
]
_STARTS = list(accumulate(_MONTHS, initial=0))
_LAST_YEAR = _FIRST_YEAR + len(_MONTHS) // 12 - 1
_KURDISH_BEFORE_PERSIAN = 1321
_ETHIOPIAN_BEGINNING = 2795
"""Ordinal of the day before the first Ethiopian one."""
_NEPALI_MONTHS = (
    (4, 14),
    (5, 15),
    (6, 15),
    (7, 16),
    (8, 17),
    (9, 17),
    (10, 18),
    (11, 17),
    (12, 16),
    (1, 15),
    (2, 13),
    (3, 14),
)
"""Month and day on which the Nepali months begin; a day sooner or later in some years."""
_NEPALI_BEFORE_GREGORIAN = 57
_BUDDHIST_BEFORE_GREGORIAN = 543
_FIRST_BUDDHIST = 2400


def from_hijri(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of an Umm al-Qura date; None outside its tables or its months."""
    # A month that was seen a day earlier elsewhere has a thirtieth day that the tables give to the next one.
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 30):
        return None
    return _FIRST_DAY + timedelta(_STARTS[(year - _FIRST_YEAR) * 12 + month - 1] + day - 1)


def from_jalali(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Persian solar date; Kurdish years count from 1321 years earlier."""
    if year > 2500:
        year -= _KURDISH_BEFORE_PERSIAN
    if not (1200 <= year <= 1600 and 1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    months = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return _new_year(year) + timedelta(months + day - 1)


def from_ethiopic(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of an Ethiopian date: twelve months of thirty days, and one of five or six."""
    if not (1850 <= year <= 2200 and 1 <= month <= 13 and 1 <= day <= (30 if month <= 12 else 6)):
        return None
    return date.fromordinal(_ETHIOPIAN_BEGINNING + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day)


def from_nepali(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Nepali date, right within a day."""
    if not (1950 <= year <= 2200 and 1 <= month <= 12 and 1 <= day <= 32):
        return None
    begins = _NEPALI_MONTHS[month - 1]
    return date(year - _NEPALI_BEFORE_GREGORIAN + (begins[0] < 4), *begins) + timedelta(day - 1)


def from_buddhist(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Thai date; a year that cannot be of the Buddhist era is taken as it is."""
    try:
        return date(year - (_BUDDHIST_BEFORE_GREGORIAN if year >= _FIRST_BUDDHIST else 0), month, day)
    except ValueError:
        return None


def _new_year(year: int) -> date:
    """The first of Farvardin, by the leap years of the 33-year cycle."""
    cycles, since = divmod(year - 979, 33)
    return date(1600, 3, 20) + timedelta(cycles * 12053 + since * 365 + (since + 3) // 4)
