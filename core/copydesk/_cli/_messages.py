"""Messages on standard error, coloured where a person reads them."""

from __future__ import annotations

import os
import re
import sys
from typing import IO, Any

import click

_COLORS: tuple[tuple[re.Pattern[str], dict[str, Any]], ...] = (
    (re.compile(r"^error:(?=.)"), {"fg": "red", "bold": True}),
    (re.compile(r"^warning:(?=.)"), {"fg": "yellow", "bold": True}),
    (re.compile(r"(?<=\|)\s+\^+.*"), {"fg": "red"}),
    (re.compile(r"^ *-->|^ *\d* \||^ +="), {"fg": "blue", "bold": True}),
)


def has_colors(stream: IO[Any]) -> bool:
    """Whether a stream is a terminal whose user wants colours (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def tell(message: str) -> None:
    """Write a message to standard error."""
    click.echo(message, err=True, color=has_colors(sys.stderr))


def tell_error(message: str) -> None:
    """Write what is wrong, marked as an error."""
    tell(_colored(message if message.startswith("error:") else f"error: {message}"))


def tell_warning(message: str) -> None:
    """Write what may be wrong, marked as a warning."""
    tell(_colored(f"warning: {message}"))


def _colored(message: str) -> str:
    return "\n".join(map(_colored_line, message.split("\n"))) if has_colors(sys.stderr) else message


def _colored_line(line: str) -> str:
    for pattern, style in reversed(_COLORS):
        if found := pattern.search(line):
            line = line[: found.start()] + click.style(found[0], **style) + line[found.end() :]
    return line
