"""Which place of a name is meant: qualifier, agency's home, other places of the story, and size decide."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import attrs

import copydesk
from copydesk_dateline._case import NamedPlace
from copydesk_dateline._evidence import Judge
from copydesk_dateline._fold import spelling_key
from copydesk_dateline._gazetteer import FoundPlace
from copydesk_dateline._knowledge import KnownAgency

_CONTEXT = 2000
_MOST_CANDIDATES = 5
_METROPOLIS = 500_000
_LEAST_OF_AN_AREA = 50_000
"""Inhabitants that a province counts for, of which the sources give none."""


@attrs.frozen
class Resolver:
    """Chooses among the places of a name. ``weights`` are those of data/evidence.toml's [places]."""

    weights: Mapping[str, float]
    judge: Judge

    def resolve(
        self, named: NamedPlace, others: Sequence[NamedPlace], agency: KnownAgency | None, text: str
    ) -> tuple[list[FoundPlace], float]:
        """The places that may be meant, best first, and by how much the first leads the second (0 to 1)."""
        found = named.found
        if named.qualifiers:
            found = self.judge.qualified(found, named.qualifiers) or self._elsewhere(named)
        if not found:
            return [], 0.0
        countries = {place.country for other in others for place in other.found[:1]}
        context, key = text[:_CONTEXT], spelling_key(named.text)
        scored = sorted(
            ((self._score(place, key, agency, countries, context), place) for place in found), key=lambda s: -s[0]
        )
        margin = 1.0 if len(scored) == 1 else 1 - math.exp(scored[1][0] - scored[0][0])
        return [place for _, place in scored[:_MOST_CANDIDATES]], round(margin, 2)

    def _elsewhere(self, named: NamedPlace) -> tuple[FoundPlace, ...]:
        """Places outside the region printed: none, but a capital or metropolis, whose country may be disputed."""
        if not self.areas(named):
            return named.found
        return tuple(place for place in named.found if place.kind == "capital" or place.population >= _METROPOLIS)

    def areas(self, named: NamedPlace) -> list[FoundPlace]:
        """The regions and countries that the qualifiers name."""
        return [area for text in named.qualifiers for area in self.judge.gazetteer.look_up(text) if area.is_area]

    def _score(
        self, place: FoundPlace, key: str, agency: KnownAgency | None, countries: set[str], context: str
    ) -> float:
        weights = self.weights
        inhabitants = max(place.population, _LEAST_OF_AN_AREA) if place.is_area else place.population
        score = math.log10(inhabitants + 10) + (weights["first"] if place.rank == 0 else 0.0)
        if spelling_key(place.name) == key:
            score += weights["own_name"]
        if place.rank < 0:
            score += weights["own"]
        if place.kind == "capital":
            score += weights["capital"]
        if place.is_area:
            score += weights["area"]
        if agency is not None and place.country == agency.home:
            score += weights["home_of_world" if agency.world else "home"]
        if place.country in countries:
            score += weights["same_country"]
        if place.admin1 and place.admin1 != place.name and place.admin1 in context:
            score += weights["named_division"]
        return score


def place(
    span: tuple[int, int], text: str, found: Sequence[FoundPlace], margin: float, areas: Sequence[FoundPlace] = ()
) -> copydesk.Place:
    """The vocabulary's place for what was found; where nothing was, the one country of the regions printed."""
    if not found:
        told = {area.country for area in areas}
        return copydesk.Place(*span, text, country=told.pop() if len(told) == 1 else None)
    best = found[0]
    return copydesk.Place(
        *span,
        text,
        name=best.name,
        country=best.country or None,
        admin1=best.admin1,
        latitude=best.latitude,
        longitude=best.longitude,
        geonames_id=best.geonames_id,
        kind=best.kind,
        margin=margin,
        candidates=tuple(other.geonames_id for other in found[1:] if other.geonames_id is not None),
    )
