"""What follows a head that is a place and little more: a story's first sentence, or a score, a label, a next stop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk_dateline._case import Case
from copydesk_dateline._fold import spelling_key
from copydesk_dateline._gazetteer import Gazetteer

HEAD = 200
"""Characters of a line that are read at most."""
_SHORTEST_LEAD = 45
_SHORTEST_SENTENCE = 40
"""Where the line ends with a full stop."""
_SHORTEST_WITH_OUTLET = 15
_STOPS = tuple(".!?…。！？۔؟।።։។။")
_WIDTHS = (1, 1.4, 2.5)
"""Latin letters that a letter counts for: of alphabets, of Semitic and Indic scripts, of East Asian ones."""
_FIRST_DENSE = "\u0590"
_QUOTES = tuple("\"“”„«‘’'")
_FIRST_WIDE = "\u2e80"
_GREAT = 50_000
_CAPTION = re.compile(r"\w+ \d{1,2}(?:, \d{4})?:")
"""«KYIV, UKRAINE - MARCH 3: …», as picture agencies caption."""
_MOST_WORDS = 2
_SHORTEST_TOWN = 4
_NAME = r"[^\W\d_][^\s.,;:!?()|–—]*(?: [^\W\d_][^\s.,;:!?()|–—]*){0,2}"
_LABEL = re.compile(rf"\s*(?P<name>{_NAME}) ?(?P<mark>:|(?<= )[-–—]|\|) ")
_SENTENCE_END = re.compile(r"[.!?…。！？۔؟।።](?=\s|$)")
_CLOCK = re.compile(r"\d{1,2}[:.hH]\d{2}\b|\d{1,2}([/.-])\d{1,2}\1\d{4}\b(?! ?[(–—-])")
_PARALLEL = re.compile(r"[^\W\d_][^.,;:!?()\n]{1,25} \([^)\n]+\)")
"""«Oman (AFC): kick-off 18:00» behind «Kuwait (AFC) –»."""
_OFFER = re.compile(r"\d+ [^.!?\n]{1,30}[$€£]\d")
"""«5 nights from $899»."""
_MEASURE = re.compile(r"[-+—]?\d+\s*(?:[°º/]|C\b|F\b|grad|deg|derajat|derece|град|درج|डिग्री|డిగ్రీ|度)", re.IGNORECASE)
"""«12 C, cloudy», «19/8»: the weather of a town."""
_WITHOUT_STOPS = re.compile("[\u0e00-\u0eff]")
"""Thai and Lao end no sentence with a mark."""
_WORDS = re.compile(r"\W*(\w[\w'’-]*)(?: (\w[\w'’-]*))?")


def of_what_follows(case: Case, gazetteer: Gazetteer) -> Iterator[str]:
    """Evidence for heads without a known agency or a date; a place alone opens many things that are no story."""
    last = case.fit.items[-1]
    if _is_stamp(case, case.fit.view[last.end :]):
        yield "stamp"
    if case.agencies or "when" in case.fit.roles or last.letter == "$":
        return
    after = case.fit.view[last.end :].strip()
    if after and _length(after) < _shortest(case, after):
        yield "brief"
    if _MEASURE.match(after):
        yield "measure"
    capitals = all(place.text.isupper() for place in case.places)
    if not ("agency" in case.fit.roles and capitals) and _is_unfinished(case.fit.view, after):
        yield "unfinished"
    if _is_topic(case, after) or _asks(case, after):
        yield "topic"
    if _is_labelled(case.following) or _CAPTION.match(after) or _OFFER.match(after) or _goes_on_alike(case, after):
        yield "listed"
    if _speaks(case, after):
        yield "speech"
    if last.letter == "-" and not capitals and (_begins_with_town(after, gazetteer) or _is_route(case)):
        yield "town_after"


def _is_topic(case: Case, after: str) -> bool:
    """«Paris: the city and its gardens», «巴黎：…», «Wien. Das ist …», not «PARIS:», «Madurai:» or «بيروت:»."""
    if case.fit.items[-1].letter not in ":." or not case.places or "agency" in case.fit.roles:
        return False
    name = case.places[0].text
    if name == name.upper() != name.lower():
        return False
    words = after.split(maxsplit=1)
    wide = name >= _FIRST_WIDE and case.fit.items[-1].letter == ":"
    if wide or (words and spelling_key(words[0]) in case.words["topic_openers"]):
        return True
    if case.fit.items[-1].letter == ".":
        return False
    printed = case.printed
    if name.lower() == name.upper():
        return not printed.colons
    return not {found.country for found in case.places[0].found[:1]} & printed.colon_countries


def _asks(case: Case, after: str) -> bool:
    """«Paris – une fête ? Pas pour …», «عمان: …؟»: whoever asks tells no news."""
    end = _SENTENCE_END.search(after)
    return end is not None and end[0] in "?؟" and not all(place.text.isupper() for place in case.places)


def _speaks(case: Case, after: str) -> bool:
    """«AUSTIN: I never wanted it», «"CLINTON: …»: a name with what its bearer says."""
    first = case.fit.items[0].start
    if case.fit.view[:first].rstrip().endswith(_QUOTES):
        return True
    words = after.split(maxsplit=1)
    quoted = case.fit.items[-1].letter == ":" or not all(place.text.isupper() for place in case.places)
    return quoted and bool(words) and spelling_key(words[0]) in case.words["speech_openers"]


