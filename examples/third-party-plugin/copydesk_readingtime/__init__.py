"""A copydesk plugin that estimates how long a story takes to read."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

import copydesk


class ReadingTime(copydesk.Annotation):
    """How long the story takes to read."""

    minutes: float
    """Minutes, to one decimal place."""
    words: int
    """How many words that was reckoned from."""


@copydesk.plugin
class ReadingTimes:
    """Estimate how long a story takes to read.

    Counts what stands between spaces, so it is for languages that write spaces between words.
    """

    words_per_minute: int = attrs.field(default=200, validator=attrs.validators.ge(1))
    """How fast the reader reads; 200 is a usual figure for news in English."""

    @copydesk.hookimpl
    def enrich(self, document: copydesk.Document) -> Iterator[ReadingTime]:
        """Yield one estimate, on the whole text."""
        words = len(document.text.split())
        yield ReadingTime(*document.span, minutes=round(words / self.words_per_minute, 1), words=words)
