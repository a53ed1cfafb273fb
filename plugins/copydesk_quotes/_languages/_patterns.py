"""How text is split into tokens: words, numbers, abbreviations, signs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from copydesk_quotes._languages._pack import Pack, Words
from copydesk_quotes._languages._trie import trie_pattern

_MARKS_IN_WORDS: Final = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06ed\u0900-\u0963\u0966-\u109f\u200c\u200d\u00ad"
)
_WORD: Final = rf"[\w{_MARKS_IN_WORDS}]"
_RUNS: Final = "|".join(f"{mark}{{3,}}" for mark in "\"'“”„«»‘’")
_MARKUP: Final = r"</?[A-Za-z][^<>\n]{0,400}>"
_SIGNS: Final = (
    rf"{_RUNS}|{_MARKUP}|" r"\.\.\.|''|``|--|,,|[^\w\s\u061c\u200b-\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_NUMBER: Final = r"\d+(?:[.,:/٫٬]\d+)*"


def spaced_pattern(pack: Pack) -> str:
    """The tokens of a language that puts blanks between words."""
    ends = rf"{_WORD}+['’](?={_WORD})|" if pack.apostrophe == "ends" else ""
    joins = rf"(?:['’]{_WORD}+)*" if pack.apostrophe == "joins" else ""
    words = rf"{ends}{_WORD}+{joins}"
    word = rf"(?:{_abbreviation(pack)}{words})(?<![\u200c\u200d])"
    # «30'luk», «K.'nin»: an ending after a number or an initial.
    ending = rf"(?:['’]{_WORD}+)?" if pack.apostrophe == "joins" else ""
    initials = rf"(?:[^\W\d_]\.){{2,}}{ending}"
    if ending:
        initials += rf"|[^\W\d_]\.['’]{_WORD}+"
    if pack.cased:
        # «Ayşe K., öğretmen», «Ali T. sagte»: an initial whose stop ends no sentence.
        initials += r"|(?<!\w)[^\W\d_]\.(?=,|\s[a-zß-öø-ÿığşа-яё])"
    return rf"{_NUMBER}{ending}(?!{_WORD})|{initials}|{word}|{_SIGNS}"


def _abbreviation(pack: Pack) -> str:
    """Words with a mark before their last letter, or their last few: «צה״ל», but not «ש"הדרך»; or at their end."""
    if not pack.inner_marks:
        return ""
    mark = f"[{re.escape(pack.inner_marks)}]"
    letter = rf"(?:(?<=[{re.escape(pack.marked_ends)}])|(?<!{_WORD}{_WORD}))" if pack.marked_ends else "(?!)"
    closed = rf"{_WORD}++{letter}['’׳](?!{_WORD})"
    return rf"{closed}|{_WORD}+{mark}{_WORD}(?!{_WORD})|{_WORD}{{3,}}{mark}{_WORD}{{2,3}}(?!{_WORD})|"


def unspaced_pattern(pack: Pack) -> str:
    """The tokens of a language that writes words together: listed words wherever they occur."""
    listed = {form for form in _forms(pack) if "*" not in form}
    starts = "".join(sorted({re.escape(form[0]) for form in listed}))
    words = f"(?=[{starts}]){trie_pattern(listed)}" if listed else "(?!)"
    others = rf"[^\W\d{starts}A-Za-z]+"
    return rf"{words}|{_NUMBER}|[A-Za-z]+|{others}|\w|{_SIGNS}"


def _forms(pack: Pack) -> Iterable[str]:
    tables: tuple[Any, ...] = (*pack.pronouns, *pack.according, *pack.cues)
    for table in tables:
        yield from table.forms
        yield from getattr(table, "closes", ())
    for name in Words.__struct_fields__:
        yield from getattr(pack.words, name)
    for group in pack.complementizers.values():
        yield from group
