"""What a person sees on a terminal: a bar, colours, or neither where they are not wanted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")

COMMAND = [sys.executable, "-m", "copydesk"]


def on_terminal(arguments: list[str], folder: Path, environment: dict[str, str]) -> tuple[int, str]:
    """Run the command with a terminal for its messages; return exit code and what was seen."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *arguments], cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=theirs
    ) as process:
        os.close(theirs)
        seen = b""
        try:
            while part := os.read(ours, 65536):
                seen += part
        except OSError:
            # Linux answers so when the other side has closed.
            pass
    os.close(ours)
    return process.returncode, seen.decode()


def test_a_run_shows_a_bar_with_rate_and_time_left_and_then_the_summary(
    desk: Path, environment: dict[str, str]
) -> None:
    terminal = environment | {"TERM": "xterm-256color", "COLUMNS": "120"}
    code, seen = on_terminal(["run", "desk.toml"], desk, terminal)
    assert code == 0
    assert "━" in seen
    assert "3/3" in seen
    assert "documents/s" in seen
    assert "3 read = 3 exported" in seen


def test_mistakes_are_coloured_on_a_terminal(desk: Path, environment: dict[str, str]) -> None:
    terminal = environment | {"TERM": "xterm-256color"}
    code, seen = on_terminal(["check", "desk.toml", "--set", "export.Texts.paht=x"], desk, terminal)
    assert code == 2
    assert "\x1b[31m" in seen


@pytest.mark.parametrize("plain", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colours_are_left_out_where_they_are_not_wanted(
    desk: Path, environment: dict[str, str], plain: dict[str, str]
) -> None:
    terminal = environment | {"TERM": "xterm-256color"} | plain
    code, seen = on_terminal(["check", "desk.toml", "--set", "export.Texts.paht=x"], desk, terminal)
    assert code == 2
    assert "\x1b[" not in seen
