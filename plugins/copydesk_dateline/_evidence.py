"""From a case to a judgement: what speaks for a dateline, what against, and how much."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence

import attrs

from copydesk_dateline._case import Case, NamedPlace
from copydesk_dateline._fold import spelling_key
from copydesk_dateline._following import of_what_follows
from copydesk_dateline._gazetteer import FoundPlace, Gazetteer
from copydesk_dateline._needs import missing, sentence_follows

_GREAT = 100_000
_METROPOLIS = 500_000
_LARGE_TOWN = 20_000
_TOWN = 5_000
_FIRST_BLOCKS = 3
_PLACE_AND_MARK = 2
_LATE_BLOCK = 5
_LONGEST_ACRONYM = 5
_SHORTEST_ACRONYM = 2
"""«(FF)», «(SC)» are clubs and states; an outlet of two letters is one that the tables list."""
_SECOND_DASH = re.compile(r"[^.,;:!?()\n]{1,28}?(?:\s[-–—]+\s|[–—])")
_FIGURES = re.compile(r"\d[\d\s.,/-]*(?:$|\s(?![A-Z])|[A-Za-z+]{1,2}$)|[^\d]{1,4}\s\d+$")
_SCORE = re.compile(r"[^.,;!?()\n]{1,28}\s\d{1,3}\s?[-–:]\s?\d{1,3}(?!\d)")


@attrs.frozen
class Judge:
    """Weighs the evidence by the weights of data/evidence.toml."""

    weights: Mapping[str, float]
    gazetteer: Gazetteer

    def judge(self, case: Case) -> tuple[float, tuple[str, ...]] | None:
        """The log-odds, and the names of what decided; None where something that the shape needs is missing."""
        if missing(case):
            return None
        evidence = (
            *_of_agency(case),
            *self._of_places(case),
            *_of_form(case),
            *_of_separator(case),
            *of_what_follows(case, self.gazetteer),
        )
        return case.fit.profile.base + sum([self.weights[name] for name in evidence]), evidence

    def qualified(self, found: Sequence[FoundPlace], qualifiers: Sequence[str]) -> tuple[FoundPlace, ...]:
        """Those of the places that lie in every region named."""
        kept = tuple(found)
        for text in qualifiers:
            regions = [place for place in self.gazetteer.look_up(text) if place.is_area]
            kept = tuple(place for place in kept if any(_lies_in(place, region) for region in regions))
        return kept

    def _of_places(self, case: Case) -> Iterator[str]:
        if not case.places:
            return
        first = case.places[0]
        fits = self.qualified(first.found, first.qualifiers)
        if fits and _is_told_apart(case, first):
            yield from _of_size(attrs.evolve(first, found=fits), case)
        else:
            yield from _of_size(first, case)
            if first.qualifiers:
                yield "qualified" if fits or not first.found else "wrongly_qualified"
        yield from self._of_region_in_brackets(case, first)
        if all(place.text.isupper() for place in case.places):
            yield "capitals"
        elif all(place.text.islower() for place in case.places) and _follows_capital(case):
            yield "lower_case"

    def _of_region_in_brackets(self, case: Case, town: NamedPlace) -> Iterator[str]:
        """«Boston (MA)» names the state, and not the agency of that name."""
        agencies = [item for item in case.fit.roles.get("agency", ()) if item.letter.isalpha()]
        alone = [item.letter for item in agencies] == ["C"] and "when" not in case.fit.roles
        if alone and self.qualified(town.found[:1], [case.fit.text(agencies[0])]):
            yield "no_outlet"


def _is_told_apart(case: Case, town: NamedPlace) -> bool:
    """«Paris (Texas) – A town of 25,000 …»: who sets a region so, and no more, tells a town from its namesake."""
    bare = not case.agencies and "when" not in case.fit.roles and "agency" not in case.fit.roles
    in_brackets = bool(town.qualifiers) and case.fit.view[town.item.end :].lstrip().startswith("(")
    return bare and in_brackets and not town.text.isupper()


def _follows_capital(case: Case) -> bool:
    """Whether the story goes on with a capital: then a head in lower case is somebody's habit, no sentence."""
    return case.fit.view[case.fit.items[-1].end :].lstrip()[:1].isupper()


def _of_agency(case: Case) -> Iterator[str]:
    roles = case.fit.roles
    letters = {item.letter for role in ("agency", "second") for item in roles.get(role, ())}
    if any(_FIGURES.match(case.fit.text(item)) for item in roles.get("second", ())):
        # «الاتحاد - الشباب (3-1) -»: two clubs and a score.
        yield "no_outlet"
    elif "A" in letters:
        yield "known_agency"
    elif "G" in letters:
        yield "generic_agency"
    elif letters & {"H", "h"}:
        yield "host_name"
    elif letters and _holds_no_outlet(case):
        yield "no_outlet"
    elif letters & {"a", "C"}:
        yield "half_known_agency"
    elif letters:
        yield (
            "unknown_agency" if {"when", "after"} & roles.keys() or _sounds_like_an_outlet(case) else "unlikely_agency"
        )


