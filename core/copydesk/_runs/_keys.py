"""The keys of units: fingerprints of what their enriched documents are a function of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from copydesk._documents._record import SCHEMA_VERSION
from copydesk._plugins._checks import foreign_hooks, implemented_hooks
from copydesk._plugins._fingerprints import Fingerprint, engine_version, fingerprint
from copydesk._plugins._step import Step
from copydesk._runs._units import Unit


@attrs.frozen
class Keys:
    """Makes the keys of a pipeline's units."""

    prints: Mapping[str, Fingerprint]
    """The fingerprints of its steps, by stage and name: ``enrich.dateline``."""
    enriching: str
    """What all units have in common: the engine, the enrich steps and the middleware."""

    @classmethod
    def of(cls, steps: Sequence[Step], folder: Path) -> Keys:
        """Take the fingerprints of a pipeline's steps."""
        prints = {f"{step.stage}.{step.name}": fingerprint(step, folder) for step in steps}
        common = [f"copydesk {engine_version()} records {SCHEMA_VERSION}"]
        common += [str(prints[f"{step.stage}.{step.name}"]) for step in steps if is_enriching(step)]
        return cls(prints, hashlib.sha256("\n".join(common).encode()).hexdigest())

    def key(self, unit: Unit) -> str:
        """The key of a unit; documents that have no names of their own are named by their place."""
        first = unit.first if unit.is_read else 0
        made = hashlib.sha256(f"{self.enriching}\n{self.prints[f'ingest.{unit.step}']}\n{first}\n".encode())
        made.update("\n".join(["\0".join(look) for look in unit.looks]).encode())
        return made.hexdigest()

    def parts(self) -> dict[str, list[str]]:
        """The fingerprints of all steps in their parts: options, code, files."""
        return {name: [found.options, found.code, found.files] for name, found in self.prints.items()}

    def step(self, step: Step) -> str:
        """The fingerprint of one step."""
        return str(self.prints[f"{step.stage}.{step.name}"])


def is_enriching(step: Step) -> bool:
    """Whether what is found in documents may depend on a step: those that enrich, middleware and services."""
    kind: type = type(step.plugin)
    hooks = set(implemented_hooks(kind)) - {"start", "finish"}
    only_looks_on = hooks and "enrich" not in hooks and not foreign_hooks(kind)
    return step.stage == "enrich" or (step.stage == "use" and not only_looks_on)


def is_middleware(step: Step) -> bool:
    """Whether a step does nothing but work around those that enrich."""
    kind: type = type(step.plugin)
    return step.stage == "use" and "enrich" in implemented_hooks(kind) and not foreign_hooks(kind)
