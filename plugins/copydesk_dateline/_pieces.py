"""What a piece of a head between two marks is: the lexicons asked in order, agencies before places."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

import attrs

from copydesk_dateline._fold import spelling_key
from copydesk_dateline._gazetteer import Gazetteer
from copydesk_dateline._knowledge import Knowledge, KnownAgency
from copydesk_dateline._unspaced import Part, Unspaced

LONGEST_PIECE = 70
_MOST_WORDS = 9
_GLUED = re.compile(r"(\w+\.)(?=\w)")
_TIGHT = re.compile(r"(?<=\w)[/-](?=\w)")
_HOST = re.compile(r"[\w-]{2,30}(?:\.[a-z]{2,5}){1,2}", re.IGNORECASE | re.ASCII)
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}(?:-(?:TV|FM|AM|DT))?")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々]")
_UNCASED_WORDS = 4
_LONGEST_CODE = 3
_COUNTRY_CODE = 2
_LONGEST_SIGNED = 3
_SIGNATURE = re.compile(r"([^\W\d_]{5,}) +(?=\w[^\W\d_]* \w)")
"""An agency's name before a sentence."""
_LONGEST_SIGNATURE = 25
_WORD = re.compile(r"\S+")
_CASED_WORDS = 7


@attrs.define(eq=False, slots=False)
class Pieces:
    """Classifies pieces; remembers what it has seen."""

    knowledge: Knowledge
    gazetteer: Gazetteer

    def __attrs_post_init__(self) -> None:
        self.unspaced = Unspaced(self.knowledge, self._place_letter)
        self.classify = lru_cache(maxsize=20_000)(self._classify)

    def _classify(self, piece: str) -> tuple[Part, ...]:
        signed = self._signed_place(piece)
        if signed is not None:
            return signed
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
            return tuple(self.unspaced.parts(piece))
        return (self._unknown(piece),)

    def _whole(self, piece: str) -> Part | None:
        """The piece as one name."""
        key = spelling_key(piece)
        words = self.knowledge.words
        for kind, letter in (("desks", "K"), ("pseudo_places", "X"), ("pseudo_dates", "D")):
            if key in words[kind]:
                return (letter, 0, len(piece), None)
        if any(key.startswith(f"{opener} ") for opener in words["pseudo_openers"]):
            return ("X", 0, len(piece), None)
        agency, place = self.knowledge.agency(piece), self._place_letter(piece)
        if agency is None and place is None and self._is_site(piece):
            return ("H", 0, len(piece), None)
        if agency is not None:
            return (_agency_letter(piece, agency, place), 0, len(piece), agency)
        if place is not None:
            return (place, 0, len(piece), None)
        if _CALL_SIGN.fullmatch(piece):
            return ("h", 0, len(piece), None)
        if key in words["sections"]:
            return ("S", 0, len(piece), None)
        return None

    def _is_site(self, piece: str) -> bool:
        """«iNews.id», «Elpaís.cr», rather than «README.md» or «self.loop»."""
        ending = piece.rpartition(".")[2].lower()
        words = self.knowledge.words
        country = len(ending) == _COUNTRY_CODE and ending not in words["file_endings"]
        known = country or ending in words["site_endings"]
        return known and _HOST.fullmatch(piece) is not None

    def _place_letter(self, piece: str) -> str | None:
        if self._names_no_place(piece):
            return None
        kinds = self.gazetteer.kinds(piece)
        if not kinds:
            return None
        town, region = bool(kinds & {"city", "capital"}), bool(kinds & {"region", "country"})
        return "Q" if town and region else "P" if town else "R"

    def _names_no_place(self, piece: str) -> bool:
        key, words = spelling_key(piece), self.knowledge.words
        return key in words["no_places"] or key in words["page_stamps"] or key in words["byline_before"]

    def _tight(self, piece: str) -> tuple[Part, ...] | None:
        """Split «BEIRUT/THE HAGUE», «dpa/lno», «سبق-تبوك-القريات» where the whole is no name."""
        desk = self._desk_of_agency(piece)
        if desk is not None:
            return (desk,)
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

    def _signed_place(self, piece: str) -> tuple[Part, ...] | None:
        """«ایسنا/کرمان پلیس در …»: the place ends where the sentence begins, with no mark between."""
        slash = piece.find("/", 0, _LONGEST_SIGNATURE)
        agency = self.knowledge.agency(piece[:slash]) if slash > 0 else None
        if agency is None or not (agency.sure and agency.leads):
            return None
        words = list(islice(_WORD.finditer(piece, slash + 1), _LONGEST_SIGNED + 1))
        for size in range(min(_LONGEST_SIGNED, len(words) - 1), 0, -1):
            end = words[size - 1].end()
            place = self._whole(piece[slash + 1 : end])
            if place is not None and place[0] in "PQR":
                signed = ("A", 0, slash, agency), ("/", slash, slash + 1, None), *_moved((place,), slash + 1)
                return (*signed, ("O", end + 1, len(piece), None))
        return None

    def signed_story(self, piece: str) -> tuple[Part, ...] | None:
        """«AZƏRTAC Şəhərdə …»: the agency ends where the sentence begins, with no mark between."""
        match = _SIGNATURE.match(piece)
        # «Interfax reports …» is a sentence; «KAZINFORM The …» and, all in lower case, «kazinform The …» are not.
        if match is None or not (match[1].isupper() or (match[1].islower() and piece[match.end()].isupper())):
            return None
        agency = self.knowledge.agency(match[1])
        if agency is None or not agency.sure or self._whole(piece) is not None:
            return None
        return (("A", 0, match.end(1), agency), ("O", match.end(), len(piece), None))

    def _desk_of_agency(self, piece: str) -> Part | None:
        """«АиФ-Уфа», «Интерфакс-ВОСТОК»: an agency's desk in a town or part of the country."""
        name, hyphen, where = piece.partition("-")
        agency = self.knowledge.agency(name) if hyphen else None
        if agency is None or not agency.sure or " " in where or piece.lower() == piece.upper():
            return None
        named = where.isupper() or self._place_letter(where) is not None
        return ("A", 0, len(piece), agency) if named else None

    def _with_byline(self, piece: str) -> tuple[Part, ...] | None:
        """«By PAUL GEITNER  BRUSSELS», «Por Juan Núñez Madrid», «최인영 기자»."""
        words = list(re.finditer(r"\S+", piece))
        before, after = self.knowledge.words["byline_before"], self.knowledge.words["byline_after"]
        if len(words) > 1 and spelling_key(words[-1][0]) in after:
            return self._titled(piece, words)
        glued = _GLUED.match(piece)
        if glued is not None and spelling_key(glued[1]) in before:
            # «Корр.ИТАР-ТАСС».
            agency = self.knowledge.agency(piece[glued.end() :])
            return (("A", glued.end(), len(piece), agency),) if agency is not None else None
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
        if self._names_no_place(piece):
            return ("U" if len(words) < 3 else "O", 0, len(piece), None)
        if not cased:
            if len(words) > 1 and any(spelling_key(word) in self.knowledge.words["clause_words"] for word in words):
                return ("O", 0, len(piece), None)
            return ("N" if len(words) <= _UNCASED_WORDS else "O", 0, len(piece), None)
        particles = self.knowledge.words["name_particles"]
        named = all(word[0].isupper() or word[0].isdigit() or spelling_key(word) in particles for word in words)
        if named and len(words) <= _CASED_WORDS:
            return ("N", 0, len(piece), None)
        return ("U" if len(words) <= 3 else "O", 0, len(piece), None)

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
