"""The picture of ``copydesk show`` that the README has."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

_ROOT = Path(__file__).parents[1]
_STORY = "seeds/001_en_erbil_bread_market.txt"
_LINES = 49
"""What a reader takes in; the rest of the table is cut off."""
_WIDTH = 112


def drawn() -> str:
    """What ``copydesk show`` prints of the story, as SVG."""
    shown = subprocess.run(  # noqa: S603  # the command is our own
        [sys.executable, "-m", "copydesk", "show", _STORY],
        cwd=_ROOT,
        env=os.environ
        | {"COLUMNS": str(_WIDTH), "FORCE_COLOR": "1", "NO_COLOR": "", "PYTHONUTF8": "1", "TERM": "xterm-256color"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    lines = [f"$ copydesk show {_STORY}", *shown.splitlines()[:_LINES], "…"]
    console = Console(record=True, width=_WIDTH, file=io.StringIO())
    console.print(Text.from_ansi("\n".join(lines)))
    svg = console.export_svg(title="copydesk show", theme=MONOKAI)
    # A picture should fetch nothing; any monospaced font will do.
    return re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)


def words(svg: str) -> list[str]:
    """The words of a picture, by which two are compared: the rest differs between versions of rich."""
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg)).replace("&#160;", " ").split()
