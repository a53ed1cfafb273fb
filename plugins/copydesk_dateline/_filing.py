"""What day a dateline's date is, as seen from the day of publication."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import copydesk
from copydesk_dateline._calendars import from_buddhist, from_ethiopic, from_hijri, from_jalali, from_nepali
from copydesk_dateline._date_reader import DateParts

_AHEAD = timedelta(days=1)
_CONVERTERS = {
    "hijri": from_hijri,
    "jalali": from_jalali,
    "ethiopic": from_ethiopic,
    "nepali": from_nepali,
    "buddhist": from_buddhist,
}
_YEARS_APART = {"jalali": -621, "ethiopic": -8, "nepali": 57}
"""What is added to a Gregorian year for the other calendar's year that begins or ends in it."""
_A_DAY_OFF = ("hijri", "nepali")
"""Calendars whose months begin a day sooner or later than reckoned here."""
_WITH_OUR_MONTHS = ("gregorian", "buddhist")


def filing_date(
    parts: DateParts, span: tuple[int, int], text: str, published: datetime | None
) -> copydesk.FilingDate | None:
    """The vocabulary's date; None where day and month are no date of any year."""
    today = published.date() if published is not None else None
    day = _day(parts, today)
    inferred = tuple(name for name in ("year", "month") if getattr(parts, name) is None)
    if day is None:
        value = _without_year(parts)
        return copydesk.FilingDate(*span, text, value, calendar=parts.calendar) if value else None
    other = _day(parts.other, day) if parts.other is not None else None
    return copydesk.FilingDate(
        *span,
        text,
        day.isoformat(),
        inferred=inferred,
        calendar=parts.calendar,
        uncertainty_days=1 if parts.calendar in _A_DAY_OFF else 0,
        mismatch=other is not None and abs((other - day).days) > 1,
    )


def _day(parts: DateParts, today: date | None) -> date | None:
    if parts.day is None:
        return None
    if parts.month is not None and parts.year is not None:
        return _converted(parts.calendar, parts.year, parts.month, parts.day)
    if today is None:
        return None
    return max((day for day in _candidates(parts, parts.day, today) if day <= today + _AHEAD), default=None)


def _candidates(parts: DateParts, number: int, today: date) -> Iterator[date]:
    """The days of the last two years that fit the day, and the month where it is given."""
    months = [parts.month] if parts.month is not None else range(1, 13)
    for year in _years(parts.calendar, today):
        for month in months:
            day = _converted(parts.calendar, year, month, number)
            if day is not None:
                yield day


def _years(calendar: str, today: date) -> range:
    if calendar == "hijri":
        about = round((today.year - 622) * 33 / 32)
        return range(about - 2, about + 3)
    first = today.year + _YEARS_APART.get(calendar, 0)
    return range(first - 8 if calendar in _WITH_OUR_MONTHS else first - 2, first + 2)


def _converted(calendar: str, year: int, month: int, day: int) -> date | None:
    convert = _CONVERTERS.get(calendar)
    if convert is not None:
        return convert(year, month, day)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _without_year(parts: DateParts) -> str | None:
    """ISO 8601 for a day of a year nobody knows; only calendars with its months have such a form."""
    if parts.calendar not in _WITH_OUR_MONTHS or parts.day is None:
        return None
    if parts.month is None:
        return f"---{parts.day:02}"
    return f"--{parts.month:02}-{parts.day:02}"
