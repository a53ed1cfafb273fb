"""Completion in the shell: commands, pipeline files, plugin names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def offered(words: str, folder: Path, environment: dict[str, str]) -> list[str]:
    """What bash is offered for the last of some words."""
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split(" ")) - 1), "_COPYDESK_COMPLETE": "bash_complete"}
    done = subprocess.run(
        [sys.executable, "-m", "copydesk"],
        cwd=folder,
        env=environment | asked,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


def test_commands_are_offered(desk: Path, environment: dict[str, str]) -> None:
    assert offered("copydesk s", desk, environment) == ["status", "show", "schema"]


@pytest.mark.parametrize("command", ["run", "check", "show x.txt --pipeline"])
def test_pipeline_files_are_offered(desk: Path, environment: dict[str, str], command: str) -> None:
    assert offered(f"copydesk {command} de", desk, environment) == ["desk.toml"]


def test_pipeline_files_in_folders_are_offered(desk: Path, environment: dict[str, str]) -> None:
    (desk / "more").mkdir()
    (desk / "more/night.toml").touch()
    assert offered("copydesk run more/", desk, environment) == ["more/night.toml"]


def test_plugin_names_are_offered(desk: Path, environment: dict[str, str]) -> None:
    assert offered("copydesk plugins s", desk, environment) == ["seed-file"]
