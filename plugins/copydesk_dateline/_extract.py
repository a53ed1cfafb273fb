"""Finding the dateline of a story: windows, items, shapes, judgement, annotation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import islice, takewhile

import attrs
import tomli

import copydesk
from copydesk_dateline._case import Case, Fit, NamedPlace
from copydesk_dateline._evidence import Judge, confidence
from copydesk_dateline._filing import filing_date
from copydesk_dateline._gazetteer import Gazetteer
from copydesk_dateline._knowledge import Printed, load
from copydesk_dateline._lexer import Item, lex
from copydesk_dateline._pieces import Pieces
from copydesk_dateline._profiles import Profile
from copydesk_dateline._resolve import Resolver, place
from copydesk_dateline._tables import Table
from copydesk_dateline._view import View, view
from copydesk_dateline._windows import Window, windows

_BRIEFS = 2
"""So many datelines after the first make a page of briefs, which is no story."""
_PLACE_LETTERS = "PQRNC"
_FOLLOWING = 80
"""Characters behind a head's line that are looked at."""
_NO_HEAD = ("O", "$", "")
Shape = tuple[Profile, int, dict[str, tuple[int, int]]]
"""A profile that fits, how many items it takes, and which of them by role."""
_WIRE_MARKS = re.compile(r"(?:\[[A-Z][^a-z\]\n]{1,90}\]\s*){0,4}")
"""«[REPORT] [ARMED FORCES PRESS COMMITTEE] [TEXT]», as monitoring services set before a story."""
_CHINESE_NAMES = re.compile(r"(?:[（(][\u3400-\u9fff]{2,4}(?:[、，,\s][\u3400-\u9fff]{2,4})*[）)])?[，,]?")
"""«（李国、王五）» behind 电, or a comma."""
_CLOSING = re.compile("[»”]?")
"""Of the quotation marks around an outlet's name."""
_WHITE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u3000]*")


@attrs.frozen
class Candidate:
    """A head that may be a dateline, before its parts are resolved."""

    log_odds: float
    case: Case
    evidence: tuple[str, ...]
    view: View
    window: Window


