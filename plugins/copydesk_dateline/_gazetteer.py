"""The gazetteer: places by every name, in one read-only SQLite file that opens in milliseconds."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import attrs
from attrs.validators import deep_iterable, instance_of

from copydesk_dateline._fold import spelling_key

_QUERY = """
SELECT place.id, place.name, place.country, place.admin1, division.name, latitude, longitude, population, kind,
    name.rank
FROM name JOIN place ON place.id = name.place
LEFT JOIN division ON division.country = place.country AND division.admin1 = place.admin1
WHERE name.key = ? ORDER BY name.rank"""
NAMES = deep_iterable(instance_of(str), instance_of(tuple))
"""Checks an entry's names."""
_ARTICLES = ("ال", "al ", "el ", "le ", "la ", "les ")


@attrs.frozen
class PlaceEntry:
    """A place that a user adds: its name, other spellings, where it is."""

    name: str = attrs.field(validator=instance_of(str))
    names: tuple[str, ...] = attrs.field(default=(), validator=NAMES)
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    admin1: str = ""
    population: int = 10_000
    geonames_id: int | None = None


@attrs.frozen
class FoundPlace:
    """One place that a name may mean."""

    id: int
    """GeoNames id; below zero where GeoNames has none."""
    name: str
    country: str
    admin1_code: str
    admin1: str | None
    latitude: float | None
    longitude: float | None
    population: int
    kind: str
    """``capital``, ``city``, ``region`` or ``country``."""
    rank: int
    """0 for the best known place of the name, below 0 for a user's own."""

    @property
    def is_area(self) -> bool:
        """Whether this is a region or a country, no town."""
        return self.kind in ("region", "country")

    @property
    def geonames_id(self) -> int | None:
        """The id, where it is one of GeoNames."""
        return self.id if self.id > 0 else None


class Gazetteer:
    """Looks places up by name, in any script and spelling.

    ``path`` is a file that ``copydesk_dateline.build`` made, by default the one in the package.
    """

    def __init__(
        self,
        path: Path | None = None,
        places: Iterable[PlaceEntry] = (),
        prefixes: Iterable[str] = (),
        suffixes: Iterable[str] = (),
    ) -> None:
        self._path = path
        self._local = threading.local()
        self._own: dict[str, tuple[FoundPlace, ...]] = {}
        self._prefixes = tuple(sorted({spelling_key(p) + " " for p in prefixes}, key=len, reverse=True))
        self._suffixes = tuple(sorted({" " + spelling_key(s) for s in suffixes}, key=len, reverse=True))
        for number, entry in enumerate(places):
            self._add(-9_000_000 - number, entry)
        self._by_key = lru_cache(maxsize=50_000)(self._read)
        self.look_up = lru_cache(maxsize=50_000)(self._look_up)
        self.kinds = lru_cache(maxsize=50_000)(self._kinds)

    def _look_up(self, name: str) -> tuple[FoundPlace, ...]:
        """The places that ``name`` may mean, the best known first; an empty tuple where it means none."""
        key = spelling_key(name)
        found = self._by_key(key)
        return found or next((places for other in self._variants(key) if (places := self._by_key(other))), ())

    def _kinds(self, name: str) -> frozenset[str]:
        return frozenset(place.kind for place in self.look_up(name))

    def _variants(self, key: str) -> Iterable[str]:
        """With and without the article; without «city of», «province»."""
        for article in _ARTICLES:
            if key.startswith(article) and len(key) > len(article) + 2:
                yield key.removeprefix(article)
        if "\u0600" < key[:1] < "\u06ff" and len(key) > 2 and not key.startswith("ال"):
            yield "ال" + key
        if key.startswith("st "):
            yield from (saint + key[3:] for saint in ("saint ", "sankt ", "sint "))
        for prefix in self._prefixes:
            if key.startswith(prefix):
                yield key.removeprefix(prefix)
        for suffix in self._suffixes:
            if key.endswith(suffix):
                yield key.removesuffix(suffix)

    def _read(self, key: str) -> tuple[FoundPlace, ...]:
        if not key:
            return ()
        own = self._own.get(key, ())
        rows = self._connection().execute(_QUERY, (key,)).fetchall()
        return own + tuple(FoundPlace(*row) for row in rows)

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = _open(self._path)
            weakref.finalize(self, connection.close)
        return connection

    def _add(self, id: int, entry: PlaceEntry) -> None:
        place = FoundPlace(
            entry.geonames_id or id,
            entry.name,
            entry.country,
            "",
            entry.admin1 or None,
            entry.latitude,
            entry.longitude,
            entry.population,
            "city",
            -1,
        )
        for name in (entry.name, *entry.names):
            key = spelling_key(name)
            self._own[key] = (*self._own.get(key, ()), place)

    def __getstate__(self) -> dict[str, object]:
        raise TypeError("a gazetteer is opened in each process anew; give the other process its path")


def _open(path: Path | None) -> sqlite3.Connection:
    with as_file(path or files("copydesk_dateline").joinpath("data/places.sqlite")) as file:
        # Immutable: no locks and no journal beside a file that may be read-only.
        return sqlite3.connect(
            f"{Path(file).resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
