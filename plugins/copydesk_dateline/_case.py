"""A case: a shape that fits a head, with its parts, as it is put before the judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import attrs

from copydesk_dateline._gazetteer import FoundPlace
from copydesk_dateline._knowledge import Printed
from copydesk_dateline._lexer import Item
from copydesk_dateline._profiles import Profile


@attrs.frozen
class Setting:
    """Where in the story a head stands."""

    kind: str
    """``headline``, ``standfirst``, ``body``, ``inline``."""
    index: int
    """Number of the block, counted from the story's first."""


@attrs.frozen
class Fit:
    """A shape that fits, and the items it took for its parts."""

    profile: Profile
    items: Sequence[Item]
    """Those of the shape only."""
    roles: Mapping[str, tuple[Item, ...]]
    view: str

    def text(self, item: Item) -> str:
        """The item as written, in the view."""
        return self.view[item.start : item.end]


@attrs.frozen
class NamedPlace:
    """A place of a dateline: its item, what qualifies it, and the places of that name."""

    item: Item
    text: str
    qualifiers: tuple[str, ...]
    found: tuple[FoundPlace, ...]


@attrs.frozen(slots=False)
class Case:
    """A fit with its places, somewhere in a story."""

    fit: Fit
    places: Sequence[NamedPlace]
    setting: Setting
    words: Mapping[str, frozenset[str]]
    """Of data/words.toml, as spelling keys."""
    printed: Printed = attrs.field(factory=Printed)
    """What newspapers of the story's language do."""
    following: str = ""
    """How the story goes on behind the head's line."""

    @cached_property
    def agencies(self) -> list[Item]:
        """The items of known agencies, and host names and call signs, which are outlets too."""
        roles = self.fit.roles
        return [
            item for role in ("agency", "second") for item in roles.get(role, ()) if item.agency or item.letter in "Hh"
        ]

    @cached_property
    def knows_a_place(self) -> bool:
        """Whether the gazetteer has one of the places."""
        return any(place.found for place in self.places)
