"""Tables of agencies, shapes and places that users and other plugins add, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import attrs
import tomli

import copydesk
from copydesk_dateline._gazetteer import PlaceEntry
from copydesk_dateline._knowledge import AgencyEntry
from copydesk_dateline._profiles import Profile

EntryT = TypeVar("EntryT", AgencyEntry, PlaceEntry, Profile)
_KINDS = ("agencies", "places", "profiles")


@attrs.frozen
class Table:
    """Agencies by id, shapes and places."""

    agencies: Mapping[str, AgencyEntry]
    profiles: tuple[Profile, ...]
    places: tuple[PlaceEntry, ...]


def table(told: Mapping[str, Any], source: str) -> Table:
    """A table of entries or of plain mappings; UsageError names ``source`` and what is wrong in it."""
    unknown = set(told) - set(_KINDS)
    if unknown:
        raise copydesk.UsageError(
            f"{source}: {min(unknown)!r} is no table of datelines; these are: {', '.join(_KINDS)}"
        )
    agencies = told.get("agencies", {})
    return Table(
        {name: _entry(AgencyEntry, entry, f"{source}: agency {name!r}") for name, entry in agencies.items()},
        tuple(_entry(Profile, entry, f"{source}: a profile") for entry in told.get("profiles", ())),
        tuple(_entry(PlaceEntry, entry, f"{source}: a place") for entry in told.get("places", ())),
    )


def read(path: Path) -> Table:
    """The table in a TOML file; UsageError where it cannot be read."""
    try:
        told = tomli.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise copydesk.UsageError(f"{path} cannot be read as a table of datelines: {error}") from error
    return table(told, str(path))


def _entry(kind: type[EntryT], told: object, what: str) -> EntryT:
    if isinstance(told, kind):
        return told
    if not isinstance(told, Mapping):
        raise copydesk.UsageError(f"{what} must be a table, but is {told!r:.60}")
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
    try:
        return kind(**fields)
    except TypeError as error:
        known = ", ".join(field.name for field in attrs.fields(kind))
        raise copydesk.UsageError(f"{what} cannot be used: {error.args[0]}; its keys are: {known}") from error
