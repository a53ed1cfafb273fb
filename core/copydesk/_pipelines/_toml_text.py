"""The text of a pipeline file, and what TOML makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomli

from copydesk._problems import PipelineFileError, Place, Problem


def read_text(path: Path) -> str:
    """The text of a pipeline file, its line ends those of Unix.

    Raises PipelineFileError where it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        problem = Problem(f"pipeline file {path} cannot be read: {error.strerror}", help="check the path")
        raise PipelineFileError([problem]) from error
    except UnicodeDecodeError as error:
        message = f"pipeline file {path} is not UTF-8: byte {error.start} cannot be decoded"
        raise PipelineFileError([Problem(message, help="save it as UTF-8")]) from error


def parsed(path: Path, text: str) -> dict[str, Any]:
    """What the text of a pipeline file says.

    Raises PipelineFileError where it is no TOML.
    """
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        start = min(error.pos, len(text))
        place = Place(str(path), text, start, start + 1)
        problem = Problem(f"not valid TOML: {error.msg}", place, help=_advice(path, error.msg))
        raise PipelineFileError([problem]) from None
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits, arrays in hundreds of arrays.
        raise PipelineFileError([Problem(f"pipeline file {path} cannot be read: {error}")]) from None


def _advice(path: Path, told: str) -> str:
    if "\\" in told:
        return r"in double quotes \ begins an escape; write a path with / or in single quotes: 'C:\stories'"
    return "" if path.suffix == ".toml" else f"is it a story? `copydesk show {path}` shows what is in it"
