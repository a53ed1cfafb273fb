"""The words of news that plugins share: what a story is made of, where it was filed, who said what.

All offsets are Unicode code points of the document's text. Parts with ``start`` and ``end`` also carry the
``text`` of that span, so that a record can be read without slicing.
"""

# The parts have no slots, so that records have their fields in the order of their declaration.

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

import attrs

from copydesk._documents._annotation import Annotation

QuoteKind = Literal["direct", "indirect", "mixed"]
DatePrecision = Literal["day", "month", "year"]


class Language(Annotation):
    """The language of a span, nearly always of the whole text."""

    tag: str
    """A BCP 47 tag: ``ar``, ``ckb``, ``zh-Hant``."""
    confidence: float = 1.0
    """0 to 1; 1 where the source or the user said so."""


class Headline(Annotation):
    """The story's headline."""


class Standfirst(Annotation):
    """The summary between headline and body."""


class Paragraph(Annotation):
    """A paragraph of the body."""


class Byline(Annotation):
    """The line that names who wrote the story."""


@attrs.frozen(slots=False)
class Place:
    """A place as a dateline names it, and what it resolves to."""

    start: int
    end: int
    text: str
    name: str | None = None
    """The name the gazetteer lists it under, None where nothing is known."""
    country: str | None = None
    """ISO 3166-1 alpha-2 code."""
    admin1: str | None = None
    """First-level division (state, province, governorate)."""
    latitude: float | None = None
    """Degrees, WGS 84."""
    longitude: float | None = None
    geonames_id: int | None = None
    kind: str | None = None
    """``capital``, ``city``, ``region`` or ``country``."""
    margin: float | None = None
    """By how much this reading of the name leads the next, 0 to 1."""
    candidates: tuple[int, ...] = ()
    """GeoNames ids of the other readings, best first."""


@attrs.frozen(slots=False)
class Agency:
    """The agency or outlet that a dateline credits."""

    start: int
    end: int
    text: str
    id: str | None = None
    """Canonical id (``afp``); None for an outlet that no list knows."""
    name: str | None = None
    generic: bool = False
    """True for words such as «agencies» that name nobody."""


@attrs.frozen(slots=False)
class FilingDate:
    """The date a dateline gives."""

    start: int
    end: int
    text: str
    value: str
    """ISO 8601: ``2015-08-10``, ``2015-08``, or ``--03-07`` where the year is not known."""
    precision: DatePrecision = "day"
    inferred: tuple[str, ...] = ()
    """Which of ``year`` and ``month`` were taken from the publication date."""
    calendar: str = "gregorian"
    """The calendar it is printed in: ``gregorian``, ``hijri``, ``jalali``, ``ethiopic``, ``nepali`` or ``buddhist``."""
    uncertainty_days: int = 0
    """By how much the day may be wrong: 1 where its calendar cannot be reckoned to the day."""
    mismatch: bool = False
    """True where two calendars are printed and do not agree."""


class Dateline(Annotation):
    """The mark at a story's head that says where, when and for whom it was filed."""

    text: str
    places: tuple[Place, ...] = ()
    agency: Agency | None = None
    date: FilingDate | None = None
    body_start: int
    """Where the story proper begins."""
    confidence: float = 1.0
    profile: str = ""
    """The shape that fitted, by its name in the dateline plugin's tables."""
    evidence: tuple[str, ...] = ()
    """What spoke for it and against, by the names of those tables."""


@attrs.frozen(slots=False)
class Mention:
    """A stretch of text that names somebody or something."""

    start: int
    end: int
    text: str


@attrs.frozen(slots=False)
class Speaker:
    """Who speaks. ``start`` and ``end`` are None where only the verb's form tells."""

    start: int | None
    end: int | None
    text: str
    resolved: Mention | None = None
    """The fullest earlier name of the same speaker, where this mention is not it."""


class Quote(Annotation):
    """A speech act that the story reports: what was said, by whom, and the word that says so."""

    kind: QuoteKind
    spans: tuple[tuple[int, int], ...]
    """The words reported; more than one span where the cue interrupts them."""
    text: str
    """The spans' text, joined by one space."""
    speaker: Speaker | None = None
    cue: Mention | None = None
    confidence: float = 1.0
    rule: str = ""
    """Which of the plugin's rules found it, for people who ask why."""


def _spans_in_dateline(dateline: Dateline) -> Iterator[Span]:
    yield "body_start", dateline.body_start, dateline.body_start
    for place in dateline.places:
        yield "places", place.start, place.end
    for name, part in (("agency", dateline.agency), ("date", dateline.date)):
        if part is not None:
            yield name, part.start, part.end


def _spans_in_quote(quote: Quote) -> Iterator[Span]:
    for start, end in quote.spans:
        yield "spans", start, end
    if quote.cue is not None:
        yield "cue", quote.cue.start, quote.cue.end
    speaker = quote.speaker
    if speaker is not None:
        if speaker.start is not None or speaker.end is not None:
            yield "speaker", speaker.start, speaker.end
        if speaker.resolved is not None:
            yield "resolved", speaker.resolved.start, speaker.resolved.end


Span = tuple[str, int | None, int | None]
SPANS_WITHIN: dict[type[Annotation], Callable[[Any], Iterator[Span]]] = {
    Dateline: _spans_in_dateline,
    Quote: _spans_in_quote,
}
"""The spans that an annotation's parts stand on, each with what it is of."""
