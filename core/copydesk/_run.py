"""A run as hooks see it."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import attrs

from copydesk._outputs import Outputs


@attrs.frozen
class Run:
    """What hooks are told of the run they are called in."""

    pipeline: str
    """The pipeline's name; outputs should not depend on it."""
    folder: Path
    """The folder of the pipeline file, absolute."""
    sources: int | None = None
    """How many sources there are, where that is known before they are read."""
    outputs: Outputs = attrs.field(factory=Outputs, repr=False)
    """The engine's own; plugins call ``output``."""
    step: str = ""
    """The name of the export step that it is handed to."""

    def output(self, path: Path) -> IO[bytes]:
        """Open an output to write bytes to; it appears at ``path``, whole, when the run ends well.

        Raises UsageError where it cannot be written. Open outputs in ``start``, before any work is done.
        """
        return self.outputs.open(path, self.step)
