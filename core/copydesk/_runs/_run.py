"""A run as hooks see it."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any, overload

import attrs
import pluggy

from copydesk._errors import UsageError
from copydesk._runs._outputs import Outputs


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
    manager: pluggy.PluginManager | None = attrs.field(default=None, repr=False)
    """The engine's own; plugins call ``call``."""

    @overload
    def output(self, path: Path) -> IO[bytes]: ...

    @overload
    def output(self, path: Path, *, encoding: str) -> IO[str]: ...

    def output(self, path: Path, *, encoding: str | None = None) -> IO[bytes] | IO[str]:
        """Open an output to write bytes to, or text where an ``encoding`` is named; it appears when the run ends well.

        Line ends are written as they are given, and what is buffered is written before the file is put at
        ``path``, whole. Raises UsageError where it cannot be written. Open outputs in ``start``, before any work.
        """
        return self.outputs.open(path, self.step, encoding)

    def call(self, hook: str, **arguments: Any) -> Any:
        """Call a hook that a plugin of this pipeline brings: a service it offers, or a contribution it takes.

        Gives the list of the answers, or the first one where the hook is ``firstresult``.
        Raises UsageError where no plugin of the pipeline brings the hook.
        """
        found = getattr(self.manager.hook, hook, None) if self.manager is not None else None
        if found is None or not found.has_spec():
            raise UsageError(f"no plugin of this pipeline brings the hook {hook!r}; add the step of the one that does")
        return found(**arguments)
