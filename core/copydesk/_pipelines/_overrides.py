"""Overrides of a pipeline file from outside: ``export.json.path=out.jsonl``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs
import tomli

from copydesk._pipelines._settings import RunSettings
from copydesk._plugins._hookspecs import STAGES
from copydesk._problems import OVERRIDE, Place, Problem, did_you_mean

_STEP_TABLES = (*STAGES, "use")


def step_name(table: dict[str, Any]) -> str:
    """The name of a step's table: its own, else its plugin's, of ``file.py:Class`` the class's."""
    return str(table.get("name") or str(table.get("plugin", "")).rpartition(":")[2])


@attrs.frozen
class Override:
    """One override: the path of the value it sets, and the text that the user wrote."""

    path: tuple[str | int, ...]
    text: str

    def place(self, *, key: bool = False, part: str = "") -> Place:
        """Where its key, its value or a part of its value stands in the text."""
        equals = self.text.index("=")
        if key:
            return Place(OVERRIDE, self.text, 0, len(self.text[:equals].rstrip()))
        start = self.text.find(part, equals + 1) if part else -1
        span = (start, start + len(part)) if start >= 0 else (equals + 1, len(self.text))
        return Place(OVERRIDE, self.text, *span)


def apply_overrides(content: dict[str, Any], overrides: Sequence[str]) -> tuple[list[Override], list[Problem]]:
    """Set values in a parsed pipeline file; return what was set, and what is wrong with the rest.

    An override is ``TABLE.STEP.OPTION=VALUE``, ``run.SETTING=VALUE`` or ``name=VALUE``. The value is TOML;
    what is no TOML is taken as a string.
    """
    applied: list[Override] = []
    problems: list[Problem] = []
    for text in overrides:
        try:
            keys, value = _parse(text)
            applied.append(Override(_set(content, keys, value), text))
        except _OverrideError as error:
            problems.append(error.problem(text))
    return applied, problems


class _OverrideError(Exception):
    def __init__(self, message: str, part: str = "", note: str = "") -> None:
        super().__init__(message)
        self.part, self.note = part, note

    def problem(self, text: str) -> Problem:
        start = max(text.find(self.part), 0)
        place = Place(OVERRIDE, text, start, start + len(self.part) if self.part else len(text))
        return Problem(str(self), place, self.note, "write TABLE.STEP.OPTION=VALUE, as in export.json.path=out.jsonl")


def _parse(text: str) -> tuple[list[str], Any]:
    key, equals, value = text.partition("=")
    if not equals:
        raise _OverrideError("an override needs an equals sign")
    keys = list(_keys(_loaded(f"{key} = 0")))
    if not keys:
        raise _OverrideError(f"{key!r} is no path to an option", key)
    parsed = _loaded(f"value = {value}")
    return keys, parsed["value"] if parsed.keys() == {"value"} else value


def _loaded(text: str) -> dict[str, Any]:
    try:
        return tomli.loads(text)
    except (ValueError, RecursionError):
        return {}


def _keys(table: Any) -> Iterator[str]:
    while isinstance(table, dict) and len(table) == 1:
        ((key, table),) = table.items()
        yield key


def _set(content: dict[str, Any], keys: list[str], value: Any) -> tuple[str | int, ...]:
    """Set one value and return its path."""
    path: tuple[str | int, ...]
    if keys[0] in _STEP_TABLES:
        if len(keys) < 3:
            raise _OverrideError(f"{'.'.join(keys)!r} names no option of a step", keys[-1])
        index = _step_index(content, keys[0], keys[1])
        table, path, rest = content[keys[0]][index], (keys[0], index), keys[2:]
    elif keys[0] in ("run", "name"):
        table, path, rest = content, (), keys
    else:
        raise _OverrideError(f"there is no table {keys[0]!r}", keys[0], _meant(content, keys[0]))
    for key in rest[:-1]:
        table = table.setdefault(key, {})
        if not isinstance(table, dict):
            raise _OverrideError(f"{key!r} is no table", key)
    table[rest[-1]] = value
    return (*path, *rest)


def _meant(content: dict[str, Any], key: str) -> str:
    """What was probably meant by a first key that is no table: a step or a setting, or a misspelt table."""
    tables = [stage for stage in _STEP_TABLES if key in _places(content, stage)]
    tables += ["run"] if key in attrs.fields_dict(RunSettings) else []
    return f"did you mean '{tables[0]}.{key}'?" if tables else did_you_mean(key, (*_STEP_TABLES, "run", "name"))


def _places(content: dict[str, Any], stage: str) -> dict[str, int]:
    """Where the steps of a table stand in it, by name."""
    steps = content.get(stage)
    return {
        step_name(step): place
        for place, step in reversed(list(enumerate(steps if isinstance(steps, list) else ())))
        if isinstance(step, dict)
    }


def _step_index(content: dict[str, Any], stage: str, name: str) -> int:
    places = _places(content, stage)
    if name not in places:
        hint = did_you_mean(name, places) or f"there are: {', '.join(reversed(places)) or 'none'}"
        raise _OverrideError(f"the pipeline has no {stage} step {name!r}", name, hint)
    return places[name]
