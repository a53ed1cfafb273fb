"""Names in the text before a speech act: the fullest mention of a short name, and who was last written about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._lexicon import Lexicon
from copydesk_quotes._speakers._mention import Name, Span, name_of
from copydesk_quotes._speakers._tokens import Tokens

_WINDOW: Final = 120
_MOST: Final = 24
_REACH: Final = 20_000
_LONGEST: Final = 12
_BEFORE_NAME: Final = 3
_NAME: Final = 4
_ATTRIBUTES: Final = 2
_ADVERBIAL: Final = 6
_FIELD: Final = 6
_SUBJECT_REACH: Final = 1_200
_BARRIER: Final = f.PUNCTUATION | f.CUE | f.COMPLEMENTIZER | f.CLAUSE | f.CONJUNCTION | f.STOP
_NOUN_ENDS: Final = _BARRIER | f.ADVERB | f.AUXILIARY | f.ACCORDING | f.PRONOUN
_SPEAKS: Final = f.HEAD | f.TITLE
_NAMED: Final = _SPEAKS | f.CAPITAL | f.ABBREVIATION | f.LINKING
_PARTICLES: Final = 3
_PARTICLE: Final = f.LINKING | f.DETERMINER
_PASSED: Final = f.ADVERB | f.CONJUNCTION | f.DETERMINER | f.MARK | f.COMMA


def fullest_mention(
    text: str, before: int, told: Name, word: str, lexicon: Lexicon, others: Sequence[Span]
) -> Name | None:
    """The longest name in ``text[:before]`` that holds the short name ``told``, which ends in ``word``.

    ``others`` are the names of people who cannot be meant.
    """
    best: Name | None = None
    for at in _occurrences(text, before, word, lexicon):
        if any(start <= at[0] < end for start, end in others):
            continue
        found = _around(text, at, before, told, lexicon)
        # An office means whoever was named with it last.
        if found is not None and (best is None or found.fuller(best) or (told.parts[0].office and found.personal)):
            best = found
    return best


def full_name_called(text: str, block: Block, i: int) -> Name | None:
    """The fullest name of the person who is called by token ``i`` alone, where the text before gives one."""
    here = slice(i, i + 1)
    name = name_of(block.words[here], block.flags[here], block.starts[here], block.lexicon)
    full = fullest_mention(text, block.starts[i], name, block.words[i], block.lexicon, []) if name else None
    return full if full is not None and any(part.human for part in full.parts) else None


def _occurrences(text: str, before: int, word: str, lexicon: Lexicon) -> Iterator[Span]:
    """Where a word of a name stands, also without its article or ending, or with another first letter."""
    stem = lexicon.name_stem(word)
    yield from _places(text, before, stem, lexicon.name_key(word), lexicon)
    if lexicon.pack.cased and stem[:1].islower():
        yield from _places(text, before, stem[0].upper() + stem[1:], lexicon.name_key(word), lexicon)


def _places(text: str, before: int, stem: str, key: str, lexicon: Lexicon) -> Iterator[Span]:
    at = text.find(stem, max(0, before - _REACH), before)
    for _ in range(_MOST):
        if at < 0:
            return
        window = max(0, at - _NAME)
        for match in lexicon.token.finditer(text, window, min(before, at + len(stem) + _NAME)):
            if match.start() <= at < match.end():
                if lexicon.name_key(match.group()) == key:
                    yield match.span()
                break
        at = text.find(stem, at + len(stem), before)


def _around(text: str, at: Span, before: int, told: Name, lexicon: Lexicon) -> Name | None:
    """The name that the token at ``at`` ends, or the office that it begins."""
    start = max(0, at[0] - _WINDOW)
    start = max(start, text.rfind("\n", start, at[1]) + 1, text.rfind(", ", start, at[0]) + 1)
    tokens = Tokens.read(text, start, min(before, at[1] + _WINDOW), lexicon)
    here = next((i for i, offset in enumerate(tokens.starts) if offset == at[0]), -1)
    if here < 0:
        return None
    particle = lexicon.flags_by_key.get(told.parts[0].first, 0) & f.LINKING != 0
    first, end = _leftwards(tokens, here, particle=particle), here + 1
    if tokens.has(here, _SPEAKS) and told.parts[0].office:
        return tokens.name(_noun_start(tokens, here), _noun_end(tokens, here))
    end = _with_apposition(
        tokens, _rightwards(tokens, here) if lexicon.pack.given_names or told.parts[0].called else end
    )
    name = tokens.name(first, end) if end > first else None
    return name if name and any(part.keys <= name.keys for part in told.parts) else None


def _leftwards(tokens: Tokens, here: int, *, particle: bool) -> int:
    """Where a name begins; with ``particle`` one that holds such words: «Bram | Van der Elst»."""
    cased = tokens.lexicon.pack.cased
    first = here
    while first > 0 and (
        _belongs(tokens.flags[first - 1], cased=cased)
        or (particle and here - first < _PARTICLES and tokens.has(first - 1, _PARTICLE))
    ):
        first -= 1
    while first < here and particle and not tokens.has(first, f.CAPITAL | f.TITLE):
        first += 1
    if cased:
        return first
    # No capitals show where the name begins: with its office or title, else a few words before.
    return next((k for k in range(first, here) if tokens.has(k, _SPEAKS)), max(first, here - _BEFORE_NAME + 1))


def _belongs(flag: int, *, cased: bool) -> bool:
    if flag & f.TITLE:
        return True
    if flag & _BARRIER:
        return False
    return not cased or bool(flag & (f.CAPITAL | f.ABBREVIATION))


def _rightwards(tokens: Tokens, here: int) -> int:
    """Past the capitalised names after a given name."""
    end = here + 1
    while tokens.has(end, f.CAPITAL) and not tokens.has(end, _BARRIER):
        end += 1
    return end


def _noun_start(tokens: Tokens, here: int) -> int:
    """Where the noun phrase begins whose office is token ``here``: «the bakers’ association»."""
    if not tokens.lexicon.pack.cased:
        return here
    for first in range(here - 1, max(here - _BEFORE_NAME, 0) - 1, -1):
        if tokens.has(first, f.DETERMINER):
            return first
        if tokens.has(first, _NOUN_ENDS) and not tokens.has(first, f.MARK):
            break
    return here


def _noun_end(tokens: Tokens, first: int) -> int:
    """Where the noun phrase ends that begins at token ``first``, an apposition after a comma taken in."""
    end, cased = first + 1, tokens.lexicon.pack.cased
    end = _marked_end(tokens, end)
    while end < min(len(tokens.flags), first + _LONGEST) and not tokens.flags[end] & _NOUN_ENDS:
        if cased and tokens.has(end - 1, _PARTICLE) and end > first + 1:
            # «eigenaar van | de attractie»
            end += 1
            continue
        if cased and not tokens.flags[end] & _NAMED:
            named = _attributes_end(tokens, end)
            if named == end:
                break
            end = named
            if tokens.has(end, f.COMMA):
                break
        end += 1
    return _past_field(tokens, first, _with_apposition(tokens, end))


def _past_field(tokens: Tokens, first: int, end: int) -> int:
    """Past what an office is for, to the name behind its comma: «l'assessora regionale ai Trasporti, | Elisa Monti»."""
    if not tokens.lexicon.pack.cased or not tokens.has(first, f.ROLE | f.TITLE) or tokens.has(end, f.PUNCTUATION):
        return end
    comma = next((k for k in range(end, end + _FIELD) if tokens.has(k, f.PUNCTUATION | f.AUXILIARY | f.CUE)), end)
    whole = _with_apposition(tokens, comma, f.COMMA | f.END) if tokens.has(comma, f.COMMA) else end
    return whole if whole > comma and tokens.has(comma + 1, f.CAPITAL) else end


