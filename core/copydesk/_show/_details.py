"""A finding's fields in words, whatever its type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from copydesk._show._findings import Finding
from copydesk._show._text import isolated, one_line

_LIMIT = 200
_PLACE = ("start", "end")


def details(finding: Finding, text: str) -> Iterator[tuple[str, str]]:
    """The names and values of a finding's own fields; left out is what is empty, or only its own text or span."""
    own = " ".join(text[finding.start : finding.end].split())
    for name, value in finding.fields.items():
        repeats = " ".join(value.split()) == own if isinstance(value, str) else value == [[finding.start, finding.end]]
        if not (_is_empty(value) or repeats):
            yield name, in_words(value)


def in_words(value: Any) -> str:
    """A JSON value: parts by their text, behind an arrow who or what is meant, and the rest in brackets."""
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "none"}[value]
    if isinstance(value, str):
        return isolated(one_line(value, _LIMIT))
    if isinstance(value, list):
        if len(value) == 2 and all(type(item) is int for item in value):
            return f"{value[0]}–{value[1]}"
        return ", ".join(map(in_words, value))
    if isinstance(value, dict):
        return _part_in_words(value)
    return str(value)


def _part_in_words(part: dict[str, Any]) -> str:
    said = {name: value for name, value in part.items() if name not in _PLACE and not _is_empty(value)}
    words = [in_words(said.pop("text"))] if "text" in said else []
    means = [name for name, value in said.items() if words and (name == "name" or _is_part(value))]
    words += [f"→ {in_words(said.pop(name))}" for name in means]
    rest = [f"{name} {in_words(value)}" for name, value in said.items() if value is not False]
    if not words:
        return ", ".join(rest)
    return " ".join(words) + (f" ({', '.join(rest)})" if rest else "")


def _is_part(value: Any) -> bool:
    return isinstance(value, dict) and "text" in value


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, (str, list, dict)) and not value)
