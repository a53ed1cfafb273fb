"""The frames: the orders in which speaker (S), cue verb (V) and content (C) stand, as packs name them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from copydesk_quotes import _flags as f
from copydesk_quotes._according import according
from copydesk_quotes._block import Block, Hit
from copydesk_quotes._content import closes, content_after, content_before, resumed, right_spans
from copydesk_quotes._final import speaker_content_cue
from copydesk_quotes._found import Found, Range, Site
from copydesk_quotes._nouns import Noun, first_noun, noun_after, noun_before, with_apposition, with_place
from copydesk_quotes._pack import According

_TERM = 3
_SOURCE_REACH = 16
_LINK_REACH = 25
Frame = Callable[[Site], Found | None]


def find_frames(block: Block) -> Iterator[Found]:
    """The speech acts that cues and according-to phrases outside quotation marks make."""
    hits = iter(block.hits)
    hit = next(hits, None)
    for sentence in block.sentences:
        floor, taken = sentence.start, -1
        while hit is not None and hit.start < sentence.end:
            if hit.start != taken and not _hidden(block, hit):
                found = _match(Site(block, sentence, hit, floor))
                if found is not None:
                    taken = hit.start
                    floor = max(floor, found.tail) if found.rule.startswith("C") else floor
                    yield found
            hit = next(hits, None)


def _hidden(block: Block, hit: Hit) -> bool:
    return block.pair_around(hit.start) is not None or block.has(hit.start, f.FILLER)


def _match(site: Site) -> Found | None:
    block, hit = site.block, site.hit
    if isinstance(hit.entry, According):
        return according(site, hit.entry)
    if hit.start > site.sentence.start and block.has(hit.start - 1, f.BLOCKER):
        return None
    role = _ROLES.get(hit.entry.role)
    if role is not None:
        return role(site)
    for order in hit.entry.orders or block.pack.orders:
        found = _ORDERS[order](site)
        if found is not None:
            return found
    return None


def _speaker_cue_content(site: Site) -> Found | None:
    block, hit = site.block, site.hit
    if block.pack.subject == "initial":
        speaker = first_noun(block, site.floor, hit.start)
    else:
        speaker = noun_before(block, hit.start, site.floor)
    found = _opening_right(site, hit.end, "SVC") if speaker else None
    if found is not None and speaker is not None:
        found.speaker, found.anchor = speaker, speaker.anchor
    return found


def _cue_speaker_content(site: Site) -> Found | None:
    block, hit, limit = site.block, site.hit, site.sentence.end
    start = hit.end
    while start < limit and (block.flags[start] & f.ADVERB or block.key(start) in site.cue.source):
        start += 1
    speaker = noun_after(block, start, limit)
    if speaker is not None:
        speaker = with_place(block, speaker, limit)
    found = _opening_right(site, speaker.end if speaker else start, "VSC", free=True)
    if found is None:
        return None
    if speaker is None and not block.has(hit.start, f.PREFIXED):
        speaker = noun_before(block, hit.start, site.floor)
    found.speaker = speaker
    found.inherits = speaker is None
    return found


def _opening_right(site: Site, start: int, rule: str, *, free: bool = False) -> Found | None:
    """A frame whose content follows ``start``, without its speaker."""
    block, sentence, hit = site.block, site.sentence, site.hit
    if site.cue.particle:
        start = _past_particle(block, site.cue.particle, start, sentence.end)
        if not start:
            return None
    content = content_after(block, start, sentence.end, site.cue, free=free)
    if content is None:
        return None
    spans, open_end = right_spans(block, content, sentence)
    if block.words_between(*spans[0]) == 0:
        return None
    found = Found(block, sentence, f"{rule} {content.way}", spans, None, (hit.start, hit.end), site.cue)
    found.anchor, found.tail, found.open_end = hit.start, content.tail, open_end
    return found


def _past_particle(block: Block, particle: str, start: int, limit: int) -> int:
    """The token after a verb's separated end, 0 where it does not come."""
    for k in range(start, limit):
        if block.key(k) == particle:
            return k + 1
        if block.flags[k] & (f.COLON | f.END):
            break
    return 0