class Extractor:
    """Finds datelines. ``tables`` add agencies, profiles and places to the package's; ``without`` drops profiles."""

    def __init__(self, tables: Sequence[Table] = (), without: tuple[str, ...] = ()) -> None:
        profiles = [profile for table in tables for profile in table.profiles]
        self.knowledge = load([table.agencies for table in tables], profiles, without)
        places = [place for table in tables for place in table.places]
        words = self.knowledge.words
        self.gazetteer = Gazetteer(places=places, prefixes=words["place_prefixes"], suffixes=words["place_suffixes"])
        self._pieces = Pieces(self.knowledge, self.gazetteer)
        weights = tomli.loads(files("copydesk_dateline").joinpath("data/evidence.toml").read_text("utf-8"))
        self._judge = Judge(weights, self.gazetteer)
        self._resolver = Resolver(weights["places"], self._judge)
        openers = "|".join(map(re.escape, sorted(self.knowledge.reporters, key=len, reverse=True)))
        junk = "|".join(map(re.escape, self.knowledge.junk_before))
        self._junk = re.compile(rf"(?:(?:{junk})\s*)*", re.IGNORECASE)
        self._reporter = re.compile(rf"[(（]\s*(?:{openers})[^()（）\n]{{1,40}}[)）]")
        self._profiles = [(profile, profile.pattern) for profile in self.knowledge.profiles]
        # Heads look alike: a few thousand rows of letters cover the news of a year.
        self._shapes = lru_cache(maxsize=10_000)(self._matching)

    def dateline(self, document: copydesk.Document) -> copydesk.Dateline | None:
        """The story's dateline, or None."""
        places_to_look = windows(document)
        for window in places_to_look:
            found = self._best(document, window)
            if found is not None:
                return None if self._goes_on(document, places_to_look) else self._annotation(document, found)
        return None

    def _goes_on(self, document: copydesk.Document, rest: Iterator[Window]) -> bool:
        """Whether so many blocks more begin with a dateline that this is a page of briefs."""
        blocks = (window for window in rest if window.setting.kind != "inline")
        found = (block for block in blocks if self._best(document, block) is not None)
        return len(list(islice(found, _BRIEFS))) == _BRIEFS

    def _best(self, document: copydesk.Document, window: Window) -> Candidate | None:
        seen = view(document.text, window.start, window.end)
        start = self._after_junk(seen.text)
        language = document.language
        items = lex(seen.text, self.knowledge, self._pieces, language, start)
        printed = self.knowledge.printed_in((language or "").partition("-")[0])
        if not window.whole_line and items and items[-1].letter == "$":
            items.pop()
        following = document.text[window.end : window.end + _FOLLOWING]
        candidates = [
            c
            for fit in self._fits(items, seen.text)
            if (c := self._judged(fit, seen, window, printed, following)) is not None
        ]
        best = max(candidates, key=lambda c: (c.log_odds, c.case.fit.items[-1].end), default=None)
        return best if best is not None and best.log_odds >= 0 else None

    def _after_junk(self, text: str) -> int:
        """Where the head begins behind what pages and feeds put before it."""
        match = self._junk.match(text)
        return match.end() if match is not None else 0

    def _fits(self, items: list[Item], text: str) -> Iterator[Fit]:
        for profile, end, spans in self._shapes("".join([item.letter for item in items])):
            roles = {role: tuple(items[first:last]) for role, (first, last) in spans.items()}
            yield Fit(profile, items[:end], roles, text)

    def _matching(self, letters: str) -> tuple[Shape, ...]:
        """The profiles whose shape a row of items begins with."""
        if letters[:1] in _NO_HEAD:
            return ()
        matches = [(profile, pattern.match(letters)) for profile, pattern in self._profiles]
        shapes = [_shape(profile, match) for profile, match in matches if match is not None and match.end()]
        return tuple(shape for shape in shapes if not any(_covers(other, shape) for other in shapes))

    def _judged(self, fit: Fit, seen: View, window: Window, printed: Printed, following: str) -> Candidate | None:
        places = tuple(self._places(fit))
        case = Case(fit, places, window.setting, self.knowledge.words, printed, following)
        judged = self._judge.judge(case)
        if judged is None or (window.setting.kind == "inline" and not _inline(case, judged[1])):
            return None
        return Candidate(judged[0], case, judged[1], seen, window)

    def _places(self, fit: Fit) -> Iterator[NamedPlace]:
        """The places of the shape, each with the regions that qualify it."""
        named: list[tuple[Item, list[str]]] = []
        before = ""
        for item in fit.roles.get("where", ()):
            if item.letter in _PLACE_LETTERS and before != "=":
                if named and before in ",(" and self._qualifies(fit, named[-1][0], item, before):
                    named[-1][1].append(fit.text(item))
                else:
                    named.append((item, []))
            before = "=" if before == "=" and item.letter.isalpha() else item.letter
        for item, qualifiers in named:
            yield NamedPlace(item, fit.text(item), tuple(qualifiers), self.gazetteer.look_up(fit.text(item)))

    def _qualifies(self, fit: Fit, town: Item, region: Item, mark: str) -> bool:
        if mark == "(" or region.letter in "RC":
            return True
        found = self.gazetteer.look_up(fit.text(town))
        return not found or bool(self._judge.qualified(found, [fit.text(region)]))

    def _annotation(self, document: copydesk.Document, found: Candidate) -> copydesk.Dateline:
        fit = found.case.fit
        start, end = found.view.place(*_span(fit))
        last = fit.items[-1]
        behind = found.window.end if last.letter == "$" else found.view.place(0, last.end)[1]
        places = tuple(self._resolved(document, found, named) for named in found.case.places)
        return copydesk.Dateline(
            start,
            end,
            text=document.text[start:end],
            places=places,
            agency=self._agency(document.text, found, places[0].country if places else None),
            date=_date(document, found),
            body_start=self._body_start(document.text, behind, filed=last.letter == "E"),
            confidence=confidence(found.log_odds),
            profile=fit.profile.name,
            evidence=found.evidence,
        )

    def _agency(self, text: str, found: Candidate, country: str | None) -> copydesk.Agency | None:
        """The agency as written: all of a joint credit, but without a reporter beside it."""
        items = [item for item in found.case.fit.roles.get("agency", ()) if item.letter.isalpha()]
        items = list(takewhile(lambda item: item.letter != "D", items))
        if not items:
            return None
        known = next((item for item in items if item.agency is not None), None)
        named = items[0].letter == "N" and " " in found.case.fit.text(items[0])
        if known is not None and (named or any(item.letter == "B" for item in items)):
            items = [known]
        span = found.view.place(items[0].start, items[-1].end)
        if known is None or known.agency is None:
            return copydesk.Agency(*span, text[slice(*span)])
        agency = self.knowledge.agency(text[slice(*span)], country) or known.agency
        return copydesk.Agency(*span, text[slice(*span)], id=agency.id, name=agency.name, generic=agency.generic)

    def _resolved(self, document: copydesk.Document, found: Candidate, named: NamedPlace) -> copydesk.Place:
        span = found.view.place(named.item.start, named.item.end)
        others = [other for other in found.case.places if other is not named]
        agency = next((item.agency for item in found.case.agencies if item.agency is not None), None)
        candidates, margin = self._resolver.resolve(named, others, agency, document.text)
        return place(span, document.text[slice(*span)], candidates, margin, self._resolver.areas(named))

    def _body_start(self, text: str, end: int, *, filed: bool) -> int:
        """Behind the dateline, the wire's markers, a reporter in brackets, and white space."""
        position = _behind(_WHITE, text, _behind(_CLOSING, text, end))
        if filed:
            position = _behind(_WHITE, text, _behind(_CHINESE_NAMES, text, position))
        while True:
            after = _behind(self._reporter, text, _behind(_WIRE_MARKS, text, position))
            if after == position:
                return position
            position = _behind(_WHITE, text, after)


