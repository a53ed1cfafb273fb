"""Frames in which somebody quotes somebody: «نقلت الوكالة عن الوزير قوله C», «quoted the minister as saying C»."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._frames._content_last import opening_right
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._phrases._found import Found, Site
from copydesk_quotes._phrases._nouns import noun_after
from copydesk_quotes._phrases._terms import past_mark

_SOURCE_REACH: Final = 16
_LINK_REACH: Final = 25


def relay(site: Site) -> Found | None:
    """Somebody quotes somebody: the speaker is the inner one, as in «نقلت الوكالة عن الوزير قوله»."""
    block, limit = site.block, site.sentence.end
    origin = _origin(site)
    speaker = noun_after(block, origin, limit) if origin else None
    if speaker is None:
        return None
    links = block.lexicon.keys_of(site.cue.links)
    reach = range(speaker.end, min(limit, speaker.end + _LINK_REACH))
    start = next((k for k in reach if block.key(k) in links), None)
    if start is None and not site.cue.source:
        return None
    after = start or speaker.end
    while after < limit and block.key(after) in links:
        after += 1
    found = opening_right(site, after, "relay", free=True)
    if found is not None:
        found.speaker = speaker
        found.cue = (start, after) if start is not None and after == start + 1 else found.cue
    return found


def _origin(site: Site) -> int:
    """The token where a relayed speaker's name begins, 0 where none is named."""
    block, hit = site.block, site.hit
    if not site.cue.source:
        return hit.end
    sources = block.lexicon.keys_of(site.cue.source)
    # «نقلت "بلومبرغ" | عن»: who relays may be a name in marks.
    first = past_mark(block, hit.end, site.sentence.end)
    for k in range(first, min(site.sentence.end, first + _SOURCE_REACH)):
        if block.flags[k] & (f.END | f.COLON | f.MARK):
            return 0
        if block.key(k) in sources:
            return k + 1
    return 0
