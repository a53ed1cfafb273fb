"""Subjects of verb-final clauses where names have capitals and case endings, as in Turkish."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._pack import Cue
from copydesk_quotes._phrases._nouns import Noun

_REACH: Final = 24
_SHORT: Final = 3
_NAMES: Final = f.CAPITAL | f.HEAD | f.TITLE | f.DOCUMENT
_WALLS: Final = f.MARK | f.COLON | f.END | f.SEMICOLON
_TELLING: Final = _WALLS | f.COMMA | f.CONJUNCTION | f.CLAUSE | f.CUE | f.FINAL
_OUTSIDE: Final = _WALLS | f.COMMA | f.CLAUSE | f.FINAL | f.CUE | f.ADVERB


def clause_subject(block: Block, start: int, limit: int, *, sure: bool) -> Noun | None:
    """The noun phrase that opens a clause: up to a comma that closes it, else the names it begins with.

    ``sure``: what follows is marked, so that a single word at the start is no part of the content.
    """
    start = _past_participle(block, start, limit)
    while start < limit:
        while start < limit and block.flags[start] & (f.CONJUNCTION | f.COMMA | f.ADVERB | f.CLAUSE | f.DASH):
            start += 1
        comma = _comma(block, start, limit)
        noun = _listing(block, start, comma, limit) or _closed(block, start, comma) if comma else None
        noun = noun or _run(block, start, comma or limit, sure=sure)
        if noun is not None or not comma or block.has(comma - 1, f.FINAL):
            return noun
        start = comma + 1
    return None


def noun_following(block: Block, start: int, limit: int) -> Noun | None:
    """The noun phrase after a participle: «… belirten Vali Kaya, “C” dedi»."""
    end = next((k for k in range(start, min(limit, start + _REACH)) if block.flags[k] & (_WALLS | f.COMMA)), limit)
    noun = _closed(block, start, end) if block.has(end, f.COMMA) else None
    if noun is None:
        noun = _run(block, start, end, sure=True)
    if noun is None and start < end <= start + _SHORT:
        noun = Noun(start, end, end)
    return noun


def _comma(block: Block, start: int, limit: int) -> int:
    """The first comma that could close a subject, 0 where none comes soon."""
    for k in range(start + 1, min(limit, start + _REACH)):
        if block.flags[k] & f.COMMA:
            return k
        if block.flags[k] & (_WALLS | f.CUE) and not _is_participle(block, k):
            break
    return 0


def _past_participle(block: Block, start: int, limit: int) -> int:
    """Where the subject begins that participles lead up to: «Çalıştaya katılan | çiftçi Halil Gökmen ise»."""
    first = start
    for k, flag in enumerate(block.flags[start : min(limit, start + _REACH)], start):
        if not flag & _TELLING:
            continue
        if flag & (_WALLS | f.COMMA | f.CONJUNCTION):
            break
        if k > start and not flag & (f.CAPITAL | f.ADVERB) and (flag & f.CLAUSE or _is_participle(block, k)):
            first = k + 1
        elif first == start and flag & f.FINAL and not block.has(k + 1, f.CLAUSE):
            # «Adının yazılmasını istemeyen | bir şoför» has its object before the participle.
            break
    return first if start < first < limit and _leads_to_name(block, first, limit) else start


def _leads_to_name(block: Block, start: int, limit: int) -> bool:
    return any(flag & _NAMES for flag in block.flags[start : min(limit, start + _REACH)])


def _is_participle(block: Block, k: int) -> bool:
    """Whether a cue is a participle before a noun, which ends no noun phrase: «yardım isteyen | 3 çocuk annesi»."""
    return block.has(k, f.CUE) and any(
        hit.start <= k < hit.end and isinstance(hit.entry, Cue) and hit.entry.role == "attribute" for hit in block.hits
    )


def _listing(block: Block, start: int, comma: int, limit: int) -> Noun | None:
    """An office of several fields: «Çevre, Şehircilik ve İklim Değişikliği Bakanı Murat Kurum»."""
    if comma != start + 1 or not block.has(comma + 1, f.CAPITAL):
        return None
    noun = _run(block, comma + 1, limit, sure=True)
    if noun is None or not all(block.holds(noun.start, noun.end, part) for part in (f.CONJUNCTION, f.HEAD)):
        return None
    return Noun(start, noun.end, noun.anchor)


def _closed(block: Block, start: int, comma: int) -> Noun | None:
    """The noun phrase right before a comma, back to the participle or adverbial it stands after."""
    last = comma - 1
    while last > start and block.flags[last] & f.ADVERB:
        last -= 1
    name = last
    if block.has(last, f.CLOSE):
        name = next((k - 1 for k in range(last, start, -1) if block.flags[k] & f.OPEN), last)
    if block.has(name, f.PRONOUN):
        return Noun(name, last + 1, comma)
    if not block.has(name, _NAMES) or block.has(name, f.FINAL | f.ADVERB) or _has_case(block, name, start):
        return None
    first = name
    while first > start and not _ends_before(block, first - 1):
        first -= 1
    return Noun(first, last + 1, comma)


def _ends_before(block: Block, k: int) -> bool:
    flag = block.flags[k]
    if flag & f.STOP:
        return not flag & f.CAPITAL or "'" in block.key(k)
    return bool(flag & _OUTSIDE and not (flag & f.CAPITAL and flag & (f.CLAUSE | f.FINAL)))


def _run(block: Block, start: int, limit: int, *, sure: bool) -> Noun | None:
    """The names and head nouns at a clause's start, «Van'da» before them and case endings after them left out."""
    while start < limit and block.has(start, f.STOP) and not block.has(start, f.DOCUMENT):
        start += 1
    if block.has(start, f.PRONOUN) and start < limit:
        return Noun(start, start + 1, start + 1)
    # «bir şoför»
    k = start + (block.has(start, f.DETERMINER) and block.has(start + 1, f.ROLE))
    while k < min(limit, start + _REACH) and _names(block, k, start):
        k += 1
    while k > start and (_has_case(block, k - 1, start) or block.has(k - 1, f.CONJUNCTION)):
        k -= 1
    if k == start or (k == start + 1 and not sure and not block.has(start, f.HEAD | f.TITLE | f.DOCUMENT)):
        return None
    anchor = k
    while anchor < limit and block.flags[anchor] & f.ADVERB:
        anchor += 1
    return Noun(start, k, anchor)


def _names(block: Block, k: int, start: int) -> bool:
    flag = block.flags[k]
    if (flag & f.STOP and "'" in block.key(k)) or flag & (_WALLS | f.COMMA | f.ADVERB | f.CUE):
        return False
    if flag & f.CONJUNCTION:
        return k > start and block.has(k + 1, f.CAPITAL)
    if not flag & ~f.PHRASE:
        # «sanık | merkez | müdürü Orhan»: an office's field between two nouns for persons.
        return k > start and block.has(k + 1, f.HEAD) and block.has(k - 1, f.HEAD)
    return bool(flag & _NAMES and not flag & f.DETERMINER)


def _has_case(block: Block, k: int, start: int) -> bool:
    """Whether a case ending says that a name is no subject; without an apostrophe only at a clause's start."""
    flag = block.flags[k]
    if flag & f.DOCUMENT:
        return False
    ending = flag & (f.STOP | f.ATTACHING | f.FINAL)
    return bool(ending and ("'" in block.key(k) or k == start) and not flag & (f.HEAD | f.TITLE))
