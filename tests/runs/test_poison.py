"""Documents that kill or stop whoever works on them: each is set aside by name, the others get through."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

REASONS = {
    "raise": "ValueError: no",
    "panic": "Panic: no more",
    "quit": "SystemExit: 3",
    "exit": "worker died (exit code 7)",
    "kill": "worker died (signal 9)",
    "segfault": "worker died (signal 11)",
    "loop": "took longer than 2 s",
    "sleep": "took longer than 2 s",
    "function": "which JSON cannot carry",
    "surrogate": "lone surrogate",
    "number": "label is wrong: Expected `str`, got `int`",
}


def quarantined(desk: Any) -> dict[str, dict[str, Any]]:
    lines = (desk.folder / "quarantine.jsonl").read_text(encoding="utf-8").splitlines()
    return {entry["id"] or entry["source"]: entry for entry in map(json.loads, lines)}


def test_each_is_quarantined_by_name_with_its_reason_and_the_others_get_through(desk: Any) -> None:
    desk.notes(20)
    for kind in REASONS:
        desk.note(kind, "before it", kind, "after it")
    desk.note("dropped", "drop")
    desk.note("reading", "unreadable for C")
    (desk.folder / "notes/broken.txt").write_bytes(b"\xff\xfe\xfa")
    read, exported, dropped, failed, _ = desk.counts("run.workers=2", "run.timeout=2")
    found = quarantined(desk)
    assert found.keys() == {f"notes/{kind}.txt#2" for kind in REASONS} | {"notes/reading.txt", "notes/broken.txt"}
    for kind, reason in REASONS.items():
        entry = found[f"notes/{kind}.txt#2"]
        assert reason in entry["error"]
        assert (entry["stage"], entry["step"]) == ("enrich", "Poisoned")
        assert entry["document"]["text"] == kind
    assert found["notes/reading.txt"]["error"] == "worker died (exit code 3)"
    assert found["notes/reading.txt"]["stage"] == "ingest"
    assert "desk.py" in found["notes/loop.txt#2"]["traceback"]
    assert "desk.py" in found["notes/segfault.txt#2"]["traceback"]
    assert (exported, dropped, failed) == (40 + 2 * len(REASONS), 1, len(REASONS) + 2)
    assert read == exported + dropped + failed


@pytest.mark.parametrize("kind", ["number", "panic", "quit"])
def test_what_no_process_dies_of_is_quarantined_at_once_and_likewise_in_every_mode(desk: Any, kind: str) -> None:
    desk.note("bad", "before it", kind, "after it")
    left = []
    for overrides in (["run.store=false"], [], ["run.workers=2"], ["run.workers=2", "run.store=false"]):
        shutil.rmtree(desk.folder / ".copydesk", ignore_errors=True)
        assert desk.counts(*overrides) == (3, 2, 0, 1, 0)
        (entry,) = quarantined(desk).values()
        left.append((entry["step"], entry["error"], desk.outputs()["out/notes.jsonl"]))
    assert len(set(left)) == 1
    assert desk.counts() == (3, 2, 0, 1, 0)
    assert desk.counts() == (3, 2, 0, 1, 3)


def test_a_document_that_cannot_even_be_read_to_be_set_aside_ends_its_source(desk: Any) -> None:
    desk.notes(5)
    desk.note("bad", "before it", "worse", "after it")
    assert desk.counts("run.workers=2") == (12, 11, 0, 1, 0)
    (entry,) = quarantined(desk).values()
    assert (entry["source"], entry["error"]) == ("notes/bad.txt", "worker died (signal 9)")


def test_a_disk_that_takes_long_to_keep_a_finished_unit_is_no_documents_fault(tmp_path: Path) -> None:
    program = (
        "import pathlib, time\n"
        "from copydesk._runs._store import Watch\n"
        f"with Watch(pathlib.Path({str(tmp_path / 'watch')!r}), guarded=True, timeout=0.2) as watch:\n"
        "    watch.reading(0, 0)\n"
        "    watch.ended()\n"
        "    time.sleep(1)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_document_that_kills_a_run_in_one_process_is_found_by_the_next_run(desk: Any) -> None:
    desk.notes(5)
    desk.note("bad", "before it", "kill", "after it")
    assert desk.run().returncode == -9
    assert desk.counts() == (13, 12, 0, 1, 0)
    assert quarantined(desk)["notes/bad.txt#2"]["error"] == "worker died (signal 9)"


def test_a_retry_works_on_units_with_failures_and_on_no_others(desk: Any) -> None:
    desk.notes(600)
    desk.note("0000", "raise")
    log = desk.folder / "log.txt"
    desk.counts("enrich.Words.log=log.txt")
    log.unlink()
    assert desk.counts("enrich.Words.log=log.txt")[3:] == (1, 1200 - 1)
    assert not log.exists()
    read, *_, failed, kept = desk.counts("enrich.Words.log=log.txt", retry=True)
    assert failed == 1
    assert 0 < len(log.read_text().split()) == read - kept < read


def test_too_many_failures_stop_the_run_and_leave_the_old_outputs(desk: Any) -> None:
    desk.notes(5)
    desk.counts()
    old = desk.outputs()
    for number in range(4):
        desk.note(f"bad{number}", "raise")
    stopped = desk.run("run.max_failures=3")
    assert stopped.returncode != 0
    assert "4 of 14 documents failed" in stopped.stderr or "failed, more than max_failures = 3" in stopped.stderr
    assert desk.outputs().items() >= old.items()


@pytest.mark.parametrize("store", ["true", "false"])
def test_a_share_of_failures_that_is_too_large_stops_a_small_run_too(desk: Any, store: str) -> None:
    desk.notes(5)
    desk.counts()
    old = desk.outputs()
    for number in range(4):
        desk.note(f"bad{number}", "raise")
    stopped = desk.run("run.max_failures=0.25", f"run.store={store}")
    assert "4 of 14 documents failed, more than max_failures = 0.25 allows" in stopped.stderr
    assert desk.outputs().items() >= old.items()
    assert desk.run("run.max_failures=0.5", f"run.store={store}").returncode != 1


def test_a_run_that_stops_at_errors_stops_in_workers_too(desk: Any) -> None:
    desk.notes(5)
    desk.note("bad", "raise")
    for workers in (1, 2):
        stopped = desk.run('run.on_error="stop"', f"run.workers={workers}")
        assert "stopped, since enrich step 'Poisoned' failed on notes/bad.txt: ValueError: no" in stopped.stderr
        assert not (desk.folder / "out").exists() or not list((desk.folder / "out").iterdir())


def test_failures_that_were_kept_stop_a_run_that_stops_at_errors(desk: Any) -> None:
    desk.note("bad", "raise")
    desk.counts()
    assert "stopped, since" in desk.run('run.on_error="stop"').stderr
    assert "max_failures = 0 allows" in desk.run("run.max_failures=0").stderr
    assert desk.counts()[3:] == (1, 1)


def test_a_plugin_that_dies_in_start_ends_the_run(desk: Any) -> None:
    desk.notes(1)
    with (desk.folder / "desk.py").open("a") as plugins:
        plugins.write(
            "\n\n@copydesk.plugin\nclass Dies:\n"
            "    @copydesk.hookimpl\n    def start(self):\n        os._exit(5)\n"
            "    @copydesk.hookimpl\n    def enrich(self, document):\n        return None\n"
        )
    with (desk.folder / "wire.toml").open("a") as pipeline:
        pipeline.write('\n[[enrich]]\nplugin = "desk.py:Dies"\n')
    stopped = desk.run("run.workers=2")
    assert "workers die before or after their work: worker died (exit code 5)" in stopped.stderr
