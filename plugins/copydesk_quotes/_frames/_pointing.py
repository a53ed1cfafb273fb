"""Sentences that point back at the one before and say who said it: «Das teilte die Polizei mit», «Lo ha detto S»."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._blocks._parts import Sentence
from copydesk_quotes._frames._content_last import past_particle
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._phrases._appositions import with_apposition
from copydesk_quotes._phrases._found import Found, Site, stripped
from copydesk_quotes._phrases._free_order import subject_after
from copydesk_quotes._phrases._nouns import noun_after

_LEAST: Final = 4
_REACH: Final = 8
_BETWEEN: Final = f.ANAPHOR | f.AUXILIARY | f.ADVERB
_VERBS: Final = f.VERB | f.AUXILIARY | f.CUE
_SPOKEN_TO: Final = f.ADDRESSEE | f.CAPITAL | f.MARK
"""Where the subject stands anywhere: «Об этом | «Вестнику» | рассказал мэр»."""

_NAMED: Final = f.CAPITAL | f.HEAD | f.TITLE | f.DOCUMENT | f.PRONOUN


def pointing_back(site: Site, founds: list[Found]) -> Found | None:
    """The frame of a sentence that opens with a word pointing back, unless the sentence before is speech already."""
    block, hit, first = site.block, site.hit, site.sentence.start
    if not block.has(first, f.ANAPHOR) or hit.start - first > _REACH:
        return None
    free = block.pack.subject == "anywhere"
    between = _BETWEEN | _SPOKEN_TO if free else _BETWEEN
    for k in range(first, hit.start):
        if not block.flags[k] & between and not (free and block.pair_around(k)):
            return None
    before = _before(block, site.sentence, founds)
    start = hit.end
    while block.has(start, f.ADVERB):
        start += 1
    if block.has(start, f.STOP | f.LINKING) and block.key(start) in block.lexicon.keys_of(site.cue.source):
        start += 1
    find = subject_after if free else noun_after
    speaker = find(block, start, site.sentence.end, f.AUXILIARY)
    if before is None or speaker is None or not any(flag & _NAMED for flag in block.flags[speaker.start : speaker.end]):
        return None
    speaker = with_apposition(block, speaker, site.sentence.end)
    end = speaker.end
    if site.cue.particle:
        end = past_particle(block, site.cue.particle, end, site.sentence.end)
    if not end or any(flag & (f.COLON | f.MARK | f.COMPLEMENTIZER) for flag in block.flags[end : site.sentence.end]):
        return None
    if hit.start == first and not _is_label(block, before, hit.end, site.sentence.end):
        return None
    found = Found(
        block, before, "pointing", [stripped(block, before.start, before.end)], speaker, (hit.start, hit.end), site.cue
    )
    found.anchor, found.tail = first, speaker.end
    return found


def _is_label(block: Block, before: Sentence, start: int, end: int) -> bool:
    """Whether a sentence without a verb says who spoke marked words before it: «“C”. Così S, a fine gara.»."""
    marked = block.has(before.end - 1, f.MARK) or block.has(before.end - 2, f.MARK)
    return marked and not block.holds(start, end, _VERBS)


def _before(block: Block, sentence: Sentence, founds: list[Found]) -> Sentence | None:
    """The sentence before, if it is long enough to be told and nobody is found to speak in it."""
    before: Sentence | None = None
    for other in block.sentences:
        if other.end > sentence.start:
            break
        before = other
    if before is None or block.words_between(before.start, before.end) < _LEAST:
        return None
    return before if all(found.sentence.start != before.start for found in founds) else None
