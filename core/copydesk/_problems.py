"""Mistakes in a pipeline file, told the way a compiler tells them."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

import attrs

from copydesk._errors import UsageError

OVERRIDE = "--set"
"""The origin of what was written on the command line."""


@attrs.frozen
class Place:
    """A stretch of a text that a user wrote: a pipeline file, or an option of the command line."""

    origin: str
    """The file's path as the user gave it, or ``--set``."""
    text: str
    start: int
    end: int

    @property
    def line(self) -> int:
        """Counted from 1."""
        return self.text.count("\n", 0, self.start) + 1

    @property
    def column(self) -> int:
        """Counted from 1, in code points."""
        return self.start - (self.text.rfind("\n", 0, self.start) + 1) + 1

    @property
    def source_line(self) -> str:
        """The line that it begins on."""
        return self.text.split("\n")[self.line - 1]

    def show(self, note: str) -> str:
        """The line with the spot marked, and ``note`` behind the mark."""
        number = str(self.line)
        before, marked, after = _cut(self.source_line, self.column - 1, self.end - self.start)
        line = before + marked + after
        gutter = " " * len(number)
        padding = "".join("\t" if character == "\t" else " " * _width(character) for character in before)
        mark = "^" * max(1, sum(map(_width, marked)))
        return "\n".join(
            (
                f"{gutter}--> {self.origin}:{number}:{self.column}",
                f"{gutter} |",
                f"{number} | {line.translate(_VISIBLE)}".rstrip(),
                f"{gutter} | {padding}{mark} {note}".rstrip(),
            )
        )


_LONG = 200
"""Characters of a line that are shown whole; a list of a thousand files may stand on one."""


def _cut(line: str, at: int, length: int) -> tuple[str, str, str]:
    """What stands before, in and behind a stretch of a line; of a long line what is near it."""
    before, marked, after = line[:at], line[at : at + length], line[at + length :]
    if len(line) <= _LONG:
        return before, marked, after
    return _shortened(before[::-1])[::-1], _shortened(marked), _shortened(after)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONG // 4 else text[: _LONG // 4] + "…"


_INVISIBLE = frozenset({"Mn", "Me", "Cf"})
_VISIBLE = {code: 0x2400 + code for code in range(32) if chr(code) != "\t"} | {127: 0x2421}
"""Control characters, which a terminal would obey, to the signs that stand for them."""


def _width(character: str) -> int:
    if unicodedata.category(character) in _INVISIBLE:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


@attrs.frozen
class Problem:
    """One mistake: what is wrong, where, what was probably meant, and what to do."""

    message: str
    place: Place | None = None
    note: str = ""
    help: str = ""

    def __str__(self) -> str:
        parts = [f"error: {self.message}"]
        gutter = " " * len(str(self.place.line)) if self.place else " "
        if self.place is not None:
            parts.append(self.place.show(self.note))
        elif self.note:
            parts.append(f"{gutter} = {self.note}")
        if self.help:
            parts.append(f"{gutter} = help: {self.help}")
        return "\n".join(parts)


def _order(problem: Problem) -> tuple[bool, int]:
    """Those of the file by line, then those of the command line in the order they were found."""
    if problem.place is None:
        return False, -1
    return (True, 0) if problem.place.origin == OVERRIDE else (False, problem.place.start)


class PipelineFileError(UsageError):
    """The mistakes of a pipeline file, all of them, in the order of its lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=_order))
        super().__init__("\n\n".join(map(str, self.problems)))


def closest(name: str, names: Iterable[str]) -> str | None:
    """The name that was most probably meant by a misspelt one, capitals aside, or None."""
    known = {each.casefold(): each for each in names}
    matches = difflib.get_close_matches(name.casefold(), known, n=1, cutoff=0.6)
    return known[matches[0]] if matches else None


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """The words «did you mean '…'?», or nothing where no name is close."""
    found = closest(name, names)
    return f"did you mean '{found}'?" if found else ""
