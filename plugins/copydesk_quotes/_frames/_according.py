"""According-to frames: «according to S, C», «C, بحسب S», «据S报道，C»."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._blocks._parts import Sentence
from copydesk_quotes._frames._content import is_clause
from copydesk_quotes._frames._sources import source_of, whole_name, with_aside
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._pack import According
from copydesk_quotes._phrases._between import past_adverbs
from copydesk_quotes._phrases._found import Found, Range, Site, stripped, without_mood
from copydesk_quotes._phrases._nouns import Noun, noun_before, noun_ending

_LEAST: Final = 3
_REACH: Final = 8
_OFFICE: Final = 4
_OWNED: Final = f.HEAD | f.TITLE | f.DOCUMENT
_TURNS: Final = f.SEMICOLON | f.COLON | f.ADVERSATIVE
_SPEAKS: Final = f.HEAD | f.DOCUMENT | f.PRONOUN | f.TITLE | f.MARK


def according(site: Site, entry: According) -> Found | None:
    """The frame around one according-to phrase, or None where it names no source of speech."""
    block, hit = site.block, site.hit
    if entry.speaker == "relative":
        return _relative(site, entry)
    # «volgens haar | moeder»
    owned = entry.pronoun != "" and block.has(hit.end - 1, f.DETERMINER) and block.has(hit.end, _OWNED)
    within = entry.speaker in ("inside", "nobody") and not owned
    speaker = Noun(hit.start, hit.end, hit.end) if within else source_of(site, entry)
    if speaker is None or (entry.only_with and not _can_speak(block, speaker, entry)):
        return None
    aside = entry.speaker == "after" and not block.has(speaker.start, f.PRONOUN)
    if aside and block.has(speaker.end, f.COMMA) and _is_office(block, speaker.end + 1):
        speaker = with_aside(site, speaker)
    if entry.speaker == "after" and entry.comma:
        speaker = whole_name(block, speaker, site.sentence.end)
    begins = speaker.anchor if entry.speaker == "before" else speaker.start
    first, last = min(hit.start, speaker.start, begins), max(hit.end, speaker.anchor)
    if entry.speaker == "nobody" and block.has(first - 1, f.DETERMINER):
        first -= 1
    joined = block.has(first - 1, f.COMMA | f.DASH) or not block.pack.capital_nouns
    if entry.speaker == "inside" and joined and block.holds(site.sentence.start, first, f.CUE):
        # «he said that C1, which – as he added – C2»: what is before has its own frame.
        site = Site(block, Sentence(first, site.sentence.end), hit, site.floor)
    spans = content_around(site, first, last, entry.places)
    if not spans and hit.end < speaker.end < speaker.anchor:
        # No comma closes the name: it ends at the first word that no noun phrase holds.
        last = speaker.end
        spans = content_around(site, first, last, entry.places)
    if not spans or (entry.places == ("lead",) and block.lexicon.knows_verbs and not _tells(block, *spans[0])):
        # «For the town, a day to remember» says what nobody said.
        return None
    leads = spans[0][0] > first
    found = Found(block, site.sentence, "according lead" if leads else "according trail", spans, speaker)
    found.cue, found.entry = (hit.start, hit.end - 1 if owned else hit.end), entry
    if within:
        found.speaker, found.inherits = None, entry.speaker == "inside"
    found.anchor, found.tail = first, max(last, spans[-1][1])
    found.open_end = spans[-1][0] > first
    return found


def _tells(block: Block, start: int, end: int) -> bool:
    """Whether words show a verb, or hold as many in marks as only speech does."""
    marked = [pair for pair in block.pairs_from(start) if start <= pair.open and pair.close < end]
    return is_clause(block, start, end) or any(block.words_between(pair.open, pair.close) >= _LEAST for pair in marked)


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


def _can_speak(block: Block, speaker: Noun, entry: According) -> bool:
    # «For the minister, …» may be her opinion, «for the town, …» is none.
    noun = entry.places == ("lead",) and block.has(speaker.start, f.DETERMINER)
    wanted = _SPEAKS | f.CAPITAL if block.pack.cased and not noun else _SPEAKS
    if entry.places == ("lead",) and block.has(speaker.start, f.MARK):
        # «Per «uso foresteria» si intende …» defines a term.
        return False
    return block.holds(speaker.start, speaker.end, wanted)


def _is_office(block: Block, k: int) -> bool:
    """Whether an office stands at token ``k``: «head of the mill», «a senior lecturer at Trinity»."""
    if block.has(k, f.HEAD | f.TITLE):
        return True
    role = f.ROLE if block.pack.words.roles else f.HEAD
    return block.pack.subject == "adjacent" and block.has(k, f.DETERMINER) and block.holds(k + 1, k + _OFFICE, role)


def content_around(site: Site, first: int, last: int, places: tuple[str, ...] = ("lead", "trail")) -> list[Range]:
    """The content after or before the tokens ``first`` to ``last`` that name its source, or on both sides of them."""
    block, start, limit = site.block, site.sentence.start, site.sentence.end
    while start < first and block.flags[start] & (f.CONJUNCTION | f.ADVERB | f.COMMA):
        start += 1
    after = last
    while after < limit and block.flags[after] & (f.COMMA | f.COLON | f.COMPLEMENTIZER | f.DASH):
        after += 1
        # «Selon le maire, en revanche, C»
        past = past_adverbs(block, after, limit)
        after = past if past > after and block.has(past, f.COMMA) else _past_participle(block, after, limit)
    end = next((k for k in range(after, limit) if block.flags[k] & _TURNS and _turns(block, k)), limit)
    right = without_mood(block, *stripped(block, after, end))
    if block.pack.capital_nouns:
        start = _own_clause(block, start, first)
    left = stripped(block, start, first)
    more = block.words_between(*right) >= _LEAST
    if block.words_between(*left) == 0 or block.has(first - 1, f.CLAUSE | f.CONJUNCTION | f.SEMICOLON | f.COLON):
        return [right] if more and "lead" in places else []
    set_off = any(block.has(first - 1, sign) and block.has(last, sign) for sign in (f.COMMA, f.DASH))
    if block.words_between(*left) < _LEAST:
        if not more or "lead" not in places:
            return []
        # «The verdict, says the judge, falls on Friday»: what stands before is the content's subject.
        return [left, right] if set_off and _is_subject(block, left) else [right]
    if "trail" not in places:
        return []
    # «C, according to the paper, published in May»
    describes = block.has(right[0], f.VERB | f.GERUND) and is_clause(block, *left) and block.pack.subject == "adjacent"
    aside = set_off and not block.has(right[0], f.RELATIVE | f.CUE) and not describes
    between = block.pack.capital_nouns and after == last and right[1] > right[0]
    return [left, right] if between or (more and aside) else [left]


def _past_participle(block: Block, start: int, limit: int) -> int:
    """Past an aside about the source: «según la sentencia, | hecha pública ayer, | el acusado mintió»."""
    if start >= limit or not block.has(start - 1, f.COMMA) or block.flags[start]:
        return start
    if not block.pack.cased or "V2C" in block.pack.orders:
        return start
    for k in range(start + 1, min(limit, start + _REACH)):
        if block.flags[k] & f.COMMA:
            return k
        if block.flags[k] & (f.PUNCTUATION | f.AUXILIARY | f.PRONOUN):
            break
    return start


def _turns(block: Block, k: int) -> bool:
    """Whether content ends at a semicolon, at «, but S says» or a colon before marks, outside all marks."""
    if block.has(k, f.ADVERSATIVE):
        return block.has(k - 1, f.COMMA) and block.holds(k + 1, k + _REACH, f.CUE) and not block.pair_around(k)
    return (block.has(k, f.SEMICOLON) or k + 1 in block.by_open) and not block.pair_around(k)


def _is_subject(block: Block, span: Range) -> bool:
    """Whether one or two words are a noun phrase that content may begin with."""
    opens = block.has(span[0], f.DETERMINER) or block.pack.capital_nouns
    return opens and span[1] - span[0] > 1 and not block.holds(*span, f.STOP | f.CUE | f.CLAUSE | f.PRONOUN | f.ADVERB)


def _own_clause(block: Block, start: int, end: int) -> int:
    """Where the main clause begins that a source is inserted in: «he left, the road was, says Majid, open»."""
    for k in range(end - 1, start, -1):
        if block.flags[k] & f.COMMA and block.pair_around(k) is None:
            sides = (block.flags[start:k], block.flags[k + 1 : end])
            both = all(any(flag & (f.VERB | f.AUXILIARY) and not flag & f.CAPITAL for flag in side) for side in sides)
            return k + 1 if both and not block.has(k + 1, f.CLAUSE | f.RELATIVE | f.CONJUNCTION) else start
    return start
