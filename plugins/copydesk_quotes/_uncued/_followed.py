"""Marked sentences whose speaker only the next sentence tells, with nothing else in it: “C。”12日，王女士向记者说。"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._blocks._parts import Hit, Sentence
from copydesk_quotes._frames._topics import topic_before
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._pack import Cue
from copydesk_quotes._phrases._found import Found, Site
from copydesk_quotes._phrases._nouns import Noun
from copydesk_quotes._phrases._own_clause import clause_subject

_FAR: Final = 60
_UNNAMED: Final = ("loose", "continuation")


def name_from_next(block: Block, founds: list[Found]) -> None:
    """Name who says marked words, where commas string clauses together or topics show who speaks."""
    if block.pack.subject != "clause" and not block.pack.words.topics:
        return
    for found in founds:
        if found.rule in _UNNAMED and found.speaker is None and found.cue is None:
            _name(block, found)


def _name(block: Block, found: Found) -> None:
    """Give unattributed words the speaker and the cue of the sentence that follows and ends with a verb of saying."""
    start = found.spans[-1][1]
    if not (block.has(start - 2, f.END) or block.has(start, f.END)):
        return
    start += block.has(start, f.END)
    for k in range(start, min(start + _FAR, len(block.words))):
        if block.flags[k] & (f.MARK | f.COLON):
            return
        if block.flags[k] & f.END:
            break
    else:
        return
    at = bisect_left(block.hits, k, key=_end_of)
    hit = block.hits[at] if at < len(block.hits) else None
    if hit is None or hit.end != k or not isinstance(hit.entry, Cue) or "marks" not in hit.entry.takes:
        return
    if block.pack.words.topics:
        found.speaker = _topic(block, start, hit)
    else:
        found.speaker = clause_subject(Site(block, Sentence(start, k), hit, start))
    if found.speaker is not None:
        found.cue, found.entry, found.tail = (hit.start, hit.end), hit.entry, k
        found.rule, found.inherits = "CSV marks", False


def _topic(block: Block, start: int, hit: Hit) -> Noun | None:
    """Whoever the topic names, where nothing but adverbs stands between it and the verb: 「C」。市長はこう話す。"""
    at = hit.start - 1
    while at > start and block.has(at, f.ADVERB):
        at -= 1
    return topic_before(block, start, at + 1)


def _end_of(hit: Hit) -> int:
    return hit.end