def _marked_end(tokens: Tokens, first: int) -> int:
    """Past a name in marks: the coach of «Orient»."""
    if not (tokens.has(first, f.MARK) and tokens.has(first + 1, f.CAPITAL)):
        return first
    return next((k + 1 for k in range(first + 2, first + _NAME) if tokens.has(k, f.MARK)), first)


def _attributes_end(tokens: Tokens, first: int) -> int:
    """Past a word or two between an office and a name, or its comma: «начальник полиции Дроздов»; no verb is one."""
    if not tokens.lexicon.knows_verbs:
        return first
    reach = range(first, first + _ATTRIBUTES + 1)
    named = next((k for k in reach if tokens.has(k, _NAMED | f.COMMA)), first)
    return named if not any(tokens.flags[first:named]) else first


def _with_apposition(tokens: Tokens, end: int, closing: int = f.COMMA) -> int:
    """Past «, mayor of Duhok» after a name, or «, Majid Ali» after an office, closed by a comma."""
    if not tokens.has(end, f.COMMA):
        return end
    close = end + 1
    while close < min(len(tokens.flags), end + _LONGEST) and not tokens.flags[close] & _NOUN_ENDS:
        close += 1
    apposed = tokens.has(end + 1, _SPEAKS) or (
        tokens.has(close, closing)
        and (1 if tokens.has(end - 1, f.ROLE) else 2) <= close - end - 1 <= _NAME
        and (any(tokens.has(k, f.CAPITAL) for k in range(end + 1, close)) or not tokens.lexicon.pack.cased)
    )
    return close if apposed and close > end + 1 else end


