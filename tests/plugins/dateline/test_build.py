"""How the gazetteer is put together: which place comes first under a name, and that a build repeats itself."""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest
import tomli

from copydesk_dateline import Gazetteer
from copydesk_dateline._regions import Row, find
from copydesk_dateline.build import divisions, write


def row(id: int, name: str, population: int, kind: str = "city", **names: set[str]) -> Row:
    return Row(
        id, name, "GB", "ENG", 51.0, 0.0, population, kind, {name, *names.get("names", ())}, names.get("first", set())
    )


ROWS = [
    row(1, "Millford", 9_000),
    row(2, "Millford", 90_000, names={"Мильфорд"}),
    row(3, "Old Mill", 100, names={"Millford"}, first={"Millford"}),
    row(-2_000_001, "Millford", 0, "region"),
]


def test_the_preferred_place_comes_first_then_the_larger_then_regions(tmp_path: Path) -> None:
    write(tmp_path / "places.sqlite", ROWS, divisions(ROWS), "invented 1.0")
    found = Gazetteer(tmp_path / "places.sqlite").look_up("MILLFORD")
    assert [place.id for place in found] == [3, 2, 1, -2_000_001]
    assert found[0].admin1 == "Millford"


def test_only_geonames_own_ids_are_told_as_such(tmp_path: Path) -> None:
    write(tmp_path / "places.sqlite", ROWS, divisions(ROWS), "invented 1.0")
    found = Gazetteer(tmp_path / "places.sqlite").look_up("millford")
    assert [place.geonames_id for place in found] == [3, 2, 1, None]


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path / "one", ROWS, divisions(ROWS), "invented 1.0")
    write(tmp_path / "two", list(reversed(ROWS)), divisions(ROWS), "invented 1.0")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_place_that_no_source_knows_is_told_by_name() -> None:
    assert find(ROWS, "Мильфорд, GB").id == 2
    with pytest.raises(ValueError, match="Nowhere"):
        find(ROWS, "Nowhere, GB")


def test_a_gazetteer_that_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.Error):
        Gazetteer(tmp_path / "missing.sqlite").look_up("Millford")


def test_every_division_of_the_table_has_names() -> None:
    table = tomli.loads(files("copydesk_dateline").joinpath("data/divisions.toml").read_text("utf-8"))
    assert len(table) > 190
    for country, divisions_of in table.items():
        assert len(country) == 2
        assert all(len(division) > 1 and all(division[1:]) for division in divisions_of), country
