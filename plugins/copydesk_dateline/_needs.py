"""What a profile can ask for besides its shape: the words of its ``needs``."""

from __future__ import annotations

import re
from collections.abc import Callable

import copydesk
from copydesk_dateline._case import Case
from copydesk_dateline._fold import spelling_key

LAST_BLOCK_OF_A_BARE_PLACE = 4
_LONGEST_NAME = 6
_FIRST_BLOCKS = 2
_SHORTEST_SENTENCE = 40
_SHORTEST_STORY = 60
_TOWN = 20_000
_SMALL_TOWN = 5_000
"""In capitals, or with its region."""
_GREAT = 100_000
_LONGEST_ACRONYM = 6
_SHORTEST_JAPANESE_NAME = 4
_KATAKANA = re.compile("[\u30a0-\u30ff]")
_SENTENCE_END = re.compile(r"[.!?。।۔።]")
_SHORT_MONTH = re.compile(r"[a-zà-ÿ]{3,4}\. \d{1,2}")
_JOINED_NAMES = ("عبد",)
"""«عبد الله» is one name in two words."""
_QUOTES = "«»“”„\"'‘’"


def _agency_is_known(case: Case) -> bool:
    return any(item.letter != "a" or case.knows_a_place or "when" in case.fit.roles for item in case.agencies)


def _agency_leads(case: Case) -> bool:
    return any(
        item.letter in "Hh" or (item.agency is not None and item.agency.leads and item.letter in "AG")
        for item in case.agencies
    )


def _place_may_stand_alone(case: Case) -> bool:
    """A town without agency and date is a dateline at the head of the body only."""
    if case.setting.kind == "headline" or case.setting.index > LAST_BLOCK_OF_A_BARE_PLACE:
        return False
    letters = {place.item.letter for place in case.places}
    return bool(letters & set("PQ")) and letters <= set("PQR")


def _names_a_person(case: Case) -> bool:
    """Reporters with a title, or names: each word with a capital, in other scripts with a given name first."""
    items = [item for role in ("byline", "after") for item in case.fit.roles.get(role, ()) if item.letter in "BNUPQ"]
    return all(item.letter == "B" or _is_name(case.fit.text(item), case.words["first_names"]) for item in items)


def _is_name(text: str, first_names: frozenset[str]) -> bool:
    words = text.split()
    if not 1 < len(words) < _LONGEST_NAME or any(letter.isdecimal() for letter in text):
        return False
    if text.lower() != text.upper():
        return all(word[0].isupper() for word in words)
    first = spelling_key(words[0])
    return first in first_names or (first in _JOINED_NAMES and spelling_key("".join(words[:2])) in first_names)


def _after(case: Case) -> str:
    return case.fit.view[case.fit.items[-1].end :]


def _is_cased(text: str) -> bool:
    return text.lower() != text.upper()


def sentence_follows(case: Case) -> bool:
    """«Cottbus. Die Betten seien jede Nacht belegt …», not «Berlin. Noch immer. Wer …»."""
    after = _after(case).lstrip(" .")
    end = _SENTENCE_END.search(after)
    length = end.start() if end is not None else len(after)
    return length >= _SHORTEST_SENTENCE and not after[0].islower() and not after[0].isdecimal()


def _story_follows(case: Case) -> bool:
    """A paragraph behind the line, no list of places."""
    line = case.following.strip().partition("\n")[0]
    return len(line) >= _SHORTEST_STORY


def _at_home(case: Case) -> bool:
    """A town of a country that prints the story's language, at the very head."""
    found = [town for place in case.places for town in place.found if not town.is_area]
    least = _SMALL_TOWN if _in_capitals(case) else _TOWN
    return case.setting.index <= _FIRST_BLOCKS and any(
        town.country in case.printed.homes and town.population >= least for town in found
    )


def _agency_of_one_word(case: Case) -> bool:
    """«(CNA)», «(पीटीआय)»: an acronym or name, and no sentence that goes on behind it."""
    [*_, last] = items = case.fit.roles["agency"]
    text = case.fit.view[items[0].start : last.end]
    goes_on = case.fit.items[-1].letter == ")" and _after(case).lstrip()[:1].islower()
    in_lower_case = all(place.text.islower() for place in case.places)
    return " " not in text and not text[0].isdecimal() and not goes_on and (not text[0].islower() or in_lower_case)


def _is_attributed(case: Case) -> bool:
    """«据新华社北京3月15日电，…» names a source; «财联社3月7日电，…» is filed so."""
    return case.fit.view[: case.fit.items[0].start].rstrip().endswith(("据", "據"))


def _signs_as_site(case: Case) -> bool:
    """«AGAM, KOMPAS.com -»: in capitals before a known site stands a town, however small."""
    return _in_capitals(case) and any("." in case.fit.text(item) for item in case.agencies)


def _is_acronym(case: Case) -> bool:
    text = case.fit.text(case.fit.roles["agency"][0])
    return text.isupper() and text.isalpha() and len(text) <= _LONGEST_ACRONYM


def _sounds_like_an_outlet(case: Case) -> bool:
    """«ВолгаПресс», «ЎзА», «Radio Okapi»: capitals within a word, or such a word."""
    text = case.fit.text(case.fit.roles["agency"][0])
    inner = any(word[1:] != word[1:].lower() and not word.isupper() for word in text.split())
    return inner or _names_an_outlet(case)


def _names_an_outlet(case: Case) -> bool:
    """«الوادي نيوز», «Valley News»: a name with such a word in it."""
    words = case.fit.text(case.fit.roles["agency"][0]).split()
    return len(words) > 1 and any(spelling_key(word) in case.words["outlet_words"] for word in words)