def _is_stamp(case: Case, after: str) -> bool:
    """When a page was made: «– 18:32», «Kompas.com - 07/03/2024», «AFP - Publié le 7 mars»."""
    after = after.lstrip()
    if after[:1].isdecimal():
        return _CLOCK.match(after) is not None
    return spelling_key(after.split(" ", 1)[0]) in case.words["page_stamps"]


def _is_unfinished(view: str, after: str) -> bool:
    """Whether the line ends without a full stop: a label, a title."""
    return len(view) < HEAD and not after.rstrip("\"»”“’')]").endswith(_STOPS) and not _WITHOUT_STOPS.search(after)


def _shortest(case: Case, after: str) -> int:
    if "agency" in case.fit.roles:
        return _SHORTEST_WITH_OUTLET
    return _SHORTEST_SENTENCE if after.endswith(_STOPS) else _SHORTEST_LEAD


def _length(text: str) -> float:
    return sum([_WIDTHS[(letter >= _FIRST_DENSE) + (letter >= _FIRST_WIDE)] for letter in text[:_SHORTEST_LEAD]])


def _is_route(case: Case) -> bool:
    """«Ankara - Eskişehir (YHT) -»: two names with a free dash between, and nobody who files."""
    where = case.fit.roles.get("where", ())
    return any(item.letter == "-" for item in where)


def _goes_on_alike(case: Case, after: str) -> bool:
    return "agency" in case.fit.roles and _PARALLEL.match(after) is not None


def _is_labelled(following: str) -> bool:
    """Whether the next line, too, begins with a name and a mark: a dialogue, a table, a list of places."""
    label = _LABEL.match(following)
    if label is None:
        return False
    words = label["name"].split()
    return len(words) <= _MOST_WORDS and all(word[0].isupper() or word[0].lower() == word[0].upper() for word in words)


def _begins_with_town(text: str, gazetteer: Gazetteer) -> bool:
    """«Ankara - İstanbul hattı»: a line between two cities."""
    words = _WORDS.match(text)
    if words is None:
        return False
    joined = words[2] is not None and not words[2][0].islower()
    names = [f"{words[1]} {words[2]}", words[1]] if joined else [words[1]]
    return any(
        found.population >= _GREAT and not found.is_area
        for name in names
        if _length(name) >= _SHORTEST_TOWN and not name[0].islower()
        for found in gazetteer.look_up(name)[:1]
    )