def subject_before(text: str, after: int, block: Block, first: int) -> Name | None:
    """Who opens the last sentence before token ``first`` that opens with an office or a name.

    Only this paragraph and the one before are read; None where that name begins at offset ``after`` or before.
    """
    end = block.starts[first]
    low = max(0, end - _SUBJECT_REACH)
    paragraph = text.rfind("\n", low, max(low, end - 1)) + 1
    start = max(low, text.rfind("\n", low, len(text[low:paragraph].rstrip()) + low) + 1) if paragraph else low
    start = max(start, text.rfind("\n", start, max(start, after)) + 1)
    if start == block.starts[0] and paragraph <= start:
        tokens = Tokens(block.words[:first], [""] * first, block.starts[:first], block.lexicon)
    else:
        tokens = Tokens.read(text, start, end, block.lexicon)
    for i in reversed(_sentence_starts(tokens)):
        name = _opening(tokens, i)
        if name is not None:
            return name if name.span[0] > after else None
        if tokens.starts[i] <= after:
            break
    return None


def _sentence_starts(tokens: Tokens) -> list[int]:
    """The first word of each sentence."""
    gaps, starts, opens = tokens.gaps, [], True
    for i, flag in enumerate(tokens.flags):
        if opens:
            if not flag & f.PUNCTUATION:
                starts.append(i)
                opens = False
        elif flag & f.END or "\n" in gaps[i]:
            opens = True
    return starts


def _opening(tokens: Tokens, i: int) -> Name | None:
    """The office or titled name that a sentence opens with; where verbs come first, soon after."""
    orders = tokens.lexicon.pack.orders
    last = i + (_NAME if "VSC" in orders else 1)
    if tokens.has(i, f.STOP) or orders[0] == "VSC":
        comma = next((k for k in range(i, i + _ADVERBIAL) if tokens.has(k, f.COMMA | _SPEAKS)), i)
        # «בדיון תיארה | המנהלת»: a verb may stand between the adverbial and its subject.
        comma = comma if tokens.has(comma, f.COMMA) or tokens.has(comma - 1, f.CUE) else i
        i, last = comma, last + comma - i
    while i < last and tokens.has(i, _PASSED):
        i, last = i + 1, last + 1
    if orders[0] != "VSC" and not tokens.has(i, _SPEAKS | f.STOP | f.CUE | f.PRONOUN):
        name = _named_first(tokens, i)
        if name is not None or "VSC" not in orders:
            return name
    for k in range(i, last):
        if tokens.has(k, _SPEAKS) and not tokens.has(k, f.STOP | f.CUE):
            end = _noun_end(tokens, k)
            word = tokens.words[k]
            if end == k + 1 and tokens.has(k, f.ROLE) and _has_genitive(tokens, end):
                return tokens.name(k, end + 1)
            alone = end == k + 1 and (tokens.lexicon.pack.spaced or not tokens.has(k, f.ROLE | f.TITLE))
            bare = alone and tokens.lexicon.name_key(word) == tokens.lexicon.key(word)
            return None if bare else tokens.name(k, end)
        if tokens.has(k, f.STOP | f.PUNCTUATION | f.CLAUSE):
            return None
    return None


def _has_genitive(tokens: Tokens, at: int) -> bool:
    """Whether a word may be what an office is of, where endings say so: «директор бассейна»."""
    if tokens.lexicon.pack.subject != "anywhere" or not tokens.lexicon.knows_verbs or at >= len(tokens.words):
        return False
    return not tokens.flags[at] and not tokens.lexicon.form(tokens.words[at])[0]


def _named_first(tokens: Tokens, i: int) -> Name | None:
    """The name that a sentence opens with, where its office follows a comma: «Majid Ali, a baker, …»."""
    end = next((k for k in range(i + 1, i + 1 + _NAME) if tokens.has(k, _BARRIER)), i)
    whole = _with_apposition(tokens, end) if tokens.has(end, f.COMMA) else end
    sure = tokens.has(i, f.CAPITAL) if tokens.lexicon.pack.cased else tokens.has(end + 1, f.ROLE | f.TITLE)
    return tokens.name(i, whole) if whole > end and sure else None
