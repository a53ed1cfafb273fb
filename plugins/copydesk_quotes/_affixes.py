"""Articles and endings of the words of names, and the gender that an ending shows."""

from __future__ import annotations

from collections.abc import Iterable

_LEAST = 2


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


def feminine(forms: Iterable[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words and the endings among listed feminine forms."""
    listed = list(forms)
    return frozenset(listed), tuple([form[1:] for form in listed if form.startswith("*")])


def gender_of(key: str, words: frozenset[str], endings: tuple[str, ...]) -> str:
    """The gender of a noun for a person or body by the feminine forms; empty where none are known."""
    if not words:
        return ""
    return "f" if key in words or key.endswith(endings) else "m"
