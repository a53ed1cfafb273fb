"""Noun phrases that name a speaker, read outwards from a cue."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._phrases._relatives import CLAUSE_VERB, relative_around, relative_before
from copydesk_quotes._phrases._terms import is_apostrophe, opens_name, past_mark

_LONGEST: Final = 24
_ASIDE: Final = 9
_BARRIER: Final = f.MARK | f.COMMA | f.COLON | f.END | f.SEMICOLON | f.DASH | f.OPEN | f.CLOSE
_NO_START: Final = _BARRIER & ~(f.MARK | f.OPEN)
_TRIMMED: Final = f.CONJUNCTION | f.DETERMINER | f.AUXILIARY
_STOPS: Final = f.STOP | f.CLAUSE | f.COMPLEMENTIZER | f.CUE | f.ACCORDING | f.ADVERB
_NOUN_ENDS: Final = f.CAPITAL | f.NUMBER | f.CLOSE | f.MARK
_NAMED: Final = f.CAPITAL | f.NUMBER
_LINKS: Final = f.DETERMINER | f.LINKING
_GOES_ON: Final = f.LINKING | f.HYPHEN | f.PUNCTUATION
_NO_ASIDE: Final = (_BARRIER | f.CLAUSE | f.CUE) & ~(f.OPEN | f.CLOSE)
_IN_CLAUSE: Final = f.RELATIVE | f.COMPLEMENTIZER | f.CUE | f.AUXILIARY
_HARD: Final = f.COLON | f.END | f.SEMICOLON


class Noun:
    """The tokens ``start`` to ``end`` of a noun phrase; ``anchor`` is where all that belongs to it ends or begins."""

    __slots__ = ("anchor", "end", "start")

    def __init__(self, start: int, end: int, anchor: int) -> None:
        self.start = start
        self.end = end
        self.anchor = anchor


def noun_after(block: Block, start: int, limit: int, ends: int = 0) -> Noun | None:
    """The noun phrase that begins at ``start``; None where there is none. ``ends`` are more flags that end it."""
    flags = block.flags
    if start >= limit or flags[start] & _NO_START:
        return None
    if flags[start] & (f.LINKING | f.DETERMINER) == f.LINKING and not opens_name(block, start):
        return None
    if flags[start] & f.PRONOUN and not opens_noun(block, start):
        return Noun(start, start + 1, start + 1)
    ends, capitals = _BARRIER | _STOPS | ends, block.pack.capital_nouns
    i, reach = start, min(limit, start + _LONGEST)
    while i < reach:
        flag = flags[i]
        if flag & f.OPEN:
            i = closing_of(block, i, limit)
            # «hield wethouder Wolters (VVD) | de raad voor»
            reach = i if block.has(i, f.DETERMINER) else reach
            continue
        if flag & f.MARK:
            past = past_mark(block, i, limit)
            if past == i:
                break
            i = past
            continue
        if flag & ends and (flag & _BARRIER or not _named(block, i, start)):
            break
        if capitals and past_noun(block, i, start):
            break
        i += 1
    end = _trimmed(block, start, i)
    return Noun(start, end, end) if end > start else None


def is_determined(block: Block, i: int) -> bool:
    """Whether a noun stands at token ``i`` or behind one word there, so that what is before it is no pronoun."""
    if block.has(i, f.HEAD | f.DOCUMENT):
        return True
    return block.has(i + 1, f.HEAD | f.DOCUMENT) and not block.has(
        i, _BARRIER | _STOPS | f.AUXILIARY | f.VERB | f.DETERMINER
    )


def _trimmed(block: Block, start: int, end: int) -> int:
    """The end of a noun phrase without words at its end that open another one."""
    while end > start and block.flags[end - 1] & _TRIMMED:
        end -= 1
    while block.pack.capital_nouns and end > start and not block.flags[end - 1] & _NOUN_ENDS:
        end -= 1
    return end


def opens_noun(block: Block, start: int) -> bool:
    """Whether a pronoun is an article or a title here: «la ministra», «ông Nam»."""
    if block.flags[start] & f.TITLE and block.has(start + 1, f.CAPITAL):
        return True
    return block.flags[start] & f.DETERMINER != 0 and is_determined(block, start + 1)


def noun_ending(block: Block, end: int, limit: int) -> Noun | None:
    """The noun phrase that ends right before token ``end``, where capitals show nouns: «einem Bericht der BBC»."""
    flags = block.flags
    start = end
    for k in range(end - 1, max(limit, end - _LONGEST) - 1, -1):
        flag = flags[k]
        if flag & f.DETERMINER and not (flag & f.LINKING and block.has(k - 1, f.CAPITAL)):
            return Noun(k, end, k)
        if flag & (_BARRIER | _STOPS | f.AUXILIARY) or (flag & f.VERB and not flag & f.CAPITAL):
            break
        start = k
    return Noun(start, end, start) if start < end else None


def past_noun(block: Block, i: int, start: int) -> bool:
    """Whether token ``i`` follows a noun that ends its phrase, where capitals show nouns: «die Polizei | heute»."""
    flag, before = block.flags[i], block.flags[i - 1] if i > start else 0
    if before & f.MARK:
        return not flag & (_GOES_ON | f.CONJUNCTION)
    if not before & _NAMED or before & (_LINKS | f.ABBREVIATION):
        return False
    if flag & f.CONJUNCTION:
        return not block.has(i + 1, f.CAPITAL | f.DETERMINER | f.LINKING)
    return not flag & (_GOES_ON | _NAMED)


def _named(block: Block, i: int, start: int) -> bool:
    """Whether a word that could end a noun phrase is a part of it: «a report», «Doctors Without Borders»."""
    if block.pack.capital_nouns and block.has(i, f.CAPITAL):
        return True
    if i == start and block.has(i, f.DETERMINER):
        # An elided article is spelled as the object pronoun is: «estime l'hydrologue»; «sagte dessen Anwältin».
        possessive = block.pack.capital_nouns and block.has(i, f.RELATIVE) and not block.has(i, f.STOP)
        return block.pack.apostrophe == "ends" or (possessive and block.has(i + 1, f.CAPITAL))
    if block.has(i, f.CUE):
        return block.has(i - 1, f.DETERMINER) if i > start else block.has(i, f.DOCUMENT)
    return i > start and block.has(i, f.CAPITAL)


def with_aside(block: Block, noun: Noun, cue: int) -> Noun:
    """Take in an apposition between two commas, right before the cue or adverbials: «Azad Omer, farmer, says»."""
    i = noun.end
    if not block.has(i, f.COMMA):
        return noun
    close = next((k for k in range(i + 2, min(cue, i + _ASIDE + 1)) if block.flags[k] & f.COMMA), cue)
    adverbial = block.pack.subject == "initial" and block.has(close + 1, f.STOP | f.ADVERB)
    if close != cue - 1 and not (adverbial and close < cue):
        return noun
    flags = block.flags[i + 1 : close]
    if flags[0] & (_STOPS | f.CONJUNCTION) or any(flag & _NO_ASIDE for flag in flags):
        return noun
    if flags[0] & f.RELATIVE and flags[-1] & (f.AUXILIARY | f.VERB) and not flags[-1] & f.CAPITAL:
        return noun
    return Noun(noun.start, close, noun.anchor)


def noun_before(block: Block, end: int, limit: int) -> Noun | None:
    """The noun phrase that ends right before token ``end``, auxiliaries, adverbs and one aside passed over."""
    flags = block.flags
    i = _skip_back(block, end, limit)
    if i < limit:
        return None
    if flags[i] & (f.COMMA | f.DASH) and not block.has(i, f.MARK):
        opening = _aside(block, i, limit)
        if opening is None:
            return None
        i = _skip_back(block, opening, limit)
        if i < limit:
            return None
    if flags[i] & f.RELATIVE and flags[i] & f.CLAUSE and i > limit:
        return _antecedent(block, i - 1 if flags[i - 1] & f.COMMA else i, limit)
    if flags[i] & f.PRONOUN:
        return Noun(i, i + 1, i)
    if flags[i] & (_HARD | f.COMMA | f.DASH | f.BLOCKER | f.CLAUSE | f.CONJUNCTION | f.ADVERSATIVE):
        return None
    if flags[i] & f.CUE and not flags[i] & (f.HEAD | f.CAPITAL | f.DOCUMENT):
        return None
    noun = _whole(block, i, limit)
    return noun and with_aside(block, noun, _skip_back(block, end, limit) + 1)


def _whole(block: Block, i: int, limit: int) -> Noun | None:
    """The noun phrase that ends at token ``i``, or the one whose relative clause ends there."""
    start = _leftwards(block, i, limit)
    if start > i:
        return None
    verb = start if block.flags[start] & (f.VERB | f.CAPITAL) == f.VERB else start - 1
    if verb > limit + 1 and (verb == start or block.flags[verb] & CLAUSE_VERB):
        relative = relative_before(block, verb, limit)
        if relative > limit:
            return _antecedent(block, relative, limit)
    if start > limit and block.flags[start - 1] & _IN_CLAUSE and block.pack.subject == "adjacent":
        relative = relative_around(block, start, limit)
        if relative > limit:
            return _antecedent(block, relative, limit)
    return Noun(start, i + 1, start) if block.pack.cased else _from_head(block, start, i + 1)


def _antecedent(block: Block, end: int, limit: int) -> Noun | None:
    """Whom a relative pronoun after token ``end`` means."""
    if end <= limit or block.flags[end - 1] & (_BARRIER & ~(f.CLOSE | f.MARK)):
        return None
    start = _leftwards(block, end - 1, limit)
    if start >= end:
        return None
    if block.pack.cased:
        return Noun(start, end, start)
    return _from_head(block, start, end)


def _from_head(block: Block, start: int, end: int) -> Noun:
    """Where capitals do not show a name: from its head noun on, to a document that is the verb's subject."""
    for k in range(start, end):
        if block.flags[k] & f.HEAD:
            for last in range(k + 1, end):
                if block.flags[last] & f.DOCUMENT:
                    return Noun(k, last, start)
            return Noun(k, end, start)
    if block.pack.subject == "initial":
        # Adverbials stand between the subject and its verb: «خانم کیانی | با خنده می‌گوید».
        end = next((k for k in range(start + 1, end) if block.flags[k] & f.STOP), end)
    return Noun(start, end, start)


