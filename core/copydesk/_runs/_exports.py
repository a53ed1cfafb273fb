"""The exports of a run with a store: which have to be called, and what is remembered of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs

from copydesk._plugins._step import Step
from copydesk._runs._keys import Keys
from copydesk._runs._outputs import Output, Outputs
from copydesk._runs._store import Export, Manifest, Schedule, Summary, commit, read_manifest, state_of


@attrs.define
class Exports:
    """The export steps of a run, compared with what the last good run left."""

    folder: Path
    """The store's."""
    steps: tuple[Step, ...]
    prints: dict[str, str]
    """The fingerprints of the steps, by name."""
    quarantine: Path
    manifest: Manifest
    """What the last good run left."""
    all_prints: dict[str, list[str]]
    active: tuple[Step, ...] = ()
    """Those that have to be called."""
    keys: set[str] = attrs.field(factory=set)
    """The units that have been handed to them."""
    _digest: Any = attrs.field(init=False, factory=hashlib.sha256)

    @classmethod
    def of(cls, folder: Path, keys: Keys, steps: tuple[Step, ...], quarantine: Path) -> Exports:
        """Read what the last good run left; all steps are to be called until they are compared with it."""
        prints = {step.name: keys.step(step) for step in steps}
        return cls(folder, steps, prints, quarantine, read_manifest(folder), keys.parts(), steps)

    def are_current(self, schedule: Schedule) -> bool:
        """Whether nothing has to be written: all units are done, and the outputs were made from them.

        Of exports that are current when others are not, ``active`` is rid.
        """
        totals = schedule.totals
        if totals.todo or not schedule.is_complete:
            return False
        digest = totals.digest.hexdigest()
        self.active = tuple(step for step in self.steps if not self._is_current(step, digest))
        return not self.active and self._quarantine_is_current(digest, totals.counts["failed"])

    @property
    def unchanged(self) -> tuple[Path, ...]:
        """The outputs of the steps that were not called."""
        left = [step.name for step in self.steps if step not in self.active]
        return tuple(Path(path) for name in left for path in self.manifest.exports[name].outputs)

    def saw(self, summary: Summary) -> None:
        """Remember a unit that was handed to the exports."""
        self.keys.add(summary.key)
        self._digest.update(summary.line())

    def commit(self, outputs: Outputs, quarantine: Path | None) -> tuple[Path, ...]:
        """Put the outputs in place and remember what they were made of; return their paths."""
        written = outputs.synced()
        digest = self._digest.hexdigest()
        exports = {step.name: self.manifest.exports[step.name] for step in self.steps if step not in self.active}
        for step in self.active:
            own = [output for output in written if output.owner == step.name]
            exports[step.name] = Export(self.prints[step.name], digest, _states(own))
        state = state_of(quarantine) if quarantine else None
        kept = Export("", digest, {str(quarantine): state} if state else {})
        commit(self.folder, written, Manifest(exports=exports, quarantine=kept, steps=self.all_prints))
        return outputs.settled()

    def _is_current(self, step: Step, digest: str) -> bool:
        export = self.manifest.exports.get(step.name)
        return export is not None and export.holds(self.prints[step.name], digest)

    def _quarantine_is_current(self, digest: str, failed: int) -> bool:
        kept = self.manifest.quarantine
        if not failed:
            return not self.quarantine.exists()
        return kept is not None and kept.holds("", digest)


def _states(outputs: Sequence[Output]) -> dict[str, tuple[int, int]]:
    """How a step's files will be when they are in place; none where it also wrote to a pipe, which keeps nothing."""
    states = {str(it.path): state for it in outputs if it.beside is not None and (state := state_of(it.beside))}
    return states if len(states) == len(outputs) else {}
