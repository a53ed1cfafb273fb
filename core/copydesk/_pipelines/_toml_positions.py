"""Where the keys and values of a TOML text stand, so that a mistake in one can be shown in its line."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs
import tomli

Path = tuple[str | int, ...]
"""The way to a value from the top of the file: keys, and indices into arrays."""

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_INLINE_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[ \t]*("(?:\\.|[^"\\])*"|'[^']*'|[A-Za-z0-9_-]+)[ \t]*""")
_STRING = re.compile(r'''"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*\'''', re.DOTALL)
_SCALAR = re.compile(r"[^,\]}#\n]+")


@attrs.frozen
class Positions:
    """Offsets ``(start, end)`` into the text of each key and each value, by path."""

    keys: dict[Path, tuple[int, int]] = attrs.field(factory=dict)
    values: dict[Path, tuple[int, int]] = attrs.field(factory=dict)

    def nearest(self, path: Path, *, key: bool = False) -> tuple[int, int] | None:
        """The span of the value at ``path`` (or of its key), else of the closest thing that holds it."""
        if key and path in self.keys:
            return self.keys[path]
        while path:
            found = self.values.get(path) or self.keys.get(path)
            if found is not None:
                return found
            path = path[:-1]
        return None


def find_positions(text: str) -> Positions:
    """Find where everything stands in ``text``, which must be valid TOML."""
    scanner = _Scanner(text)
    scanner.scan()
    return scanner.positions


@attrs.define
class _Scanner:
    text: str
    at: int = 0
    positions: Positions = attrs.field(factory=Positions)
    array_lengths: dict[Path, int] = attrs.field(factory=dict)

    def scan(self) -> None:
        table: Path = ()
        self.skip(_SPACE)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip(_SPACE)

    def header(self) -> Path:
        is_array = self.text.startswith("[[", self.at)
        start = self.at
        self.at += 2 if is_array else 1
        *parents, (last, _) = self.key()
        self.at += 2 if is_array else 1
        table: Path = ()
        for name, _ in parents:
            table = self.newest((*table, name))
            self.positions.keys.setdefault(table, (start, self.at))
        table = (*table, last)
        if is_array:
            index = self.array_lengths.get(table, 0)
            self.array_lengths[table] = index + 1
            self.positions.keys.setdefault(table, (start, self.at))
            table = (*table, index)
        self.positions.keys[table] = start, self.at
        return table

    def newest(self, path: Path) -> Path:
        """The path itself, or its last element where it is an array of tables."""
        length = self.array_lengths.get(path)
        return path if length is None else (*path, length - 1)

    def key(self) -> list[tuple[str, tuple[int, int]]]:
        parts = []
        while True:
            match = self.expect(_KEY)
            parts.append((_unquoted(match[1]), match.span(1)))
            if not self.text.startswith(".", self.at):
                return parts
            self.at += 1

    def pair(self, table: Path) -> None:
        path = table
        for name, span in self.key():
            path = (*path, name)
            self.positions.keys.setdefault(path, span)
        self.at += 1  # the equals sign
        self.skip(_INLINE_SPACE)
        self.value(path)

    def value(self, path: Path) -> None:
        start = self.at
        opening = self.text[start]
        if opening in "[{":
            self.at += 1
            for index in self.until("]" if opening == "[" else "}"):
                if opening == "[":
                    self.value((*path, index))
                else:
                    self.pair(path)
            end = self.at
        else:
            match = self.expect(_STRING if opening in "\"'" else _SCALAR)
            end = start + len(match[0].rstrip())
        self.positions.values[path] = start, end

    def until(self, closing: str) -> Iterator[int]:
        """Count the items of an array or inline table, standing before each, and pass its closing bracket."""
        index = 0
        self.skip(_SPACE)
        while self.text[self.at] != closing:
            yield index
            index += 1
            self.skip(_SPACE)
            if self.text[self.at] == ",":
                self.at += 1
                self.skip(_SPACE)
        self.at += 1

    def skip(self, pattern: re.Pattern[str]) -> None:
        self.expect(pattern)

    def expect(self, pattern: re.Pattern[str]) -> re.Match[str]:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise ValueError(f"not valid TOML at offset {self.at}")
        self.at = match.end()
        return match


def _unquoted(key: str) -> str:
    return str(tomli.loads(f"key = {key}")["key"]) if key[0] in "\"'" else key
