"""Speakers where endings, not places, show the subject: «на встрече с мэром | министр обороны | в пятницу заявил»."""

from __future__ import annotations

from copydesk_quotes import _flags as f
from copydesk_quotes._block import Block
from copydesk_quotes._found import Site
from copydesk_quotes._nouns import Noun, noun_after, noun_before

_SUBJECT = f.HEAD | f.TITLE | f.PRONOUN
_NAME = f.CAPITAL | f.HYPHEN | f.ABBREVIATION
_WALLS = f.COMMA | f.COLON | f.END | f.SEMICOLON | f.DASH
_REACH = 16


def subject_before(site: Site) -> Noun | None:
    """The subject before a cue without the adverbials around it; an office after a preposition («в Кремле») counts."""
    block = site.block
    noun = noun_before(block, site.hit.start, site.floor)
    if noun is None or noun.end - noun.start == 1:
        return noun
    start = noun.start
    if block.has(start, f.STOP):
        start += 1
        # «В заявлении говорится»: only a verb that names no person lets a document speak from a place.
        if not (block.has(start, f.DOCUMENT) and site.cue.source and not site.cue.number):
            start = _past_adverbial(block, start, noun.end)
    last = next((k for k in range(start + 1, noun.end) if _is_stop(block, k)), noun.end)
    return Noun(start, last, noun.anchor)


def subject_after(block: Block, start: int, limit: int, ends: int = 0) -> Noun | None:
    """The subject after a cue, an addressee and a prepositional phrase: «сказал в эфире радио министр обороны»."""
    while block.has(start, f.ADDRESSEE) and block.has(start + 1, _SUBJECT | f.CAPITAL | f.ADDRESSEE):
        start += 1
    if not block.has(start, f.STOP):
        return noun_after(block, start, limit, ends)
    for k in range(start + 1, min(limit, start + _REACH)):
        if block.flags[k] & _WALLS:
            break
        named = block.has(k, f.CAPITAL) and block.has(k - 1, f.CAPITAL) and block.has(k - 2, f.STOP)
        if block.has(k, _SUBJECT) or named:
            return noun_after(block, k, limit, ends)
    return None


def _past_adverbial(block: Block, start: int, end: int) -> int:
    """Where the subject begins after a preposition: at a head noun, else at the last name, else right there."""
    head = next((k for k in range(start, end) if block.has(k, _SUBJECT)), end)
    if head < end:
        return head
    name = end
    while name > start and block.has(name - 1, _NAME):
        name -= 1
    return name if name < end else start


def _is_stop(block: Block, k: int) -> bool:
    return block.has(k, f.STOP | f.ADVERB) and not block.has(k, f.CAPITAL | f.HEAD)