def _holds_no_outlet(case: Case) -> bool:
    """A bracket with a place, years, a number, or words in lower case: «(Bayern)», «(1751-1836)», «(née Bell)»."""
    items = case.fit.roles["agency"]
    text = case.fit.view[items[0].start : items[-1].end]
    if spelling_key(text) in case.words["no_outlets"]:
        return True
    if all(item.letter in "PQR" for item in items if item.letter.isalpha()):
        if "when" in case.fit.roles and case.fit.roles["when"][0].end < items[0].start:
            # Behind a date stands no region.
            return False
        # «(PINA)» is an outlet's acronym, and a town somewhere.
        return items[0].letter != "P" or not text.isupper() or len(text) > _LONGEST_ACRONYM
    key = spelling_key(text)
    if (
        key in case.words["no_places"]
        or key in case.words["no_outlets"]
        or ("," in text and any(map(str.isdecimal, text)))
    ):
        return True
    if _FIGURES.match(text) is not None:
        return True
    return " " in text and text[0].islower() and not _holds_outlet_word(text, case)


def _sounds_like_an_outlet(case: Case) -> bool:
    """«(NTV)», «(KoSSev)», «(Eye Radio)», «(서울=…)», rather than «(Film4)», «(Conservatives)»."""
    names = [place.text for place in case.places]
    in_one_case = bool(names) and (all(map(str.isupper, names)) or all(map(str.islower, names)))
    if in_one_case or any(item.letter == "=" for item in case.fit.items):
        return True
    items = case.fit.roles["agency"]
    text = case.fit.view[items[0].start : items[-1].end]
    more_capitals_than_words = len(text) > _SHORTEST_ACRONYM and sum(map(str.isupper, text)) > len(text.split())
    return more_capitals_than_words or _holds_outlet_word(text, case)


def _holds_outlet_word(text: str, case: Case) -> bool:
    return any(spelling_key(word) in case.words["outlet_words"] for word in text.split())


def _of_size(place: NamedPlace, case: Case) -> Iterator[str]:
    towns = [found for found in place.found if not found.is_area]
    cased = place.text.lower() != place.text.upper()
    if any(town.population >= _GREAT or town.kind == "capital" for town in towns):
        yield "great_place"
        large = any(town.population >= _METROPOLIS or town.kind == "capital" for town in towns)
        if large and (not cased or _stands_before_a_colon(place, case)):
            yield "metropolis"
    elif not place.found and _spelt_out(place.text, case):
        yield "spelt_out"
    elif place.found:
        yield _smaller(towns)
        largest = max((town.population for town in towns if town.country in case.printed.homes), default=0)
        if largest >= _LARGE_TOWN:
            yield "home_town"
        elif largest >= _TOWN and _is_bare_before_a_dash(place, case) and sentence_follows(case):
            yield "home_sentence"
    else:
        yield "unknown_place" if cased else "unknown_place_uncased"


def _stands_before_a_colon(place: NamedPlace, case: Case) -> bool:
    """«Mumbai: …» opens a story of many papers; a country so is a topic, and a given name a speaker."""
    if len(case.fit.items) != _PLACE_AND_MARK or case.fit.items[-1].letter != ":":
        return False
    given = case.words["given_names"]
    return spelling_key(place.text) not in given and all(found.kind != "country" for found in place.found)


def _is_bare_before_a_dash(place: NamedPlace, case: Case) -> bool:
    """«Krems – Die Ernte ist …», no given name: «Albert – Er kam …»."""
    bare = len(case.fit.items) == _PLACE_AND_MARK and case.fit.items[-1].letter == "-"
    return bare and spelling_key(place.text) not in case.words["given_names"]


def _spelt_out(name: str, case: Case) -> bool:
    """«Australian Federal Police (AFP)»: the bracket holds no agency, but the name's initials."""
    initials = "".join([word[0] for word in name.split()]).lower()
    return len(initials) > 1 and any(case.fit.text(item).lower() in initials for item in case.agencies)


def _smaller(towns: Sequence[FoundPlace]) -> str:
    if not towns:
        return "region"
    largest = max(town.population for town in towns)
    return "large_town" if largest >= _LARGE_TOWN else "known_place" if largest >= _TOWN else "small_place"


def _of_form(case: Case) -> Iterator[str]:
    if "when" in case.fit.roles:
        yield "date"
    if case.setting.kind == "headline":
        yield "headline"
    elif case.setting.index <= _FIRST_BLOCKS:
        yield "first_block"
    elif case.setting.index > _LATE_BLOCK:
        yield "late_block"


def _of_separator(case: Case) -> Iterator[str]:
    fit = case.fit
    last = fit.items[-1]
    if last.letter == "$":
        yield "own_line"
        return
    if last.letter in "-~":
        yield "dash" if last.letter == "-" else "tight_dash"
    elif last.letter == "|":
        yield "bar"
    elif last.letter == "।":
        yield "danda"
    elif last.letter not in ":=./E)":
        yield "no_separator"
    after = fit.view[last.end :].lstrip()
    bare = not case.agencies and "when" not in fit.roles
    if bare and (_SECOND_DASH.match(after) or _SCORE.match(after)):
        yield "several_dashes"
    if after[:1].islower() and not fit.view[fit.items[0].start : last.start].islower():
        yield "lower_case_after" if case.agencies else "clause_after"


def _lies_in(place: FoundPlace, region: FoundPlace) -> bool:
    if place.country != region.country:
        return False
    return region.kind == "country" or place.admin1_code in (region.admin1_code, "")


def confidence(log_odds: float) -> float:
    """The probability that log-odds stand for, to two places."""
    return round(1 / (1 + math.exp(-log_odds)), 2)
