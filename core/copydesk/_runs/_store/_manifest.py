"""What the last good run wrote, and the journal of a renaming that a crash may interrupt."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec

from copydesk._errors import RunError
from copydesk._runs._crashpoints import crashpoint
from copydesk._runs._outputs import Output, sync_folder

_StructT = TypeVar("_StructT", bound=msgspec.Struct)
State = tuple[int, int]
"""A file's size and time of change in nanoseconds."""


class Export(msgspec.Struct):
    """What an export step wrote, and from what."""

    step: str
    """Its fingerprint."""
    units: str
    """The digest of all units it was given."""
    outputs: dict[str, State]

    def holds(self, step: str, units: str) -> bool:
        """Whether the step would write the same again: its files are there as they were left."""
        unchanged = self.step == step and self.units == units
        return unchanged and bool(self.outputs) and all(state_of(path) == it for path, it in self.outputs.items())


class Manifest(msgspec.Struct):
    """What the last good run left: its exports and its quarantine, and the steps its units were made by."""

    exports: dict[str, Export] = {}
    quarantine: Export | None = None
    steps: dict[str, list[str]] = {}
    """The fingerprints of all steps: options, code, files."""


class _Journal(msgspec.Struct):
    moves: list[tuple[str, str]]
    manifest: Manifest


def state_of(path: Path | str) -> State | None:
    """A file's size and time of change; None where there is no such file."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a store; an empty one where there is none that can be read."""
    try:
        return _read(folder / "exports.json", Manifest)
    except (OSError, ValueError, msgspec.MsgspecError):
        return Manifest()


def commit(folder: Path, outputs: Sequence[Output], manifest: Manifest) -> None:
    """Put all outputs in place and remember them; what a crash interrupts ``recover`` completes.

    Raises RunError where the disk refuses; before anything was renamed the old outputs stand.
    """
    journal = _Journal([(str(output.beside), str(output.path)) for output in outputs if output.beside], manifest)
    try:
        write_synced(folder / "commit.json", _written(journal))
    except OSError as error:
        raise RunError(f"the store cannot be written: {error}; the old outputs are as they were") from error
    try:
        _carry_out(folder, journal)
    except OSError as error:
        raise RunError(f"the outputs cannot be put in place: {error}; run again to complete it") from error


def recover(folder: Path) -> None:
    """Complete the renaming that a crash interrupted."""
    try:
        journal = _read(folder / "commit.json", _Journal)
    except (OSError, ValueError, msgspec.MsgspecError):
        return
    _carry_out(folder, journal)


def _carry_out(folder: Path, journal: _Journal) -> None:
    for beside, path in journal.moves:
        with suppress(FileNotFoundError):  # renamed before the crash, or removed since
            os.replace(beside, path)
        crashpoint("outputs: after a rename")
    for parent in {Path(path).parent for _, path in journal.moves}:
        with suppress(FileNotFoundError):
            sync_folder(parent)
    crashpoint("outputs: folders synced")
    write_synced(folder / "exports.json", _written(journal.manifest))
    (folder / "commit.json").unlink()
    crashpoint("outputs: journal removed")


def _written(value: msgspec.Struct) -> bytes:
    # Not msgspec's own JSON: paths may hold bytes that are no UTF-8.
    return json.dumps(msgspec.to_builtins(value)).encode()


def _read(path: Path, kind: type[_StructT]) -> _StructT:
    return msgspec.convert(json.loads(path.read_bytes()), kind)


def write_synced(path: Path, content: bytes) -> None:
    """Replace a small file of the store by a new one, whole or not at all."""
    beside = path.with_name(f"{path.name}.part")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    crashpoint(f"{path.name}: before rename")
    os.replace(beside, path)
    sync_folder(path.parent)
    crashpoint(f"{path.name}: after rename")
