"""Dates with the names of months, read from a row of tokens, in any language's order."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from copydesk_dateline._fold import spelling_key
from copydesk_dateline._knowledge import DateWords, Names

_TOKEN = re.compile(r"\d+|[\u0e01-\u0e4e]{1,3}\.[\u0e01-\u0e4e]\.?|[^\W\d_][^\s\d.,;:!?()/|=·—\"«»-]*|[^\s]")
"""«มี.ค.» is one word, with its dots."""
_LONGEST_GAP = 3
_SHORT_NAME = 3
_AFTER_WEEKDAY = ("", "(", "-", "—", ")", "/")


@attrs.frozen
class DateParts:
    """A date as written: ``start`` and ``end`` in the view; ``lead`` is where words that only join it begin."""

    start: int
    end: int
    lead: int
    day: int | None
    month: int | None
    year: int | None
    calendar: str = "gregorian"
    weekday: int | None = None
    other: DateParts | None = None
    """The same day in the other calendar, where both are printed."""


@attrs.frozen
class _Token:
    text: str
    key: str
    start: int
    end: int

    @property
    def number(self) -> int | None:
        return int(self.text) if self.text.isdecimal() and len(self.text) <= 4 else None


def tokens_of(text: str, start: int = 0) -> list[_Token]:
    """Numbers, words and marks from ``start`` on, each with its spelling key."""
    return [_Token(m[0], spelling_key(m[0].replace(".", "")), *m.span()) for m in _TOKEN.finditer(text, start)]


def full_year(year: int, calendar: str = "gregorian") -> int:
    """The year that two figures stand for: 1970 to 2069, 2500 to 2599 of the Buddhist era."""
    if year >= 100:
        return year
    return year + (2500 if calendar == "buddhist" else 2000 if year < 70 else 1900)


@attrs.define
class DateReader:
    """Reads dates with month names from tokens."""

    tokens: list[_Token]
    words: DateWords
    language: str | None
    numeric: dict[int, DateParts]
    """Dates in figures by where they start."""

    def dates(self) -> Iterator[DateParts]:
        position = 0
        while position < len(self.tokens):
            found = self._date(position) if self._may_begin(self.tokens[position]) else None
            if found is None:
                position += 1
                continue
            yield attrs.evolve(found[0], lead=self._lead(position))
            position = found[1]

    def _may_begin(self, token: _Token) -> bool:
        """A date begins with a number or a name."""
        names = self.words.first_words
        return token.text.isdecimal() or token.key in names or token.key[:-1] in names

    def _lead(self, position: int) -> int:
        """Where the words begin that join the date to what is before it: «في 5 مارس»."""
        while position and self.tokens[position - 1].key in self.words.glue:
            position -= 1
        return self.tokens[position].start

    def _date(self, position: int) -> tuple[DateParts, int] | None:
        # «mar» is March and Tuesday: the reading with a weekday goes first, as it takes in more.
        weekday, after = self._weekday(position)
        core = self._core(self._skip(after, self.words.glue)) if weekday is not None else None
        if core is None:
            weekday, core = None, self._core(position)
        if core is None:
            return None
        date, end = core
        if weekday is not None and self._text(end) == ")" and self._opened(position, date.start):
            date, end = attrs.evolve(date, end=self.tokens[end].end), end + 1
        start = self.tokens[position].start if weekday is not None else date.start
        return self._with_other(*self._with_weekday(attrs.evolve(date, start=start, weekday=weekday), end))

    def _opened(self, position: int, start: int) -> bool:
        """Whether a bracket opens between the weekday and the day: «Rabu (20/3/2024)»."""
        return any(token.text == "(" for token in self.tokens[position:] if token.start < start)

    def _with_weekday(self, date: DateParts, end: int) -> tuple[DateParts, int]:
        """Take in a weekday behind the date: «2024. március 5., kedd»."""
        after = self._skip(end, frozenset(), marks=".,")
        found = self._named(after, self.words.weekdays) if date.weekday is None and after > end else None
        if found is None or self._text(found[1]) not in _AFTER_WEEKDAY:
            return date, end
        return attrs.evolve(date, end=self.tokens[found[1] - 1].end, weekday=found[0]), found[1]

    def _core(self, at: int) -> tuple[DateParts, int] | None:
        token = self._token(at)
        numeric = self.numeric.get(token.start) if token is not None else None
        if numeric is not None:
            return numeric, at + sum(token.start < numeric.end for token in self.tokens[at:])
        for form in (self._day_month, self._month_day, self._year_month_day):
            found: tuple[DateParts, int] | None = form(at)
            if found is not None:
                return found
        return None

    def _day_month(self, at: int) -> tuple[DateParts, int] | None:
        """«3 March 2018», «3ی ئازاری», «24 de mayo de 2024», «7 فبراير (شباط) 2018», «21 DEC 89»."""
        day = self._day(at)
        if day is None:
            return None
        ending = self._skip(self._ordinal(at + 1), frozenset(), marks=".-")
        after = self._skip(self._ordinal(ending), self.words.glue, marks=".-")
        month = self._month(after)
        if month is None:
            return None
        number, calendar, end = month
        end = self._dual(self._ordinal(end), number)
        year, end, era = self._year(end)
        return self._made(at, end, day, number, year, era or calendar)

    def _month_day(self, at: int) -> tuple[DateParts, int] | None:
        """«March 3, 2018», «Dec. 9», «kovo 5 d.»."""
        month = self._month(at)
        if month is None:
            return None
        number, calendar, after = month
        after = self._skip(after, frozenset(), marks=".")
        day = self._day(after)
        if day is None:
            return None
        end = self._ordinal(after + 1)
        if self._skip(end, self.words.day_words) > end:
            end = self._skip(self._skip(end, self.words.day_words), frozenset(), marks=".")
        year, end, era = self._year(end)
        return self._made(at, end, day, number, year, era or calendar)

    def _year_month_day(self, at: int) -> tuple[DateParts, int] | None:
        """«2024. március 5.», «2024 m. kovo 5 d.»."""
        token = self._token(at)
        if token is None or token.number is None or len(token.text) != 4:
            return None
        after = self._skip(self._skip(at + 1, frozenset(), marks="."), self.words.eras, marks=".")
        found = self._month_day(after)
        if found is None or found[0].year is not None:
            return None
        date, end = found
        return attrs.evolve(date, start=token.start, lead=token.start, year=token.number), end

    def _made(self, at: int, end: int, day: int, month: int, year: int | None, calendar: str) -> tuple[DateParts, int]:
        start, full = self.tokens[at].start, year if year is None else full_year(year, calendar)
        return DateParts(start, self.tokens[end - 1].end, start, day, month, full, calendar), end

    def _with_other(self, date: DateParts, end: int) -> tuple[DateParts, int]:
        """Take in «الموافق 10 أغسطس 2015 م», the same day in the other calendar."""
        after = self._skip(end, frozenset(), marks=",/(")
        joined = self._skip(after, self.words.same_day)
        other = self._core(self._skip(joined, self.words.glue)) if joined > after or after > end else None
        if other is None or other[0].calendar == date.calendar:
            return date, end
        second, end = other
        if self._text(end) == ")":
            end += 1
        whole = attrs.evolve(date, end=self.tokens[end - 1].end)
        if second.calendar == "gregorian":
            return attrs.evolve(second, start=whole.start, lead=whole.lead, end=whole.end, other=date), end
        return attrs.evolve(whole, other=second), end

    def _day(self, at: int) -> int | None:
        token = self._token(at)
        if token is None:
            return None
        number = self.words.day_numbers.get(token.key) or (token.number if len(token.text) <= 2 else None)
        return number if number and number <= 31 else None

    def _month(self, at: int) -> tuple[int, str, int] | None:
        token, known = self._token(at), self.words.month_words
        if token is None or not (token.key in known or token.key[:-1] in known):
            return None
        for calendar, names in self.words.months.items():
            found = self._named(at, names)
            if found is not None:
                return found[0], calendar, found[1]
        return None

    def _weekday(self, at: int) -> tuple[int | None, int]:
        found = self._named(at, self.words.weekdays)
        if found is None or self._ends_name(at):
            return None, at
        return found[0], self._skip(found[1], frozenset(), marks=",.(")

    def _ends_name(self, at: int) -> bool:
        """«La Paz, 24 nov»: what is a day's short name elsewhere ends a place's name here."""
        token, before = self.tokens[at], self._token(at - 1)
        joined = before is not None and before.end + 1 == token.start and before.text.isalpha()
        return joined and len(token.text) <= _SHORT_NAME

    def _named(self, at: int, names: Names) -> tuple[int, int] | None:
        """The longest name that begins here, its number and the token after it."""
        if at >= len(self.tokens):
            return None
        first = self.tokens[at].key
        longest = names.longest.get(first) or names.longest.get(first[:-1])
        if longest is None:
            return None
        for length in range(min(longest, len(self.tokens) - at), 0, -1):
            key = " ".join([token.key for token in self.tokens[at : at + length]])
            number = names.number(key, self.language)
            if number is None and length == 1:
                number = self._inflected(key, names)
            if number is not None:
                return number, at + length
        return None

    def _inflected(self, key: str, names: Names) -> int | None:
        """«ئازاری» is «ئازار» with the ending that ties it to the year."""
        return names.number(key[:-1], self.language) if len(key) > 3 and key[-1] in "يی" else None

    def _dual(self, at: int, month: int) -> int:
        """Pass over the month's other name: «/ديسمبر», «(شباط)», «مارس آذار»."""
        opening = self._text(at)
        named = self._named(at + (opening in ("/", "(", "-")), self.words.months["gregorian"])
        if named is None or named[0] != month:
            return at
        if opening == "(":
            return named[1] + 1 if self._text(named[1]) == ")" else at
        return named[1]

    def _year(self, at: int) -> tuple[int | None, int, str | None]:
        after = self._skip(self._skip(at, frozenset(), marks=".,/"), self.words.glue)
        token = self._token(after)
        if token is None or token.number is None or len(token.text) not in (2, 4) or after - at >= _LONGEST_GAP:
            return None, at, None
        if len(token.text) == 2 and (after != at or not self._ends_number(after + 1)):
            return None, at, None
        end, era = after + 1, None
        follower = self._token(end)
        if follower is not None and follower.key in self.words.eras and self._is_era(end):
            era = self._calendar_of(follower.key)
            end += 1
        year = token.number
        return year, end, era or _calendar_of_year(year)

    def _ends_number(self, at: int) -> bool:
        """A two-digit year stands alone: «21 DEC 89 (», not «5 March 20 people»."""
        return self._text(at) in ("", "(", "-", "—", ",", ")")

    def _is_era(self, at: int) -> bool:
        """An era's letter is glued to the year or a word of its own, no sentence's first word."""
        return self._text(at + 1) not in ("'", "’")

    def _calendar_of(self, key: str) -> str | None:
        if key in self.words.hijri_eras:
            return "hijri"
        return "jalali" if key in self.words.jalali_eras else None

    def _ordinal(self, at: int) -> int:
        """Pass over what is glued to a number: «th», «-го», «ی»."""
        token, before = self._token(at), self._token(at - 1)
        if token is not None and before is not None and token.start == before.end and token.key in self.words.ordinals:
            return at + 1
        return at

    def _skip(self, at: int, words: frozenset[str], marks: str = "") -> int:
        while (token := self._token(at)) is not None and (token.key in words or token.text in marks):
            at += 1
        return at

    def _token(self, at: int) -> _Token | None:
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def _text(self, at: int) -> str:
        token = self._token(at)
        return token.text if token is not None else ""


def _calendar_of_year(year: int) -> str | None:
    return "jalali" if 2700 <= year <= 2800 else None
