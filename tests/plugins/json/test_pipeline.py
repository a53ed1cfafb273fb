"""The plugin in a pipeline: from JSON to JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import copydesk

PIPELINE = """
name = "copy"

[[ingest]]
plugin = "json"
paths = ["in.jsonl"]
{options}

[[export]]
plugin = "json"
path = "out/lines.jsonl"

[[export]]
plugin = "json"
name = "array"
path = "out/array.json"
format = "array"
"""


def run(folder: Path, lines: list[bytes], options: str = "") -> copydesk.Report:
    (folder / "in.jsonl").write_bytes(b"\n".join(lines))
    (folder / "pipeline.toml").write_text(PIPELINE.format(options=options), encoding="utf-8")
    return copydesk.load(folder / "pipeline.toml").run()


def test_own_records_come_out_as_they_went_in(tmp_path: Path) -> None:
    story = copydesk.Document("Rain.", id="1", source="wire", published=datetime(2024, 5, 1, tzinfo=UTC))
    front = b'{"schema":1,"id":"2","source":"w","language":null,"title":null,"published":null,"text":"","metadata":{},'
    front += b'"annotations":[{"type":"weather.front","start":0,"end":0,"by":"met","depth":1.5}]}'
    records = [copydesk.to_json(story.with_annotations(copydesk.Headline(0, 4), by="desk")), front]
    report = run(tmp_path, records)
    assert (report.read, report.exported) == (2, 2)
    assert (tmp_path / "out/lines.jsonl").read_bytes() == b"\n".join(records) + b"\n"
    assert (tmp_path / "out/array.json").read_bytes() == b"[\n" + b",\n".join(records) + b"\n]\n"


def test_a_line_that_is_no_record_is_quarantined_and_the_others_are_exported(tmp_path: Path) -> None:
    report = run(tmp_path, [b'{"body": "Rain."}', b"<html>", b'{"body": "Snow."}'], 'text = "body"')
    assert (report.read, report.exported, report.quarantined) == (3, 2, 1)
    assert [record["id"] for record in json.loads((tmp_path / "out/array.json").read_bytes())] == [
        "in.jsonl",
        "in.jsonl#3",
    ]
    assert report.quarantine is not None
    entry = json.loads(report.quarantine.read_bytes())
    assert (entry["source"], entry["error"].partition(" (")[0]) == (
        "in.jsonl line 2",
        "RecordError: this is no JSON: Expecting value at character 1",
    )


def test_without_documents_the_outputs_are_valid(tmp_path: Path) -> None:
    run(tmp_path, [])
    assert (tmp_path / "out/lines.jsonl").read_bytes() == b""
    assert json.loads((tmp_path / "out/array.json").read_bytes()) == []
