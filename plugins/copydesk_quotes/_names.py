"""The fullest mention of a short name in the text before it."""

from __future__ import annotations

from copydesk_quotes import _flags as f
from copydesk_quotes._lexicon import Lexicon

Span = tuple[int, int]
_WINDOW = 120
_MOST = 24
_REACH = 20_000
_BARRIER = f.PUNCTUATION | f.CUE | f.COMPLEMENTIZER | f.CLAUSE | f.CONJUNCTION | f.STOP


def fullest_mention(text: str, before: int, word: str, keys: frozenset[str], lexicon: Lexicon) -> Span | None:
    """The longest name in ``text[:before]`` that ends in ``word`` and holds all of ``keys`` and more."""
    best: Span | None = None
    at = text.find(word, max(0, before - _REACH), before)
    for _ in range(_MOST):
        if at < 0:
            break
        end = at + len(word)
        if not text[end : end + 1].isalnum():
            found = _name_ending(text, end, word, keys, lexicon)
            if lexicon.pack.given_names:
                found = _with_surname(text, found or (at, end), before, lexicon) or found
            if found is not None and (best is None or found[1] - found[0] > best[1] - best[0]):
                best = found
        at = text.find(word, end, before)
    return best


def _name_ending(text: str, end: int, word: str, keys: frozenset[str], lexicon: Lexicon) -> Span | None:
    start = max(0, end - _WINDOW)
    start = max(start, text.rfind("\n", start, end) + 1)
    tokens = list(lexicon.token.finditer(text, start, end))
    if not tokens or tokens[-1].group() != word:
        return None
    first = len(tokens) - 1
    named = {lexicon.name_key(word)}
    while first > 0 and _belongs(tokens[first - 1].group(), lexicon):
        first -= 1
        named.add(lexicon.name_key(tokens[first].group()))
    return (tokens[first].start(), end) if keys < named else None


def _with_surname(text: str, name: Span, before: int, lexicon: Lexicon) -> Span | None:
    """A given name with the capitalised names after it, None where none follow."""
    start, end = name
    for match in lexicon.token.finditer(text, end, min(before, end + _WINDOW)):
        if (
            text[end : match.start()] != " "
            or not lexicon[match.group()] & f.CAPITAL
            or lexicon[match.group()] & _BARRIER
        ):
            break
        end = match.end()
    return (start, end) if end > name[1] else None


def _belongs(word: str, lexicon: Lexicon) -> bool:
    flag = lexicon[word]
    if flag & f.TITLE:
        return True
    if flag & _BARRIER:
        return False
    return not lexicon.pack.cased or bool(flag & (f.CAPITAL | f.ABBREVIATION))
