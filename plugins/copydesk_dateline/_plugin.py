"""The plugin: options, and one dateline at most for each story."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

import copydesk
from copydesk_dateline._extract import Extractor
from copydesk_dateline._gazetteer import PlaceEntry
from copydesk_dateline._knowledge import AgencyEntry
from copydesk_dateline._profiles import Profile


@copydesk.plugin
class Datelines:
    """Find the dateline at a story's head: places, agency, date, and where the story proper begins.

    Knows some 300 agencies and outlets, the months of 75 languages and the places of the world with 5,000
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

    _extractor: Extractor | None = attrs.field(default=None, init=False)

    @copydesk.hookimpl
    def enrich(self, document: copydesk.Document) -> Iterator[copydesk.Dateline]:
        """Yield the story's dateline, if it has one."""
        if self._extractor is None:
            self._extractor = Extractor((self._own_table(), *map(_read, self.tables)), self.without)
        found = self._extractor.dateline(document)
        if found is not None and found.confidence >= self.least_confidence:
            yield found

    def __getstate__(self) -> dict[str, Any]:
        # What was loaded is loaded anew where the plugin goes to.
        return {**self.__dict__, "_extractor": None}

    def _own_table(self) -> dict[str, Any]:
        return {"agencies": self.agencies, "profiles": self.profiles, "places": self.places}


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise copydesk.UsageError(f"{path} cannot be read as a table of datelines: {error}") from error
