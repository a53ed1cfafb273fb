"""Rules and conditions, as laws, contracts and licences write them: there nobody has said anything yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._lexicon import Lexicon
from copydesk_quotes._phrases._found import Found, Site

_LEGAL: Final = 2
_PASSED: Final = f.AUXILIARY | f.ADVERB
_SETS_OFF: Final = f.COMMA | f.DASH | f.CONJUNCTION | f.MARK


def is_rule(site: Site) -> bool:
    """Whether a cue stands in a rule: «shall state that», «any notice stating that», «if a tenant claims that»."""
    block, cue = site.block, site.hit.start
    k = cue - 1
    while k >= site.sentence.start and block.has(k, _PASSED):
        if block.has(k, f.NORM) and not block.has(k, f.CAPITAL):
            return True
        k -= 1
    if site.cue.role != "chain" or block.has(cue - 1, _SETS_OFF):
        return False
    return any(block.has(i, f.NORM) and block.pair_around(i) is None for i in range(site.sentence.start, cue))


def is_law(text: str, founds: Sequence[Found], lexicon: Lexicon) -> bool:
    """Whether a text is a law, contract or licence, where nothing that was found is speech."""
    words = lexicon.pack.words
    if not words.legal:
        return False
    telling = lexicon.keys_of(words.telling)
    if any(found.cue is not None and found.block.key(found.cue[0]) in telling for found in founds):
        return False
    return sum([text.count(f" {word} ") for word in words.legal]) >= _LEGAL
