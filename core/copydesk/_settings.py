"""The settings of ``[run]``: how a pipeline is carried out, not what it does."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import attrs


@attrs.frozen(kw_only=True)
class RunSettings:
    """How a run is carried out."""

    on_error: Literal["quarantine", "stop"] = "quarantine"
    """What happens to the run when a step raises on a document."""
    quarantine: Path = Path("quarantine.jsonl")
    """Where documents that a step failed on are put."""
