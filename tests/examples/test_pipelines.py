"""Every example runs as it stands."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import copydesk

HERE = Path(__file__).parents[2] / "examples"
EXAMPLES = sorted(
    path.relative_to(HERE).as_posix() for path in HERE.rglob("*.toml") if "[[" in path.read_text(encoding="utf-8")
)
INSTALLED_BY_A_TEST = ["third-party-plugin/pipeline.toml"]


def test_the_examples_are_found() -> None:
    assert {"local-plugin/pipeline.toml", *INSTALLED_BY_A_TEST} <= set(EXAMPLES)


@pytest.mark.parametrize("example", [name for name in EXAMPLES if name not in INSTALLED_BY_A_TEST])
def test_an_example_runs_and_writes_what_it_says(desk: Path, example: str) -> None:
    path = desk / "examples" / example
    ran = subprocess.run(
        [sys.executable, "-m", "copydesk", "run", "--json", path], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    outputs = [step.plugin.path for step in copydesk.load(path).stage("export")]
    assert outputs
    assert all(output.stat().st_size > 0 for output in outputs)


def test_the_local_plugin_marks_what_is_watched_for(desk: Path) -> None:
    pipeline = copydesk.load(desk / "examples/local-plugin/pipeline.toml")
    watched = {
        document.language: {document.text_of(one) for one in document.annotations if one.type == "watched"}
        for document in pipeline.stream()
    }
    assert watched == {
        "ar": {"اربيل"},
        "en": {"Erbil"},
        "fr": {"Marseille"},
        "ckb": {"سلێمانی"},
        "kmr": {"Duhok"},
        "fa": {"سنندج"},
        "tr": {"Van"},
        "zh": {"兰州"},
        "de": {"Görlitz"},
    }


def test_the_local_plugin_has_a_manual(desk: Path) -> None:
    manual = subprocess.run(
        [sys.executable, "-m", "copydesk", "plugins", "plugin.py:WatchList"],
        cwd=desk / "examples/local-plugin",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout
    assert "Mark every place where a watched name stands." in manual
    assert "an array of strings" in manual


def test_records_name_the_local_plugin_as_who_found_it(desk: Path) -> None:
    pipeline = copydesk.load(desk / "examples/local-plugin/pipeline.toml")
    document = next(pipeline.stream())
    record = json.loads(copydesk.to_json(document))
    assert {one["by"] for one in record["annotations"] if one["type"] == "watched"} == {"WatchList"}
