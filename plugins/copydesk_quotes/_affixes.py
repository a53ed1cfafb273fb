"""Articles and endings of the words of names, and the gender that an ending shows."""

from __future__ import annotations

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


def gender_of(key: str, feminine: frozenset[str]) -> str:
    """The gender of a noun for a person or body by the feminine words and ``*endings``; empty where none are known."""
    if not feminine:
        return ""
    ends = any(key.endswith(form[1:]) for form in feminine if form.startswith("*"))
    return "f" if ends or key in feminine else "m"
