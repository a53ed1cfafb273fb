"""Regions and countries for the gazetteer: which division is which of GeoNames, and under which names."""

from __future__ import annotations

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from importlib.resources import files
from typing import Any

import attrs

from copydesk_dateline._fold import spelling_key


@attrs.define
class Row:
    """A place on its way into the gazetteer, with every name it is to be found under."""

    id: int
    name: str
    country: str
    admin1: str
    latitude: float | None
    longitude: float | None
    population: int
    kind: str
    names: set[str]
    first: set[str] = attrs.Factory(set)


def find(cities: Iterable[Row], wanted: str) -> Row:
    """The city for «name, COUNTRY» or «name, COUNTRY-ADMIN1»; ValueError where there is none."""
    name, _, where = wanted.rpartition(", ")
    country, _, admin1 = where.partition("-")
    key = spelling_key(name)
    found = [
        city
        for city in cities
        if city.country == country
        and (not admin1 or city.admin1 == admin1)
        and (spelling_key(city.name) == key or key in {spelling_key(n) for n in city.names})
    ]
    if not found:
        raise ValueError(f"data/places.toml: GeoNames has no {wanted!r} among the places kept")
    return max(found, key=lambda city: (spelling_key(city.name) == key, city.population))


def grouped(cities: Iterable[Row]) -> defaultdict[str, list[Row]]:
    """The cities of each country."""
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for city in cities:
        groups[city.country].append(city)
    return groups


def regions(cities: list[Row]) -> Iterator[Row]:
    """First-level divisions, each with the position of its most populous city."""
    from iso3166_2 import Subdivisions

    table = region_table()
    short, skipped = table["short"], table["skipped"]["codes"]
    by_country = grouped(cities)
    number = 0
    for country, divisions_of in Subdivisions().all.items():
        # Divisions of the first level come first, as the first to claim a code of GeoNames names it.
        for code, division in sorted(divisions_of.items(), key=lambda item: bool(item[1]["parentCode"])):
            admin1 = _division_code(by_country[country], division, code.partition("-")[2])
            own = [city for city in by_country[country] if city.admin1 == admin1]
            names = {division["name"], *_local_names(division), *short.get(code, ())}
            if country in table["printed_codes"]:
                names.add(code.partition("-")[2])
            if own and admin1 is not None and code not in skipped:
                number += 1
                yield _region(-2_000_000 - number, _english(division, own), country, admin1, own, names)


def _region(id: int, name: str, country: str, admin1: str, own: list[Row], names: Iterable[str]) -> Row:
    seat = max(own, key=lambda city: city.population)
    kept = {n for n in names if n and len(n) > 1}
    return Row(id, name, country, admin1, seat.latitude, seat.longitude, 0, "region", kept, kept)


def _english(division: dict[str, Any], own: list[Row]) -> str:
    """The English name, where one is told that is no nickname («Lone Star State»)."""
    name: str = division["name"]
    told = (division["localOtherName"] or "").split(",")
    english = [part.partition(" (")[0].strip() for part in told if "(eng)" in part]
    seat = {spelling_key(n) for n in max(own, key=lambda city: city.population).names}
    named_after_seat = next((n for n in english if spelling_key(n) in seat), None)
    if named_after_seat and not name.isascii():
        return named_after_seat
    for ending in (" Shi", " Sheng", "-do", "-teukbyeolsi", "-gwangyeoksi", " Raya"):
        name = name.removesuffix(ending)
    alike = [n for n in english if SequenceMatcher(None, spelling_key(n), spelling_key(name)).ratio() > 0.8]
    return alike[0] if alike else name


def _local_names(division: dict[str, Any]) -> list[str]:
    told = division["localOtherName"] or ""
    return [part.partition(" (")[0].strip() for part in told.split(",") if part.strip()]


def _division_code(cities: list[Row], division: dict[str, Any], iso: str) -> str | None:
    """GeoNames' code of an ISO 3166-2 division: the same code, that of its namesake, or of the cities near it."""
    if not cities or not division["latLng"]:
        return None
    if iso.isalpha() and any(city.admin1 == iso for city in cities):
        return iso
    if cities[0].country == "US":
        return None
    latitude, longitude = division["latLng"]
    keys = {spelling_key(name) for name in (division["name"], *_local_names(division))}
    namesakes = [city for city in cities if spelling_key(city.name) in keys]
    seat = max(namesakes, key=lambda city: city.population, default=None)
    if seat is not None and _distance(seat, latitude, longitude) < 200:
        return seat.admin1
    near = sorted(cities, key=lambda c: _distance(c, latitude, longitude))[:5]
    if _distance(near[0], latitude, longitude) > 500:
        return None
    return Counter(city.admin1 for city in near).most_common(1)[0][0]


def _distance(city: Row, latitude: float, longitude: float) -> float:
    """Kilometres, good enough to find what is near."""
    if city.latitude is None or city.longitude is None:
        return math.inf
    east = (city.longitude - longitude) * math.cos(math.radians(latitude))
    return 111 * math.hypot(city.latitude - latitude, east)


def region_table() -> dict[str, Any]:
    """data/regions.toml."""
    return tomllib.loads(files("copydesk_dateline").joinpath("data/regions.toml").read_text("utf-8"))


def areas(cities: list[Row]) -> Iterator[Row]:
    """The wider areas of data/regions.toml."""
    for number, entry in enumerate(region_table()["areas"].values()):
        seat = find(cities, f"{entry['seat']}, {entry['country']}")
        names = entry["names"]
        shown = next((name for name in names if name.isascii()), names[0])
        yield _region(-3_000_000 - number, shown, entry["country"], seat.admin1, [seat], names)


def countries(known: dict[str, Any]) -> Iterator[Row]:
    """Every country, under its names in all locales."""
    from babel import Locale

    table = region_table()
    territories = [Locale.parse(tag).territories for tag in table["locales"]]
    by_hand = table["countries"]
    for code, country in known.items():
        names = {country["name"], *(t[code] for t in territories if code in t), *by_hand.get(code, ())}
        yield Row(
            country["geonameid"], country["name"], code, "", None, None, country["population"], "country",
            names, names,
        )  # fmt: skip
