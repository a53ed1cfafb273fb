"""A guess at the language of a text, from its script, its letters and its most common words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import attrs

from copydesk_seedfile._tables import language_table

_SAMPLES = (250, 1000)
"""Characters looked at: a headline and the lead, which nearly always tell, else some paragraphs."""
_MIN_SCORE = 1.5
_MIN_SHARE = 0.55
_SURE = 0.65
"""From here on no further evidence is looked for."""
_LETTER_WEIGHT = 0.5
"""What one letter counts against one word."""


class Guess(NamedTuple):
    """A BCP 47 tag, and how sure: 0 to 1."""

    tag: str
    confidence: float


def _high_bytes(*ranges: tuple[int, int]) -> bytes:
    return bytes(byte for first, last in ranges for byte in range(first, last + 1))


# The upper byte of each UTF-16 unit tells the script, and is counted without a loop.
_SCRIPTS = {
    "arabic": _high_bytes((0x06, 0x08), (0xFB, 0xFE)),
    "cyrillic": _high_bytes((0x04, 0x04)),
    "devanagari": _high_bytes((0x09, 0x09)),
    "greek": _high_bytes((0x03, 0x03)),
    "han": _high_bytes((0x30, 0x30), (0x34, 0x9F)),
    "hangul": _high_bytes((0xAC, 0xD7)),
    "hebrew": _high_bytes((0x05, 0x05)),
    "thai": _high_bytes((0x0E, 0x0E)),
}
_CODES = {name: bytes([code]) for code, name in enumerate(_SCRIPTS, start=1)}
_TO_CODE = bytes.maketrans(
    b"".join(_SCRIPTS.values()), b"".join(_CODES[name] * len(units) for name, units in _SCRIPTS.items())
)


@attrs.frozen
class _Script:
    """What tells the languages of one script apart: by word and by letter, the languages that have it in common."""

    words: dict[str, str]
    letters: dict[str, str]
    always: dict[str, str]
    """By language, a letter that every text of it has."""


def guess_language(text: str) -> Guess | None:
    """Guess from the beginning of a text; None where it does not tell clearly."""
    guess = None
    for length in _SAMPLES:
        guess = _guess(text[:length].lower())
        if len(text) <= length or (guess is not None and guess.confidence >= _SURE):
            break
    return guess


def _guess(sample: str) -> Guess | None:
    """Guess by words, and by letters as well where words leave it open."""
    script = _script(_script_of(sample))
    scores: dict[str, float] = {}
    for tags, count in Counter(map(script.words.get, sample.split())).items():
        if tags is not None:
            _add(scores, tags, count)
    missing = {tag for tag, letter in script.always.items() if letter not in sample}
    guess = _best(scores, missing)
    if guess is None or guess.confidence < _SURE:
        for letter, tags in script.letters.items():
            if count := sample.count(letter):
                _add(scores, tags, _LETTER_WEIGHT * count)
        guess = _best(scores, missing)
    return guess


def _add(scores: dict[str, float], tags: str, weight: float) -> None:
    """Share a weight out among languages, ``tags`` with blanks between."""
    names = tags.split()
    share = weight / len(names)
    for name in names:
        scores[name] = scores.get(name, 0.0) + share


def _best(scores: dict[str, float], missing: set[str]) -> Guess | None:
    """The language with the highest score, where it is clearly ahead of the next; ``missing`` ones cannot be it."""
    for tag in missing:
        scores.pop(tag, None)
    if not scores:
        return None
    tag = max(scores, key=scores.__getitem__)
    score = scores.pop(tag)
    share = score / (score + max(scores.values(), default=0.0))
    scores[tag] = score
    if score < _MIN_SCORE or share < _MIN_SHARE:
        return None
    return Guess(tag, round(share * score / (score + 1), 2))


def _script_of(sample: str) -> str:
    """The script most letters are of; Latin where less than a fifth are of another."""
    if sample.isascii():
        return "latin"
    codes = sample.encode("utf-16-le", "surrogatepass")[1::2].translate(_TO_CODE)
    count, script = max((codes.count(code), name) for name, code in _CODES.items())
    return script if count * 5 > len(codes) else "latin"


@cache
def _script(name: str) -> _Script:
    languages = language_table()[name]
    return _Script(
        words=_owners({tag: entry.get("words", ()) for tag, entry in languages.items()}),
        letters=_owners({tag: entry.get("letters", "") for tag, entry in languages.items()}),
        always={tag: entry["always"] for tag, entry in languages.items() if "always" in entry},
    )


def _owners(marks: dict[str, Iterable[str]]) -> dict[str, str]:
    """By mark, the languages that have it, sorted, with blanks between."""
    owners: dict[str, set[str]] = {}
    for tag, own in marks.items():
        for mark in own:
            owners.setdefault(mark, set()).add(tag)
    return {mark: " ".join(sorted(tags)) for mark, tags in owners.items()}
