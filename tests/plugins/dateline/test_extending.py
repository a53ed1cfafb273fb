"""A user's own agencies, shapes and places, from options and from tables, without touching the package."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import copydesk
from copydesk_dateline import AgencyEntry, Datelines, PlaceEntry, Profile

LEAD = "The council reopened the old hall on Monday after years of work."


def found(plugin: Datelines, head: str) -> copydesk.Dateline | None:
    return next(iter(plugin.enrich(copydesk.Document(f"A headline\n\n{head} {LEAD}\n"))), None)


def test_an_agency_of_one_s_own_is_known_in_all_its_spellings() -> None:
    plugin = Datelines(agencies={"valley": AgencyEntry("Valley News", ("VN", "أخبار الوادي"), home="IQ")})
    for head in ("ERBIL (VN) —", "ERBIL, Valley News -", "اربيل - أخبار الوادي:"):
        dateline = found(plugin, head)
        assert dateline is not None
        assert dateline.agency is not None
        assert (dateline.agency.id, dateline.agency.name) == ("valley", "Valley News")


def test_one_s_own_agency_replaces_one_of_the_same_name() -> None:
    plugin = Datelines(agencies={"mine": AgencyEntry("Alpine Press", ("AP",))})
    dateline = found(plugin, "ZERMATT (AP) —")
    assert dateline is not None
    assert dateline.agency is not None
    assert dateline.agency.id == "mine"


def test_a_shape_of_one_s_own_is_used_and_named() -> None:
    head = "ERBIL >>"
    assert found(Datelines(), head) is None
    shaped = Profile("house style", "place = when =", base=1.0, needs=("known place",))
    dateline = found(Datelines(profiles=(shaped,)), "Erbil = 5 March 2024 =")
    assert dateline is not None
    assert dateline.profile == "house style"


def test_a_place_of_one_s_own_goes_before_its_namesakes() -> None:
    mill = PlaceEntry("Springfield Mill", ("Springfield",), country="GB", latitude=52.0, longitude=-1.0)
    dateline = found(Datelines(places=(mill,)), "SPRINGFIELD (AP) —")
    assert dateline is not None
    assert dateline.places[0].name == "Springfield Mill"


def test_a_table_file_adds_agencies_shapes_and_places(tmp_path: Path) -> None:
    table = tmp_path / "house.toml"
    table.write_text(
        '[agencies.valley]\nname = "Valley News"\nnames = ["VN"]\n\n'
        '[[places]]\nname = "Upper Mill"\ncountry = "GB"\nlatitude = 52.0\nlongitude = -1.0\n',
        "utf-8",
    )
    dateline = found(Datelines(tables=(table,)), "UPPER MILL (VN) —")
    assert dateline is not None
    assert dateline.agency is not None
    assert dateline.agency.id == "valley"
    assert dateline.places[0].country == "GB"


def test_a_profile_can_be_left_out() -> None:
    assert found(Datelines(), "PARIS —") is not None
    assert found(Datelines(without=("place-only",)), "PARIS —") is None


def test_less_sure_datelines_can_be_left_out() -> None:
    assert found(Datelines(least_confidence=0.9), "Bruxelles —") is None
    assert found(Datelines(least_confidence=0.9), "BRUXELLES (AFP) —") is not None


def test_a_broken_table_is_told_with_its_name(tmp_path: Path) -> None:
    table = tmp_path / "house.toml"
    table.write_text("agencies = [", "utf-8")
    with pytest.raises(copydesk.UsageError, match=r"house\.toml"):
        found(Datelines(tables=(table,)), "PARIS —")


def test_a_shape_with_an_unknown_word_is_told_with_the_words_there_are() -> None:
    with pytest.raises(copydesk.UsageError, match=r"'somewhere'.*where"):
        found(Datelines(profiles=(Profile("mine", "somewhere sep"),)), "PARIS —")


def test_a_need_that_is_none_is_told_with_the_needs_there_are() -> None:
    with pytest.raises(copydesk.UsageError, match=r"'luck'.*known place"):
        found(Datelines(profiles=(Profile("mine", "where sep", needs=("luck",)),)), "PARIS —")


def test_a_dateline_tells_how_it_was_understood() -> None:
    dateline = found(Datelines(), "ERBIL, Iraq (AP) —")
    assert dateline is not None
    assert dateline.profile == "place-agency"
    assert {"known_agency", "great_place", "qualified", "dash"} <= set(dateline.evidence)


def test_a_plugin_that_has_worked_can_go_to_another_process() -> None:
    plugin = Datelines()
    assert found(plugin, "PARIS —") is not None
    assert found(pickle.loads(pickle.dumps(plugin)), "PARIS —") is not None


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('[agencies.vn]\nname = "Valley"\nalias = ["VN"]\n', r"agency 'vn'.*alias.*its keys are: name, names"),
        ('[agencies.vn]\nnames = ["VN"]\n', r"agency 'vn'.*name"),
        ('[agencies.vn]\nname = "Valley"\nnames = "VN"\n', r"agency 'vn'.*names"),
        ('[[agency]]\nname = "Valley"\n', r"'agency' is no table of datelines; these are: agencies"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_table_is_told_with_the_file_and_the_keys(tmp_path: Path, table: str, message: str) -> None:
    path = tmp_path / "house.toml"
    path.write_text(table, "utf-8")
    with pytest.raises(copydesk.UsageError, match=rf"house\.toml: .*{message}"):
        found(Datelines(tables=(path,)), "PARIS —")


def test_another_plugin_contributes_agencies_and_looks_places_up(tmp_path: Path) -> None:
    (tmp_path / "house.py").write_text(
        """
import copydesk


class Town(copydesk.Annotation):
    country: str


@copydesk.plugin
class House:
    \"\"\"Our own agency, and the country of the first word.\"\"\"

    @copydesk.hookimpl
    def dateline_tables(self):
        return {"agencies": {"valley": {"name": "Valley News", "names": ["VN"]}}}

    @copydesk.hookimpl
    def start(self, run):
        self.run = run

    @copydesk.hookimpl
    def enrich(self, document):
        word = document.text.split()[0]
        yield Town(0, len(word), country=self.run.call("find_places", name=word)[0].country)
""",
        "utf-8",
    )
    (tmp_path / "wire.toml").write_text(
        '[[enrich]]\nplugin = "dateline"\n\n[[enrich]]\nplugin = "house.py:House"\n\n'
        '[[use]]\nplugin = "copydesk_dateline:Places"\n',
        "utf-8",
    )
    with copydesk.load(tmp_path / "wire.toml") as pipeline:
        document = pipeline.enrich(f"هەولێر (VN) — {LEAD}")
    [dateline] = document.all(copydesk.Dateline)
    assert dateline.agency is not None
    assert dateline.agency.id == "valley"
    [town] = [found for found in document.annotations if found.type == "town"]
    assert getattr(town, "country") == "IQ"  # noqa: B009  # its class is known to the file alone