def _content_cue_speaker(site: Site) -> Found | None:
    block, hit, limit = site.block, site.hit, site.sentence.end
    if not block.has(hit.start - 1, f.COMMA | f.DASH | f.MARK):
        return None
    span = content_before(block, hit.start, site.floor, site.cue)
    if span is None or (block.has(hit.start - 1, f.MARK) and block.words_between(*span) <= _TERM):
        return None
    start = hit.end
    while start < limit and block.flags[start] & (f.ADVERB | f.DASH) and not block.flags[start] & f.MARK:
        start += 1
    speaker = noun_after(block, start, limit)
    if speaker is not None:
        return _left(site, span, with_apposition(block, speaker, limit), "CVS")
    if _ends_marked(block, span) and closes(block, hit.end, limit):
        return _left(site, span, None, "CVS")
    return None


def _content_speaker_cue(site: Site) -> Found | None:
    block, hit = site.block, site.hit
    speaker = noun_before(block, hit.start, site.floor)
    if speaker is None or speaker.start - 1 < site.floor:
        return None
    if not block.has(speaker.start - 1, f.COMMA | f.DASH | f.MARK):
        return None
    span = content_before(block, speaker.start, site.floor, site.cue)
    if span is None:
        return None
    leads = _ends_marked(block, span) and span[0] in block.by_open and span[0] <= site.floor + 1
    if not leads and not closes(block, hit.end, site.sentence.end):
        return None
    return _left(site, span, speaker, "CSV")


def _ends_marked(block: Block, span: Range) -> bool:
    return block.has(span[1] - 1, f.MARK)


def _left(site: Site, span: Range, speaker: Noun | None, rule: str) -> Found:
    """A frame whose content comes first, with what goes on after an interruption."""
    block, hit = site.block, site.hit
    marked = _ends_marked(block, span)
    found = Found(block, site.sentence, f"{rule} {'marks' if marked else 'left'}", [span], speaker)
    found.cue, found.entry, found.inherits = (hit.start, hit.end), site.cue, speaker is None
    found.anchor = min(hit.start, speaker.start) if speaker else hit.start
    found.tail = max(hit.end, speaker.end) if speaker else hit.end
    more = resumed(block, found.tail, site.sentence.end, marked=marked)
    if more is not None:
        found.spans.append(more)
        found.tail = more[1]
    return found


def _chain(site: Site) -> Found | None:
    """A participle that goes on with whoever spoke or acted: «adding that», «مضيفا أن»."""
    for order in site.cue.orders:
        found = _ORDERS[order](site)
        if found is not None:
            return found
    if site.cue.orders:
        return None
    found = _opening_right(site, site.hit.end, "chain", free=_verb_first(site))
    if found is not None:
        found.inherits = True
    return found


def _passive(site: Site) -> Found | None:
    """Speech that nobody is named for: «it was reported that», «asked whether»."""
    return _opening_right(site, site.hit.end, "passive", free=_verb_first(site))


def _relay(site: Site) -> Found | None:
    """Somebody quotes somebody: the speaker is the inner one, as in «نقلت الوكالة عن الوزير قوله»."""
    block, limit = site.block, site.sentence.end
    origin = _origin(site)
    speaker = noun_after(block, origin, limit) if origin else None
    if speaker is None:
        return None
    links = {block.lexicon.fold(word) for link in site.cue.links for word in link.split()}
    reach = range(speaker.end, min(limit, speaker.end + _LINK_REACH))
    start = next((k for k in reach if block.key(k) in links), None)
    if start is None and not site.cue.source:
        return None
    start = start or speaker.end
    while start < limit and block.key(start) in links:
        start += 1
    found = _opening_right(site, start, "relay", free=True)
    if found is not None:
        found.speaker = speaker
    return found


def _origin(site: Site) -> int:
    """The token where a relayed speaker's name begins, 0 where none is named."""
    block, hit = site.block, site.hit
    if not site.cue.source:
        return hit.end
    for k in range(hit.end, min(site.sentence.end, hit.end + _SOURCE_REACH)):
        if block.flags[k] & (f.END | f.COLON | f.MARK):
            return 0
        if block.key(k) in site.cue.source:
            return k + 1
    return 0


def _verb_first(site: Site) -> bool:
    return site.block.pack.orders[0] == "VSC"


_ORDERS: dict[str, Frame] = {
    "SVC": _speaker_cue_content,
    "VSC": _cue_speaker_content,
    "CVS": _content_cue_speaker,
    "CSV": _content_speaker_cue,
    "SCV": speaker_content_cue,
}
_ROLES: dict[str, Frame] = {"chain": _chain, "passive": _passive, "relay": _relay}