def _behind(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match is not None else position


def _shape(profile: Profile, match: re.Match[str]) -> Shape:
    return profile, match.end(), {role: match.span(role) for role, value in match.groupdict().items() if value}


def _covers(other: Shape, shape: Shape) -> bool:
    """Whether another profile takes the same parts and a mark more, asks for no more and says no less."""
    (longer, end, parts), (shorter, first, same) = other, shape
    return end > first and parts == same and longer.base >= shorter.base and {*longer.needs} <= {*shorter.needs}


def _span(fit: Fit) -> tuple[int, int]:
    """From the first place or agency (or the bracket before it) to the last mark; reporters outside are left out."""
    items = list(fit.items)
    leading = fit.roles.get("byline", ())
    behind = [item for item in items if leading and item.start >= leading[-1].end]
    if behind and (items[0] is leading[0] or (items[1] is leading[0] and behind[0].letter == ")")):
        items = behind
        while items and items[0].letter in "-~,/)":
            items.pop(0)
    trailing = fit.roles.get("after", ())
    if trailing and items[0].letter + items[-1].letter != "()":
        items = [item for item in items if item.end <= trailing[0].start]
        while len(items) > 1 and items[-1].letter == ",":
            items.pop()
    if items[-1].letter == "$":
        items.pop()
    return items[0].start, items[-1].end


def _date(document: copydesk.Document, found: Candidate) -> copydesk.FilingDate | None:
    roles = found.case.fit.roles
    when = next((i for role in ("when", "agency") for i in roles.get(role, ()) if i.date is not None), None)
    if when is None or when.date is None:
        return None
    span = found.view.place(when.start, when.end)
    return filing_date(when.date, span, document.text[slice(*span)], document.published)


def _inline(case: Case, evidence: tuple[str, ...]) -> bool:
    """Inside a lead only a large town with a free dash counts, or a place with a known agency."""
    if "known_agency" in evidence:
        return bool(case.places)
    told = set(evidence)
    town = bool({"great_place", "large_town", "home_sentence"} & told)
    return town and "dash" in told and not {"several_dashes", "clause_after"} & told
