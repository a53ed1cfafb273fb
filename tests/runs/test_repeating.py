"""Runs that come again: nothing is done twice, and only what changed is done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and locks of POSIX")


def test_a_second_run_writes_nothing_and_says_what_the_first_one_said(desk: Any) -> None:
    desk.notes(5)
    desk.note("bad", "raise")
    first = desk.counts()
    inodes = {path: path.stat().st_ino for path in (desk.folder / "out").iterdir()}
    assert desk.counts() == (*first[:-1], first[0])
    assert {path: path.stat().st_ino for path in (desk.folder / "out").iterdir()} == inodes


def test_one_new_source_among_many_costs_its_unit(desk: Any) -> None:
    desk.notes(2000, lines=1)
    desk.counts()
    desk.note("0777", "another text")
    read, *_, kept = desk.counts()
    assert 0 < read - kept <= 500


def test_a_changed_export_is_made_from_the_store(desk: Any) -> None:
    desk.notes(5)
    desk.counts()
    (desk.folder / "out/notes.json").unlink()
    old = (desk.folder / "out/notes.jsonl").stat().st_ino
    assert desk.counts("export.array.format=jsonl") == (10, 10, 0, 0, 10)
    assert (desk.folder / "out/notes.json").read_bytes() == (desk.folder / "out/notes.jsonl").read_bytes()
    assert (desk.folder / "out/notes.jsonl").stat().st_ino == old


def test_an_output_that_was_touched_is_made_again(desk: Any) -> None:
    desk.notes(5)
    desk.counts()
    expected = desk.outputs()
    with (desk.folder / "out/notes.jsonl").open("a") as output:
        output.write("scribbled")
    assert desk.counts()[-1] == 10
    assert desk.outputs() == expected


@pytest.mark.parametrize(
    "change",
    [
        lambda desk: ["enrich.Words.limit=2"],
        lambda desk: (desk.folder / "desk.py").write_text((desk.folder / "desk.py").read_text() + "\n# new\n") and [],
    ],
    ids=["an option", "the code"],
)
def test_a_changed_enricher_does_all_again(desk: Any, change: Any) -> None:
    desk.notes(5)
    desk.counts()
    assert desk.counts(*change(desk)) == (10, 10, 0, 0, 0)


def test_a_changed_annotation_class_of_another_package_does_its_units_again(desk: Any) -> None:
    shapes = desk.folder / "shapes.py"
    shapes.write_text("import copydesk\n\n\nclass Mark(copydesk.Annotation):\n    label: str\n")
    plugins = (desk.folder / "desk.py").read_text()
    (desk.folder / "desk.py").write_text(
        plugins.replace("yield Word(start, start + len(word), label=word.upper())", "yield marked(document)")
        + "\nimport shapes\n\n\ndef marked(document):\n"
        "    return shapes.Mark(0, 1, **{name: 'x' for name in shapes.Mark.__annotations__})\n"
    )
    desk.notes(5)
    desk.counts(PYTHONPATH=".")
    assert desk.counts(PYTHONPATH=".")[-1] == 10
    with shapes.open("a") as code:
        code.write("    shade: str\n")
    (desk.folder / "out/notes.json").unlink()
    assert "the code of 'shapes' changed" in desk.status(PYTHONPATH=".")
    assert desk.counts(PYTHONPATH=".") == (10, 10, 0, 0, 0)
    assert b'"shade":"x"' in (desk.folder / "out/notes.json").read_bytes()


def test_what_nothing_asks_for_any_more_is_cleared(desk: Any) -> None:
    desk.notes(5)
    desk.counts()
    (before,) = desk.units()
    desk.note("0000", "changed")
    desk.counts()
    (after,) = desk.units()
    assert before != after
    assert not list(desk.store.glob("work/*"))


def test_removing_the_store_costs_time_and_no_data(desk: Any) -> None:
    desk.notes(5)
    desk.counts()
    expected = desk.outputs()
    for path in sorted(desk.store.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert desk.counts()[-1] == 0
    assert desk.outputs() == expected


def test_one_process_and_two_and_another_hash_seed_write_the_same_bytes(desk: Any) -> None:
    desk.notes(300, lines=3)
    expected = None
    for seed, overrides in enumerate(
        (["run.store=false"], [], ["run.workers=2"], ["run.workers=2", "run.store=false"], ["run.timeout=5.0"])
    ):
        for path in desk.units():
            path.unlink()
        (desk.store / "exports.json").unlink(missing_ok=True)
        assert desk.counts(*overrides, PYTHONHASHSEED=str(seed))[-1] == 0
        expected = expected or desk.outputs()
        assert desk.outputs() == expected


def test_content_tells_what_times_do_not(desk: Any) -> None:
    desk.notes(3)
    desk.counts("run.fingerprint=content")
    note = desk.folder / "notes/0001.txt"
    times = note.stat()
    note.write_text(note.read_text().replace("Akre", "Erka"))
    os.utime(note, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert desk.counts("run.fingerprint=content")[-1] == 0
    assert desk.counts("run.fingerprint=content")[-1] == 6


def test_a_source_that_cannot_be_looked_at_is_quarantined(desk: Any) -> None:
    desk.notes(3)
    (desk.folder / "notes/gone.txt").symlink_to("nowhere")
    assert desk.counts()[3] == 1


@posix
@pytest.mark.parametrize("workers", [1, 2])
def test_the_first_signal_lets_the_units_in_hand_be_finished_and_kept(desk: Any, workers: int) -> None:
    desk.notes(4000, lines=1)  # many more than two workers have in hand
    desk.hold()
    log = desk.folder / "log"
    overrides = [f"run.workers={workers}", f"enrich.Words.log={log.as_posix()}"]
    with subprocess.Popen(
        [sys.executable, "-m", "copydesk", "run", "wire.toml", *(part for o in overrides for part in ("--set", o))],
        cwd=desk.folder,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        desk.wait_for_units(1)
        run.send_signal(signal.SIGINT)
        told = ""
        assert run.stderr is not None
        while "once more stops now" not in told:
            told = run.stderr.readline()
            assert told
        desk.go()
        run.communicate(timeout=120)
    assert run.returncode == 130
    assert not list((desk.folder / "out").iterdir())
    begun = len(set(log.read_text().split()))
    read, *_, kept = desk.counts(*overrides)
    assert 0 < kept == begun < read


@posix
def test_a_second_run_at_the_same_time_is_refused_with_the_first_ones_process(desk: Any) -> None:
    desk.notes(1500, lines=1)
    desk.hold()
    with subprocess.Popen(desk.command(), cwd=desk.folder) as first:
        desk.wait_for_units(1)
        second = desk.run()
        assert second.returncode != 0
        assert f"is being run already, by process {first.pid} since 20" in second.stderr
        first.kill()
    desk.go()
    assert desk.run().returncode == 0


@posix
@pytest.mark.parametrize(("store", "where"), [("true", "the store"), ("false", "out/notes.json")])
def test_a_full_disk_stops_the_run_says_where_and_leaves_the_old_outputs(desk: Any, store: str, where: str) -> None:
    desk.notes(10)
    desk.counts()
    old = desk.outputs()
    desk.note("large", *(["word " * 200] * 2000))
    program = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))\n"
    command = desk.command(f"run.store={store}")
    command[2] = program + command[2].replace(";", "\n").replace("\n ", "\n")
    stopped = subprocess.run(command, cwd=desk.folder, capture_output=True, text=True, timeout=60, check=False)
    assert stopped.returncode == 1
    assert f"{where} cannot be written: File too large" in stopped.stderr
    assert "the old outputs are as they were" in stopped.stderr
    assert desk.outputs() == old
    assert desk.counts()[0] == 2020


@posix
@pytest.mark.parametrize("most", [10, 1000, 4000])
def test_a_disk_that_is_full_from_the_start_is_told_as_the_stores(desk: Any, most: int) -> None:
    desk.notes(20)
    program = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))\n"
    command = desk.command()
    command[2] = program + command[2].replace(";", "\n").replace("\n ", "\n")
    stopped = subprocess.run(command, cwd=desk.folder, capture_output=True, text=True, timeout=60, check=False)
    assert stopped.stderr.splitlines()[-1].startswith("copydesk._errors.RunError: the store ")
    assert "File too large" in stopped.stderr.splitlines()[-1]
    assert desk.counts()[0] == 40


def test_a_store_that_cannot_be_made_is_told(desk: Any) -> None:
    desk.notes(1)
    (desk.folder / ".copydesk").write_text("in the way")
    told = desk.run().stderr
    assert "write store = false under [run]" in told


def test_status_tells_what_is_to_do_and_why(desk: Any) -> None:
    status = desk.status
    desk.notes(3)
    desk.note("bad", "raise")
    assert "4 sources in 1 unit, 0 of them done (0 documents), 1 to do" in status()
    desk.counts()
    assert "1 of them done (7 documents), 0 to do\n  export notes" not in status()
    assert "export array: current" in status()
    assert "1 × enrich step 'Poisoned': ValueError: no\n      notes/bad.txt" in status()
    assert "since enrich step 'Words': its options changed" in status("enrich.Words.limit=1")
    desk.note("0001", "other")
    desk.note("0009", "new")
    Path(desk.folder, "notes/0000.txt").unlink()
    told = status()
    assert "1 source is changed: notes/0001.txt" in told
    assert "1 source is new: notes/0009.txt" in told
    assert "1 source is gone: notes/0000.txt" in told


def test_status_tells_no_reason_besides_a_source_that_is_gone(desk: Any) -> None:
    desk.notes(3)
    desk.counts()
    Path(desk.folder, "notes/0000.txt").unlink()
    reasons = [line for line in desk.status().splitlines() if line.startswith("  to do")]
    assert reasons == ["  to do, since 1 source is gone: notes/0000.txt"]


def test_paths_with_any_bytes_are_kept_apart(desk: Any) -> None:
    if sys.platform != "linux":
        pytest.skip("other systems refuse such names")
    desk.notes(1)
    for name in (b"\xff.txt", b"\xfe.txt"):
        with open(os.fsencode(desk.folder / "notes") + b"/" + name, "w") as note:
            note.write("a note")
    assert desk.counts()[:2] == (4, 4)
    assert desk.counts()[-1] == 4
