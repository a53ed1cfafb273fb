"""Speakers where endings, not places, show the subject: «на встрече с мэром | министр обороны | в пятницу заявил»."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._phrases._found import Site
from copydesk_quotes._phrases._nouns import Noun, noun_after, noun_before

_SUBJECT: Final = f.HEAD | f.TITLE | f.PRONOUN
_NAME: Final = f.CAPITAL | f.HYPHEN | f.ABBREVIATION
_WALLS: Final = f.COMMA | f.COLON | f.END | f.SEMICOLON | f.DASH
_REACH: Final = 16
_NAME_IN_MARKS: Final = 4


def subject_before(site: Site) -> Noun | None:
    """The subject before a cue without the adverbials around it; an office after a preposition («в Кремле») counts."""
    block = site.block
    noun = noun_before(block, site.hit.start, site.floor)
    if noun is None or noun.end - noun.start == 1:
        return None if noun and block.has(noun.start, f.ADDRESSEE) else noun
    start = noun.start
    if block.has(start, f.STOP):
        start += 1
        # «В заявлении говорится»: only a verb that names no person lets a document speak from a place.
        if not (block.has(start, f.DOCUMENT) and site.cue.source and not site.cue.number):
            start = _past_adverbial(block, start, noun.end)
            later = range(start + 1, noun.end) if start == noun.start + 1 and site.cue.number == "s" else ()
            start = next((k for k in later if block.has(k, f.HEAD | f.TITLE)), start)
            if start == noun.start + 1 and not _speaks_from(site, noun.start):
                return None
    last = next((k for k in range(start + 1, noun.end) if _is_stop(block, k)), noun.end)
    return Noun(start, last, noun.anchor)


def _speaks_from(site: Site, preposition: int) -> bool:
    """Whether what a preposition names can speak: «в | клубе | опровергли», a head or a name, no «на заседании»."""
    block, noun = site.block, preposition + 1
    if block.has(noun, f.HEAD | f.TITLE | f.CAPITAL | f.DOCUMENT):
        return True
    return block.key(preposition) in block.lexicon.keys_of(site.cue.source) and not block.has(noun, f.OCCASION)


def adverbial_start(site: Site) -> int:
    """The preposition of an adverbial right before a cue, else the cue: «и | на заседании заявил»."""
    block, first = site.block, site.hit.start
    for k in range(first - 1, max(site.floor, first - _REACH) - 1, -1):
        if block.flags[k] & (_WALLS | f.CONJUNCTION | f.ADVERSATIVE | f.CUE):
            break
        if block.flags[k] & f.STOP:
            first = k
    return first


def subject_after(block: Block, start: int, limit: int, ends: int = 0) -> Noun | None:
    """The subject after a cue, an addressee and a prepositional phrase: «сказал в эфире радио министр обороны»."""
    start = _past_aside(block, start, limit)
    while block.has(start, f.ADDRESSEE) and (after := past_name(block, start + 1)) < limit:
        if block.has(after, f.PUNCTUATION | f.STOP | f.LINKING):
            break
        start = after
    if (after := past_name(block, start)) > start and block.has(after, f.STOP | f.LINKING | _SUBJECT):
        # «уточнили «Вестнику» в мэрии»: a name in marks that more follows is spoken to.
        start = after
    if not block.has(start, f.STOP | f.LINKING):
        return _to_verb(block, noun_after(block, start, limit, ends))
    for k in range(start + 1, min(limit, start + _REACH)):
        if block.flags[k] & _WALLS:
            break
        named = block.has(k, f.CAPITAL) and (
            (block.has(k - 1, f.CAPITAL) and block.has(k - 2, f.STOP))
            or (block.has(k + 1, f.CAPITAL) and k > start + 1 and not block.has(k - 1, f.CAPITAL))
        )
        if block.has(k, _SUBJECT) or named:
            return _to_verb(block, noun_after(block, k, limit, ends))
    return None


def _past_aside(block: Block, start: int, limit: int) -> int:
    """Past an adverb between commas: «сказал, | в свою очередь, | его коллега»."""
    k = start + 1
    if block.has(start, f.COMMA):
        while k < limit and block.flags[k] & f.ADVERB:
            k += 1
    return k + 1 if k > start + 1 and block.has(k, f.COMMA) else start


def _to_verb(block: Block, noun: Noun | None) -> Noun | None:
    """A subject without the verb that a conjunction joins to the cue: «добавил офицер | и продиктовал номер»."""
    if noun is None:
        return None
    joins = range(noun.start + 1, noun.end - 1)
    end = next((k for k in joins if block.has(k, f.CONJUNCTION) and block.has(k + 1, f.VERB)), noun.end)
    return noun if end == noun.end or block.has(end + 1, f.CAPITAL | f.HEAD) else Noun(noun.start, end, end)


def past_name(block: Block, start: int) -> int:
    """Past a name in marks: «сказала радио | «Волна» | пресс-секретарь»."""
    pair = block.by_open.get(start)
    return pair.close + 1 if pair is not None and pair.closed and pair.close - start <= _NAME_IN_MARKS else start


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
