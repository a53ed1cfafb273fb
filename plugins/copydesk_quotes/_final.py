"""Verb-final frames, where content stands between its speaker and the cue, as in Turkish, Japanese and Korean."""

from __future__ import annotations

from copydesk_quotes import _flags as f
from copydesk_quotes._block import Block
from copydesk_quotes._found import Found, Site, stripped
from copydesk_quotes._nouns import Noun, first_noun, noun_after, opening_of

_LEAST = 2
_BEFORE_SUBJECT = f.COMMA | f.STOP | f.ADVERB | f.CLAUSE | f.FINAL | f.END | f.CUE | f.TOPIC | f.SUBJECT


def speaker_content_cue(site: Site) -> Found | None:
    """«S, “C” dedi»; also «“C” diyen S», where the cue is a participle before its speaker."""
    block, hit, floor = site.block, site.hit, site.floor
    glued = block.has(hit.start, f.FINAL)
    last = hit.start if glued else _content_end(block, hit.start - 1, floor)
    pair = block.by_close.get(last)
    if pair is not None and pair.open >= floor and "marks" in site.cue.takes:
        speaker = _subject(block, floor, pair.open)
        span, rule, least = (pair.open, pair.close + 1), "SCV marks", 1
    elif block.has(last, f.FINAL) and "left" in site.cue.takes:
        speaker = _subject(block, floor, last)
        start = speaker.anchor if speaker else floor
        end = last + block.pack.spaced
        span, rule, least = stripped(block, _after_chain(block, start, end - 1), end), "SCV final", _LEAST
    else:
        return None
    if block.words_between(*span) < least:
        return None
    after = noun_after(block, hit.end, site.sentence.end) if site.cue.role == "attribute" else None
    found = Found(block, site.sentence, rule, [span], after or speaker, (hit.start, hit.end), site.cue)
    found.anchor, found.tail = span[0], after.end if after else hit.end
    found.inherits = found.speaker is None
    return found


def _after_chain(block: Block, start: int, end: int) -> int:
    """Where content begins after an earlier one of the same speaker: «C1라며 | C2라고 말했다»."""
    chains = (k + 1 for k in range(end - 1, start - 1, -1) if block.flags[k] & f.CUE and block.flags[k] & f.FINAL)
    return next(chains, start)


def _content_end(block: Block, k: int, floor: int) -> int:
    """The last token of content before a cue, particles between them passed over."""
    while k >= floor and block.flags[k] & (f.COMMA | f.ADVERB | f.DASH):
        k -= 1
    while k > floor and block.flags[k] & f.FINAL and k - 1 in block.by_close:
        k -= 1
    return k


def _subject(block: Block, floor: int, limit: int) -> Noun | None:
    """Whoever a topic or subject particle marks; without particles the clause's first noun phrase."""
    at = _particle(block, floor, limit)
    if at < 0:
        return first_noun(block, floor, limit)
    return _named(block, floor, at + block.pack.spaced, at + 1)


def _particle(block: Block, floor: int, limit: int) -> int:
    """The token of the first topic particle outside marks, else of the first subject particle; -1 without any."""
    subject = -1
    for k in range(floor if block.pack.spaced else floor + 1, limit):
        flag = block.flags[k]
        if flag & (f.TOPIC | f.SUBJECT) and block.pair_around(k) is None:
            if flag & f.TOPIC:
                return k
            subject = k if subject < 0 else subject
    return subject


def _named(block: Block, floor: int, end: int, anchor: int) -> Noun | None:
    """The noun phrase before a particle: after the last comma, adverbial or clause."""
    start = end - block.pack.spaced
    while start > floor and not block.flags[start - 1] & _BEFORE_SUBJECT:
        start = opening_of(block, start - 1, floor) if block.has(start - 1, f.CLOSE) else start - 1
    while start < end and block.flags[start] & (f.CONJUNCTION | f.ADVERB):
        start += 1
    return Noun(start, end, anchor) if start < end else None
