"""The quarantine: what failed, kept so that it can be looked at and tried again."""

from __future__ import annotations

import base64
import json
from math import nan
from pathlib import Path
from typing import Any

import pytest

import copydesk
from copydesk import Document, Failure, Headline
from copydesk._runs._quarantine import Quarantine


class Mood(copydesk.Annotation):
    """A finding that JSON cannot always carry."""

    score: float


def failure(**fields: Any) -> Failure:
    return Failure.of(**{"error": ValueError("no mood"), "stage": "enrich", "step": "mood", **fields})


def entries(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_failure_is_kept_with_its_step_error_traceback_and_document(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path / "quarantine.jsonl")
    document = Document("قصة", id="a.txt", source="a.txt", annotations=[Headline(0, 3, by="seed-file")])
    with pytest.raises(ZeroDivisionError) as caught:
        1 / 0  # noqa: B018  # for a traceback
    quarantine.add(failure(error=caught.value, document=document))
    assert quarantine.close(orderly=True) == tmp_path / "quarantine.jsonl"
    (entry,) = entries(tmp_path / "quarantine.jsonl")
    trace = entry.pop("traceback")
    assert trace.startswith("Traceback (most recent call last):\n")
    assert trace.endswith("ZeroDivisionError: division by zero\n")
    assert copydesk.from_json(entry.pop("document")) == document
    assert entry == {
        "stage": "enrich",
        "step": "mood",
        "id": "a.txt",
        "source": "a.txt",
        "error": "ZeroDivisionError: division by zero",
    }


@pytest.mark.parametrize(
    "document",
    [
        Document("text", annotations=[Mood(0, 4, score=nan)]),
        Document("text", metadata={"score": nan}),
        Document("text", metadata={"thing": object()}, annotations=[Mood(0, 4, score=nan)]),
        Document("text", id="a\udce9", source="b\ud800"),
    ],
)
def test_a_document_that_cannot_be_written_is_kept_as_far_as_it_can(tmp_path: Path, document: Document) -> None:
    quarantine = Quarantine(tmp_path / "quarantine.jsonl")
    quarantine.add(failure(document=document))
    quarantine.close(orderly=True)
    (entry,) = entries(tmp_path / "quarantine.jsonl")
    assert entry["document"]["text"] == "text"


def test_bytes_that_are_no_document_are_kept(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path / "quarantine.jsonl")
    quarantine.add(failure(stage="ingest", source="a.jsonl line 3", raw=b"{\xff"))
    quarantine.close(orderly=True)
    (entry,) = entries(tmp_path / "quarantine.jsonl")
    assert base64.b64decode(entry["raw_base64"]) == b"{\xff"
    assert "document" not in entry


def test_messages_with_lone_surrogates_can_be_written(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path / "quarantine.jsonl")
    quarantine.add(failure(error=ValueError("caf\udce9"), source="caf\udce9.txt"))
    quarantine.close(orderly=True)
    (entry,) = entries(tmp_path / "quarantine.jsonl")
    assert entry["source"] == "caf\udce9.txt"


def test_failures_can_be_read_while_the_run_goes_on(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path / "quarantine.jsonl")
    quarantine.add(failure())
    (beside,) = tmp_path.iterdir()
    assert beside.name != "quarantine.jsonl"
    assert len(entries(beside)) == 1
    quarantine.close(orderly=False)
    assert [path.name for path in tmp_path.iterdir()] == ["quarantine.jsonl"]


def test_the_last_runs_quarantine_stays_until_a_run_has_ended_well(tmp_path: Path) -> None:
    path = tmp_path / "quarantine.jsonl"
    path.write_text("old\n", encoding="utf-8")
    assert Quarantine(path).close(orderly=False) is None
    assert path.read_text(encoding="utf-8") == "old\n"
    assert Quarantine(path).close(orderly=True) is None
    assert not path.exists()


def test_a_folder_is_no_quarantine(tmp_path: Path) -> None:
    with pytest.raises(copydesk.UsageError) as caught:
        Quarantine(tmp_path)
    assert str(caught.value) == f"quarantine {tmp_path} is a folder; name a file"


def test_a_quarantine_that_cannot_be_written_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(copydesk.RunError) as caught:
        Quarantine(tmp_path / "file" / "quarantine.jsonl").add(failure())
    assert str(caught.value) == f"quarantine {tmp_path}/file/quarantine.jsonl cannot be written: Not a directory"
