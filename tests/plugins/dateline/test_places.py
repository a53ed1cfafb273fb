"""Which place a name means, and what the gazetteer knows."""

from __future__ import annotations

import math
import sqlite3
import time
from contextlib import closing
from importlib.resources import files

import pytest
import tomli

import copydesk
from copydesk_dateline import Datelines, Gazetteer

PLUGIN = Datelines()
GAZETTEER = Gazetteer()
LEAD = "The council reopened the old hall on Monday after years of work."


def place(head: str, lead: str = LEAD) -> copydesk.Place:
    [found] = PLUGIN.enrich(copydesk.Document(f"A headline\n\n{head} {lead}\n"))
    return found.places[0]


def kilometres(found: copydesk.Place, latitude: float, longitude: float) -> float:
    assert found.latitude is not None
    assert found.longitude is not None
    east = (found.longitude - longitude) * math.cos(math.radians(latitude))
    return 111 * math.hypot(found.latitude - latitude, east)


@pytest.mark.parametrize(
    ("head", "country", "admin1", "latitude", "longitude"),
    [
        ("SPRINGFIELD, Ill. (AP) —", "US", "Illinois", 39.80, -89.64),
        ("SPRINGFIELD, Mass. (AP) —", "US", "Massachusetts", 42.10, -72.59),
        ("PORTLAND, Maine (AP) —", "US", "Maine", 43.66, -70.26),
        ("MONTEGO BAY, St. James —", "JM", "Saint James", 18.47, -77.92),
        ("ایسنا/گیلان", "IR", "Gilan", 37.28, 49.58),
        ("بابل/ نينا /", "IQ", "Bābil", 32.48, 44.43),
        ("LONDON, Ont. (CP) —", "CA", "Ontario", 42.98, -81.23),
        ("LONDON (AP) —", "GB", "England", 51.51, -0.13),
        ("WASHINGTON (AP) —", "US", "District of Columbia", 38.90, -77.04),
        ("واشنطن (رويترز) -", "US", "District of Columbia", 38.90, -77.04),
        ("ERBIL, Iraq (AP) —", "IQ", "Erbil", 36.19, 44.01),
        ("هەولێر (کوردستان 24)-", "IQ", "Erbil", 36.19, 44.01),
        ("ATHENS, Ga. (AP) —", "US", "Georgia", 33.96, -83.38),
        ("ATHENS, Greece (AP) —", "GR", None, 37.98, 23.73),
        ("PARIS, Texas (AP) —", "US", "Texas", 33.66, -95.56),
        ("Dallas, TX (UPI) —", "US", "Texas", 32.78, -96.81),
        ("BIRMINGHAM, England (AP) —", "GB", "England", 52.48, -1.90),
        ("القدس المحتلة (وفا)-", "IL", None, 31.78, 35.22),
        ("ISLAMABAD (APP):", "PK", None, 33.69, 73.05),
        # Its own name goes before the other names of larger cities.
        ("SALEM, Nov 4 (PTI) -", "IN", None, 11.65, 78.16),
        ("STAVROPOL, June 5. /TASS/.", "RU", None, 45.04, 41.97),
        ("DEIR AL-BALAH, Gaza Strip (AP) —", "PS", None, 31.42, 34.35),
        ("SALVADOR (Folhapress) -", "BR", "Bahia", -12.97, -38.51),
    ],
)
def test_qualifier_agency_and_size_decide(
    head: str, country: str, admin1: str | None, latitude: float, longitude: float
) -> None:
    found = place(head)
    assert found.country == country
    assert admin1 is None or found.admin1 == admin1
    assert kilometres(found, latitude, longitude) < 25


def test_the_agency_is_at_home_somewhere() -> None:
    assert place("طرابلس (وال)-", "افتتح المتحف أبوابه اليوم.").country == "LY"
    assert place("طرابلس - الوكالة الوطنية للإعلام -", "افتتح المتحف أبوابه اليوم.").country == "LB"


