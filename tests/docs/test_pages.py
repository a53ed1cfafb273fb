"""Every command and every snippet of the documentation does what the page says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.docs.blocks import PAGES, ROOT, SET_UP, blocks, commands

KINDS = {"python", "toml", "console", "json", "text", "sh"}


def names(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", [page for page in PAGES if any(blocks(page))], ids=names)
def test_a_page_does_what_it_says(page: Path, tmp_path: Path) -> None:
    for folder in ("seeds", "examples"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("out", ".copydesk"))
    done = subprocess.run(
        [sys.executable, "-m", "tests.docs.page", str(page), str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_every_block_is_of_a_kind_that_is_carried_out(page: Path) -> None:
    for block in blocks(page):
        assert block.kind in KINDS, f"{block}: write one of {', '.join(sorted(KINDS))}"
        assert block.kind != "text" or block.marks.keys() & {"title", "output"}, f"{block}: say title=… or output"


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_every_titled_program_is_used_on_its_page(page: Path) -> None:
    found = list(blocks(page))
    for block in found:
        title = Path(block.marks.get("title", ""))
        if title.suffix == ".py":
            others = "".join(other.text for other in found if other != block)
            assert title.stem in others or title.parent.name in others, block


def test_the_readme_names_both_commands_once() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for command in SET_UP - {".ci/run"}:
        assert readme.count(command + "\n") == 1, command


def test_the_command_that_runs_the_tests_ends_as_the_checks_expect() -> None:
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    assert [line for line in lines if line.endswith("/bin/pytest")] == [
        command for command in sorted(SET_UP) if command.endswith("/bin/pytest")
    ]


def test_what_the_readme_runs_in_its_set_up_is_also_shown_running() -> None:
    consoles = [block for block in blocks(ROOT / "README.md") if block.kind == "console"]
    shown = {command.text for block in consoles for command in commands(block)}
    assert "copydesk run examples/seeds.toml" in shown