def _skip_back(block: Block, end: int, limit: int) -> int:
    i = end - 1
    while i >= limit and block.flags[i] & (f.AUXILIARY | f.ADVERB) and not block.flags[i] & f.PRONOUN:
        i -= 1
        # «elle | l'avait dit»: an elided object is spelled as the article is.
        if block.pack.apostrophe == "ends" and block.has(i + 1, f.AUXILIARY) and block.has(i, f.DETERMINER):
            i -= 1
    return i


def _aside(block: Block, comma: int, limit: int) -> int | None:
    """The comma or dash that opens the aside which token ``comma`` closes; one with a cue is a relative clause."""
    sign, spoken = block.flags[comma] & (f.COMMA | f.DASH), False
    for k in range(comma - 2, max(limit, comma - _LONGEST - 6), -1):
        flag = block.flags[k]
        if flag & _HARD:
            return None
        if flag & (f.CUE | f.CAPITAL) == f.CUE and sign & f.COMMA and not block.flags[k + 1] & f.PRONOUN:
            spoken = True
        if flag & sign and (not spoken or block.flags[k + 1] & f.RELATIVE):
            return k
    return None


def _leftwards(block: Block, i: int, limit: int) -> int:
    """How far left the noun phrase that ends at token ``i`` reaches."""
    flags = block.flags
    k = i
    while k >= limit and i - k < _LONGEST:
        flag = flags[k]
        if flag & f.CLOSE:
            k = opening_of(block, k, limit) - 1
            continue
        if flag & f.MARK and is_apostrophe(block, k):
            k -= 1
            continue
        if flag & f.MARK:
            pair = block.by_close.get(k)
            said = block.has(k - 1, f.COMMA | f.END)
            if said or pair is None or k - pair.open > 6 or pair.open < limit:
                break
            k = pair.open - 1
            continue
        if flag & (_BARRIER | f.CLAUSE | f.COMPLEMENTIZER) and not (flag & f.CAPITAL and k > limit and k < i):
            break
        if flag & f.CONJUNCTION and not _joins_names(block, k, limit):
            break
        if flag & f.CUE and k < i and not flag & (f.HEAD if k == limit else f.HEAD | f.CAPITAL):
            break
        k -= 1
    start = k + 1
    while start < i and flags[start] & (f.CONJUNCTION | f.ADVERB | f.AUXILIARY):
        start += 1
    return start


def _joins_names(block: Block, k: int, limit: int) -> bool:
    """«Gallagher and his colleagues»: a conjunction inside a name, not between clauses."""
    if not block.pack.cased:
        return True
    return k - 1 >= limit and block.has(k - 1, f.CAPITAL) and block.has(k + 1, f.CAPITAL | f.DETERMINER)


def closing_of(block: Block, i: int, limit: int) -> int:
    for k in range(i + 1, min(limit, i + _LONGEST)):
        if block.flags[k] & f.CLOSE:
            return k + 1
    return i + 1


def opening_of(block: Block, i: int, limit: int) -> int:
    for k in range(i - 1, max(limit, i - _LONGEST) - 1, -1):
        if block.flags[k] & f.OPEN:
            return k
    return i
