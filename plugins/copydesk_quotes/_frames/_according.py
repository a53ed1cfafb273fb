"""According-to frames: «according to S, C», «C, بحسب S», «据S报道，C»."""

from __future__ import annotations

from copydesk_quotes._blocks._block import Block, Sentence
from copydesk_quotes._frames._content import is_clause
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._pack import According
from copydesk_quotes._phrases._appositions import with_apposition, with_name, with_office
from copydesk_quotes._phrases._found import Found, Range, Site, stripped, without_mood
from copydesk_quotes._phrases._nouns import Noun, closing_of, noun_after, noun_before, noun_ending

_LEAST = 3
_LONGEST = 24
_NAME_IN_MARKS = 6
_BELONGING = 5
_NAME_AFTER_OFFICE = 4
"""A comma and a name."""
_ENDS = f.COMMA | f.COLON | f.END | f.SEMICOLON | f.DASH | f.CLOSE
_PARTS = _ENDS | f.AUXILIARY | f.PRONOUN | f.VERB | f.FINITE
_SPEAKS = f.HEAD | f.DOCUMENT | f.PRONOUN | f.TITLE | f.MARK


def according(site: Site, entry: According) -> Found | None:
    """The frame around one according-to phrase, or None where it names no source of speech."""
    block, hit = site.block, site.hit
    if entry.speaker == "relative":
        return _relative(site, entry)
    within = entry.speaker in ("inside", "nobody")
    speaker = Noun(hit.start, hit.end, hit.end) if within else _source(site, entry)
    if speaker is None or (entry.only_with and not _can_speak(block, speaker, entry)):
        return None
    aside = entry.speaker == "after" and not block.has(speaker.start, f.PRONOUN)
    if aside and block.has(speaker.end + 1, f.HEAD | f.TITLE):
        speaker = _with_aside(site, speaker)
    if entry.speaker == "after" and entry.comma:
        speaker = _whole(block, speaker, site.sentence.end)
    begins = speaker.anchor if entry.speaker == "before" else speaker.start
    first, last = min(hit.start, speaker.start, begins), max(hit.end, speaker.anchor)
    if entry.speaker == "nobody" and block.has(first - 1, f.DETERMINER):
        first -= 1
    if entry.speaker == "inside" and block.holds(site.sentence.start, first, f.CUE):
        # «he said that C1, which – as he added – C2»: what is before has its own frame.
        site = Site(block, Sentence(first, site.sentence.end), hit, site.floor)
    spans = content_around(site, first, last, entry.places)
    if not spans and hit.end < speaker.end < speaker.anchor:
        # No comma closes the name: it ends at the first word that no noun phrase holds.
        last = speaker.end
        spans = content_around(site, first, last, entry.places)
    if not spans or (entry.places == ("lead",) and block.lexicon.knows_verbs and not is_clause(block, *spans[0])):
        # «For the town, a day to remember» says what nobody said.
        return None
    leads = spans[0][0] > first
    found = Found(block, site.sentence, "according lead" if leads else "according trail", spans, speaker)
    found.cue, found.entry = (hit.start, hit.end), entry
    if within:
        found.speaker, found.inherits = None, entry.speaker == "inside"
    found.anchor, found.tail = first, max(last, spans[-1][1])
    found.open_end = spans[-1][0] > first
    return found


def _relative(site: Site, entry: According) -> Found | None:
    """The frame of a clause whose source stands right before it: «a report, according to which C»."""
    block, hit, sentence = site.block, site.hit, site.sentence
    end = hit.start - 1 if block.has(hit.start - 1, f.COMMA) else hit.start
    find = noun_ending if block.pack.capital_nouns else noun_before
    speaker = find(block, end, sentence.start)
    span = stripped(block, hit.end, sentence.end)
    if speaker is None or not _can_speak(block, speaker, entry) or block.words_between(*span) < _LEAST:
        return None
    found = Found(block, sentence, "according lead", [span], speaker, (hit.start, hit.end), entry)
    found.anchor, found.tail, found.open_end = hit.start, span[1], True
    return found


def _source(site: Site, entry: According) -> Noun | None:
    block, start, limit = site.block, site.hit.end, site.sentence.end
    if entry.speaker == "before":
        if block.key(site.hit.start - 1) in block.lexicon.keys_of(entry.not_with):
            return None
        find = noun_ending if block.pack.capital_nouns else noun_before
        return find(block, site.hit.start, site.sentence.start)
    while start < limit and block.flags[start] & f.ADVERB:
        start += 1
    if (
        start >= limit
        or block.key(start) in block.lexicon.keys_of(entry.not_with)
        or block.has(start, f.CUE | f.AUXILIARY)
    ):
        return None
    if block.pack.capital_nouns:
        return _by_capitals(block, start, limit, entry)
    if block.flags[start] & f.PRONOUN and not entry.closes:
        return Noun(start, start + 1, start + 1)
    if "V2C" in block.pack.orders:
        return _to_verb(block, start, limit)
    end = _name_end(block, start, min(limit, start + _LONGEST))
    if entry.closes:
        closing = block.lexicon.keys_of(entry.closes)
        at = next((k for k in range(start + 1, end + 1) if k < limit and block.key(k) in closing), None)
        return Noun(start, at, at + 1) if at else None
    if end == start:
        return None
    stops = (k for k in range(start + 1, end) if block.has(k, f.STOP) and not block.has(k, f.CAPITAL))
    last = next(stops, end)
    return Noun(start, last, end) if entry.comma else _unclosed(block, start, last)


