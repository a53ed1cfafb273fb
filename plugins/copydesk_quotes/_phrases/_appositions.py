"""What belongs to a speaker after the noun phrase itself: a place, a name after a comma, an apposition."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._phrases._between import past_adverbs
from copydesk_quotes._phrases._nouns import Noun, noun_after

_NAME: Final = 6
_FULL_NAME: Final = 2
_PLACE: Final = 6
_PLACE_ENDS: Final = f.PUNCTUATION | f.COMPLEMENTIZER | f.STOP | f.ADVERB
_NO_PLACE: Final = f.CUE | f.AUXILIARY | f.VERB | f.ADVERB | f.CLAUSE
_CLOSES: Final = f.COMMA | f.COLON | f.COMPLEMENTIZER | f.STOP | f.MARK
_TOLD: Final = f.HEAD | f.ADDRESSEE | f.DOCUMENT
_NO_NAME: Final = f.ADVERB | f.STOP | f.OCCASION | f.DOCUMENT | f.PREFIXED | f.CUE | f.NUMBER


def with_place(block: Block, noun: Noun, limit: int) -> Noun:
    """Take in «in Iraq» after an office where content or a name between commas follows: «القيادة في العراق إن»."""
    i = noun.end
    if not block.has(i, f.ATTACHING) or not block.holds(noun.start, i, f.HEAD) or _is_definite(block, noun):
        return noun
    k = i + 1
    while k < min(limit, i + _PLACE) and not block.flags[k] & _PLACE_ENDS:
        if block.flags[k] & (f.OCCASION | f.DOCUMENT):
            return noun
        k += 1
    if k == i + 1:
        return noun
    whole = Noun(noun.start, k, k)
    after = past_adverbs(block, k + 1 if block.has(k, f.COMMA) else k, limit)
    after = after + 1 if block.has(after, f.COMMA) else after
    named = block.has(after, f.COMPLEMENTIZER) or with_office(block, whole, limit).end > k
    return whole if named else noun


def _is_definite(block: Block, noun: Noun) -> bool:
    """Whether a noun alone has its article, so that a place after it tells where it speaks: «الوزير | في برلين»."""
    return noun.end == noun.start + 1 and _has_article(block, noun.start)


def without_object(block: Block, noun: Noun) -> Noun:
    """Leave out whom the verb addresses, where both have their articles: «دعت الغول | الوزارة إلى»."""
    if block.pack.cased or noun.end == noun.start + 1 or not block.pack.articles:
        return noun
    for k in range(noun.start + 1, noun.end):
        noun_after_name = block.flags[k] & (f.HEAD | f.TITLE | f.ROLE) == f.HEAD and not block.has(k - 1, f.TITLE)
        if noun_after_name and _has_article(block, k) and _has_article(block, k - 1):
            return Noun(noun.start, k, k)
    return noun


def _has_article(block: Block, k: int) -> bool:
    return block.lexicon.name_key(block.words[k]) != block.key(k)


def with_name(block: Block, noun: Noun, limit: int) -> Noun:
    """Take in «, Majid Ali» after an office, where the name ends with the clause."""
    if not block.pack.cased or not block.holds(noun.start, noun.end, f.HEAD | f.TITLE):
        return noun
    end = noun.end + 1
    while end < min(limit, noun.end + _NAME) and block.flags[end] & (f.CAPITAL | f.HYPHEN | f.ABBREVIATION):
        end += 1
    closed = end > noun.end + 1 and (end == limit or block.has(end, f.COMMA | f.END | f.CLOSE))
    return Noun(noun.start, end, end) if closed else noun


def with_apposition(block: Block, noun: Noun, limit: int) -> Noun:
    """Take in «, a veteran of the campaign,» after a name: a comma, then a determiner or a head noun."""
    i = noun.end
    if block.has(i, f.STOP) and block.pack.cased:
        return _past_place(block, noun, limit)
    if not block.has(i, f.COMMA):
        return noun
    if not block.has(i + 1, f.DETERMINER | f.HEAD | f.TITLE):
        return with_name(block, noun, limit)
    apposed = noun_after(block, i + 1, limit)
    return noun if apposed is None else Noun(noun.start, apposed.end, apposed.end)


def _past_place(block: Block, noun: Noun, limit: int) -> Noun:
    """Take in «at the Senate, Majid Ali» after an office: a place and the name behind its comma."""
    k = noun.end + 1
    while k < min(limit, noun.end + _NAME) and not block.flags[k] & (f.PUNCTUATION | _NO_PLACE):
        k += 1
    whole = Noun(noun.start, k, k)
    if _ends_in_name(block, noun, k):
        return whole
    named = with_name(block, whole, limit) if block.has(k, f.COMMA) else whole
    return named if named.end - whole.end > _FULL_NAME else noun


def _ends_in_name(block: Block, noun: Noun, end: int) -> bool:
    """Whether an office's field of common nouns is followed by a full name: «all'industria pesante | Anna Bassi»."""
    if not block.has(end, f.COMMA | f.END) or block.holds(noun.start + 1, noun.end, f.CAPITAL):
        return False
    if block.pack.subject == "anywhere":
        # «mówił mężczyzna w rozmowie z Polskim Radiem»: a name in another case is not his.
        return False
    field = [flag for flag in block.flags[noun.end : end - 2] if not flag & (f.LINKING | f.DETERMINER | f.STOP)]
    if not field or (field[0] & _TOLD and not field[0] & f.CAPITAL):
        # «ha detto il sindaco all'emittente locale Radio Capri» names whom he told.
        return False
    common = any(not flag & f.CAPITAL for flag in field)
    return common and all(block.has(k, f.CAPITAL) for k in (end - 2, end - 1))


def with_office(block: Block, noun: Noun, limit: int) -> Noun:
    """Take in «، محافظ الجيزة،» after a name, or «، كمال بوزيدي،» after an office, closed before content."""
    i = noun.end
    if block.pack.cased or not block.has(i, f.COMMA) or i + 1 >= limit:
        return noun
    apposed = noun_after(block, i + 1, limit)
    if apposed is None or not (apposed.end == limit or block.has(apposed.end, _CLOSES)):
        return noun
    office = block.has(i + 1, f.HEAD | f.TITLE)
    name = apposed.end - apposed.start <= _NAME and block.holds(noun.start, noun.end, f.HEAD)
    plain = not block.holds(apposed.start, apposed.end, _NO_NAME)
    return Noun(noun.start, apposed.end, apposed.end) if office or (name and plain) else noun
