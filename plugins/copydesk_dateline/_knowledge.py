"""What newsrooms know: agencies, months, words and shapes, read from the tables in data/ and from the user's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

import attrs
import tomli
from attrs.validators import instance_of

from copydesk_dateline._fold import compact_key, spelling_key
from copydesk_dateline._gazetteer import NAMES
from copydesk_dateline._profiles import Profile
from copydesk_dateline._view import view

_CALENDARS = ("jalali", "ethiopic", "nepali", "buddhist")
"""Of data/dates.toml, besides the Islamic one, whose months go before all others."""


@attrs.frozen
class AgencyEntry:
    """An agency or outlet: its canonical name, the other names it signs with, and where it is at home."""

    name: str = attrs.field(validator=instance_of(str))
    names: tuple[str, ...] = attrs.field(default=(), validator=NAMES)
    home: str = ""
    """ISO 3166 country in which its unqualified places lie first."""
    world: bool = False
    """Files from everywhere, so that ``home`` tells little."""
    leads: bool = False
    """Signs a story with its name alone: «Reuters - …»."""
    exact: bool = False
    """Its names are also words or cities: they count as written here only."""
    generic: bool = False
    """Names nobody: «agencies»."""


@attrs.frozen
class Printed:
    """How newspapers set a town that stands alone."""

    homes: tuple[str, ...] = ()
    """The countries whose newspapers print the story's language."""
    full_stops: bool = False
    """They set a town before a full stop: «Cottbus. Die …»."""
    colons: bool = True
    """They set a town before a colon, or nobody knows the language: «بيروت: …»."""
    colon_countries: frozenset[str] = frozenset()
    """Countries whose newspapers do so in every language: «Madurai: …»."""


@attrs.frozen
class KnownAgency:
    """One spelling of an agency, as the lexicon finds it."""

    id: str
    name: str
    home: str
    world: bool
    leads: bool
    generic: bool
    exact: bool
    sure: bool
    """False where the spelling found is only nearly the one listed, and that is also a word."""


@attrs.define
class Names:
    """Month or weekday names by spelling key: numbers by language."""

    by_key: dict[str, dict[str, int]] = attrs.Factory(dict)
    longest: dict[str, int] = attrs.Factory(dict)
    """By a name's first word, how many words the longest such name has."""

    def add(self, language: str, number: int, names: Iterable[str]) -> None:
        """File every name of one month or day."""
        for name in names:
            key = spelling_key(name)
            self.by_key.setdefault(key, {}).setdefault(language, number)
            first, length = key.split(" ", 1)[0], key.count(" ") + 1
            self.longest[first] = max(self.longest.get(first, 1), length)

    def number(self, key: str, language: str | None) -> int | None:
        """The number that a name stands for, in ``language`` where it has the name, else where most have it."""
        numbers = self.by_key.get(key)
        if numbers is None:
            return None
        if language is not None and language in numbers:
            return numbers[language]
        told = list(numbers.values())
        return max(told, key=told.count)


@attrs.define
class DateWords:
    """The words of dates."""

    months: Mapping[str, Names]
    """By calendar, in the order in which they are tried."""
    weekdays: Names
    glue: frozenset[str]
    ordinals: frozenset[str]
    eras: frozenset[str]
    hijri_eras: frozenset[str]
    jalali_eras: frozenset[str]
    same_day: frozenset[str]
    day_words: frozenset[str]
    day_numbers: Mapping[str, int]
    """Days that are spelt out: «सात मार्च»."""
    spelt_day: re.Pattern[str]
    first_words: frozenset[str]
    """Of every month's and weekday's name, the first word."""
    month_words: frozenset[str]
    """Of every month's name, the first word."""


