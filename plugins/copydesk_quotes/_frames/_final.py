"""Verb-final frames, where content stands between its speaker and the cue, as in Turkish, Japanese and Korean."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._blocks._parts import Hit
from copydesk_quotes._frames._topics import SPEAKS, before_marks, first_particle, named_by
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._pack import Cue
from copydesk_quotes._phrases._found import Found, Site, stripped
from copydesk_quotes._phrases._nouns import Noun, noun_after, noun_before
from copydesk_quotes._phrases._openings import first_noun
from copydesk_quotes._phrases._subjects import clause_subject, noun_following

_LEAST: Final = 2
_ADVERBIAL: Final = 20
_BETWEEN: Final = 8
_FARTHEST: Final = 120
_NEAR: Final = 4


def speaker_content_cue(site: Site) -> Found | None:
    """«S, “C” dedi»; also «“C” diyen S», where the cue is a participle before its speaker."""
    block, hit, floor = site.block, site.hit, site.floor
    glued = block.has(hit.start, f.FINAL) and hit.start - 1 not in block.by_close
    last = hit.start if glued else _content_end(block, hit.start - 1, floor)
    if block.has(hit.start, f.FINAL) and _yields(block, hit.end):
        return None
    if not glued and block.pack.words.topics and last not in block.by_close and not block.has(last, f.FINAL):
        last = _marks_end(block, hit.start - 1, floor)
    pair = block.by_close.get(last)
    label = "label" in site.cue.takes
    marked = pair is not None and pair.open >= floor and (label or "marks" in site.cue.takes)
    if not marked and not (block.has(last, f.FINAL) and "left" in site.cue.takes):
        return None
    limit = pair.open if marked and pair else last
    speaker = _agent(site, limit, marked=marked)
    leads = speaker is not None and speaker.start < hit.start
    end = last + 1 if marked else last + block.pack.spaced
    start = speaker.anchor if leads and speaker else floor
    # «görüşmelerin “çıkmaza girdiğini” söyledi»: a verbal noun closes the clause that the marks are a part of.
    whole = marked and not label and start < limit and _in_clause(block, start, limit, last)
    start = _content_start(block, start, limit if whole else end - 1) if whole or not marked else limit
    if whole and not block.pack.cased:
        # 「考えは変わらないが、時期は「検討中」と」: the clause before has its own subject.
        start = next((k + 1 for k in range(limit - 1, start, -1) if block.flags[k] & f.COMMA), start)
    span = stripped(block, start, end)
    if block.words_between(*span) < (1 if marked else _LEAST):
        return None
    rule = "SCV label" if label else "SCV marks" if marked else "SCV final"
    found = Found(block, site.sentence, rule, [span], speaker)
    found.cue, found.entry = (hit.start, hit.end), site.cue
    found.anchor, found.tail = span[0], hit.end if leads or speaker is None else speaker.end
    found.inherits = speaker is None
    return found


def _agent(site: Site, limit: int, *, marked: bool) -> Noun | None:
    """Who speaks: the clause's subject; after a participle the noun it describes; with a passive only a document."""
    block, role = site.block, site.cue.role
    if role == "attribute":
        find = noun_following if block.pack.cased else noun_after
        described = find(block, site.hit.end, site.sentence.end)
        if described is not None:
            return described
    if site.cue.subject == "adjacent":
        return noun_before(block, limit, site.floor)
    noun = _nearest_topic(site, limit) if marked and block.pack.words.topics else None
    noun = noun or subject(block, site.floor, limit, marked=marked) or (_inverted(site) if marked else None)
    if role == "passive" and noun is not None:
        return noun if block.holds(noun.start, noun.end, f.DOCUMENT) else None
    return noun


def _inverted(site: Site) -> Noun | None:
    """The speaker after the verb, where the sentence ends with it: «“C” diyor | araştırmacı Ela Kaya.»."""
    if not site.block.pack.cased or site.cue.role != "main":
        return None
    noun = noun_following(site.block, site.hit.end, site.sentence.end)
    return noun if noun is not None and site.block.has(noun.end, f.END) else None


def _content_start(block: Block, start: int, last: int) -> int:
    """Where content without marks begins: after an earlier cue, and after «in the speech he gave»."""
    start = _after_chain(block, start, last)
    joins = f.COMMA | f.CONJUNCTION | f.ADVERSATIVE | (0 if block.pack.cased else f.ADVERB)
    while start < last and block.flags[start] & joins:
        start += 1
    while start < last:
        after = _past_occasion(block, start, last)
        if after == start:
            return start
        start = after
        while not block.pack.cased and start < last and block.flags[start] & joins:
            start += 1
    return start


def _in_clause(block: Block, start: int, opening: int, last: int) -> bool:
    """Whether marked words are the end of a reported clause, which begins outside them.

    «görüşmelerin “çıkmaza girdiğini” söyledi»: a verbal noun closes it; 刃物は「脅し」だと: it has a topic of its own.
    """
    if block.pack.cased:
        return block.has(last - 1, f.FINAL)
    return block.has(opening - 1, f.TOPIC | f.SUBJECT) and block.words_between(start, opening) > 0


