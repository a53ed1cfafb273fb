"""Clauses that say who said the sentence they stand in: «wie die Polizei mitteilte, C», «C, comme l'a dit S»."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._frames._according import content_around
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._phrases._between import past_adverbs
from copydesk_quotes._phrases._found import Found, Site
from copydesk_quotes._phrases._nouns import noun_after

_LONGEST: Final = 20
_MARKED: Final = frozenset(("marks", "colon", "within", "label"))
_WALLS: Final = f.PUNCTUATION & ~(f.MARK | f.OPEN | f.CLOSE)
_BREAKS: Final = _WALLS & ~f.COMMA


def manner_clause(site: Site) -> Found | None:
    """The frame of a clause of manner around the cue, or None where it stands in none."""
    block, hit = site.block, site.hit
    opening = _opening(site)
    if opening < 0:
        return None
    sources, start = block.lexicon.keys_of(site.cue.source), opening + 1
    while start < hit.start and block.key(start) in sources:
        start += 1
    speaker = noun_after(block, start, hit.start)
    end = hit.end
    while block.has(end, f.AUXILIARY | f.ADVERB):
        end += 1
    if speaker is None:
        if end < site.sentence.end and block.key(end) in site.cue.source:
            end += 1
        speaker = noun_after(block, end, site.sentence.end)
        end = past_adverbs(block, speaker.end, site.sentence.end) if speaker else end
    if speaker is None or (end < site.sentence.end and not block.flags[end] & _WALLS):
        return None
    spans = content_around(site, opening, end)
    if not spans:
        return None
    rule = "manner lead" if spans[0][0] > opening else "manner trail"
    found = Found(block, site.sentence, rule, spans, speaker, (hit.start, hit.end), site.cue)
    found.anchor, found.tail, found.open_end = opening, end, spans[-1][0] > opening
    return found


def _opening(site: Site) -> int:
    """The token of the word that opens the cue's clause of manner, -1 where there is none."""
    block, cue, start = site.block, site.hit.start, site.sentence.start
    k = next((k for k in reversed(block.manners) if k < cue), -1)
    if k < max(start, cue - _LONGEST) or block.holds(k + 1, cue, _BREAKS):
        return -1
    if site.cue.takes and _MARKED.issuperset(site.cue.takes):
        # «as the audience laughed»
        return -1
    aside = block.holds(k + 1, cue, f.COMMA)
    return k if k == start or (not aside and block.has(k - 1, f.COMMA | f.DASH | f.CONJUNCTION)) else -1