@attrs.define
class Knowledge:
    """Everything the rules look up, ready to be asked."""

    words: Mapping[str, frozenset[str]]
    dates: DateWords
    profiles: tuple[Profile, ...]
    junk_before: tuple[str, ...]
    languages: Mapping[str, Any]
    """data/languages.toml."""
    colon_countries: frozenset[str]
    reporters: tuple[str, ...]
    """Words that open a byline, as listed."""
    _agencies: dict[str, list[tuple[AgencyEntry, str]]] = attrs.Factory(dict)
    _surfaces: dict[str, set[str]] = attrs.Factory(dict)

    def add_agency(self, id: str, entry: AgencyEntry) -> None:
        """File an agency under every name; an earlier claim on a name stays."""
        for name in (entry.name, *entry.names):
            key = compact_key(name)
            self._agencies.setdefault(key, []).append((entry, id))
            self._surfaces.setdefault(key, set()).add(name)

    def printed_in(self, language: str) -> Printed:
        """What is known of newspapers in a language."""
        table = self.languages
        homes = tuple(table["homes"].get(language, ()))
        colons = not language or language in table["towns_before_colon"]
        return Printed(homes, language in table["towns_before_full_stop"], colons, self.colon_countries)

    def agency(self, text: str, country: str | None = None) -> KnownAgency | None:
        """The agency of that name, however spelt; of several, the one at home in ``country``."""
        key = compact_key(text)
        found = self._agencies.get(key)
        if found is None:
            return None
        entry, agency_id = next((f for f in found if f[0].home == country), found[0]) if country else found[0]
        sure = text in self._surfaces[key] or _is_sure(entry, text, self._surfaces[key])
        return KnownAgency(
            agency_id, entry.name, entry.home, entry.world, entry.leads, entry.generic, entry.exact, sure
        )


def _is_sure(entry: AgencyEntry, text: str, surfaces: set[str]) -> bool:
    if entry.exact:
        return False
    # A word in lower case or title case is no acronym.
    acronym = all(name.isupper() and len(name) <= 5 for name in surfaces)
    return not (acronym and text != text.upper())


def load(
    agencies: Iterable[Mapping[str, AgencyEntry]] = (),
    profiles: Iterable[Profile] = (),
    without: Iterable[str] = (),
) -> Knowledge:
    """Read the package's tables; ``agencies`` and ``profiles`` of the user's go before them."""
    words, languages, unwanted = _table("words"), _table("languages"), set(without)
    own = [Profile(**_tuples(entry)) for entry in _table("profiles")["profiles"]]
    knowledge = Knowledge(
        words={kind: frozenset(map(spelling_key, listed)) for kind, listed in words.items()},
        dates=_date_words(),
        profiles=tuple(p for p in (*profiles, *own) if p.name not in unwanted),
        junk_before=tuple(sorted({_seen(junk) for junk in words["junk_before"]}, key=len, reverse=True)),
        languages=languages,
        colon_countries=frozenset(languages["towns_before_colon_in"]),
        reporters=tuple(words["byline_before"]),
    )
    package = {id_: AgencyEntry(**_tuples(entry)) for id_, entry in _table("agencies").items()}
    for listed in (*agencies, package):
        for agency_id, entry in listed.items():
            knowledge.add_agency(agency_id, entry)
    return knowledge


def _seen(text: str) -> str:
    return view(text, 0, len(text)).text


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def _table(name: str) -> dict[str, Any]:
    text = files("copydesk_dateline").joinpath(f"data/{name}.toml").read_text("utf-8")
    return tomli.loads(text)


def _date_words() -> DateWords:
    table, weekdays = _table("dates"), Names()
    months = {calendar: Names() for calendar in ("hijri", "gregorian", *_CALENDARS)}
    for language, names in _table("months").items():
        for number, month in enumerate(names["months"], 1):
            months["gregorian"].add(language, number, month)
        for number, day in enumerate(names["weekdays"]):
            weekdays.add(language, number, day)
    for calendar in ("hijri", *_CALENDARS):
        for number, month in enumerate(table[calendar], 1):
            months[calendar].add("", number, month)
    kinds = ("glue", "ordinals", "eras", "hijri_eras", "jalali_eras", "same_day", "day_words")
    sets = {kind: frozenset(map(spelling_key, table[kind])) for kind in kinds}
    spelt = {name: number for number, names in enumerate(table["day_numbers"], 1) for name in names}
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, spelt)) + r")(?=\s)")
    month_words = frozenset().union(*(names.longest for names in months.values()))
    return DateWords(
        months,
        weekdays,
        **sets,
        day_numbers={spelling_key(name): number for name, number in spelt.items()},
        spelt_day=pattern,
        first_words=month_words.union(weekdays.longest, map(spelling_key, spelt)),
        month_words=month_words,
    )
