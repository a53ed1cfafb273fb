"""Articles and endings of the words of names, and the gender that an ending shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_LEAST: Final = 2


def stem(word: str, affixes: tuple[str, ...]) -> tuple[int, int]:
    """Where the bare word begins and ends: without the first article, and the first ``*ending``, that fits."""
    start, end = 0, len(word)
    for affix in affixes:
        form = affix.strip("*")
        if end - start <= len(form) + _LEAST:
            continue
        if affix.startswith("*") and end == len(word) and word.endswith(form):
            end -= len(form)
        elif not affix.startswith("*") and start == 0 and word.startswith(form):
            start = len(form)
    return start, end


Forms = tuple[frozenset[str], tuple[str, ...]]
"""Words, and endings of words."""


def split_forms(forms: Iterable[str]) -> Forms:
    """The words and the ``*endings`` among listed forms."""
    listed = list(forms)
    return frozenset(listed), tuple([form[1:] for form in listed if form.startswith("*")])


def form_of(key: str, feminine: Forms, masculine: Forms, plural: Forms) -> tuple[str, str]:
    """The gender and number of a noun for persons or a body, or of a determiner; empty where the lists do not tell."""
    return _gender(key, feminine, masculine), "p" if _among(key, plural) else ""


def _gender(key: str, feminine: Forms, masculine: Forms) -> str:
    if not feminine[0]:
        return ""
    if _among(key, feminine):
        return "f"
    return "m" if not masculine[0] or _among(key, masculine) else ""


def _among(key: str, forms: Forms) -> bool:
    return key in forms[0] or key.endswith(forms[1])
