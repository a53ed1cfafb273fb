"""Verb-final frames, where content stands between its speaker and the cue, as in Turkish, Japanese and Korean."""

from __future__ import annotations

from copydesk_quotes import _flags as f
from copydesk_quotes._block import Block
from copydesk_quotes._found import Found, Site, stripped
from copydesk_quotes._nouns import Noun, first_noun, noun_after

_LEAST = 2


def speaker_content_cue(site: Site) -> Found | None:
    """«S, “C” dedi»; also «“C” diyen S», where the cue is a participle before its speaker."""
    block, hit, floor = site.block, site.hit, site.floor
    last = _content_end(block, hit.start - 1, floor)
    pair = block.by_close.get(last)
    if pair is not None and pair.open >= floor and "marks" in site.cue.takes:
        speaker = _subject(block, floor, pair.open)
        span, rule, least = (pair.open, pair.close + 1), "SCV marks", 1
    elif block.has(last, f.FINAL) and "left" in site.cue.takes:
        speaker = _subject(block, floor, last)
        start = speaker.anchor if speaker else floor
        span, rule, least = stripped(block, start, last + 1), "SCV final", _LEAST
    else:
        return None
    if block.words_between(*span) < least:
        return None
    after = noun_after(block, hit.end, site.sentence.end) if site.cue.role == "attribute" else None
    found = Found(block, site.sentence, rule, [span], after or speaker, (hit.start, hit.end), site.cue)
    found.anchor, found.tail = span[0], after.end if after else hit.end
    found.inherits = found.speaker is None
    return found


def _content_end(block: Block, k: int, floor: int) -> int:
    """The last token of content before a cue, particles between them passed over."""
    while k >= floor and block.flags[k] & (f.COMMA | f.ADVERB | f.DASH):
        k -= 1
    while k > floor and block.flags[k] & f.FINAL and k - 1 in block.by_close:
        k -= 1
    return k


def _subject(block: Block, floor: int, limit: int) -> Noun | None:
    """The clause's first noun phrase: up to a subject particle, else up to a comma or the content."""
    for k in range(floor, limit):
        if block.flags[k] & f.SUBJECT:
            return _named(block, floor, k + (0 if len(block.words[k]) == 1 else 1), k + 1)
        if block.flags[k] & f.COMMA:
            break
    return first_noun(block, floor, limit)


def _named(block: Block, floor: int, end: int, anchor: int) -> Noun | None:
    start = floor
    while start < end and block.flags[start] & (f.CONJUNCTION | f.ADVERB | f.COMMA):
        start += 1
    return Noun(start, end, anchor) if start < end else None
