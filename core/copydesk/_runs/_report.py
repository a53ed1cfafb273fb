"""What became of the documents: failures one by one, and the report of a whole run."""

from __future__ import annotations

import traceback
from collections import Counter
from pathlib import Path

import attrs

from copydesk._documents._document import Document
from copydesk._errors import CopydeskError, describe


class StepError(CopydeskError):
    """A step raised on a document; ``__cause__`` is what it raised."""

    def __init__(self, stage: str, step: str, document: Document, error: BaseException) -> None:
        self.stage, self.step, self.document = stage, step, document
        where = document.source or document.id or "a document without a source"
        super().__init__(f"{stage} step {step!r} failed on {where}: {describe(error)}")


class DocumentDroppedError(CopydeskError):
    """A step dropped the one document that was to be enriched."""

    def __init__(self, step: str, reason: str) -> None:
        self.step, self.reason = step, reason
        super().__init__(f"enrich step {step!r} dropped the document: {reason}")


@attrs.frozen
class Failure:
    """A document that goes to quarantine, or a source that could not be read."""

    step: str
    stage: str
    id: str
    source: str
    error: str
    """The exception's class name and message."""
    traceback: str
    document: Document | None = attrs.field(default=None, repr=False)
    """The document as it reached the step; None where it could not be read."""
    raw: bytes | None = attrs.field(default=None, repr=False)
    """The bytes that could not be read as a document, where only they are at fault."""
    line: bytes | None = attrs.field(default=None, repr=False, eq=False)
    """The failure as a line of the quarantine, where it has been written already; the engine's own."""

    @classmethod
    def of(
        cls,
        error: BaseException,
        *,
        stage: str,
        step: str,
        source: str = "",
        document: Document | None = None,
        raw: bytes | None = None,
    ) -> Failure:
        """Describe what a step raised."""
        return cls(
            step=step,
            stage=stage,
            id=document.id if document else "",
            source=document.source if document else source,
            error=describe(error),
            traceback="".join(traceback.format_exception(error)),
            document=document,
            raw=raw,
        )


@attrs.define
class StepTime:
    """How long a step worked, in all."""

    stage: str
    step: str
    seconds: float = 0.0


@attrs.define
class Report:
    """What a run did. Always ``read == exported + sum(dropped.values()) + quarantined``."""

    pipeline: str
    sources: int = 0
    read: int = 0
    """Documents, and sources that could not be read as any."""
    exported: int = 0
    """Documents that went through every enricher and on to the exports."""
    dropped: Counter[str] = attrs.field(factory=Counter)
    """Documents left out by steps, by the reason they gave."""
    quarantined: int = 0
    kept: int = 0
    """How many of those read were enriched by an earlier run already."""
    seconds: float = 0.0
    """Wall time of the run."""
    steps: list[StepTime] = attrs.field(factory=list)
    outputs: tuple[Path, ...] = ()
    """The files that were written."""
    unchanged: tuple[Path, ...] = ()
    """The files that were left, since they are what the run would write."""
    quarantine: Path | None = None
    """The quarantine file, where anything was put there."""
    dry: bool = False

    @property
    def ok(self) -> bool:
        """Whether nothing was quarantined."""
        return self.quarantined == 0
