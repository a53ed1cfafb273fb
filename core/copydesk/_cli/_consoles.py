"""Rich consoles for standard output."""

from __future__ import annotations

import os
import sys

from rich.console import Console

_WIDTH_OF_FILES = 120


def output_console() -> Console:
    """A console for standard output; wide where no terminal sets the width."""
    width = None if sys.stdout.isatty() or os.environ.get("COLUMNS") else _WIDTH_OF_FILES
    return Console(highlight=False, markup=False, emoji=False, width=width)
