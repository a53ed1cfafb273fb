"""The names of sources: how far the name behind «according to» or before «zufolge» reaches."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._frames._content import is_clause
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._pack import According
from copydesk_quotes._phrases._appositions import with_apposition, with_name, with_office
from copydesk_quotes._phrases._found import Site
from copydesk_quotes._phrases._nouns import Noun, closing_of, noun_after, noun_before, noun_ending, opens_noun

_LEAST: Final = 3
_LONGEST: Final = 24
_NAME_IN_MARKS: Final = 6
_BELONGING: Final = 5
_NAME_AFTER_OFFICE: Final = 4
"""A comma and a name."""
_ENDS: Final = f.COMMA | f.COLON | f.END | f.SEMICOLON | f.DASH | f.CLOSE
_PARTS: Final = _ENDS | f.AUXILIARY | f.PRONOUN | f.VERB | f.FINITE
_PREDICATES: Final = f.AUXILIARY | f.PRONOUN | f.VERB
_NO_BODY: Final = f.PUNCTUATION | _PREDICATES | f.CUE
_NO_CLAUSE: Final = f.CAPITAL | f.LINKING | f.HEAD | f.TITLE | f.NUMBER | f.ADVERB


def source_of(site: Site, entry: According) -> Noun | None:
    """The name of a source, None where none can speak."""
    block, limit = site.block, site.sentence.end
    start = site.hit.end - 1 if entry.pronoun else site.hit.end
    if entry.speaker == "before":
        if block.key(site.hit.start - 1) in block.lexicon.keys_of(entry.not_with):
            return None
        find = noun_ending if block.pack.capital_nouns else noun_before
        return find(block, site.hit.start, site.sentence.start)
    while start < limit and block.flags[start] & f.ADVERB:
        start += 1
    if start >= limit or block.has(start, f.CUE | f.AUXILIARY) or _is_no_source(block, start, entry):
        return None
    if block.pack.capital_nouns:
        return _by_capitals(block, start, limit, entry)
    if block.has(start, f.PRONOUN) and not entry.closes and not opens_noun(block, start):
        return Noun(start, start + 1, start + 1)
    if "V2C" in block.pack.orders:
        return _to_verb(block, start, limit)
    return _to_clause(block, start, limit, entry)


def _to_clause(block: Block, start: int, limit: int, entry: According) -> Noun | None:
    """The source's name up to the words or comma that close it, or to the content where none does."""
    end = _name_end(block, start, min(limit, start + _LONGEST))
    if entry.closes:
        closing = block.lexicon.keys_of(entry.closes)
        at = next((k for k in range(start + 1, end + 1) if k < limit and block.key(k) in closing), None)
        return Noun(start, at, at + 1) if at else None
    if end == start:
        return None
    stops = (k for k in range(start + 1, end) if block.has(k, f.STOP) and not block.has(k, f.CAPITAL))
    last = next(stops, end)
    if not entry.comma:
        return _unclosed(block, start, last)
    clause = _clause_after_name(block, start, last, limit)
    return Noun(start, clause, clause) if clause else Noun(start, last, end)


def with_aside(site: Site, noun: Noun) -> Noun:
    """The name with an office between commas after it: «according to Majid Ali, mayor of Duhok, …»."""
    block, limit = site.block, site.sentence.end
    end = with_apposition(block, noun, limit).end
    while end < min(limit, noun.end + _LONGEST) and not block.flags[end] & _PARTS:
        end += 1
    leads = block.words_between(site.sentence.start, site.hit.start) < _LEAST
    closed = block.has(end, f.COMMA) or (end >= limit - 1 and not leads)
    clause = block.pack.subject == "anywhere" and block.holds(noun.end, end, f.VERB)
    return Noun(noun.start, end, end) if closed and not clause else noun


def whole_name(block: Block, noun: Noun, limit: int) -> Noun:
    """The name with another one after its comma; a relative clause after it lies between it and content."""
    if not block.pack.cased and block.pack.orders[0] != "VSC":
        named = with_office(block, noun, limit)
        closed = named.end - noun.end <= _NAME_AFTER_OFFICE and block.has(named.end, f.COMMA)
        return named if closed else noun
    if not block.pack.cased or block.pack.capital_nouns:
        return noun
    at = Noun(noun.start, noun.anchor, noun.anchor)
    named = with_name(block, at, limit) if block.has(noun.anchor, f.COMMA) else at
    noun = named if named is not at else _with_body(block, noun, limit)
    k = noun.anchor + 1 if block.has(noun.anchor, f.COMMA) else noun.anchor
    if not block.has(k, f.RELATIVE) and not (
        block.has(k, f.LINKING | f.STOP) and block.has(k + 1, f.RELATIVE | f.CLAUSE)
    ):
        return noun
    end = next((i for i in range(k, min(limit, k + _LONGEST)) if block.flags[i] & _ENDS), k)
    return Noun(noun.start, noun.end, end) if block.has(end, f.COMMA) else noun


