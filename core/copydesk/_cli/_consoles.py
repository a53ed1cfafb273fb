"""Rich consoles for standard output."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from rich.console import Console

from copydesk._cli._exits import OutputLost

_WIDTH_OF_FILES = 120


class _Output(Console):
    def on_broken_pipe(self) -> NoReturn:
        raise OutputLost from BrokenPipeError()


def output_console() -> Console:
    """A console for standard output; wide where no terminal sets the width."""
    width = None if sys.stdout.isatty() or os.environ.get("COLUMNS") else _WIDTH_OF_FILES
    return _Output(highlight=False, markup=False, emoji=False, width=width)
