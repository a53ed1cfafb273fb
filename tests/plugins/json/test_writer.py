"""Documents written as JSON Lines and as an array."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO

import attrs
import pytest

import copydesk
from copydesk_json import JsonWriter


@attrs.frozen
class Outputs:
    """What ``start`` asks of a run."""

    def output(self, path: Path) -> IO[bytes]:
        return path.open("wb")


def written(writer: JsonWriter, *batches: list[copydesk.Document]) -> bytes:
    writer.start(Outputs())
    for batch in batches:
        writer.export(batch)
    writer.finish()
    writer._file.close()
    return writer.path.read_bytes()


@pytest.fixture
def stories() -> list[copydesk.Document]:
    return [copydesk.Document(f"نص {number}\u2028", id=str(number)) for number in range(3)]


def test_json_lines_hold_a_record_on_each_line(tmp_path: Path, stories: list[copydesk.Document]) -> None:
    content = written(JsonWriter(path=tmp_path / "a.jsonl"), stories[:2], [], stories[2:])
    assert content.endswith(b"\n")
    assert [copydesk.from_json(line) for line in content.split(b"\n")[:-1]] == stories


def test_an_array_holds_every_record(tmp_path: Path, stories: list[copydesk.Document]) -> None:
    content = written(JsonWriter(path=tmp_path / "a.json", format="array"), stories[:2], [], stories[2:])
    assert [copydesk.from_json(record) for record in json.loads(content)] == stories


def test_without_documents_the_outputs_are_empty_and_valid(tmp_path: Path) -> None:
    assert written(JsonWriter(path=tmp_path / "a.jsonl")) == b""
    assert written(JsonWriter(path=tmp_path / "a.json", format="array"), []) == b"[]\n"


def test_a_writer_can_be_started_again(tmp_path: Path, stories: list[copydesk.Document]) -> None:
    writer = JsonWriter(path=tmp_path / "a.json", format="array")
    assert written(writer, stories) == written(writer, stories)
