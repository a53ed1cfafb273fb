"""What a profile can ask for besides its shape: the words of its ``needs``."""

from __future__ import annotations

from collections.abc import Callable

import copydesk
from copydesk_dateline._case import Case
from copydesk_dateline._fold import spelling_key

LAST_BLOCK_OF_A_BARE_PLACE = 4
_LONGEST_NAME = 6


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
    return spelling_key(words[0]) in first_names or spelling_key("".join(words[:2])) in first_names


NEEDS: dict[str, Callable[[Case], bool]] = {
    "known agency": _agency_is_known,
    "leading agency": _agency_leads,
    "generic agency": lambda case: any(item.letter == "G" for item in case.agencies),
    "known place": lambda case: case.knows_a_place,
    "known place or date": lambda case: case.knows_a_place or "when" in case.fit.roles,
    "known place or agency": lambda case: case.knows_a_place or bool(case.agencies),
    "numeric date": lambda case: all("-" in case.fit.text(item) for item in case.fit.roles["when"]),
    "pseudo-place": lambda case: any(item.letter == "X" for item in case.fit.roles["where"]),
    "reporter's title": lambda case: any(item.letter == "B" for item in case.fit.roles["after"]),
    "name of a person": _names_a_person,
    "text behind it": lambda case: bool(case.fit.view[case.fit.items[-1].end :].strip()),
    "in capitals": lambda case: all(place.text.isupper() for place in case.places),
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
