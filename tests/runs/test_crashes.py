"""Whatever moment a run dies at: run again, and the outputs are those of a run that nothing disturbed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from copydesk._runs._store import Store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

CRASHED = 137


def golden(desk: Any) -> dict[str, str]:
    """The outputs of an undisturbed run, of which nothing is left but what it was made of."""
    desk.counts()
    outputs: dict[str, str] = desk.outputs()
    forget(desk)
    return outputs


def forget(desk: Any) -> None:
    shutil.rmtree(desk.folder / ".copydesk", ignore_errors=True)
    shutil.rmtree(desk.folder / "out", ignore_errors=True)
    (desk.folder / "quarantine.jsonl").unlink(missing_ok=True)


def test_a_crash_at_any_step_of_input_and_output_leaves_nothing_to_repair(desk: Any) -> None:
    desk.notes(3)
    desk.note("bad", "raise")
    expected = golden(desk)
    seen = []
    for place in count(1):
        forget(desk)
        crashed = desk.run(COPYDESK_CRASH_AT=str(place))
        if crashed.returncode == 0:
            break
        assert crashed.returncode == CRASHED, crashed.stderr
        seen.append(crashed.stderr.strip())
        desk.counts()
        assert desk.outputs() == expected, crashed.stderr
    assert len(seen) >= 15
    assert any("after a rename" in point for point in seen)


def test_outputs_of_an_earlier_run_stand_until_all_new_ones_are_whole(desk: Any) -> None:
    """Both are old, or a crash came between the renames, and the next run completes them first."""
    desk.notes(2)
    old = golden(desk)
    desk.counts()
    desk.note("more", "another note from Zakho")
    for place in count(1):
        crashed = desk.run(COPYDESK_CRASH_AT=str(place))
        if crashed.returncode == 0 or "after a rename" in crashed.stderr:
            break
        assert {name: digest for name, digest in desk.outputs().items() if "part" not in name} == old
        assert crashed.returncode == CRASHED


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_is_killed_at_any_time_can_be_run_again(desk: Any, workers: int) -> None:
    desk.notes(300, lines=20)
    expected = golden(desk)
    chance = random.Random(workers)
    for _ in range(5):
        forget(desk)
        with subprocess.Popen(desk.command(f"run.workers={workers}"), cwd=desk.folder) as run:
            time.sleep(chance.uniform(0.1, 1.0))
            run.kill()
        desk.counts(f"run.workers={workers}")
        assert desk.outputs() == expected


def workers_of(process: int) -> list[int]:
    """Its children but the one that looks after what they share."""
    found = map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split())
    return [child for child in found if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for workers in /proc")
def test_workers_that_are_killed_cost_time_only(desk: Any) -> None:
    desk.notes(4000, lines=1)
    expected = golden(desk)
    desk.hold()
    with subprocess.Popen(desk.command("run.workers=2"), cwd=desk.folder, stdout=subprocess.PIPE, text=True) as run:
        desk.wait_for_units(1)
        workers = workers_of(run.pid)
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        desk.go()
        told, _ = run.communicate(timeout=120)
    assert run.returncode == 0
    assert len(workers) == 2
    assert told.split() == ["4000", "4000", "0", "0", "0"]
    assert desk.outputs() == expected


def test_a_unit_that_is_cut_off_anywhere_is_made_again(desk: Any) -> None:
    desk.note("only", "a short note")
    expected = golden(desk)
    desk.counts()
    (unit,) = desk.units()
    whole = unit.read_bytes()
    store = Store(desk.store)
    for length in range(len(whole)):
        unit.write_bytes(whole[:length])
        assert store.summary(unit.name) is None
    for length in (0, len(whole) // 2, len(whole) - 1):
        unit.write_bytes(whole[:length])
        assert desk.counts()[-1] == 0
        assert desk.outputs() == expected
        assert unit.read_bytes() == whole


def test_a_unit_whose_bytes_have_rotted_is_made_again_when_it_is_read(desk: Any) -> None:
    desk.notes(3)
    expected = golden(desk)
    desk.counts()
    (unit,) = desk.units()
    whole = unit.read_bytes()
    unit.write_bytes(whole.replace(b"Akre", b"Arke", 1))
    (desk.folder / "out/notes.jsonl").unlink()
    desk.counts()
    assert desk.outputs() == expected
    assert unit.read_bytes() == whole


def test_another_units_file_is_not_taken_for_this_one(desk: Any) -> None:
    desk.notes(3)
    desk.counts()
    (unit,) = desk.units()
    foreign = unit.with_name(unit.name[:-1] + ("0" if unit.name[-1] != "0" else "1"))
    unit.rename(foreign)
    foreign.rename(unit)
    content = unit.read_bytes().replace(unit.name.encode(), foreign.name.encode())
    unit.write_bytes(content)
    assert desk.counts()[-1] == 0
