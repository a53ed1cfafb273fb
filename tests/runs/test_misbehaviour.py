"""Plugins that fork, print through other programs, or fail at the end: no output is harmed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes of POSIX")

MODES: tuple[list[str], ...] = (["run.store=false"], [], ["run.workers=2"])


def add(desk: Any, name: str, body: str) -> None:
    """Give the desk a step of the class ``name``."""
    with (desk.folder / "desk.py").open("a") as plugins:
        plugins.write(f"\n\n@copydesk.plugin\nclass {name}:\n    @copydesk.hookimpl\n")
        plugins.write(f"    def enrich(self, document):\n{body}")
    with (desk.folder / "wire.toml").open("a") as pipeline:
        pipeline.write(f'\n[[enrich]]\nplugin = "desk.py:{name}"\n')


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("end", ["pass", "raise SystemExit(0)", "raise ValueError('a child')"])
def test_a_child_that_a_plugin_forks_does_not_carry_the_run_on(desk: Any, mode: list[str], end: str) -> None:
    add(
        desk,
        "Forks",
        "        if document.id == 'notes/0003.txt':\n"
        "            child = os.fork()\n"
        "            if not child:\n"
        f"                {end}\n"
        "            elif os.waitpid(child, 0)[1] and 'Exit' in self.__doc__:\n"
        "                raise ValueError('the child failed')\n",
    )
    text = (desk.folder / "desk.py").read_text()
    (desk.folder / "desk.py").write_text(text.replace("class Forks:\n", f'class Forks:\n    """{end[:16]}"""\n\n'))
    desk.notes(20)
    assert desk.counts(*mode) == (40, 40, 0, 0, 0)
    assert (desk.folder / "out/notes.jsonl").read_bytes().count(b"\n") == 40


@pytest.mark.parametrize("mode", MODES)
def test_what_programs_print_that_a_plugin_calls_is_kept_out_of_the_data(desk: Any, mode: list[str]) -> None:
    add(desk, "Calls", "        print('noise')\n        os.system('echo louder noise')\n")
    desk.notes(3)
    command = [sys.executable, "-m", "copydesk", "run", "wire.toml", "--set", "export.array.path=-"]
    for override in mode:
        command += ["--set", override]
    done = subprocess.run(command, cwd=desk.folder, capture_output=True, check=True, timeout=60, env=os.environ)
    assert done.stdout.count(b"\n") == 8
    assert b"noise" not in done.stdout
    assert done.stderr.count(b"noise") == 12


@pytest.mark.parametrize("mode", MODES)
def test_an_ingest_that_fails_at_the_end_leaves_the_old_outputs(desk: Any, mode: list[str]) -> None:
    desk.notes(3)
    desk.counts()
    old = desk.outputs()
    text = (desk.folder / "desk.py").read_text()
    end = "\n    @copydesk.hookimpl\n    def finish(self):\n        raise ValueError('no end')\n"
    (desk.folder / "desk.py").write_text(text.replace('    path: str = "notes"\n', f'    path: str = "notes"\n{end}'))
    desk.note("0003", "another note")
    assert "ingest step 'Folder' failed: ValueError: no end" in desk.run(*mode).stderr
    assert desk.outputs() == old


@pytest.mark.parametrize(
    ("path", "what"),
    [
        (".copydesk/wire/lock", "in the store"),
        (".copydesk/wire/units/aa/notes.jsonl", "in the store"),
        ("desk.py", "the plugin of enrich step 'Poisoned'"),
        ("wire.toml", "the pipeline file"),
    ],
)
def test_no_output_takes_the_place_of_what_a_run_is_made_of(desk: Any, path: str, what: str) -> None:
    desk.notes(3)
    code = (desk.folder / "desk.py").read_bytes()
    for override in (f"export.array.path={path}", f"run.quarantine={path}"):
        stopped = desk.run(override)
        assert stopped.returncode == 1
        assert "copydesk._errors.UsageError" in stopped.stderr
        assert what in stopped.stderr
    assert (desk.folder / "desk.py").read_bytes() == code
    assert desk.counts()[:2] == (6, 6)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
@pytest.mark.parametrize("mode", MODES)
def test_a_folder_whose_name_is_no_utf_8_is_a_folder_like_any_other(desk: Any, mode: list[str]) -> None:
    desk.notes(3)
    expected = desk.counts("run.store=false") and desk.outputs()["out/notes.jsonl"]
    odd = os.fsencode(desk.folder) + b"/\xff\n"
    os.mkdir(odd)
    for name in ("desk.py", "wire.toml", "notes"):
        os.rename(desk.folder / name, odd + b"/" + name.encode())
    for kept in (0, 0 if mode == ["run.store=false"] else 6):
        done = subprocess.run(desk.command(*mode), cwd=odd, capture_output=True, text=True, check=True, timeout=60)
        assert done.stdout.split() == ["6", "6", "0", "0", str(kept)]
    with open(odd + b"/out/notes.jsonl", "rb") as output:
        assert hashlib.sha256(output.read()).hexdigest() == expected
