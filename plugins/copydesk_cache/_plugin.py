"""The plugin: a middleware that answers in a step's place what it has answered before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

import attrs

import copydesk
from copydesk_cache._findings import Findings


@copydesk.plugin
class Cache:
    """Keep what expensive steps find, by the content of documents.

    A step is not asked again about a text that it has seen with the same metadata and the same annotations,
    whatever file it comes from and whichever units are made again. A step whose options or code change is asked
    anew. What a step replaces or drops is not kept. Steps that look at a document's ``id`` or ``source``
    must not be cached.
    """

    writes: ClassVar[tuple[str, ...]] = ("path",)

    steps: tuple[str, ...] = attrs.field(validator=attrs.validators.min_len(1))
    """The names of the steps whose findings are kept."""
    path: Path = attrs.field(factory=lambda: Path(".copydesk/cache.sqlite"))
    """The file in which they are kept; deleting it costs time only."""

    _findings: Findings = attrs.field(init=False)
    _fingerprints: dict[str, str] = attrs.field(init=False, factory=dict)
    _folder: Path = attrs.field(init=False)

    @copydesk.hookimpl
    def start(self, run: copydesk.Run) -> None:
        """Open the file."""
        self._folder = run.folder
        self._findings = Findings.opened(run.folder / self.path)

    @copydesk.hookimpl(tryfirst=True)
    def enrich(self, document: copydesk.Document, step: copydesk.Step) -> tuple[Any, ...] | None:
        """Give what the step found in this text before, else ask it and keep the answer."""
        if step.name not in self.steps:
            return None
        key = self._key(document, step)
        kept = self._findings.get(key)
        if kept is not None:
            return kept
        found = _several(step.enricher()(document))
        if all(isinstance(finding, copydesk.Annotation) for finding in found):
            self._findings.put(key, document, found)
        return found

    @copydesk.hookimpl
    def finish(self) -> None:
        """Close the file."""
        self._findings.close()

    def _key(self, document: copydesk.Document, step: copydesk.Step) -> bytes:
        if step.name not in self._fingerprints:
            self._fingerprints[step.name] = step.fingerprint(self._folder)
        content = copydesk.to_json(attrs.evolve(document, id="", source=""))
        return hashlib.sha256(self._fingerprints[step.name].encode() + content).digest()


def _several(found: Any) -> tuple[Any, ...]:
    if found is None:
        return ()
    return tuple(found) if isinstance(found, Iterable) else (found,)
