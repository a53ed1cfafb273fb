"""Names that are called again by their first letters: 谷川市長 after 谷川信吾市長, «한 장관» after «한정우 장관»."""

from __future__ import annotations

import re
from typing import Final

from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._lexicon import Lexicon
from copydesk_quotes._speakers._mention import Name, Part
from copydesk_quotes._speakers._tokens import Tokens

_REACH: Final = 20_000
_LONGEST: Final = 3
_LEAST: Final = 2
_GIVEN: Final = 4
_WINDOW: Final = 16
_MOST: Final = 12
_NAME_ENDS: Final = f.TOPIC | f.SUBJECT | f.OPEN | f.COMMA


def full_name_of(text: str, before: int, told: Name, lexicon: Lexicon) -> Name | None:
    """The first fuller name with the same title in ``text[:before]``."""
    part = told.parts[0]
    if not 0 < len(part.letters) <= _LONGEST:
        return None
    start = max(0, before - _REACH)
    if not lexicon.pack.spaced:
        return _written_together(text, start, before, part, lexicon)
    if not part.title:
        return None
    pattern = rf"(?<!\w){re.escape(part.letters)}\w{{1,3}}(?:\(\d+\))? (?:\w+ ){{0,3}}\w*{re.escape(part.title)}"
    found = re.search(pattern, text[start:before])
    if found is None:
        return None
    tokens = Tokens.read(text, start + found.start(), start + found.end(), lexicon)
    return tokens.name(0, len(tokens.words))


def _written_together(text: str, start: int, before: int, part: Part, lexicon: Lexicon) -> Name | None:
    """The first name that goes on after the family name: 谷川|信吾|市長, or 谷川|信吾|は for one alone."""
    bare = not part.title
    if bare and len(part.letters) < _LEAST:
        return None
    at = text.find(part.letters, start, before)
    for _ in range(_MOST):
        if at < 0:
            return None
        tokens = Tokens.read(text, at, min(before, at + len(part.letters) + _WINDOW), lexicon)
        name = _full_name(tokens, at + len(part.letters), part, bare=bare)
        if name is not None:
            return name
        at = text.find(part.letters, at + 1, before)
    return None


def _full_name(tokens: Tokens, given: int, part: Part, *, bare: bool) -> Name | None:
    """The name at the beginning of ``tokens``, whose given name begins at offset ``given``."""
    titles = tokens.lexicon.pack.honorifics
    for k in range(1, len(tokens.words)):
        flag, length = tokens.flags[k], tokens.starts[k] - given
        if length > _GIVEN or (flag & f.PUNCTUATION and not flag & _NAME_ENDS):
            break
        if length <= 0:
            continue
        title = tokens.lexicon.name_key(tokens.words[k])
        if flag & f.TITLE and (bare or title.endswith(part.title) or part.title in titles):
            return tokens.name(0, k + 1)
        if flag & _NAME_ENDS:
            return tokens.name(0, k) if bare and length >= 1 else None
        if flag & (f.STOP | f.HEAD | f.CUE | f.ADVERB | f.CONJUNCTION):
            break
    return None
