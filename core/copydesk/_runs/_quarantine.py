"""The quarantine: documents that a step failed on, kept to be looked at and tried again."""

from __future__ import annotations

import base64
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import attrs

from copydesk._documents._record import to_json
from copydesk._errors import RecordError, RunError, UsageError
from copydesk._runs._crashpoints import crashpoint
from copydesk._runs._outputs import make_folder
from copydesk._runs._report import Failure


def _no_folder(_quarantine: Any, _attribute: Any, path: Path) -> None:
    if path.is_dir():
        raise UsageError(f"quarantine {path} is a folder; name a file")


@attrs.define
class Quarantine:
    """A JSON Lines file of the failures of one run, written as they happen.

    It replaces the last run's file when the run ends, however it ends; a run that ends well and without
    failures removes it.
    """

    path: Path = attrs.field(validator=_no_folder)
    tag: str = attrs.field(factory=lambda: str(os.getpid()))
    """Marks the file that is being written as this run's own."""
    count: int = 0
    _file: IO[bytes] | None = None

    @property
    def _beside(self) -> Path:
        return self.path.with_name(f".{self.path.name}.{self.tag}.part")

    def add(self, failure: Failure) -> None:
        """Write one failure, and make sure the operating system has it.

        Raises RunError where it cannot be written: then nothing would be kept.
        """
        line = failure_line(failure) + b"\n"
        try:
            if self._file is None:
                make_folder(self.path.parent)
                self._file = self._beside.open("wb")
            self._file.write(line)
            self._file.flush()
        except OSError as error:
            raise RunError(f"quarantine {self.path} cannot be written: {error.strerror}") from error
        self.count += 1

    def close(self, *, orderly: bool) -> Path | None:
        """Put the file in its place and return its path; None where there was nothing to keep.

        Raises RunError where that cannot be done.
        """
        try:
            if self._file is None:
                if orderly:
                    self._beside.unlink(missing_ok=True)
                    self.path.unlink(missing_ok=True)
                return None
            self._file.close()
            self._file = None
            crashpoint("quarantine: before rename")
            os.replace(self._beside, self.path)
            crashpoint("quarantine: after rename")
        except OSError as error:
            raise RunError(f"quarantine {self.path} cannot be written: {error.strerror}") from error
        return self.path


def failure_line(failure: Failure) -> bytes:
    """A failure as a line of the quarantine, without the line's end."""
    return failure.line or json.dumps(_entry(failure), ensure_ascii=False).encode("utf-8", "backslashreplace")


def failure_of_line(line: bytes) -> Failure:
    """The failure that a line tells, without its document."""
    entry = json.loads(line)
    told = {name: entry[name] for name in ("stage", "step", "id", "source", "error", "traceback")}
    return Failure(**told, line=line)


def _entry(failure: Failure) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "stage": failure.stage,
        "step": failure.step,
        "id": failure.id,
        "source": failure.source,
        "error": failure.error,
        "traceback": failure.traceback,
    }
    if failure.document is not None:
        entry["document"] = _record(failure)
    if failure.raw is not None:
        entry["raw_base64"] = base64.b64encode(failure.raw).decode()
    return entry


def _record(failure: Failure) -> Any:
    document = failure.document
    if document is None:
        return None
    bare = attrs.evolve(document, annotations=())
    for less in (document, bare, attrs.evolve(bare, metadata={}, id="", source="")):
        with suppress(RecordError):
            return json.loads(to_json(less))
    return None
