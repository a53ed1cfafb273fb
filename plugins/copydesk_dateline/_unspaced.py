"""Chinese and Japanese heads, where agencies, reporters, places and dates follow one another without a space."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from copydesk_dateline._fold import spelling_key
from copydesk_dateline._knowledge import Knowledge, KnownAgency

Part = tuple[str, int, int, KnownAgency | None]
"""A letter, a span in the piece, and the agency found."""

_LONGEST_NAME = 5
_SHORTEST_OUTLET = 3
_LONGEST_OUTLET = 7
_LONGEST_HEAD = 12
_FILED_SIZES = (6, 4, 2, 1)


@attrs.frozen
class Unspaced:
    """Cuts a piece without spaces into the parts that the lexicons know."""

    knowledge: Knowledge
    place_letter: Callable[[str], str | None]
    """The letter of a place's name, None for what is none."""

    def filed(self, text: str, at: int) -> int:
        """How long a word for «wired» is that begins at ``at``."""
        words = self.knowledge.words["filed"]
        sizes = [size for size in _FILED_SIZES if text[at : at + size][-1:].isalnum()]
        return next((n for n in sizes if len(text) >= at + n and spelling_key(text[at : at + n]) in words), 0)

    def parts(self, piece: str) -> Iterator[Part]:
        """The parts of a piece, in order."""
        position, length, after_place = 0, len(piece), False
        while position < length:
            if piece[position].isspace():
                position += 1
                continue
            part = self._next(piece, position)
            if part is None or (after_place and part[0] in "PQR" and length - position <= _LONGEST_NAME):
                yield from self._rest(piece, position)
                return
            yield part
            after_place = part[0] in "PQR"
            if part[0] == "O":
                return
            position = part[2]

    def _rest(self, piece: str, at: int) -> Iterator[Part]:
        """What no lexicon knows: a name, alone or before a place, or text."""
        rest = piece[at:].rstrip()
        if spelling_key(rest) in self.knowledge.words["no_places"]:
            yield ("O", at, at + len(rest), None)
            return
        outlet = self._unknown_outlet(rest) if not at else 0
        if outlet:
            yield ("N", 0, outlet, None)
            yield (self.place_letter(rest[outlet:]) or "N", outlet, len(rest), None)
            return
        for size in range(2, min(_LONGEST_NAME, len(rest) - 1)):
            place = self.place_letter(rest[size:]) if len(rest) <= 9 else None
            if place is not None:
                yield ("B", at, at + size, None)
                yield (place, at + size, at + len(rest), None)
                return
        letter = "B" if at and 2 <= len(rest) <= _LONGEST_NAME else "N" if len(rest) <= 8 else "O"
        yield (letter, at, at + len(rest), None)

    def _unknown_outlet(self, rest: str) -> int:
        """How long the name of an unlisted paper is before a place: «每日新报天津»."""
        sizes = range(_SHORTEST_OUTLET, min(_LONGEST_OUTLET, len(rest) - 2) + 1) if len(rest) <= _LONGEST_HEAD else ()
        endings = self.knowledge.words["outlet_endings"]
        return next(
            (
                size
                for size in sizes
                if (rest[size - 1 : size] in endings or rest[size - 2 : size] in endings)
                and self.place_letter(rest[size:]) is not None
            ),
            0,
        )

    def _next(self, piece: str, at: int) -> Part | None:
        openers = self.knowledge.words["byline_before"]
        sizes = [size for size in (5, 4, 3, 2) if at + size <= len(piece)]
        opener = next((n for n in sizes if spelling_key(piece[at : at + n]) in openers), 0)
        if opener:
            return self._reporter(piece, at, opener)
        for size in range(min(10, len(piece) - at), 1, -1):
            agency = self.knowledge.agency(piece[at : at + size])
            if agency is not None and (agency.sure or size == len(piece) - at):
                return ("G" if agency.generic else "A", at, at + size, agency)
        filed = self.filed(piece, at)
        if filed and at > 0:
            return ("E", at, at + filed, None)
        for size in range(min(9, len(piece) - at), 1, -1):
            letter = self.place_letter(piece[at : at + size])
            if letter is not None:
                return (letter, at, at + size, None)
        return None

    def _reporter(self, piece: str, at: int, opener: int) -> Part:
        """«記者劉世怡台北»: the name runs up to the place that ends the piece."""
        end = next((n for n in (len(piece) - 2, len(piece) - 1) if self.filed(piece, n) == len(piece) - n), len(piece))
        for first in range(at + opener + 2, end - 1):
            if self.place_letter(piece[first:end]) is not None:
                return ("B", at, first, None)
        return ("B", at, end, None)