def _is_no_source(block: Block, start: int, entry: According) -> bool:
    """Whether a name begins with a word that is no source, its article passed over: «selon | la saison»."""
    others = block.lexicon.keys_of(entry.not_with)
    if block.key(start) in others:
        return True
    if not others or not block.has(start, f.DETERMINER) or block.has(start + 1, f.CAPITAL):
        return False
    return start + 1 < len(block.words) and block.key(start + 1) in others


def _clause_after_name(block: Block, start: int, last: int, limit: int) -> int:
    """The token that opens content where no comma closes a name, else 0: «secondo l'Arpae | il livello scenderà»."""
    if not block.pack.cased or block.pack.subject == "anywhere":
        return 0
    for k in range(start + 1, min(last + 1, limit)):
        if not block.has(k - 1, f.CAPITAL | f.HEAD) or block.has(k - 1, f.DETERMINER) or block.has(k, _NO_CLAUSE):
            continue
        clitic = k == last and block.has(k, f.STOP) and block.has(k + 1, _PREDICATES)
        if clitic or block.has(k, _PREDICATES) or (block.has(k, f.DETERMINER) and not block.has(k, f.STOP)):
            return k if block.words_between(k, limit) >= _LEAST and is_clause(block, k, limit) else 0
    return 0


def _unclosed(block: Block, start: int, end: int) -> Noun:
    """A name that no comma ends: up to its last capital, which a verb must not part from it; else its first word."""
    last = start + 1
    for k in range(start, end):
        if block.flags[k] & (f.VERB | f.AUXILIARY) and k > start:
            break
        pair = block.by_open.get(k)
        if pair is not None and pair.closed and pair.close < end:
            return Noun(start, pair.close + 1, pair.close + 1)
        if block.flags[k] & f.CAPITAL:
            last = k + 1
        elif last > start + 1 or block.has(start, f.CAPITAL):
            break
    if block.has(last, f.LINKING | f.STOP):
        # «Zdaniem prof. Wolskiego z UW, C»: what belongs to the name ends at the comma.
        comma = next((k for k in range(last, min(end, last + _BELONGING)) if block.has(k + 1, f.COMMA)), -1)
        return Noun(start, last, comma + 1 if comma >= 0 else last)
    return Noun(start, last, last)


def _to_verb(block: Block, start: int, limit: int) -> Noun | None:
    """The source's name up to the finite verb that follows it at once: «volgens de politie | is de weg …»."""
    end = _name_end(block, start, min(limit, start + _LONGEST))
    verb = f.VERB | f.AUXILIARY
    last = next((k for k in range(start + 1, end) if block.has(k, verb) and not block.has(k, f.CAPITAL)), end)
    return Noun(start, last, last) if last > start else None


def _by_capitals(block: Block, start: int, limit: int, entry: According) -> Noun | None:
    """The source's name where capitals show its end: «Angaben der Polizei» gives «der Polizei»."""
    k = start
    while k < limit and block.flags[k] & (f.DETERMINER | f.ADVERB):
        k += 1
    noun = noun_after(block, k, limit)
    if noun is None:
        return None
    nouns = [i for i in range(k, noun.end) if block.has(i, f.CAPITAL)]
    at = next((i for i in nouns[:2] if block.has(i, f.SOURCE)), -1)
    if at < 0:
        return None if entry.sourced else Noun(start, noun.end, noun.end)
    rest = at + 1 if block.has(at + 1, f.DETERMINER) else at + 2
    whose = block.has(at + 1, f.LINKING) and rest < noun.end and not block.has(at, f.DOCUMENT)
    return Noun(rest if whose else start, noun.end, noun.end)


def _name_end(block: Block, i: int, limit: int) -> int:
    """The token after a source's name and what belongs to it."""
    while i < limit:
        flag = block.flags[i]
        if flag & f.MARK:
            pair = block.by_open.get(i)
            if pair is None or not pair.closed or pair.close - i > _NAME_IN_MARKS:
                break
            i = pair.close
        elif flag & f.OPEN:
            i = closing_of(block, i, limit) - 1
        elif flag & _ENDS or (flag & (f.CLAUSE | f.COMPLEMENTIZER) and not flag & f.CAPITAL):
            break
        i += 1
    return min(i, limit)


def _with_body(block: Block, noun: Noun, limit: int) -> Noun:
    """The name with whose it is between commas: «segundo o geólogo Hélio Stein, da Furb, C»."""
    k = noun.anchor + 2
    if not block.has(noun.anchor, f.COMMA) or not block.has(k - 1, f.LINKING):
        return noun
    while k < min(limit, noun.anchor + _BELONGING + 2) and not block.flags[k] & _NO_BODY:
        k += 1
    if not block.has(k, f.COMMA):
        return noun
    return Noun(noun.start, k if block.holds(noun.anchor + 1, k, f.CAPITAL | f.HEAD) else noun.end, k)
