"""Every command and every snippet of the documentation does what the page says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.docs.blocks import PAGES, ROOT, SET_UP, blocks, commands

KINDS = {"python", "toml", "console", "json", "text", "sh"}


def names(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


Readings = dict[Path, Future["subprocess.CompletedProcess[str]"]]


@pytest.fixture(scope="module")
def readings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Readings]:
    """The pages that are asked for, being carried out as many at a time as there are processors."""
    functions = [item for item in request.session.items if isinstance(item, pytest.Function)]
    parameters = [item.callspec.params["page"] for item in functions if "readings" in item.fixturenames]
    asked = [page for page in parameters if isinstance(page, Path)]
    pool = ThreadPoolExecutor(os.cpu_count())
    yield {page: pool.submit(carried_out, page, tmp_path_factory.mktemp("page")) for page in asked}
    pool.shutdown(cancel_futures=True)


def carried_out(page: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    for name in ("seeds", "examples"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("out", "build", ".copydesk"))
    return subprocess.run(
        [sys.executable, "-m", "tests.docs.page", str(page), str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("page", [page for page in PAGES if any(blocks(page))], ids=names)
def test_a_page_does_what_it_says(page: Path, readings: Readings) -> None:
    done = readings[page].result()
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
    for command in [command for command in SET_UP if command.startswith("python3 -m venv")]:
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
