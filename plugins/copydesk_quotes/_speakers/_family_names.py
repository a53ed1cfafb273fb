"""Names that are called again by their first letters: 谷川市長 after 谷川信吾市長, «한 장관» after «한정우 장관»."""

from __future__ import annotations

import re

from copydesk_quotes._languages._lexicon import Lexicon
from copydesk_quotes._speakers._persons import Name
from copydesk_quotes._speakers._tokens import Tokens

_REACH = 20_000
_LONGEST = 3


def full_name_of(text: str, before: int, told: Name, lexicon: Lexicon) -> Name | None:
    """The first fuller name with the same title in ``text[:before]``."""
    part = told.parts[0]
    if not part.title or not 0 < len(part.letters) <= _LONGEST:
        return None
    given, office = (r"\w{1,3}", r" (?:\w+ ){0,3}") if lexicon.pack.spaced else (r"\w{1,4}", "")
    pattern = rf"(?<!\w){re.escape(part.letters)}{given}{office}{re.escape(part.title)}"
    if not lexicon.pack.spaced:
        pattern = pattern.removeprefix(r"(?<!\w)")
    start = max(0, before - _REACH)
    found = re.search(pattern, text[start:before])
    if found is None:
        return None
    tokens = Tokens.read(text, start + found.start(), start + found.end(), lexicon)
    return tokens.name(0, len(tokens.words))
