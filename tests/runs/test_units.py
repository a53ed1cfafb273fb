"""How sources are grouped, and what tells one unit from another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import copydesk
from copydesk import Document, Step
from copydesk._runs._keys import Keys
from copydesk._runs._units import UNIT_BYTES, UNIT_SOURCES, Grouping, Unit

FOLDER = Path("/desk")


@attrs.frozen
class Wire(copydesk.Source):
    """A source that is nothing but a name and a state."""

    name: str
    state: str = ""
    bytes_: int = 0

    @property
    def uri(self) -> str:
        return self.name

    @property
    def fingerprint(self) -> str:
        return self.state

    @property
    def size(self) -> int:
        return self.bytes_

    def read(self) -> Iterator[Document]:
        yield Document(self.name)


@copydesk.plugin
class Wires:
    @copydesk.hookimpl
    def ingest(self) -> list[Wire]:
        return []


@copydesk.plugin
class Finder:
    words: tuple[str, ...] = ()
    path: Path = Path("words.txt")

    @copydesk.hookimpl
    def enrich(self, document: Document) -> None:
        return None


def grouped(sources: Any) -> list[Unit]:
    return list(Grouping(FOLDER).units("Wires", sources))


def keys(*units: Unit) -> list[str]:
    maker = Keys.of([Step(Wires(), stage="ingest"), Step(Finder(), stage="enrich")], FOLDER)
    return [maker.key(unit) for unit in units]


names = st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=60)


@given(names)
def test_every_source_is_in_one_unit_in_its_order(found: list[str]) -> None:
    units = grouped(map(Wire, found))
    assert [item.uri for unit in units for item in unit.items if isinstance(item, Wire)] == found
    assert [unit.first for unit in units] == [
        1 + sum(len(unit.items) for unit in units[:place]) for place in range(len(units))
    ]


@pytest.mark.parametrize("place", [0, 1, 700, 2999, 3000])
def test_a_new_source_changes_two_units_at_most_in_three_thousand(place: int) -> None:
    found = [f"wire/{number:05}.txt" for number in range(3000)]
    before = set(keys(*grouped(map(Wire, found))))
    found.insert(place, "wire/new.txt")
    after = set(keys(*grouped(map(Wire, found))))
    assert len(after - before) <= 4
    assert len(after) > 6


def test_units_are_bounded_by_number_and_by_bytes() -> None:
    assert max(len(unit.items) for unit in grouped(Wire(str(number)) for number in range(5000))) <= UNIT_SOURCES
    large = grouped(Wire(str(number), bytes_=UNIT_BYTES) for number in range(5))
    assert [len(unit.items) for unit in large] == [1] * 5


def test_a_key_follows_names_states_and_nothing_else() -> None:
    one, other = Wire("a", "1"), Wire("b", "1")
    (same,) = {keys(*grouped([one, other]))[0], keys(*grouped([Wire("a", "1", 99), other]))[0]}
    different = [[other, one], [one], [Wire("a", "2"), other], [Wire("a\0", "1"), other], [one, Wire("b1", "")]]
    found = {key for sources in different for key in keys(*grouped(sources))}
    assert same not in found
    assert len(found) == len(different)


def test_documents_are_known_by_what_they_hold_and_by_their_place() -> None:
    stories = [Document("one"), Document("two")]
    (unit,) = grouped(stories)
    (longer,) = grouped([Document("one", metadata={"desk": "wire"}), Document("two")])
    assert len({*keys(unit), *keys(longer), *keys(attrs.evolve(unit, first=3))}) == 3
    assert keys(*grouped(stories)) == keys(unit)


def test_documents_and_sources_are_kept_apart() -> None:
    mixed = chain([Document("one")], map(Wire, "ab"), [Document("two")])
    assert [len(unit.items) for unit in grouped(mixed)] == [1, 2, 1]


def test_a_fingerprint_follows_options_condition_name_and_files(tmp_path: Path) -> None:
    def made(step: Step) -> str:
        return step.fingerprint(tmp_path)

    file = tmp_path / "words.txt"
    plain = Step(Finder(path=file), stage="enrich")
    found = [made(plain), made(attrs.evolve(plain, name="other"))]
    found.append(made(attrs.evolve(plain, when=copydesk.When(language=("ar",)))))
    found.append(made(Step(Finder(path=file, words=("a",)), stage="enrich")))
    file.write_text("figs")
    found.append(made(plain))
    file.write_text("pears")
    found.append(made(plain))
    assert len(set(found)) == len(found)
    assert made(plain) == found[-1]


def test_a_fingerprint_is_the_same_wherever_the_folder_lies(tmp_path: Path) -> None:
    found = set()
    for name in ("one", "other"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "words.txt").write_text("figs")
        found.add(Step(Finder(path=folder / "words.txt"), stage="enrich").fingerprint(folder))
    assert len(found) == 1
