"""The gazetteer as a service of a pipeline, for plugins that look places up."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import copydesk
from copydesk_dateline._gazetteer import FoundPlace, Gazetteer, PlaceEntry


class PlaceHooks:
    """What the service offers."""

    @copydesk.hookspec(firstresult=True)
    def find_places(self, name: str) -> tuple[FoundPlace, ...]:  # type: ignore[empty-body]  # a specification has none
        """Tell the places of a name in any script, the best known first.

        Each has ``name``, ``country``, ``admin1``, ``latitude``, ``longitude``, ``population``, ``kind`` and
        ``geonames_id``.
        """


@copydesk.plugin
class Places:
    """Look places up for the other plugins of a pipeline: ``run.call("find_places", name="Erbil")``.

    Stands under ``[[use]]``. Finds the places of the world with 5,000 inhabitants or more under every name they
    are printed with.
    """

    hookspecs: ClassVar = PlaceHooks

    places: tuple[PlaceEntry, ...] = ()
    """Further places; they go before others of the same name."""

    @copydesk.hookimpl
    def find_places(self, name: str) -> tuple[FoundPlace, ...]:
        """Answer from the gazetteer."""
        return self._gazetteer.look_up(name)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer(places=self.places)

    def __getstate__(self) -> dict[str, object]:
        # The file is opened anew in another process.
        return {key: value for key, value in self.__dict__.items() if key != "_gazetteer"}
