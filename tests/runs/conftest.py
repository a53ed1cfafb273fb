"""A desk whose runs can be crashed, killed and compared."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from textwrap import dedent

import attrs
import pytest

PLUGINS = """
    import ctypes, os, signal, time

    import attrs

    import copydesk


    @attrs.frozen
    class Notes(copydesk.FileSource):
        def read(self):
            text = self.path.read_text(encoding="utf-8")
            if "unreadable for C" in text:
                os._exit(3)
            for line in text.splitlines():
                if line == "worse" and os.path.exists("killed-again"):
                    os.kill(os.getpid(), signal.SIGKILL)
                yield copydesk.Document(line)


    @copydesk.plugin
    class Folder:
        path: str = "notes"

        @copydesk.hookimpl
        def start(self, run):
            self._folder = run.folder

        @copydesk.hookimpl
        def ingest(self):
            return map(Notes, copydesk.find_files([self._folder / self.path], (".txt",)))


    class Word(copydesk.Annotation):
        label: str


    @copydesk.plugin
    class Words:
        limit: int = 5
        log: str = ""

        @copydesk.hookimpl
        def enrich(self, document):
            if self.log:
                with open(self.log, "a") as log:
                    log.write(document.id + chr(10))
            while document.id > "notes/1" and os.path.exists("hold"):
                time.sleep(0.01)
            start = 0
            for word in set(document.text.split()[: self.limit]):
                start = document.text.index(word)
                yield Word(start, start + len(word), label=word.upper())


    class Panic(BaseException):
        pass


    @copydesk.plugin
    class Poisoned:
        @copydesk.hookimpl
        def enrich(self, document):
            match document.text:
                case "raise":
                    raise ValueError("no")
                case "drop":
                    raise copydesk.Drop("not wanted")
                case "panic":
                    raise Panic("no more")
                case "quit":
                    raise SystemExit(3)
                case "exit":
                    os._exit(7)
                case "kill":
                    os.kill(os.getpid(), signal.SIGKILL)
                case "worse":
                    os.rename("killed", "killed-again") if os.path.exists("killed") else open("killed", "w").close()
                    os.kill(os.getpid(), signal.SIGKILL)
                case "segfault":
                    ctypes.string_at(0)
                case "loop":
                    while True:
                        pass
                case "sleep":
                    time.sleep(1000)
                case "function":
                    return Word(0, 1, label=lambda: None)
                case "number":
                    return Word(0, 1, label=7)
                case "surrogate":
                    return Word(0, 1, label=chr(0xD800))
"""

PIPELINE = """
    [[ingest]]
    plugin = "desk.py:Folder"

    [[enrich]]
    plugin = "desk.py:Words"

    [[enrich]]
    plugin = "desk.py:Poisoned"

    [[export]]
    plugin = "json"
    path = "out/notes.jsonl"

    [[export]]
    name = "array"
    plugin = "json"
    path = "out/notes.json"
    format = "array"
"""

RUN = "import sys, copydesk; r = copydesk.load('wire.toml', overrides=sys.argv[2:]).run(retry=sys.argv[1] == 'retry')"
REPORT = "; print(r.read, r.exported, sum(r.dropped.values()), r.quarantined, r.kept)"


@attrs.frozen
class Desk:
    """A folder with notes, plugins and a pipeline."""

    folder: Path

    def note(self, name: str, *lines: str) -> None:
        path = self.folder / "notes" / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def notes(self, count: int, lines: int = 2) -> None:
        for number in range(count):
            self.note(f"{number:04}", *(f"note {number} line {line} from Akre" for line in range(lines)))

    def command(self, *overrides: str, retry: bool = False) -> list[str]:
        return [sys.executable, "-c", RUN + REPORT, "retry" if retry else "run", *overrides]

    def run(self, *overrides: str, retry: bool = False, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the pipeline in a process of its own."""
        return subprocess.run(
            self.command(*overrides, retry=retry),
            cwd=self.folder,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def counts(self, *overrides: str, retry: bool = False, **environment: str) -> tuple[int, ...]:
        """Run well; return how many were read, exported, dropped, quarantined, and kept from earlier."""
        done = self.run(*overrides, retry=retry, **environment)
        assert done.returncode == 0, done.stderr
        return tuple(map(int, done.stdout.split()))

    def status(self, *overrides: str, **environment: str) -> str:
        """What ``copydesk status`` says."""
        command = [sys.executable, "-m", "copydesk", "status", "wire.toml"]
        for override in overrides:
            command += ["--set", override]
        environment = {**os.environ, **environment}
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=True, timeout=60
        )
        return done.stdout

    def outputs(self) -> dict[str, str]:
        """The digests of all that a run leaves but its store."""
        found = {}
        for path in sorted(self.folder.rglob("*")):
            name = path.relative_to(self.folder).as_posix()
            if path.is_file() and not name.startswith((".copydesk", "notes", "desk.py", "wire.toml", "__pycache__")):
                found[name] = sha256(path.read_bytes()).hexdigest()
        return found

    def hold(self) -> None:
        """Let the thousandth note and all after it wait until ``go``."""
        (self.folder / "hold").touch()

    def go(self) -> None:
        (self.folder / "hold").unlink()

    def wait_for_units(self, count: int) -> None:
        for _ in range(6000):
            if len(self.units()) >= count:
                return
            time.sleep(0.02)
        raise TimeoutError

    @property
    def store(self) -> Path:
        return self.folder / ".copydesk" / "wire"

    def units(self) -> list[Path]:
        return sorted(path for path in self.store.glob("units/*/*"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk without notes."""
    (tmp_path / "desk.py").write_text(dedent(PLUGINS), encoding="utf-8")
    (tmp_path / "wire.toml").write_text(dedent(PIPELINE), encoding="utf-8")
    return Desk(tmp_path)


MakeDesk = Callable[[], Desk]
