"""A desk to try the command on: a pipeline whose plugins stand beside it, and the command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Cli = Callable[..., subprocess.CompletedProcess[str]]

PLUGINS = '''
from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO, ClassVar, Literal

import attrs
import copydesk


@attrs.frozen
class Subject:
    start: int
    end: int
    text: str
    role: str | None = None


class Shout(copydesk.Annotation):
    """A word in capitals."""

    loudness: float
    subject: Subject | None = None
    urgent: bool = False


class Note(copydesk.FileSource):
    def read(self):
        yield copydesk.Document(self.path.read_text("utf-8"))


@copydesk.plugin
class Notes:
    """Read notes, one a file."""

    reads: ClassVar[tuple[str, ...]] = (".note",)
    paths: tuple[Path, ...]
    """Which files."""

    @copydesk.hookimpl
    def ingest(self):
        return (Note(path) for path in copydesk.find_files(self.paths, self.reads))


@copydesk.plugin
class Shouts:
    """Find words in capitals.

    Words such as ``STOP`` count.
    """

    loudness: float = 1.5
    """How loud a word in capitals is."""
    mode: Literal["all", "first"] = "all"
    drop: str = ""
    fail: str = ""
    say: str = ""
    wait: str = ""

    @copydesk.hookimpl
    def enrich(self, document):
        if self.say:
            print(self.say)
        if self.drop and self.drop in document.text:
            raise copydesk.Drop("unwanted")
        if self.fail and self.fail in document.text:
            raise ValueError("cannot bear " + self.fail)
        if self.wait:
            Path(self.wait).touch()
            time.sleep(60)
        at = 0
        for word in document.text.split():
            at = document.text.index(word, at)
            if word.isupper() and len(word) > 1:
                subject = Subject(at + 1, at + 2, word[1], role="second")
                yield Shout(at, at + len(word), loudness=self.loudness, subject=subject)


@copydesk.plugin
class Texts:
    """Write texts, one a line."""

    path: Path
    _output: IO[bytes] = attrs.field(init=False)

    @copydesk.hookimpl
    def start(self, run: copydesk.Run):
        self._output = run.output(self.path)

    @copydesk.hookimpl
    def export(self, documents: Iterable[copydesk.Document]):
        for document in documents:
            self._output.write(document.text.encode() + b"\\n")
'''

PIPELINE = """
name = "desk"

[[ingest]]
plugin = "desk.py:Notes"
paths = ["notes"]

[[enrich]]
plugin = "desk.py:Shouts"

[[export]]
plugin = "desk.py:Texts"
path = "out/texts.txt"
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a pipeline, its plugins and three notes."""
    (tmp_path / "desk.py").write_text(PLUGINS, "utf-8")
    (tmp_path / "desk.toml").write_text(PIPELINE, "utf-8")
    (tmp_path / "notes").mkdir()
    for name, text in (("a", "STOP the press"), ("b", "all is quiet"), ("c", "قف STOP هنا")):
        (tmp_path / "notes" / f"{name}.note").write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def environment() -> dict[str, str]:
    """The environment, without what would colour or widen the output."""
    unwanted = ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE")
    return {name: value for name, value in os.environ.items() if name not in unwanted}


@pytest.fixture
def cli(desk: Path, environment: dict[str, str]) -> Cli:
    """Run the command beside the pipeline, to its end."""

    def run(*arguments: str | Path, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "copydesk", *map(str, arguments)],
            cwd=desk,
            env=environment | {"PYTHONPATH": ""} | more,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )

    return run
