"""Clauses whose finite verb stands second, as in German and Dutch: where their subject is, where content begins."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._phrases._found import Site
from copydesk_quotes._phrases._nouns import Noun, noun_after, noun_before

_LEADS: Final = f.STOP | f.ADVERB | f.CLAUSE | f.COMPLEMENTIZER | f.ACCORDING
_CLAUSE_ENDS: Final = f.COMMA | f.END | f.COLON | f.SEMICOLON
_MOODS: Final = f.HEARSAY | f.RESUMPTIVE
_REPORTED: Final = _MOODS | f.INFINITIVE
_VERBAL: Final = f.AUXILIARY | f.VERB | _REPORTED
_NO_INFINITIVE: Final = f.CAPITAL | f.NUMBER | f.DETERMINER | f.PUNCTUATION | f.ADVERB
_SUBORDINATE: Final = f.CLAUSE | f.COMPLEMENTIZER
_NOT_NOMINATIVE: Final = f.STOP | f.PRONOUN | f.ADVERB | f.DETERMINER


def _gender(block: Block, i: int) -> str:
    """The gender of a pronoun that shows one, and with it that it is a subject: «er», not «sie»."""
    pronoun = block.lexicon.pronouns.get(block.key(i))
    return pronoun.gender if pronoun is not None else ""


def finite_verb(site: Site) -> int:
    """The finite verb of the cue's clause: the cue, or the auxiliary of a participle; -1 where it has none."""
    block = site.block
    if site.cue.subject != "initial" or block.has(site.hit.end, f.AUXILIARY):
        return site.hit.start
    walls = f.END | f.SEMICOLON | f.COLON if "within" in site.cue.takes else f.END | f.SEMICOLON | f.COLON | f.MARK
    for k in range(site.hit.start - 1, site.floor - 1, -1):
        if block.flags[k] & walls:
            break
        if block.flags[k] & f.AUXILIARY and not block.flags[k] & f.PRONOUN:
            return k
    return -1


def subject_of(site: Site, verb: int) -> Noun | None:
    """The subject of the clause with the finite verb at token ``verb``: after it where something else leads."""
    block, start = site.block, site.floor
    while start < verb and block.flags[start] & (f.CONJUNCTION | f.PUNCTUATION):
        start += 1
    clause = _clause_start(block, verb, start)
    if block.has(clause - 1, f.COLON) and clause < verb:
        start = clause
    if start < clause < verb and block.has(clause, f.RELATIVE):
        return Noun(clause, clause + 1, clause)
    if clause < verb and block.has(clause, _SUBORDINATE):
        return noun_after(block, clause + 1, verb)
    if start < verb and block.key(start) in site.cue.source:
        return with_article(block, start + 1, verb)
    if block.has(verb + 1, f.PRONOUN) and _gender(block, verb + 1):
        return Noun(verb + 1, verb + 2, verb)
    if start < verb and not block.flags[start] & _LEADS and not _follows(site, start, verb):
        before = noun_before(block, verb, site.floor) or _before_aside(block, start, verb)
        if before is not None:
            return before
    return _subject_after(site, verb)


def _subject_after(site: Site, verb: int) -> Noun | None:
    start = verb + 1
    while start < site.sentence.end and site.block.flags[start] & f.ADVERB:
        start += 1
    return noun_after(site.block, start, site.sentence.end)


def _follows(site: Site, start: int, verb: int) -> bool:
    """Whether the subject follows a verb behind a preposition that else links nouns: «Für die CDU sprach S»."""
    block = site.block
    if not block.pack.capital_nouns or block.flags[start] & (f.LINKING | f.DETERMINER) != f.LINKING:
        return False
    after = _subject_after(site, verb)
    return after is not None and block.holds(after.start, after.end, f.CAPITAL | f.PRONOUN)


def with_article(block: Block, start: int, limit: int) -> Noun | None:
    """The document that words stand in: «in einem Schreiben heißt es»; its article is in no subject's case."""
    k = start
    while k < limit and block.flags[k] & f.DETERMINER:
        k += 1
    noun = noun_after(block, k, limit)
    return Noun(start, noun.end, start) if noun else None


def _before_aside(block: Block, start: int, verb: int) -> Noun | None:
    """The subject that opens the clause, where a relative clause parts it from its verb."""
    noun = noun_after(block, start, verb)
    return Noun(noun.start, noun.end, start) if noun is not None and block.has(noun.end, f.COMMA) else None


def _clause_start(block: Block, verb: int, start: int) -> int:
    """The token after the last comma before a verb, or a headline's colon."""
    for k in range(verb - 1, start - 1, -1):
        if block.flags[k] & (f.COMMA | f.COLON):
            return k + 1
    return start


def has_mood(block: Block, start: int, end: int) -> bool:
    """Whether one of the tokens is a verb in the mood of hearsay."""
    return any(flag & _MOODS and not flag & f.CAPITAL for flag in block.flags[start:end])


def _is_infinitive(block: Block, k: int) -> bool:
    """Whether a verb follows the sign of an infinitive: «zu bauen», «zu sein.», «aufzugeben», but not «zu den»."""
    last = block.has(k + 2, f.PUNCTUATION) or k + 2 >= len(block.words)
    return block.has(k, f.PREFIXED) or not block.has(k + 1, _NO_INFINITIVE) or (last and block.has(k + 1, f.DETERMINER))


def opens_clause(block: Block, k: int, limit: int, *, reported: bool) -> bool:
    """Whether a main clause or an infinitive begins after a comma, and no apposition or relative clause.

    ``reported``: only one in the mood of hearsay, or an infinitive.
    """
    if k >= limit:
        return False
    first, wanted = block.flags[k], _REPORTED if reported else _VERBAL
    if first & (f.CLAUSE | f.CONJUNCTION) or (first & (f.AUXILIARY | f.VERB) and not first & _MOODS):
        return False
    if first & f.RELATIVE and block.has(k + 1, _NOT_NOMINATIVE):
        return False
    verb = end = k
    found = bool(first & f.PRONOUN) and not reported
    while end < limit and not block.flags[end] & _CLAUSE_ENDS:
        flag = block.flags[end]
        if flag & wanted and not flag & f.CAPITAL:
            if not flag & f.INFINITIVE or _is_infinitive(block, end):
                verb, found = end, True
            if flag & f.HEARSAY:
                return True
        end += 1
    # A relative clause ends in its finite verb, «die …, die Hilfe auszusetzen» is no such clause.
    return found and not (first & f.RELATIVE and verb == end - 1 and not block.flags[verb] & f.INFINITIVE)
