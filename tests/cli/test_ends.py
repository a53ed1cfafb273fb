"""How the command ends when it is interrupted, when nobody reads on, and when copydesk itself is at fault."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

COMMAND = [sys.executable, "-m", "copydesk"]
posix = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")


def wait_for(path: Path) -> None:
    for _ in range(600):
        if path.exists():
            return
        time.sleep(0.05)
    raise TimeoutError(path)


@posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_leaves_everything_as_it_was(
    cli: Any, desk: Path, environment: dict[str, str], number: int, code: int
) -> None:
    cli("run", "desk.toml")
    before = (desk / "out/texts.txt").read_bytes()
    waiting = ["run", "desk.toml", "--set", "enrich.Shouts.wait=waiting"]
    with subprocess.Popen(
        [*COMMAND, *waiting], cwd=desk, env=environment, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        wait_for(desk / "waiting")
        process.send_signal(number)
        assert process.stderr is not None
        assert "once more stops now" in process.stderr.readline()
        process.send_signal(number)
        _, told = process.communicate(timeout=60)
    assert process.returncode == code
    assert "outputs of earlier runs are as they were" in told
    assert "Traceback" not in told
    assert (desk / "out/texts.txt").read_bytes() == before
    assert [path.name for path in (desk / "out").iterdir()] == ["texts.txt"]


@posix
@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "desk.toml", "--json"],
        ["run", "desk.toml", "--set", "export.Texts.path=-"],
        ["show", "notes/a.note", "--pipeline", "desk.toml"],
        ["schema"],
        ["plugins"],
    ],
)
def test_a_closed_pipe_ends_quietly(desk: Path, environment: dict[str, str], arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, *arguments], cwd=desk, env=environment, stdout=writing, stderr=subprocess.PIPE, encoding="utf-8"
    )
    os.close(writing)
    assert done.returncode == 141
    quiet = [line for line in done.stderr.splitlines() if "cannot be imported" not in line]
    assert not any("Error" in line or "error" in line for line in quiet)


@posix
def test_a_file_is_shown_to_a_closed_pipe_quietly_although_a_story_of_it_failed(
    desk: Path, environment: dict[str, str]
) -> None:
    lines = ["{", *['{"body": "Rain fell."}'] * 2000]
    (desk / "many.jsonl").write_text("\n".join(lines), "utf-8")
    (desk / "many.toml").write_text('[[ingest]]\nplugin = "json"\npaths = ["many.jsonl"]\ntext = "body"\n', "utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, "show", "many.jsonl", "--pipeline", "many.toml"],
        cwd=desk,
        env=environment,
        stdout=writing,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    os.close(writing)
    assert done.returncode == 141
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["failed"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize(
    "arguments", [["schema"], ["run", "desk.toml", "--json"], ["run", "desk.toml", "--set", "export.Texts.path=-"]]
)
def test_a_full_disk_is_told_in_one_line(desk: Path, environment: dict[str, str], arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, *arguments], cwd=desk, env=environment, stdout=full, stderr=subprocess.PIPE, encoding="utf-8"
        )
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bug_is_told_as_such(environment: dict[str, str]) -> None:
    code = (
        "import sys, click\n"
        "from copydesk._cli._exits import guarded\n"
        "sys.exit(guarded(click.Command('broken', callback=lambda: 1 / 0)))"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode == 70
    assert "ZeroDivisionError" in done.stderr
    assert "this is a bug in copydesk" in done.stderr


def test_mistakes_in_the_command_line_end_with_2(cli: Any) -> None:
    for arguments in (["rum"], ["run"], ["run", "desk.toml", "--sett", "x"], ["show", "missing.txt"]):
        assert cli(*arguments).returncode == 2


def test_the_exit_codes_are_documented(cli: Any) -> None:
    text = cli("--help").stdout
    for code in ("0", "1", "2", "3", "70", "130", "141"):
        assert f"\n    {code} " in text


@posix
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_standard_streams_may_be_closed(desk: Path, environment: dict[str, str], closed: str) -> None:
    command = f'"{sys.executable}" -m copydesk run desk.toml {closed}'
    ended = subprocess.run(["sh", "-c", command], cwd=desk, env=environment, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 0
    assert b"Traceback" not in ended.stderr
    assert (desk / "out/texts.txt").exists()


def test_an_interrupt_while_the_command_is_still_loaded_ends_quietly(environment: dict[str, str]) -> None:
    program = (
        "import sys\n"
        "class Interrupted:\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == 'click': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted())\n"
        "from copydesk._cli import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_a_thread_that_a_plugin_leaves_is_told_while_it_is_waited_for(cli: Any, desk: Path) -> None:
    code = (desk / "desk.py").read_text(encoding="utf-8")
    code += (
        "\n\nimport threading\n\n\n@copydesk.plugin\nclass Leaves:\n"
        "    @copydesk.hookimpl\n    def enrich(self, document):\n"
        "        threading.Thread(target=time.sleep, args=(2.5,), name='left behind').start()\n"
    )
    (desk / "desk.py").write_text(code, encoding="utf-8")
    with (desk / "desk.toml").open("a", encoding="utf-8") as pipeline:
        pipeline.write('\n[[enrich]]\nplugin = "desk.py:Leaves"\n')
    done = cli("run", "desk.toml")
    assert done.returncode == 0
    assert "threads that a plugin started still run: left behind" in done.stderr
