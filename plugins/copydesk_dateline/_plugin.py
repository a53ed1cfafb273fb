"""The plugin: options, and one dateline at most for each story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

import attrs

import copydesk
from copydesk_dateline._extract import Extractor
from copydesk_dateline._gazetteer import PlaceEntry
from copydesk_dateline._knowledge import AgencyEntry
from copydesk_dateline._profiles import Profile
from copydesk_dateline._tables import Table, read, table


class DatelineHooks:
    """What the dateline plugin takes from other plugins."""

    @copydesk.hookspec
    def dateline_tables(self) -> Mapping[str, Any]:  # type: ignore[empty-body]  # a specification has none
        """Give ``agencies`` by id, ``profiles`` and ``places``, as in the plugin's options."""


@copydesk.plugin
class Datelines:
    """Find the dateline at a story's head: places, agency, date, and where the story proper begins.

    Knows over 550 agencies and outlets, the months of 76 languages and the places of the world with 5,000
    inhabitants or more, in every script they are printed in. Works on paragraphs that an earlier step marked,
    and on bare text. A dateline's confidence is the probability that its evidence stands for; the annotation
    names the profile that fitted and the evidence.
    """

    agencies: dict[str, AgencyEntry] = attrs.field(factory=dict)
    """Agencies and outlets by id, besides those the package knows; the same id replaces one."""
    profiles: tuple[Profile, ...] = ()
    """Further shapes of datelines."""
    places: tuple[PlaceEntry, ...] = ()
    """Further places; they go before others of the same name."""
    tables: tuple[Path, ...] = ()
    """TOML files with tables ``agencies``, ``profiles`` and ``places`` of the same form."""
    without: tuple[str, ...] = ()
    """Names of profiles not to be used."""
    least_confidence: float = attrs.field(default=0.5, validator=[attrs.validators.ge(0.0), attrs.validators.le(1.0)])
    """Datelines less sure than this are not told."""

    hookspecs: ClassVar = DatelineHooks

    _contributed: tuple[Table, ...] = attrs.field(default=(), init=False)
    _extractor: Extractor | None = attrs.field(default=None, init=False)

    @copydesk.hookimpl
    def start(self, run: copydesk.Run) -> None:
        """Take in what other plugins of the pipeline contribute."""
        told = run.call("dateline_tables")
        self._contributed = tuple(table(listed, "dateline_tables") for listed in told)
        self._extractor = None

    @copydesk.hookimpl
    def enrich(self, document: copydesk.Document) -> Iterator[copydesk.Dateline]:
        """Yield the story's dateline, if it has one."""
        found = self._loaded().dateline(document)
        if found is not None and found.confidence >= self.least_confidence:
            yield found

    def __getstate__(self) -> dict[str, Any]:
        # What was loaded is loaded anew where the plugin goes to.
        return {**self.__dict__, "_extractor": None}

    def _loaded(self) -> Extractor:
        if self._extractor is None:
            own = Table(self.agencies, self.profiles, self.places)
            self._extractor = Extractor((own, *map(read, self.tables), *self._contributed), self.without)
        return self._extractor
