"""Dask: the same bytes as in one process, whoever dies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

pytest.importorskip("distributed")

PLUGINS = """
    import os, signal

    import attrs

    import copydesk


    @attrs.frozen
    class Note(copydesk.FileSource):
        def read(self):
            for line in self.path.read_text(encoding="utf-8").splitlines():
                yield copydesk.Document(line)


    @copydesk.plugin
    class Notes:
        @copydesk.hookimpl
        def start(self, run):
            self._folder = run.folder

        @copydesk.hookimpl
        def ingest(self):
            return map(Note, copydesk.find_files([self._folder / "notes"], (".txt",)))


    class Word(copydesk.Annotation):
        label: str


    @copydesk.plugin
    class Words:
        dies_once: str = ""

        @copydesk.hookimpl
        def enrich(self, document):
            if "kill" in document.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if document.text.startswith("note 30 ") and os.path.exists("die-once"):
                os.unlink("die-once")
                os.kill(os.getpid(), signal.SIGKILL)
            for word in set(document.text.split()):
                yield Word(*document.span, label=int(word) if document.text == "7" else word)
"""

PIPELINE = """
    [run]
    timeout = 20.0

    [[ingest]]
    plugin = "desk.py:Notes"

    [[enrich]]
    plugin = "desk.py:Words"

    [[export]]
    plugin = "json"
    path = "out.jsonl"
"""

CLUSTER = """
    [[use]]
    plugin = "copydesk_dask:Dask"
    workers = 2
"""


def run(folder: Path, pipeline: str, *overrides: str) -> subprocess.CompletedProcess[str]:
    (folder / "wire.toml").write_text(dedent(pipeline), encoding="utf-8")
    program = (
        "import sys, copydesk\nif __name__ == '__main__': copydesk.load('wire.toml', overrides=sys.argv[1:]).run()"
    )
    return subprocess.run(
        [sys.executable, "-c", program, *overrides],
        cwd=folder,
        env={**os.environ, "PYTHONHASHSEED": "3"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "desk.py").write_text(dedent(PLUGINS), encoding="utf-8")
    (tmp_path / "notes").mkdir()
    for number in range(600):
        (tmp_path / f"notes/{number:04}.txt").write_text(f"note {number} from Akre\n", encoding="utf-8")
    return tmp_path


def test_two_workers_write_what_one_process_writes_also_when_one_is_killed(desk: Path) -> None:
    assert run(desk, PIPELINE, "run.store=false").returncode == 0
    expected = (desk / "out.jsonl").read_bytes()
    (desk / "out.jsonl").unlink()
    (desk / "die-once").touch()
    done = run(desk, PIPELINE + CLUSTER)
    assert done.returncode == 0, done.stderr
    assert not (desk / "die-once").exists()
    assert (desk / "out.jsonl").read_bytes() == expected
    assert not (desk / "quarantine.jsonl").exists()


def test_documents_at_fault_are_quarantined_alone(desk: Path) -> None:
    (desk / "notes/0050.txt").write_text("kill\n", encoding="utf-8")
    (desk / "notes/0051.txt").write_text("7\n", encoding="utf-8")
    done = run(desk, PIPELINE + CLUSTER)
    assert done.returncode == 0, done.stderr
    dead, wrong = map(json.loads, (desk / "quarantine.jsonl").read_text(encoding="utf-8").splitlines())
    assert (dead["id"], dead["step"], dead["error"]) == ("notes/0050.txt", "Words", "worker died")
    assert (wrong["id"], wrong["step"]) == ("notes/0051.txt", "Words")
    assert "label is wrong: Expected `str`, got `int`" in wrong["error"]
    assert len((desk / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 598


def test_a_cluster_needs_a_store(desk: Path) -> None:
    done = run(desk, PIPELINE + CLUSTER, "run.store=false")
    assert "needs the store" in done.stderr


def test_a_scheduler_that_is_not_there_is_told(desk: Path) -> None:
    done = run(desk, PIPELINE + CLUSTER, "use.Dask.address=tcp://127.0.0.1:9")
    assert "cannot be reached" in done.stderr