def _agency_in_quotes(case: Case) -> bool:
    items = case.fit.roles["agency"]
    before, after = case.fit.view[: items[0].start].rstrip(), case.fit.view[items[-1].end :].lstrip()
    return before[-1:] in _QUOTES and after[:1] in _QUOTES


def _place_known_or_closed(case: Case) -> bool:
    """Where a dash ends the head, words of a script without capitals may be a clause between two dashes."""
    cased = all(_is_cased(place.text) for place in case.places)
    return case.knows_a_place or cased or case.fit.items[-1].letter in ":|"


def _no_unknown_name(case: Case) -> bool:
    """«Washington Post - Opinions» is a page of the paper."""
    return all(place.found or place.text.isupper() or not _is_cased(place.text) for place in case.places)


def _numeric_or_capitals(case: Case) -> bool:
    in_figures = all("-" in case.fit.text(item) for item in case.fit.roles["when"])
    caseless = not any(_is_cased(place.text) for place in case.places)
    whole = caseless or (case.fit.roles["when"][0].date is not None and _is_whole(case))
    return in_figures or _in_capitals(case) or (whole and _story_follows(case) and not _is_letter(case))


def _is_whole(case: Case) -> bool:
    """A day with its year behind a great town: «Brussels, 7 March 2024» on a line of its own."""
    when = case.fit.roles["when"][0].date
    great = any(found.population >= _GREAT for place in case.places for found in place.found if not found.is_area)
    return when is not None and when.year is not None and when.day is not None and great


def _is_letter(case: Case) -> bool:
    """«Bonn, den 7. März 2024», «Sehr geehrte …»."""
    words = case.following.split(maxsplit=1)
    return bool(words) and spelling_key(words[0]) in case.words["salutations"]


def _in_capitals(case: Case) -> bool:
    return all(place.text.isupper() for place in case.places)


def _is_in_short(case: Case) -> bool:
    """«Lima, mar. 7. El …»: no letter or diary begins with a month cut short."""
    [when] = case.fit.roles["when"]
    return _SHORT_MONTH.fullmatch(case.fit.text(when)) is not None and sentence_follows(case)


def _is_japanese_name(case: Case) -> bool:
    """«【カイロ安曇野太郎】», not «【パリ五輪】» or «【東京都知事選】»: four letters or more, none of them katakana."""
    [name, *more] = map(case.fit.text, case.fit.roles["byline"])
    topic = name[-2:] in case.words["no_name_endings"] or name[-1:] in case.words["no_name_endings"]
    return not more and len(name) >= _SHORTEST_JAPANESE_NAME and not topic and not _KATAKANA.search(name)


NEEDS: dict[str, Callable[[Case], bool]] = {
    "known agency": _agency_is_known,
    "leading agency": _agency_leads,
    "generic agency": lambda case: any(item.letter == "G" for item in case.agencies),
    "known place": lambda case: case.knows_a_place,
    "known place or date": lambda case: case.knows_a_place or "when" in case.fit.roles or _signs_as_site(case),
    "known place or agency": lambda case: case.knows_a_place or bool(case.agencies),
    "numeric, capitals, caseless or whole": _numeric_or_capitals,
    "agency of one word": _agency_of_one_word,
    "acronym": _is_acronym,
    "known agency or acronym": lambda case: bool(case.agencies) or _is_acronym(case),
    "name of an outlet": _names_an_outlet,
    "sounds like an outlet": _sounds_like_an_outlet,
    "agency in quotes": _agency_in_quotes,
    "place known or closed": _place_known_or_closed,
    "no unknown name in title case": _no_unknown_name,
    "in one case": lambda case: _in_capitals(case) or all(place.text.islower() for place in case.places),
    "in capitals or in short": lambda case: _in_capitals(case) or _is_in_short(case),
    "in capitals or at home": lambda case: _in_capitals(case) or _at_home(case),
    "name in Japanese": _is_japanese_name,
    "in its region": lambda case: bool(case.places and case.places[0].qualifiers),
    "town at home": _at_home,
    "towns before a full stop": lambda case: case.printed.full_stops,
    "sentence behind it": sentence_follows,
    "story behind it": _story_follows,
    "end of a word": lambda case: not _after(case)[:1].isalnum(),
    "no clause": lambda case: not (_after(case).startswith(",") and _is_attributed(case)),
    "pseudo-place": lambda case: any(item.letter == "X" for item in case.fit.roles["where"]),
    "reporter's title": lambda case: any(item.letter == "B" for item in case.fit.roles["after"]),
    "name of a person": _names_a_person,
    "name of a person or in lower case": lambda case: _names_a_person(case) or case.places[0].text.islower(),
    "text behind it": lambda case: bool(_after(case).strip()),
    "in capitals": _in_capitals,
    "not in lower case": lambda case: not any(place.text.islower() for place in case.places),
    "not in the headline": lambda case: case.setting.kind != "headline",
    "head of the body": _place_may_stand_alone,
}
"""Whether a need holds, by its name in data/profiles.toml."""


def missing(case: Case) -> bool:
    """Whether something that the profile needs does not hold; UsageError where it is no known need."""
    for need in case.fit.profile.needs:
        if need not in NEEDS:
            raise copydesk.UsageError(
                f"profile {case.fit.profile.name!r}: {need!r} is no need; these are: {', '.join(NEEDS)}"
            )
        if not NEEDS[need](case):
            return True
    return False
