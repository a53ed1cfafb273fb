"""A third party's distribution: installed beside copydesk, it is found, documented, configured and used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import copydesk


def run(python: Path, *arguments: str, code: int = 0) -> str:
    """What ``copydesk`` prints in an environment, with the environment's exit code checked."""
    ran = subprocess.run(
        [python, "-m", "copydesk", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1"},
        check=False,
    )
    assert ran.returncode == code, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def python(desk: Path, environment: Callable[[Path], Path]) -> Path:
    """An environment that has the example installed."""
    return environment(desk / "examples/third-party-plugin")


@pytest.fixture(scope="module")
def stories(desk: Path, python: Path) -> Path:
    """The records that the example's pipeline writes."""
    printed = run(python, "run", str(desk / "examples/third-party-plugin/pipeline.toml"))
    assert "9 read = 9 exported + 0 dropped + 0 quarantined" in printed
    return desk / "examples/third-party-plugin/out/stories.jsonl"


def test_it_is_listed_with_its_distribution(python: Path) -> None:
    (line,) = [line for line in run(python, "plugins").splitlines() if "reading-time" in line]
    assert "copydesk-readingtime 1.0.0" in line
    assert "enrich" in line


def test_its_manual_is_its_docstring_and_its_options(python: Path) -> None:
    manual = run(python, "plugins", "reading-time")
    assert "Estimate how long a story takes to read." in manual
    assert "Counts what stands between spaces, so it is for languages that write spaces between words." in manual
    assert "words_per_minute" in manual
    assert "a whole number" in manual
    assert "200" in manual
    assert "How fast the reader reads" in manual


def test_its_annotations_are_in_the_schema(python: Path) -> None:
    schema = json.loads(run(python, "schema"))
    (name,) = [name for name in schema["$defs"] if "ReadingTime" in name]
    assert schema["$defs"][name]["properties"]["minutes"]["description"] == "Minutes, to one decimal place."


def test_its_options_are_checked(python: Path, tmp_path: Path) -> None:
    (tmp_path / "wire.toml").write_text('[[enrich]]\nplugin = "reading-time"\nwords_per_minute = 0\n', encoding="utf-8")
    told = run(python, "check", str(tmp_path / "wire.toml"), code=2)
    assert "error: 'words_per_minute' must be >= 1: 0" in told
    assert "wire.toml:3:20" in told


def test_it_is_used_where_its_condition_holds(stories: Path) -> None:
    found = {
        record["language"]: [one for one in record["annotations"] if one["type"] == "reading_time"]
        for record in records(stories)
    }
    assert {language for language, times in found.items() if not times} == {"zh"}
    for record in records(stories):
        for time in found[record["language"]]:
            words = len(record["text"].split())
            assert time == {
                "type": "reading_time",
                "start": 0,
                "end": len(record["text"]),
                "by": "reading-time",
                "minutes": round(words / 180, 1),
                "words": words,
            }


AGAIN = """
[[ingest]]
plugin = "json"
paths = ["stories.jsonl"]

[[export]]
plugin = "json"
path = "again.jsonl"
"""


def test_its_annotations_survive_json_out_and_in_with_and_without_it(
    stories: Path, python: Path, tmp_path: Path
) -> None:
    (tmp_path / "stories.jsonl").write_bytes(stories.read_bytes())
    (tmp_path / "again.toml").write_text(AGAIN, encoding="utf-8")
    for environment in (python, Path(sys.executable)):
        run(environment, "run", str(tmp_path / "again.toml"))
        assert records(tmp_path / "again.jsonl") == records(stories)
        assert (tmp_path / "again.jsonl").read_bytes() == stories.read_bytes()


def test_where_it_is_not_installed_its_annotations_are_unknown_and_kept(stories: Path) -> None:
    document = copydesk.from_json(stories.read_bytes().splitlines()[0])
    (time,) = document.all(copydesk.UnknownAnnotation)
    assert (time.name, time.by, time.span) == ("reading_time", "reading-time", document.span)
    assert json.loads(time.fields).keys() == {"minutes", "words"}


def test_where_it_is_not_installed_the_pipeline_says_so(desk: Path) -> None:
    told = run(Path(sys.executable), "check", str(desk / "examples/third-party-plugin/pipeline.toml"), code=2)
    assert "error: no plugin is named 'reading-time'" in told
    assert '7 | plugin = "reading-time"' in told
