"""Regions and countries for the gazetteer: which division is which of GeoNames, and under which names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

import attrs
import tomli

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
    """The divisions of data/divisions.toml, each with the position of its most populous city."""
    by_country = grouped(cities)
    number = 0
    for country, listed in _table("divisions").items():
        for admin1, *names in listed:
            own = [city for city in by_country[country] if city.admin1 == admin1]
            if own:
                number += 1
                yield _region(-2_000_000 - number, names[0], country, admin1, own, names)


def _region(id: int, name: str, country: str, admin1: str, own: list[Row], names: Iterable[str]) -> Row:
    seat = max(own, key=lambda city: city.population)
    kept = {n for n in names if n and len(n) > 1}
    kept |= {f"St. {n.removeprefix('Saint ')}" for n in kept if n.startswith("Saint ")}
    return Row(id, name, country, admin1, seat.latitude, seat.longitude, 0, "region", kept, kept)


def region_table() -> dict[str, Any]:
    """data/regions.toml."""
    return _table("regions")


def _table(name: str) -> dict[str, Any]:
    return tomli.loads(files("copydesk_dateline").joinpath(f"data/{name}.toml").read_text("utf-8"))


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
