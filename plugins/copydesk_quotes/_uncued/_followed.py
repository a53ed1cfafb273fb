"""Marked sentences whose speaker only the next sentence tells, with nothing else in it: “C。”12日，王女士向记者说。"""

from __future__ import annotations

from bisect import bisect_left

from copydesk_quotes._blocks._block import Block, Hit, Sentence
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._pack import Cue
from copydesk_quotes._phrases._found import Found, Site
from copydesk_quotes._phrases._own_clause import clause_subject

_FAR = 60


def name_from_next(block: Block, found: Found) -> None:
    """Give unattributed words the speaker and the cue of the sentence that follows and ends with a verb of saying."""
    start = found.spans[-1][1]
    if not block.has(start - 2, f.END):
        return
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
    found.speaker = clause_subject(Site(block, Sentence(start, k), hit, start))
    if found.speaker is not None:
        found.cue, found.entry, found.tail = (hit.start, hit.end), hit.entry, k
        found.rule, found.inherits = "CSV marks", False


def _end_of(hit: Hit) -> int:
    return hit.end