def test_what_else_may_be_meant_is_kept_with_the_margin() -> None:
    found = place("SPRINGFIELD (AP) —")
    assert found.margin is not None
    assert found.margin < 0.5
    assert len(found.candidates) >= 3
    assert place("REYKJAVIK, Iceland (AP) —").margin == 1.0


def test_the_story_s_own_state_decides_between_namesakes() -> None:
    bare = place("SPRINGFIELD —", "The Massachusetts city reopened its old hall on Monday.")
    assert bare.admin1 == "Massachusetts"


def test_a_place_nobody_knows_is_kept_as_written() -> None:
    found = place("GRUNDELHAUSEN (AP) —")
    assert (found.text, found.name, found.country, found.geonames_id) == ("GRUNDELHAUSEN", None, None, None)


@pytest.mark.parametrize(
    ("names", "country"),
    [
        (("أربيل", "اربيل", "اربیل", "هەولێر", "هه‌ولێر", "Erbil", "ERBIL", "Hewlêr", "埃尔比勒"), "IQ"),
        (("الخرطوم", "خرطوم", "Khartoum", "喀土穆"), "SD"),
        (("إسطنبول", "اسطنبول", "İSTANBUL", "istanbul", "Стамбул"), "TR"),
        (("KÖLN", "Koln", "Cologne", "Colonia", "Кёльн", "科隆"), "DE"),
        (("سليمانية", "السلیمانیة", "سلێمانی", "Silêmanî"), "IQ"),
        (("ＴＯＫＹＯ", "東京", "طوكيو", "Токио"), "JP"),
        (("كابول", "کابل", "Kabul"), "AF"),
        (("غزّة", "غزة"), "PS"),
        (("رأس العين", "سري كانيه", "Serê Kaniyê", "Ras al-Ayn", "Girê Spî", "Minbic"), "SY"),
        (("رابرين", "ڕاپەڕین", "Akrê", "دوكان", "Mexmûr", "سەید سادق"), "IQ"),
        (("హైదరాబాద్", "ನವದೆಹಲಿ", "ന്യൂഡൽഹി", "திருச்சி", "રાજકોટ", "ਪਟਿਆਲਾ"), "IN"),
    ],
)
def test_every_usual_spelling_finds_the_place(names: tuple[str, ...], country: str) -> None:
    for name in names:
        assert GAZETTEER.look_up(name)[0].country == country, name


def test_the_gazetteer_opens_and_answers_at_once() -> None:
    started = time.perf_counter()
    assert Gazetteer().look_up("Ulaanbaatar")
    # Ten times what it takes on a slow machine: a guard against reading the whole file, no measure.
    assert time.perf_counter() - started < 1


def test_the_gazetteer_names_its_sources_and_licence() -> None:
    path = files("copydesk_dateline").joinpath("data/places.sqlite")
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as database:
        meta = dict(database.execute("SELECT key, value FROM meta"))
    assert "GeoNames" in meta["attribution"]
    assert "CC BY 4.0" in meta["licence"]


def test_names_that_mean_nothing_find_nothing() -> None:
    for name in ("", " ", "Grundelhausen", "س", "\u200f", "x" * 5000):
        assert GAZETTEER.look_up(name) == ()


def test_cities_that_stand_alone_in_agency_copy_are_the_great_ones() -> None:
    known = tomli.loads(files("copydesk_dateline").joinpath("data/places.toml").read_text("utf-8"))
    assert len(known["stand_alone"]) >= 75
    for listed in known["stand_alone"]:
        name, _, country = listed.rpartition(", ")
        for head in (f"{name.upper()} (AP) —", f"{name.upper()} —", f"{name}, March 5 (Reuters) -"):
            assert place(head).country == country, head


def test_a_town_of_the_region_printed_that_nobody_knows_is_not_taken_for_its_namesake_elsewhere() -> None:
    found = place("FAIRVIEW, W.Va. (AP) —")
    assert (found.country, found.latitude, found.geonames_id) == ("US", None, None)
    assert place("JERUSALEM, West Bank (AP) —").latitude is not None
