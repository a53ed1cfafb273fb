"""Processes that plugins fork."""

from __future__ import annotations

import os


def end_if_forked(process: int, error: BaseException | None = None) -> None:
    """End this process unless it is ``process``: a fork that a plugin let come back, or ended by ``sys.exit``.

    It has the same files open, and would write everything a second time.
    """
    if os.getpid() == process:
        return
    code = error.code if isinstance(error, SystemExit) else 1
    os._exit(code if isinstance(code, int) else int(code is not None))