def _unclosed(block: Block, start: int, end: int) -> Noun:
    """A name that no comma ends: up to its last capital, which a verb must not part from it; else its first word."""
    pair = block.by_open.get(start)
    if pair is not None and pair.closed and pair.close < end:
        return Noun(start, pair.close + 1, pair.close + 1)
    last = start + 1
    for k in range(start, end):
        if block.flags[k] & (f.VERB | f.AUXILIARY) and k > start:
            break
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
    if noun is None or not entry.sourced:
        return Noun(start, noun.end, noun.end) if noun else None
    nouns = [i for i in range(k, noun.end) if block.has(i, f.CAPITAL)]
    at = next((i for i in nouns[:2] if block.has(i, f.SOURCE)), -1)
    if at < 0:
        return None
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


def _can_speak(block: Block, speaker: Noun, entry: According) -> bool:
    # «For the minister, …» may be her opinion, «for the town, …» is none.
    noun = entry.places == ("lead",) and block.has(speaker.start, f.DETERMINER)
    wanted = _SPEAKS | f.CAPITAL if block.pack.cased and not noun else _SPEAKS
    return block.holds(speaker.start, speaker.end, wanted)


def content_around(site: Site, first: int, last: int, places: tuple[str, ...] = ("lead", "trail")) -> list[Range]:
    """The content after or before the tokens ``first`` to ``last`` that name its source, or on both sides of them."""
    block, start, limit = site.block, site.sentence.start, site.sentence.end
    while start < first and block.flags[start] & (f.CONJUNCTION | f.ADVERB | f.COMMA):
        start += 1
    after = last
    while after < limit and block.flags[after] & (f.COMMA | f.COLON | f.COMPLEMENTIZER | f.DASH):
        after += 1
    end = next((k for k in range(after, limit) if block.flags[k] & f.SEMICOLON and not block.pair_around(k)), limit)
    right = without_mood(block, *stripped(block, after, end))
    if block.pack.capital_nouns:
        start = _own_clause(block, start, first)
    left = stripped(block, start, first)
    more = block.words_between(*right) >= _LEAST
    if block.words_between(*left) == 0 or block.has(first - 1, f.CLAUSE | f.CONJUNCTION | f.SEMICOLON):
        return [right] if more and "lead" in places else []
    if block.words_between(*left) < _LEAST:
        return [right] if more and "lead" in places else []
    if "trail" not in places:
        return []
    set_off = any(block.has(first - 1, sign) and block.has(last, sign) for sign in (f.COMMA, f.DASH))
    aside = set_off and not block.has(right[0], f.RELATIVE | f.CUE)
    between = block.pack.capital_nouns and after == last and right[1] > right[0]
    return [left, right] if between or (more and aside) else [left]


def _own_clause(block: Block, start: int, end: int) -> int:
    """Where the main clause begins that a source is inserted in: «he left, the road was, says Majid, open»."""
    for k in range(end - 1, start, -1):
        if block.flags[k] & f.COMMA and block.pair_around(k) is None:
            sides = (block.flags[start:k], block.flags[k + 1 : end])
            both = all(any(flag & (f.VERB | f.AUXILIARY) and not flag & f.CAPITAL for flag in side) for side in sides)
            return k + 1 if both and not block.has(k + 1, f.CLAUSE | f.RELATIVE | f.CONJUNCTION) else start
    return start


def _with_aside(site: Site, noun: Noun) -> Noun:
    """The name with an office between commas after it: «according to Majid Ali, mayor of Duhok, …»."""
    block, limit = site.block, site.sentence.end
    end = with_apposition(block, noun, limit).end
    while end < min(limit, noun.end + _LONGEST) and not block.flags[end] & _PARTS:
        end += 1
    leads = block.words_between(site.sentence.start, site.hit.start) < _LEAST
    closed = block.has(end, f.COMMA) or (end >= limit - 1 and not leads)
    clause = block.pack.subject == "anywhere" and block.holds(noun.end, end, f.VERB)
    return Noun(noun.start, end, end) if closed and not clause else noun


def _whole(block: Block, noun: Noun, limit: int) -> Noun:
    """The name with another one after its comma; a relative clause after it lies between it and content."""
    if not block.pack.cased and block.pack.orders[0] != "VSC":
        named = with_office(block, noun, limit)
        closed = named.end - noun.end <= _NAME_AFTER_OFFICE and block.has(named.end, f.COMMA)
        return named if closed else noun
    if not block.pack.cased or block.pack.capital_nouns:
        return noun
    at = Noun(noun.start, noun.anchor, noun.anchor)
    named = with_name(block, at, limit) if block.has(noun.anchor, f.COMMA) else at
    if named is not at:
        noun = named
    k = noun.anchor + 1 if block.has(noun.anchor, f.COMMA) else noun.anchor
    if not block.has(k, f.RELATIVE) and not (block.has(k, f.LINKING | f.STOP) and block.has(k + 1, f.RELATIVE)):
        return noun
    end = next((i for i in range(k, min(limit, k + _LONGEST)) if block.flags[i] & _ENDS), k)
    return Noun(noun.start, noun.end, end) if block.has(end, f.COMMA) else noun
