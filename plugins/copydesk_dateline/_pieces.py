"""What a piece of a head between two marks is: the lexicons asked in order, agencies before places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import attrs

from copydesk_dateline._fold import spelling_key
from copydesk_dateline._gazetteer import Gazetteer
from copydesk_dateline._knowledge import Knowledge, KnownAgency

Part = tuple[str, int, int, KnownAgency | None]
"""A letter, a span in the piece, and the agency found."""

LONGEST_PIECE = 70
_MOST_WORDS = 9
_SPACES = re.compile(r"\s+")
_TIGHT = re.compile(r"(?<=\w)[/-](?=\w)")
_HOST = re.compile(r"[\w-]{2,30}(?:\.[a-z]{2,5}){1,2}", re.IGNORECASE | re.ASCII)
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}(?:-(?:TV|FM|AM|DT))?")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々]")
_UNCASED_WORDS = 4
_LONGEST_NAME = 5
_LONGEST_CODE = 3
_FILED_SIZES = (6, 4, 2, 1)
_CASED_WORDS = 7


@attrs.define(eq=False, slots=False)
class Pieces:
    """Classifies pieces; remembers what it has seen."""

    knowledge: Knowledge
    gazetteer: Gazetteer

    def __attrs_post_init__(self) -> None:
        self.classify = lru_cache(maxsize=20_000)(self._classify)

    def filed(self, text: str, at: int) -> int:
        """How long a word for «wired» is that begins at ``at``."""
        words = self.knowledge.words["filed"]
        sizes = [size for size in _FILED_SIZES if not text[at : at + size][-1:].isspace()]
        return next((n for n in sizes if len(text) >= at + n and spelling_key(text[at : at + n]) in words), 0)

    def _classify(self, piece: str) -> tuple[Part, ...]:
        if len(piece) > LONGEST_PIECE or piece.count(" ") >= _MOST_WORDS + 6:
            return (("O", 0, len(piece), None),)
        whole = self._whole(piece)
        if whole is not None:
            return (whole,)
        splits = (self._tight, self._with_byline, self._joined, self._agencies)
        for split in splits[:1] if _HAN.search(piece) else splits:
            found: tuple[Part, ...] | None = split(piece)
            if found is not None:
                return found
        if _HAN.search(piece):
            return tuple(self._unspaced(piece))
        return (self._unknown(piece),)

    def _whole(self, piece: str) -> Part | None:
        """The piece as one name."""
        key = spelling_key(piece)
        words = self.knowledge.words
        for kind, letter in (("desks", "K"), ("pseudo_places", "X"), ("pseudo_dates", "D")):
            if key in words[kind]:
                return (letter, 0, len(piece), None)
        if _HOST.fullmatch(piece) and self.knowledge.agency(piece) is None:
            return ("H", 0, len(piece), None)
        agency, place = self.knowledge.agency(piece), self._place_letter(piece, key)
        if agency is not None:
            return (_agency_letter(piece, agency, place), 0, len(piece), agency)
        if place is not None:
            return (place, 0, len(piece), None)
        if _CALL_SIGN.fullmatch(piece):
            return ("h", 0, len(piece), None)
        if key in words["sections"]:
            return ("S", 0, len(piece), None)
        return None

    def _place_letter(self, piece: str, key: str) -> str | None:
        if key in self.knowledge.words["no_places"]:
            return None
        kinds = self.gazetteer.kinds(piece)
        if not kinds:
            return None
        town, region = bool(kinds & {"city", "capital"}), bool(kinds & {"region", "country"})
        return "Q" if town and region else "P" if town else "R"

    def _tight(self, piece: str) -> tuple[Part, ...] | None:
        """Split «BEIRUT/THE HAGUE», «dpa/lno», «سبق-تبوك-القريات» where the whole is no name."""
        for mark, letter in (("/", "/"), ("-", "~")):
            cuts = [m.start() for m in _TIGHT.finditer(piece) if m[0] == mark]
            if not cuts:
                continue
            parts: list[Part] = []
            for first, last in zip([0, *[c + 1 for c in cuts]], [*cuts, len(piece)], strict=True):
                parts += _moved(self._classify(piece[first:last]), first)
                if last < len(piece):
                    parts.append((letter, last, last + 1, None))
            if any(part[0] in "PQRACGK" for part in parts) and (mark == "/" or _may_be_row(piece, parts)):
                return tuple(parts)
        return None

    def _with_byline(self, piece: str) -> tuple[Part, ...] | None:
        """«By PAUL GEITNER  BRUSSELS», «Por Juan Núñez Madrid», «최인영 기자»."""
        words = list(re.finditer(r"\S+", piece))
        before, after = self.knowledge.words["byline_before"], self.knowledge.words["byline_after"]
        if len(words) > 1 and spelling_key(words[-1][0]) in after:
            return self._titled(piece, words)
        opened = next((n for n in (3, 2, 1) if len(words) > n and self._key(piece, words, 0, n) in before), 0)
        if not opened:
            return None
        agency = self.knowledge.agency(words[opened][0])
        if agency is not None and agency.sure:
            named = ("A", words[opened].start(), words[opened].end(), agency)
            rest = ("B", words[opened].end() + 1, len(piece), None)
            return (named, rest) if len(words) > opened + 1 else (named,)
        for first in range(opened + 2, len(words)):
            place = self._whole(piece[words[first].start() :])
            if place is not None and place[0] in "PQ":
                at = words[first].start()
                return (("B", 0, words[first - 1].end(), None), *_moved((place,), at))
        return (("B", 0, len(piece), None),) if len(words) <= opened + 5 else None

    def _titled(self, piece: str, words: list[re.Match[str]]) -> tuple[Part, ...] | None:
        """A title after a name; an outlet may stand before it: «이데일리 이윤정 기자»."""
        for size in (3, 2, 1):
            if len(words) >= size + 2:
                agency = self.knowledge.agency(piece[: words[size - 1].end()])
                if agency is not None:
                    at = words[size].start()
                    return (("A", 0, words[size - 1].end(), agency), ("B", at, len(piece), None))
        if len(words) == 3 and "가" <= piece[0] <= "힣":
            return (("N", 0, words[0].end(), None), ("B", words[1].start(), len(piece), None))
        return (("B", 0, len(piece), None),) if len(words) <= 6 else None

    def _joined(self, piece: str) -> tuple[Part, ...] | None:
        """«WASHINGTON and LONDON»; behind a comma, «E SÃO PAULO»."""
        words = list(re.finditer(r"\S+", piece))
        if len(words) > 1 and spelling_key(words[0][0]) in self.knowledge.words["and_words"]:
            place = self._whole(piece[words[1].start() :])
            return _moved((place,), words[1].start()) if place is not None and place[0] in "PQ" else None
        if not 3 <= len(words) <= 7:
            return None
        for index in range(1, len(words) - 1):
            if spelling_key(words[index][0]) in self.knowledge.words["and_words"]:
                left, right = piece[: words[index - 1].end()], piece[words[index + 1].start() :]
                one, two = self._whole(left), self._whole(right)
                if one and two and one[0] in "PQ" and two[0] in "PQ":
                    joint = ("&", words[index].start(), words[index].end(), None)
                    return (one, joint, *_moved((two,), words[index + 1].start()))
        return None

    def _agencies(self, piece: str) -> tuple[Part, ...] | None:
        """«ats afp», «PARIS AFP», «ACN Barcelona»: agencies with spaces between, or one beside a place."""
        words = list(re.finditer(r"\S+", piece))
        if not 2 <= len(words) <= 4:
            return None
        agencies = [self.knowledge.agency(word[0]) for word in words]
        if all(agencies):
            return (("A", 0, len(piece), agencies[0]),)
        if agencies[0] is not None and agencies[0].sure:
            at = words[1].start()
            place = self._whole(piece[at:])
            if place is not None and place[0] in "PQ":
                return (("A", 0, words[0].end(), agencies[0]), *_moved((place,), at))
        at, agency = words[-1].start(), agencies[-1]
        place = self._whole(piece[:at].rstrip()) if agency is not None and agency.sure else None
        return (place, ("A", at, len(piece), agency)) if place is not None and place[0] in "PQ" else None

    def _unknown(self, piece: str) -> Part:
        words = piece.split()
        if not all(word[0].isalnum() or word[0] in "'’(" for word in words) or len(piece) > 45:
            return ("O", 0, len(piece), None)
        cased = piece.lower() != piece.upper()
        if spelling_key(piece) in self.knowledge.words["no_places"]:
            return ("U" if len(words) < 3 else "O", 0, len(piece), None)
        if not cased:
            return ("N" if len(words) <= _UNCASED_WORDS else "O", 0, len(piece), None)
        particles = self.knowledge.words["name_particles"]
        named = all(word[0].isupper() or word[0].isdigit() or spelling_key(word) in particles for word in words)
        if named and len(words) <= _CASED_WORDS:
            return ("N", 0, len(piece), None)
        return ("U" if len(words) <= 3 else "O", 0, len(piece), None)

    def _unspaced(self, piece: str) -> Iterator[Part]:
        """Chinese and Japanese: agencies, reporters and places follow one another without a space."""
        position, length, after_place = 0, len(piece), False
        while position < length:
            if piece[position].isspace():
                position += 1
                continue
            part = self._next_unspaced(piece, position)
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
        for size in range(2, min(_LONGEST_NAME, len(rest) - 1)):
            place = self._place_letter(rest[size:], spelling_key(rest[size:])) if len(rest) <= 9 else None
            if place is not None:
                yield ("B", at, at + size, None)
                yield (place, at + size, at + len(rest), None)
                return
        letter = "B" if at and 2 <= len(rest) <= _LONGEST_NAME else "N" if len(rest) <= 8 else "O"
        yield (letter, at, at + len(rest), None)

    def _next_unspaced(self, piece: str, at: int) -> Part | None:
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
            letter = self._place_letter(piece[at : at + size], spelling_key(piece[at : at + size]))
            if letter is not None:
                return (letter, at, at + size, None)
        return None

    def _reporter(self, piece: str, at: int, opener: int) -> Part:
        """«記者劉世怡台北»: the name runs up to the place that ends the piece."""
        end = next((n for n in (len(piece) - 2, len(piece) - 1) if self.filed(piece, n) == len(piece) - n), len(piece))
        for first in range(at + opener + 2, end - 1):
            if self._place_letter(piece[first:end], spelling_key(piece[first:end])) is not None:
                return ("B", at, first, None)
        return ("B", at, end, None)

    @staticmethod
    def _key(piece: str, words: list[re.Match[str]], first: int, last: int) -> str:
        return spelling_key(piece[words[first].start() : words[last - 1].end()])


def _agency_letter(piece: str, agency: KnownAgency, place: str | None) -> str:
    """«PA» is the Press Association in brackets, and Pennsylvania behind a town."""
    if agency.generic:
        return "G"
    if agency.exact and place in ("R", "Q") and len(piece) <= _LONGEST_CODE and piece.isascii():
        return "C"
    if agency.sure:
        return "A"
    return "C" if place is not None else "a"


def _may_be_row(piece: str, parts: list[Part]) -> bool:
    """Whether hyphens join names: in scripts with capitals only where each is known, as «Deir al-Balah» is one."""
    return piece.lower() == piece.upper() or all(part[0] in "PQRACGK~" for part in parts)


def _moved(parts: tuple[Part, ...], by: int) -> tuple[Part, ...]:
    return tuple((letter, start + by, end + by, agency) for letter, start, end, agency in parts)