def _yields(block: Block, after: int) -> bool:
    """Whether a verb follows a glued particle that is a cue as well, and says more of the same: «C라며 웃었다»."""
    if block.pack.cased:
        return False
    for k in range(after, after + _NEAR):
        if block.has(k, f.CUE):
            at = bisect_left(block.hits, k, key=_start_of)
            entry = block.hits[at].entry if at < len(block.hits) else None
            return isinstance(entry, Cue) and "left" in entry.takes
        if not block.has(k, f.ADVERB):
            break
    return False


def _past_occasion(block: Block, start: int, last: int) -> int:
    """Past «in the speech he gave at …,»: to the noun that names where or to whom; ``start`` where none does."""
    if not block.pack.spaced:
        return _past_adverbial(block, start, last)
    for k in range(start, min(last, start + _ADVERBIAL)):
        if block.flags[k] & (f.OCCASION | f.DOCUMENT | f.ADDRESSEE):
            return k + 1
        # «yaptığı konuşmada»: a verbal noun right before it belongs to it, any other outside marks is content.
        ends = k > start and block.flags[k] & (f.COMMA | f.FINAL) and block.pair_around(k) is None
        if ends and not block.has(k + 1, f.OCCASION | f.DOCUMENT):
            break
    return start


def _start_of(hit: Hit) -> int:
    return hit.start


def _past_adverbial(block: Block, start: int, last: int) -> int:
    """Past 「取材に対し、」: the words before a comma that name an occasion or an addressee."""
    comma = next((k for k in range(start, min(last, start + _ADVERBIAL)) if block.flags[k] & (f.COMMA | f.MARK)), start)
    named = block.has(comma, f.COMMA) and block.holds(start, comma, f.OCCASION | f.DOCUMENT | f.ADDRESSEE)
    return comma + 1 if named and block.has(comma - 1, f.STOP | f.ADVERB | f.OCCASION) else start


def _after_chain(block: Block, start: int, end: int) -> int:
    """Where content begins after an earlier one of the same speaker: «C1라며 | C2라고», «C1 belirterek | C2 dedi»."""
    for k in range(end - 1, max(start, end - _FARTHEST) - 1, -1):
        if block.flags[k] & f.CUE and _ends_content(block, k) and block.pair_around(k) is None:
            return k + 1
    return start


def _ends_content(block: Block, k: int) -> bool:
    """Whether a cue stands after content of its own: its particle is in it, or the mark or particle before it."""
    if block.pack.cased or block.has(k, f.FINAL):
        return True
    return k - 1 in block.by_close or (not block.pack.spaced and block.has(k - 1, f.FINAL))


def _content_end(block: Block, k: int, floor: int) -> int:
    """The last token of content before a cue, particles between them passed over."""
    while k >= floor and block.flags[k] & (f.COMMA | f.ADVERB | f.DASH):
        k -= 1
    while k > floor and block.flags[k] & f.FINAL and k - 1 in block.by_close and not block.pack.cased:
        k -= 1
    return k


def _marks_end(block: Block, start: int, floor: int) -> int:
    """The closing mark and particle some words before a cue: «C»と記者団に語った; -1 where none stands there."""
    for k in range(start, max(floor, start - _BETWEEN), -1):
        if block.has(k, f.END | f.CUE | f.MARK):
            break
        if block.has(k, f.FINAL) and not block.has(k, f.STOP) and k - 1 in block.by_close:
            return k - 1
    return -1


def subject(block: Block, floor: int, limit: int, *, marked: bool) -> Noun | None:
    """Whoever a topic or subject particle marks; without particles the clause's first noun phrase."""
    if block.pack.cased:
        return clause_subject(block, floor, limit, sure=marked)
    at = before_marks(block, floor, limit) if marked else first_particle(block, floor, limit)
    if at < 0:
        return None if block.pack.words.topics else first_noun(block, floor, limit)
    noun = named_by(block, floor, at)
    if noun is None or marked or not block.pack.words.topics or block.has(at, f.TOPIC):
        return noun
    # 「影響が大きいと話した」: a subject without a topic is its own clause's, unless it is somebody who speaks.
    main = (block.pack.spaced and block.has(at + 1, f.ADVERB | f.COMMA)) or block.holds(noun.start, noun.end, SPEAKS)
    return noun if main or _is_titled(block, noun) else None


def _is_titled(block: Block, noun: Noun) -> bool:
    """Whether a title stands before the particle that is written with it: «시장이»."""
    word = block.words[noun.end - 1]
    return block.lexicon[word[: len(word) - block.lexicon.particle(word)]] & SPEAKS != 0


def _nearest_topic(site: Site, opening: int) -> Noun | None:
    """A topic between marked content and its cue, else one since the cue before: «X는 “C”라며 | Y는 “C”라고»."""
    block, floor = site.block, max(site.floor, opening - _FARTHEST)
    spoke = next((k + 1 for k in range(opening - 1, floor - 1, -1) if block.flags[k] & f.CUE), opening)
    for start, end in ((block.by_open[opening].close + 1, site.hit.start), (spoke, opening)):
        at = before_marks(block, start, end)
        if at >= 0 and block.flags[at] & f.TOPIC:
            return named_by(block, start, at)
    return None
