"""Names in the text before a speech act: the fullest mention of a short name, and who was last written about."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk_quotes import _flags as f
from copydesk_quotes._block import Block
from copydesk_quotes._lexicon import Lexicon
from copydesk_quotes._persons import Name, Span, name_of
from copydesk_quotes._tokens import Tokens

_WINDOW = 120
_MOST = 24
_REACH = 20_000
_LONGEST = 12
_BEFORE_NAME = 3
_NAME = 4
_ATTRIBUTES = 2
_ADVERBIAL = 6
_SUBJECT_REACH = 1_200
_PARAGRAPH = 80
_BARRIER = f.PUNCTUATION | f.CUE | f.COMPLEMENTIZER | f.CLAUSE | f.CONJUNCTION | f.STOP
_NOUN_ENDS = _BARRIER | f.ADVERB | f.AUXILIARY | f.ACCORDING | f.PRONOUN
_SPEAKS = f.HEAD | f.TITLE
_NAMED = _SPEAKS | f.CAPITAL | f.ABBREVIATION | f.LINKING
_BETWEEN = f.LINKING | f.STOP | f.DETERMINER | f.PUNCTUATION
_UNNAMED = _NOUN_ENDS | f.HEAD | f.TITLE | f.DETERMINER | f.DOCUMENT | f.SOURCE | f.CROWD | f.NUMBER
_PASSED = f.ADVERB | f.CONJUNCTION | f.DETERMINER | f.MARK | f.COMMA


def fullest_mention(text: str, before: int, told: Name, word: str, lexicon: Lexicon) -> Name | None:
    """The longest name in ``text[:before]`` that holds the short name ``told``, which ends in ``word``."""
    best: Name | None = None
    for at in _occurrences(text, before, word, lexicon):
        found = _around(text, at, before, told, lexicon)
        # An office means whoever was named with it last.
        if found is not None and (best is None or found.fuller(best) or (told.parts[0].office and found.personal)):
            best = found
    return best


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
    first, end = _leftwards(tokens, here), here + 1
    if tokens.has(here, _SPEAKS) and told.parts[0].office:
        return tokens.name(_noun_start(tokens, here), _noun_end(tokens, here))
    end = _with_apposition(tokens, _rightwards(tokens, here) if lexicon.pack.given_names else end)
    name = tokens.name(first, end) if end > first else None
    return name if name and any(part.keys <= name.keys for part in told.parts) else None


def _leftwards(tokens: Tokens, here: int) -> int:
    cased = tokens.lexicon.pack.cased
    first = here
    while first > 0 and _belongs(tokens.flags[first - 1], cased=cased):
        first -= 1
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
        if cased and not tokens.flags[end] & _NAMED:
            named = _attributes_end(tokens, end)
            if named == end:
                break
            end = named
        end += 1
    return _with_apposition(tokens, end)


def _marked_end(tokens: Tokens, first: int) -> int:
    """Past a name in marks: the coach of «Orient»."""
    if not (tokens.has(first, f.MARK) and tokens.has(first + 1, f.CAPITAL)):
        return first
    return next((k + 1 for k in range(first + 2, first + _NAME) if tokens.has(k, f.MARK)), first)


def _attributes_end(tokens: Tokens, first: int) -> int:
    """Past a word or two between an office and a name: «начальник местной полиции Дроздов»; no verb is one."""
    if not tokens.lexicon.knows_verbs:
        return first
    reach = range(first, first + _ATTRIBUTES + 1)
    named = next((k for k in reach if tokens.has(k, _NAMED)), first)
    return named if not any(tokens.flags[first:named]) else first


def _with_apposition(tokens: Tokens, end: int) -> int:
    """Past «, mayor of Duhok» after a name, or «, Majid Ali» after an office, closed by a comma."""
    if not tokens.has(end, f.COMMA):
        return end
    close = end + 1
    while close < min(len(tokens.flags), end + _LONGEST) and not tokens.flags[close] & _NOUN_ENDS:
        close += 1
    apposed = tokens.has(end + 1, _SPEAKS) or (
        tokens.has(close, f.COMMA) and 1 < close - end - 1 <= _NAME and tokens.has(end + 1, f.CAPITAL)
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
        comma = comma if tokens.has(comma, f.COMMA) else i
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
            bare = end == k + 1 and tokens.lexicon.name_key(word) == tokens.lexicon.key(word)
            return None if bare else tokens.name(k, end)
        if tokens.has(k, f.STOP | f.PUNCTUATION | f.CLAUSE):
            return None
    return None


def _named_first(tokens: Tokens, i: int) -> Name | None:
    """The name that a sentence opens with, where its office follows a comma: «Majid Ali, a baker, …»."""
    end = next((k for k in range(i + 1, i + 1 + _NAME) if tokens.has(k, _BARRIER)), i)
    whole = _with_apposition(tokens, end) if tokens.has(end, f.COMMA) else end
    sure = tokens.has(i, f.CAPITAL) if tokens.lexicon.pack.cased else tokens.has(end + 1, f.ROLE | f.TITLE)
    return tokens.name(i, whole) if whole > end and sure else None


def full_name_before(text: str, after: int, block: Block, first: int) -> Name | None:
    """The one person whom an earlier sentence of the paragraph names in full: the last such before ``first``.

    Of several in it, the one that opens the sentence; None where that name begins at offset ``after`` or before.
    """
    if not block.pack.cased:
        return None
    found: list[tuple[int, int]] = []
    lowest = max(0, first - _PARAGRAPH)
    # Whom the words themselves name is asked about, not speaking: «Asked about Ann Field, he said».
    k = next((i for i in range(first - 1, lowest, -1) if block.flags[i] & f.END), lowest)
    while k >= lowest and block.starts[k] > after:
        if block.flags[k] & f.END and found:
            break
        start = _full_name(block, k, lowest)
        if start < k and _is_person(text, block, start, k + 1):
            found.append((start, k + 1))
        k = min(start, k) - 1
    if not found or any(flag & f.PRONOUN for flag in block.flags[k + 1 : found[-1][0]]):
        return None
    start, end = found[-1]
    if len(found) > 1 and start != k + 1:
        return None
    inside = slice(start, end)
    return name_of(block.words[inside], block.flags[inside], block.starts[inside], block.lexicon)


def _full_name(block: Block, last: int, lowest: int) -> int:
    """Where the name of two words or more begins that token ``last`` ends, its office taken in; ``last`` if none."""
    start = last
    while start > lowest:
        before = start - 1
        if block.flags[before] & _BETWEEN == f.LINKING and before > lowest:
            before -= 1
        if not _is_name(block.flags[before]):
            break
        start = before
    if start == last or not _is_name(block.flags[last]):
        return last
    while start > lowest and block.has(start - 1, f.ROLE | f.TITLE):
        start -= 1
    return start


def _is_name(flag: int) -> bool:
    return flag & (_UNNAMED | f.CAPITAL) == f.CAPITAL


def _is_person(text: str, block: Block, start: int, end: int) -> bool:
    """Whether a name is no place or common noun: an office opens it, or its last word is called again alone."""
    if block.has(start, f.ROLE | f.TITLE):
        return True
    if block.has(start - 1, f.DETERMINER):
        return False
    if not block.pack.capital_nouns and not block.has(start - 1, f.STOP):
        return True
    last, since = block.words[end - 1], block.end(end - 1)
    again = text.find(last, since, since + _SUBJECT_REACH)
    return again >= 0 and not text.endswith(block.words[end - 2], since, again - 1)
